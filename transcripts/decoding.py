"""Bytes of any container to mono 16 kHz float32, block by block: an hour never lies in memory at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import cast

import av
import numpy as np
from av.container import InputContainer
from numpy.typing import NDArray

from transcripts.model import RATE, SoundError

Samples = NDArray[np.float32]
BLOCK = RATE
_CUT_SHORT = 0.9
_PROTECTED = (b"drms", b"enca", b"pssh", b"sinf")
# A raw or scripted format would take any bytes for sound, or open other files.
_NO_SOUND = frozenset(
    {"concat", "tty", "hls", "dash", "image2", "jpeg_pipe", "png_pipe", "webp_pipe", "gif", "bin", "srt"}
)


@dataclass(frozen=True, slots=True)
class Sound:
    """What a file holds: `container` as FFmpeg names it, seconds by its packets, whether it breaks off."""

    container: str
    codec: str
    rate: int
    channels: int
    seconds: float
    truncated: bool


def inspect(sound: bytes, longest_seconds: float = 4 * 3600.0) -> Sound:
    """Read a file's packets without decoding them. Raises SoundError."""
    with _opened(sound) as container:
        stream = container.streams.audio[0]
        seconds, whole = _packet_seconds(container), _declared_seconds(container)
        if seconds > longest_seconds:
            raise SoundError("too_long", minutes=round(seconds / 60))
        return Sound(
            container=container.format.name,
            codec=stream.codec_context.name,
            rate=stream.codec_context.sample_rate,
            channels=stream.codec_context.channels,
            seconds=seconds,
            truncated=_breaks_off(sound, container.format.name) or seconds < whole * _CUT_SHORT,
        )


def blocks(sound: bytes) -> Iterator[Samples]:
    """Mono float32 at 16 kHz, a second at a time (the last is shorter). Raises SoundError if nothing decodes.

    What comes after damage is skipped, not raised: a report that breaks off is heard as far as it goes.
    """
    with _opened(sound) as container:
        held, some = np.zeros(0, np.float32), False
        for frame in _resampled(container):
            held = np.concatenate((held, frame))
            while len(held) >= BLOCK:
                yield held[:BLOCK]
                held, some = held[BLOCK:], True
        if len(held):
            yield held
        elif not some:
            raise SoundError("broken")


def decode(sound: bytes) -> Samples:
    """The whole sound at once: for short ones."""
    return np.concatenate(list(blocks(sound)))


def encode(samples: Samples, container: str = "ogg", codec: str = "libopus", rate: int = 48_000) -> bytes:
    """Samples as a file, by default what a phone would send: mono Opus in Ogg at 24 kbit/s."""
    out = BytesIO()
    with av.open(out, "w", format=container) as sink:
        stream = cast(av.AudioStream, sink.add_stream(codec, rate=rate, layout="mono"))
        stream.bit_rate = 24_000
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout="mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(stream.format, "mono", rate, frame_size=stream.frame_size or None)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            sink.mux(stream.encode(part))
        sink.mux(stream.encode(None))
    return out.getvalue()


@contextmanager
def _opened(sound: bytes) -> Iterator[InputContainer]:
    if not sound:
        raise SoundError("empty")
    try:
        container = av.open(BytesIO(sound), "r", metadata_errors="ignore")
    except (av.FFmpegError, ValueError) as error:
        raise SoundError(_why_closed(sound)) from error
    with container:
        _must_hold_sound(container, sound)
        try:
            yield container
        except av.FFmpegError as error:
            raise SoundError("broken") from error


def _must_hold_sound(container: InputContainer, sound: bytes) -> None:
    if not container.streams.audio or _NO_SOUND & set(container.format.name.split(",")):
        raise SoundError("not_sound")
    stream = container.streams.audio[0]
    if stream.codec_context is None or any(mark in sound[:65536] for mark in _PROTECTED[:2]):
        raise SoundError("protected" if any(mark in sound for mark in _PROTECTED) else "not_sound")


def _why_closed(sound: bytes) -> str:
    if sound[4:8] == b"ftyp" and b"moov" not in sound:
        return "truncated"
    if sound[:4] in (b"OggS", b"RIFF", b"\x1aE\xdf\xa3", b"#!AM"):
        return "truncated" if len(sound) < 4096 else "broken"
    return "not_sound"


def _resampled(container: InputContainer) -> Iterator[Samples]:
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    for frame in _frames(container):
        frame.pts = None
        for part in resampler.resample(frame):
            yield _mono(part)
    for part in resampler.resample(None):
        yield _mono(part)


def _mono(frame: av.AudioFrame) -> Samples:
    return frame.to_ndarray().reshape(-1).astype(np.float32, copy=False)


def _frames(container: InputContainer) -> Iterator[av.AudioFrame]:
    """All frames that decode; a damaged packet is left out, and the end of readable data is the end."""
    packets = container.demux(container.streams.audio[0])
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.FFmpegError):
            return
        try:
            yield from packet.decode()
        except av.FFmpegError:
            continue


def _packet_seconds(container: InputContainer) -> float:
    stream, ticks = container.streams.audio[0], 0
    try:
        for packet in container.demux(stream):
            ticks += packet.duration or 0
    except av.FFmpegError:
        pass
    return float(ticks * stream.time_base) if stream.time_base else 0.0


def _declared_seconds(container: InputContainer) -> float:
    return (container.duration or 0) / 1_000_000


def _breaks_off(sound: bytes, container: str) -> bool:
    """Whether the last Ogg page is cut or the RIFF header promises more than there is."""
    if container == "ogg":
        page = sound.rfind(b"OggS")
        head = sound[page : page + 27]
        if len(head) < 27:
            return True
        table = sound[page + 27 : page + 27 + head[26]]
        return len(table) < head[26] or page + 27 + head[26] + sum(table) > len(sound)
    if container == "wav":
        promised = int.from_bytes(sound[4:8], "little")
        return promised not in (0, 0xFFFFFFFF) and promised + 8 > len(sound) + 1
    return False
