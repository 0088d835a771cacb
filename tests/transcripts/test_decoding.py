"""Bytes of all kinds to samples, or to an error that says what is wrong."""

import os
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.transcripts.sounds import CONTAINERS, recoded, silence, stereo
from tests.voice import SAMPLES, sample
from transcripts.decoding import blocks, decode, encode, inspect
from transcripts.model import RATE, SoundError

SPOKEN = sample("zh_011.ogg")


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_gives_mono_samples_of_the_same_length(name: str):
    samples = decode(recoded(SPOKEN, name))
    assert samples.dtype == np.float32 and samples.ndim == 1
    assert len(samples) / RATE == pytest.approx(3.23, abs=0.08)
    assert 0.2 < np.abs(samples).max() < 1.3


def test_telegrams_voice_message_is_recognised_for_what_it_is():
    info = inspect(SPOKEN)
    assert (info.container, info.codec, info.channels, info.truncated) == ("ogg", "opus", 1, False)
    assert info.seconds == pytest.approx(3.23, abs=0.02)


def test_stereo_is_mixed_and_keeps_its_length():
    samples = decode(SPOKEN)
    mixed = decode(stereo(samples))
    assert len(mixed) == pytest.approx(len(samples), abs=RATE // 50)
    assert np.abs(mixed).max() > 0.1


def test_a_webm_of_a_browser_has_no_duration_and_is_measured_by_its_packets():
    assert inspect(recoded(SPOKEN, "webm")).seconds == pytest.approx(3.23, abs=0.05)


@pytest.mark.parametrize(
    ("junk", "code"),
    [
        (b"", "empty"),
        (b"OggS", "truncated"),
        (b"OggS" + os.urandom(20_000), "broken"),
        (b"RIFF" + os.urandom(20_000), "broken"),
        (bytes(50_000), "not_sound"),
        ("今天走访了鼎盛纺织。".encode() * 99, "not_sound"),
        (b"%PDF-1.7\n" + os.urandom(9_000), "not_sound"),
        (b"\x89PNG\r\n\x1a\n" + os.urandom(9_000), "not_sound"),
        (b"ffconcat version 1.0\nfile /etc/hostname\n", "not_sound"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n", "not_sound"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_no_sound_is_refused_with_its_reason(junk: bytes, code: str):
    with pytest.raises(SoundError) as refused:
        decode(junk)
    assert refused.value.code == code


def test_a_copy_protected_recording_is_refused_as_such():
    protected = recoded(SPOKEN, "m4a").replace(b"mp4a", b"drms", 1)
    with pytest.raises(SoundError) as refused:
        inspect(protected)
    assert refused.value.code == "protected"


@pytest.mark.parametrize("name", ["ogg", "webm", "mp3", "wav", "flac"])
def test_a_recording_that_breaks_off_is_heard_as_far_as_it_goes(name: str):
    whole = recoded(SPOKEN, name)
    half = whole[: len(whole) // 2]
    info = inspect(half)
    assert info.truncated
    assert 0.5 < info.seconds < 2.5
    assert len(decode(half)) / RATE == pytest.approx(info.seconds, abs=0.2)


def test_an_mp4_that_breaks_off_before_its_index_is_called_truncated():
    whole = recoded(SPOKEN, "mp4")
    with pytest.raises(SoundError) as refused:
        inspect(whole[: len(whole) // 2])
    assert refused.value.code == "truncated"


def test_damage_in_the_middle_costs_no_more_than_the_damaged_part():
    damaged = bytearray(recoded(SPOKEN, "mp3"))
    middle = len(damaged) // 2
    damaged[middle : middle + 600] = bytes(600)
    assert len(decode(bytes(damaged))) / RATE > 2.5


def test_a_recording_over_the_limit_is_refused_before_it_is_decoded():
    with pytest.raises(SoundError) as refused:
        inspect(SPOKEN, longest_seconds=2.0)
    assert refused.value.code == "too_long"
    assert "minutes" in refused.value.values


def test_an_hour_is_decoded_without_ever_lying_in_memory():
    hour = encode(silence(3600), "wav", "pcm_mulaw", 8_000)
    tracemalloc.start()
    try:
        seconds = sum(len(block) for block in blocks(hour)) / RATE
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert seconds == pytest.approx(3600, abs=0.1)
    assert peak < 8_000_000


@settings(max_examples=60, deadline=None)
@given(some.binary(max_size=400), some.integers(0, 3000), some.sampled_from(["zh_011.ogg", "en_150.ogg"]))
def test_whatever_is_done_to_a_file_only_a_sound_error_comes_out(junk: bytes, at: int, name: str):
    whole = (SAMPLES / name).read_bytes()
    mangled = whole[:at] + junk + whole[at + len(junk) // 2 :]
    try:
        inspect(mangled)
        samples = decode(mangled)
    except SoundError as refused:
        assert refused.code in {"broken", "truncated", "not_sound", "empty", "too_long", "protected"}
    else:
        assert np.isfinite(samples).all()
