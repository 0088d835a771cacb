"""A recording's way through the engine: pieces, restarts, problems, threads, and the model's coming and going."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace

import numpy as np
import pytest

from tests.transcripts.conftest import CONFIG
from tests.transcripts.scripted import Scripted, saying
from tests.transcripts.sounds import CONTAINERS, music, noise, recoded, silence, stereo
from tests.voice import sample
from transcripts.decoding import decode, encode
from transcripts.model import EngineError, Hints, Progress, Segment, SoundError, SpeechConfig
from transcripts.transcriber import Transcriber

SPOKEN = "设备已经到货，订单正常。"


def spoken(times: int, pause: float = 20.0) -> bytes:
    once = np.concatenate((decode(sample("zh_012.ogg")), silence(pause)))
    return encode(np.tile(once, times))


@pytest.mark.parametrize("name", sorted(CONTAINERS.keys() - {"amr", "telephone"}))
async def test_the_words_are_the_same_in_every_container(transcriber: Transcriber, name: str):
    transcript = await transcriber.transcribe(recoded(sample("zh_011.ogg"), name))
    assert (transcript.text, transcript.problems) == ("鼎盛纺织现金流紧张。", ())


@pytest.mark.parametrize("name", ["amr", "telephone"])
async def test_the_narrow_band_of_a_telephone_is_heard_as_speech(transcriber: Transcriber, name: str):
    """The tiny model never met a narrow band, so its words are wrong; that it hears somebody is what counts."""
    transcript = await transcriber.transcribe(recoded(sample("zh_011.ogg"), name))
    assert transcript.language == "zh" and transcript.segments and transcript.problems == ()


async def test_a_voice_on_one_ear_is_heard(transcriber: Transcriber):
    transcript = await transcriber.transcribe(stereo(decode(sample("zh_012.ogg"))))
    assert transcript.text == SPOKEN


async def test_a_recording_that_breaks_off_says_so_beside_what_was_heard(transcriber: Transcriber):
    whole = recoded(sample("zh_012.ogg"), "wav")
    transcript = await transcriber.transcribe(whole[: len(whole) * 6 // 10])
    assert "truncated" in transcript.problems
    assert transcript.text.startswith("设备已经到货")


@pytest.mark.parametrize(
    ("sound", "problem"),
    [(silence(6), "silence"), (noise(6), "noise"), (music(6), "music"), (silence(0.05), "silence")],
    ids=["silence", "noise", "music", "hardly anything"],
)
async def test_without_speech_there_is_no_text_but_a_reason(transcriber: Transcriber, sound, problem: str):
    transcript = await transcriber.transcribe(encode(sound, "wav", "pcm_s16le", 16_000))
    assert (transcript.text, transcript.segments, transcript.problems) == ("", (), (problem,))


async def test_broken_bytes_end_in_a_sound_error_before_any_model_is_asked():
    engine = Scripted(saying("订单正常。"))
    with pytest.raises(SoundError):
        await Transcriber(SpeechConfig(), engine).transcribe(b"no sound at all")
    assert engine.loaded == 0


async def test_an_hour_of_mostly_silence_is_heard_to_its_last_sentence(transcriber: Transcriber):
    said = decode(sample("zh_012.ogg"))
    hour = np.concatenate((silence(60), said, silence(3400), said, silence(60)))
    told: list[Progress] = []
    transcript = await transcriber.transcribe(encode(hour, "flac", "flac", 16_000), progress=told.append)
    assert transcript.text == SPOKEN * 2
    assert transcript.seconds == pytest.approx(len(hour) / 16_000, abs=0.1)
    assert transcript.segments[1].start == pytest.approx(60 + 3400 + len(said) / 16_000, abs=1.5)
    assert len(told) > 100 and told[-1].done == pytest.approx(told[-1].total, abs=0.2)


async def test_a_restart_goes_on_after_the_last_finished_piece(transcriber: Transcriber):
    sound, told = spoken(3), list[Progress]()
    whole = await transcriber.transcribe(sound, progress=told.append)
    assert len(told) >= 3 and whole.text == SPOKEN * 3
    again: list[Progress] = []
    kept = [Segment.from_json(segment.to_json()) for segment in told[1].segments]
    resumed = await transcriber.transcribe(sound, done=kept, progress=again.append)
    assert resumed == whole
    assert [news.done for news in again] == [news.done for news in told[2:]]


async def test_a_cancelled_transcription_leaves_the_transcriber_usable(transcriber: Transcriber):
    first = asyncio.Event()
    task = asyncio.create_task(transcriber.transcribe(spoken(3), progress=lambda news: first.set()))
    await first.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await transcriber.transcribe(sample("zh_012.ogg"))).text == SPOKEN


async def test_the_loop_stays_free_and_one_thread_does_all_the_work():
    engine = Scripted(saying("订单正常。"))
    transcriber, beats = Transcriber(SpeechConfig(language="zh"), engine), 0

    async def beat() -> None:
        nonlocal beats
        while True:
            beats += 1
            await asyncio.sleep(0)

    heart = asyncio.create_task(beat())
    await asyncio.gather(*(transcriber.transcribe(encode(noise(60))) for _ in range(2)))
    heart.cancel()
    await transcriber.close()
    assert beats > 100
    assert len(engine.threads) == 1 and threading.get_ident() not in engine.threads


async def test_a_short_message_is_not_kept_waiting_behind_a_long_one():
    order: list[str] = []
    transcriber = Transcriber(SpeechConfig(language="zh"), Scripted(saying("订单正常。")))

    async def hear(name: str, seconds: float) -> None:
        await transcriber.transcribe(encode(noise(seconds)))
        order.append(name)

    long = asyncio.create_task(hear("long", 300))
    await asyncio.sleep(0)
    await asyncio.gather(long, hear("short", 3))
    await transcriber.close()
    assert order == ["short", "long"]


async def test_a_model_unused_is_let_go_and_loaded_anew_at_the_next_message():
    transcriber = Transcriber(replace(CONFIG, idle_seconds=0.0))
    assert (await transcriber.transcribe(sample("zh_012.ogg"))).text == SPOKEN
    async with asyncio.timeout(10):
        while transcriber.engine._loaded is not None:
            await asyncio.sleep(0.01)
    assert (await transcriber.transcribe(sample("zh_011.ogg"))).text == "鼎盛纺织现金流紧张。"
    await transcriber.close()


async def test_without_an_engine_it_is_said_that_nothing_can_hear():
    with pytest.raises(EngineError) as failed:
        await Transcriber(SpeechConfig(engine="off")).transcribe(sample("zh_012.ogg"))
    assert failed.value.code == "no_engine"


async def test_progress_may_be_told_by_a_coroutine(transcriber: Transcriber):
    told: list[float] = []

    async def tell(news: Progress) -> None:
        await asyncio.sleep(0)
        told.append(news.done)

    await transcriber.transcribe(sample("zh_012.ogg"), progress=tell)
    assert told == [pytest.approx(4.79, abs=0.02)]


@pytest.mark.parametrize(
    ("says", "problem"),
    [
        (saying("谢谢观看"), "phantom"),
        (saying("谢谢大家" * 9), "loop"),
        (saying("鼎盛纺织，金桥建材，佳禾食品"), "prompt_echo"),
        (saying("ご視聴ありがとうございました"), "wrong_language"),
        (saying("厂房已经完工", confidence=0.3, no_speech=0.9), "noise"),
    ],
)
async def test_what_nobody_said_is_never_kept_as_speech(says, problem: str):
    transcriber = Transcriber(SpeechConfig(language="zh"), Scripted(says))
    transcript = await transcriber.transcribe(encode(noise(5)), Hints(("鼎盛纺织", "金桥建材", "佳禾食品")))
    await transcriber.close()
    assert (transcript.text, transcript.original, transcript.problems) == ("", "", (problem,))
    assert [out.code for out in transcript.dropped] == [problem]


async def test_a_recording_in_another_language_is_not_written_down():
    engine = Scripted(saying("订单正常。"), language="ja")
    transcriber = Transcriber(SpeechConfig(), engine)
    transcript = await transcriber.transcribe(sample("zh_012.ogg"))
    await transcriber.close()
    assert (transcript.text, transcript.problems, engine.heard) == ("", ("wrong_language",), 0)


async def test_names_of_the_book_come_before_the_words_of_the_trade_in_the_prompt():
    engine = Scripted(saying("订单正常。"))
    transcriber = Transcriber(SpeechConfig(language="zh"), engine)
    await transcriber.transcribe(encode(noise(5)), Hints(("瑞丰农业", "陈老板"), ("保理",)))
    await transcriber.close()
    assert engine.prompts[0][:3] == ("瑞丰农业", "陈老板", "保理")
    assert "应收账款" in engine.prompts[0]


async def test_hardly_likely_words_are_called_unclear():
    transcriber = Transcriber(
        SpeechConfig(language="zh"), Scripted(saying("拖欠工资九个月。", confidence=0.3))
    )
    transcript = await transcriber.transcribe(encode(noise(5)))
    await transcriber.close()
    assert transcript.problems == ("unclear",)
    assert [transcript.text[slice(*doubt)] for doubt in transcript.doubts] == ["九个月"]
