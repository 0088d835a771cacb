"""Sound to text for real: Ogg bytes, PyAV, faster-whisper with the tiny model, mended text."""

import pytest

from tests.voice import sample, texts
from transcripts.model import Hints, Progress, Transcript
from transcripts.transcriber import Transcriber


@pytest.mark.parametrize(("name", "language", "text"), texts())
async def test_every_sample_is_heard_word_by_word(
    transcriber: Transcriber, name: str, language: str, text: str
):
    transcript = await transcriber.transcribe(sample(name))
    assert (transcript.text, transcript.language, transcript.problems) == (text, language, ())
    assert transcript.engine == "faster" and transcript.model == "ct2-int8"


async def test_segments_make_up_the_text_and_lie_within_the_recording(transcriber: Transcriber):
    transcript = await transcriber.transcribe(sample("zh_001.ogg"))
    assert "".join(segment.text for segment in transcript.segments) == transcript.text
    assert all(0 <= segment.start <= segment.end <= transcript.seconds for segment in transcript.segments)
    assert transcript.seconds == pytest.approx(11.67, abs=0.02)


async def test_a_transcript_survives_json(transcriber: Transcriber):
    transcript = await transcriber.transcribe(sample("zh_014.ogg"), Hints(("金侨建材",)))
    assert Transcript.from_json(transcript.to_json()) == transcript


async def test_a_name_of_the_book_is_mended_and_shown_as_mended(transcriber: Transcriber):
    transcript = await transcriber.transcribe(sample("zh_011.ogg"), Hints(("顶盛纺织",)))
    assert transcript.text == "顶盛纺织现金流紧张。"
    assert transcript.original == "鼎盛纺织现金流紧张。"
    (name,) = transcript.mended_names
    assert (name.heard, transcript.text[name.start : name.end]) == ("鼎盛纺织", "顶盛纺织")


async def test_progress_is_told_with_seconds_and_segments(transcriber: Transcriber):
    told: list[Progress] = []
    transcript = await transcriber.transcribe(sample("zh_012.ogg"), progress=told.append)
    assert [news.stage for news in told] == ["hearing"]
    assert told[0].done == pytest.approx(transcript.seconds, abs=0.01)
    assert "".join(segment.text for segment in told[0].segments) == "设备已经到货，订单正常。"


async def test_english_said_where_chinese_was_expected_is_heard_as_english(transcriber: Transcriber):
    transcript = await transcriber.transcribe(sample("en_150.ogg"), Hints(("鼎盛纺织",)))
    assert transcript.language == "en"
    assert transcript.text.startswith("Cash flow is tight.")
