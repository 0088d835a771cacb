"""All that a phone, a browser or a desk sends as sound, through the whole service; and what is no sound at all."""

from __future__ import annotations

import asyncio
from typing import Any

import numpy as np
import pytest

from records import tables
from tests.handlers.conftest import Talk
from tests.transcripts.sounds import music, noise, recoded, silence, stereo
from tests.voice import MODEL, sample
from transcripts.decoding import decode, encode
from transcripts.model import RATE

SPOKEN = "设备已经到货，订单正常。"
LIMIT = 20 * 1024 * 1024


@pytest.fixture
def dialect() -> str:
    """Sound is sound on either database."""
    return "sqlite"


@pytest.fixture
def speech() -> dict[str, Any]:
    return {"speech": "faster", "speech_model": str(MODEL)}


def speech_sample() -> bytes:
    return sample("zh_012.ogg")


async def text(talk: Talk) -> str:
    return str((await talk.rows(tables.parts))[0].text)


@pytest.mark.parametrize("name", ["webm", "mp4", "m4a", "mp3", "wav", "flac"])
async def test_every_kind_of_sound_is_heard(talk: Talk, name: str) -> None:
    await talk.send("AM1", "voice", recoded(speech_sample(), name), "audio/webm", duration=5)
    assert await text(talk) == SPOKEN


@pytest.mark.parametrize("name", ["amr", "telephone"])
async def test_a_telephones_narrow_band_is_heard_as_speech(talk: Talk, name: str) -> None:
    """The tiny model never met a narrow band, so its words are its own."""
    said = await talk.send("AM1", "voice", recoded(speech_sample(), name), "audio/amr", duration=5)
    assert await text(talk)
    assert "▶️" not in said and "再说一遍" not in said


async def test_a_voice_on_one_ear_is_heard(talk: Talk) -> None:
    await talk.send("AM1", "voice", stereo(decode(speech_sample())), "audio/wav", duration=5)
    assert await text(talk) == SPOKEN


@pytest.mark.parametrize(
    ("file_name", "mime"),
    [("录音.m4a", "application/octet-stream"), ("report.mp3", "audio/mpeg"), ("Record 12.WAV", "")],
)
async def test_a_sound_sent_as_a_file_is_heard_whatever_its_name_promises(
    talk: Talk, file_name: str, mime: str
) -> None:
    await talk.send("AM1", "document", speech_sample(), file_name, mime or "application/octet-stream")
    assert await text(talk) == SPOKEN


PROTECTED = b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00M4A isom" + b"\x00\x00\x01\x00moov" + b"drms" * 60

SAID = [
    (b"", "0 字节"),
    (b"this is no sound at all, but a text " * 50, "没有声音"),
    (recoded(sample("zh_012.ogg"), "m4a")[:3000], "再发一遍"),
    (b"OggS" + b"\x00" * 6000, "损坏"),
    (encode(silence(5), "wav", "pcm_s16le", RATE), "没有声音"),
    (encode(noise(5), "wav", "pcm_s16le", RATE), "杂音"),
    (encode(music(5), "wav", "pcm_s16le", RATE), "音乐"),
]
NAMES = ["empty", "text", "truncated", "broken", "silence", "noise", "music"]


@pytest.mark.parametrize(("sound", "words"), SAID, ids=NAMES)
async def test_what_gives_no_words_is_said_kindly_kept_and_never_made_up(
    talk: Talk, sound: bytes, words: str
) -> None:
    said = await talk.send("AM1", "voice", sound, duration=5)
    assert words in said
    assert await text(talk) == ""
    assert [one.content for one in await talk.rows(tables.media)] == ([sound] if sound else [])
    assert "已记录" not in said and "Traceback" not in said


async def test_a_protected_file_is_said_to_be_protected_or_unreadable(talk: Talk) -> None:
    said = await talk.send("AM1", "voice", PROTECTED, "audio/mp4", duration=5)
    assert "版权保护" in said or "再发" in said or "没有声音" in said
    assert (await talk.rows(tables.parts))[0].failure


async def test_a_recording_that_breaks_off_is_heard_so_far_and_the_card_says_where(talk: Talk) -> None:
    whole = recoded(speech_sample(), "wav")
    await talk.say("AM1", "今天去了华兴机械。")
    said = await talk.send("AM1", "voice", whole[: len(whole) * 6 // 10], "audio/wav", duration=5)
    assert "设备已经到货" in said
    assert "录音在 0:02 处断了" in said


async def test_a_file_of_twenty_megabytes_is_heard_and_one_byte_more_is_told(talk: Talk) -> None:
    """Pulse code at 48 kHz for three minutes and more: most of it is silence."""
    head = recoded(speech_sample(), "wav")
    spoken = np.concatenate((decode(speech_sample()), silence(600)))
    whole = encode(spoken, "wav", "pcm_s16le", RATE)
    assert len(head) < len(whole) < LIMIT
    padded = whole + b"\x00" * (LIMIT - len(whole))
    await talk.send("AM1", "voice", padded, "audio/wav", duration=605)
    assert SPOKEN in await text(talk)
    told = await talk.send("AM1", "voice", padded + b"\x00", "audio/wav", duration=605)
    assert "超过 20 MB" in told


@pytest.mark.slow
async def test_an_hour_is_heard_to_its_last_sentence_with_its_progress_told(talk: Talk) -> None:
    """A sentence every two and a half minutes, as Opus, as a phone would send it."""
    once = np.concatenate((decode(speech_sample()), silence(145)))
    sound = await asyncio.to_thread(encode, np.tile(once, 24))
    await talk.say("AM1", "今天去了华兴机械。")
    card = await talk.send("AM1", "voice", sound, duration=3600)
    report = (await talk.rows(tables.reports))[0]
    (heard,) = report.transcript["parts"].values()
    assert report.text.count("设备已经到货") == 24
    assert heard["seconds"] == pytest.approx(len(once) * 24 / RATE, abs=1)
    assert heard["segments"][-1]["start"] > 3400
    steps = [line for line in card.splitlines() if "正在听：" in line]
    assert 9 <= len(steps) <= 11 and "听完了（59:" in card
    assert report.state == "read" and "partial" not in str(report.transcript.get("partial"))
