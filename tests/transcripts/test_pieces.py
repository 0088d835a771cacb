"""Long recordings cut where nobody speaks."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.transcripts.sounds import music, noise, silence
from transcripts.loudness import measure
from transcripts.model import RATE
from transcripts.pieces import cut


def blocks_of(samples):
    return (samples[at : at + RATE] for at in range(0, len(samples), RATE))


@settings(max_examples=25, deadline=None)
@given(some.integers(0, 90 * RATE), some.integers(0, 5))
def test_pieces_put_together_are_the_recording(length: int, seed: int):
    samples = np.random.default_rng(seed).random(length, dtype=np.float32)
    pieces = list(cut(blocks_of(samples)))
    assert np.array_equal(np.concatenate([piece.samples for piece in pieces]), samples)
    assert all(len(piece.samples) <= 28 * RATE for piece in pieces)
    assert [piece.last for piece in pieces] == [False] * (len(pieces) - 1) + [True]


def test_a_cut_lies_in_the_pause_between_sentences():
    speech = np.concatenate((noise(21), silence(1), noise(12)))
    first, second = cut(blocks_of(speech))
    assert 21.1 < first.end < 21.9
    assert second.start == first.end


def test_the_same_sound_is_always_cut_at_the_same_places():
    sound = np.concatenate((noise(20), silence(0.5), noise(25), silence(2), noise(20)))
    once, again = ([piece.end for piece in cut(blocks_of(sound))] for _ in range(2))
    assert once == again and len(once) >= 3


def test_silence_noise_and_music_are_told_apart():
    kinds = [measure(sound).kind for sound in (silence(5), noise(5), noise(5, 0.0005), music(5))]
    assert kinds == ["silence", "noise", "silence", "music"]


def test_rumble_is_noise_and_no_music():
    rumble = np.cumsum(noise(6))
    rumble -= np.convolve(rumble, np.ones(2000) / 2000, "same")
    assert measure((rumble / np.abs(rumble).max()).astype(np.float32)).kind == "noise"


def test_a_single_word_in_half_a_minute_is_not_still():
    sound = silence(28)
    sound[5 * RATE : 5 * RATE + RATE // 2] = noise(0.5)
    assert not measure(sound).still
    assert measure(silence(28)).still


def test_measures_of_pieces_add_up():
    both = measure(music(4)) + measure(silence(4))
    assert (both.loud, both.windows) == (measure(music(4)).loud, 2 * measure(silence(4)).windows)
