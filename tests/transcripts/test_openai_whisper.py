"""openai-whisper on the same weights; needs torch, so `make test-whisper` alone runs it."""

from collections.abc import AsyncIterator

import pytest

from tests.transcripts.sounds import music, silence
from tests.voice import TORCH_MODEL, sample, texts
from transcripts.decoding import encode
from transcripts.engines.whisper import OpenAIWhisper
from transcripts.model import SpeechConfig
from transcripts.transcriber import Transcriber

pytest.importorskip("whisper", reason="openai-whisper is not installed: make test-whisper brings it")
pytestmark = pytest.mark.whisper

CONFIG = SpeechConfig(engine="whisper", model=str(TORCH_MODEL), threads=2)


@pytest.fixture(scope="module")
def engine() -> OpenAIWhisper:
    return OpenAIWhisper(CONFIG)


@pytest.fixture
async def transcriber(engine: OpenAIWhisper) -> AsyncIterator[Transcriber]:
    transcriber = Transcriber(CONFIG, engine)
    yield transcriber
    if transcriber._idle is not None:
        transcriber._idle.cancel()


@pytest.mark.parametrize(("name", "language", "text"), texts())
async def test_every_sample_is_heard_word_by_word(
    transcriber: Transcriber, name: str, language: str, text: str
):
    transcript = await transcriber.transcribe(sample(name))
    assert (transcript.text, transcript.language, transcript.engine) == (text, language, "whisper")


async def test_music_is_not_written_down_though_the_model_would_invent_words_for_it(transcriber: Transcriber):
    transcript = await transcriber.transcribe(encode(music(6)))
    assert (transcript.text, transcript.problems) == ("", ("music",))


async def test_silence_is_not_heard(transcriber: Transcriber):
    assert (await transcriber.transcribe(encode(silence(6)))).problems == ("silence",)


async def test_the_model_is_let_go(transcriber: Transcriber, engine: OpenAIWhisper):
    await transcriber.prepare()
    await transcriber.release()
    assert engine._loaded is None
