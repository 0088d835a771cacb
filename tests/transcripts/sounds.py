"""Sounds made at test time: silence, noise, music, and speech in other containers."""

from io import BytesIO

import av
import numpy as np

from transcripts.decoding import Samples, decode, encode
from transcripts.model import RATE

CONTAINERS = {
    "ogg": ("ogg", "libopus", 48_000),
    "webm": ("webm", "libopus", 48_000),
    "mp4": ("mp4", "aac", 48_000),
    "m4a": ("ipod", "aac", 48_000),
    "mp3": ("mp3", "libmp3lame", 44_100),
    "amr": ("amr", "libopencore_amrnb", 8_000),
    "wav": ("wav", "pcm_s16le", 16_000),
    "telephone": ("wav", "pcm_mulaw", 8_000),
    "flac": ("flac", "flac", 16_000),
}


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE), np.float32)


def noise(seconds: float, level: float = 0.1) -> Samples:
    generator = np.random.default_rng(7)
    return (generator.standard_normal(int(seconds * RATE)) * level).astype(np.float32)


def music(seconds: float) -> Samples:
    """A scale of tones with overtones that fade like a plucked string's."""
    at = np.arange(RATE // 2) / RATE
    scale = (262, 294, 330, 349, 392, 440, 494, 523)
    tones = [sum(np.sin(2 * np.pi * f * k * at) / k for k in (1, 2, 3)) * np.exp(-3 * at) for f in scale]
    return np.resize(np.concatenate(tones) * 0.2, int(seconds * RATE)).astype(np.float32)


def recoded(sound: bytes, name: str) -> bytes:
    return encode(decode(sound), *CONTAINERS[name])


def stereo(samples: Samples, rate: int = 44_100) -> bytes:
    """A WAV file with the sound on the left and nothing on the right."""
    out = BytesIO()
    with av.open(out, "w", format="wav") as sink:
        stream = sink.add_stream("pcm_s16le", rate=rate, layout="stereo")
        both = np.stack((samples, np.zeros_like(samples)))
        frame = av.AudioFrame.from_ndarray(both, format="fltp", layout="stereo")
        frame.sample_rate = RATE
        resampler = av.AudioResampler("s16", "stereo", rate)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            sink.mux(stream.encode(part))
        sink.mux(stream.encode(None))
    return out.getvalue()
