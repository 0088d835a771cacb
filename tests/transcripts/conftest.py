from collections.abc import AsyncIterator

import pytest

from tests.voice import MODEL
from transcripts.engines.faster import FasterWhisper
from transcripts.model import SpeechConfig
from transcripts.transcriber import Transcriber

CONFIG = SpeechConfig(model=str(MODEL), threads=2)


@pytest.fixture(scope="session")
def engine() -> FasterWhisper:
    return FasterWhisper(CONFIG)


@pytest.fixture
async def transcriber(engine: FasterWhisper) -> AsyncIterator[Transcriber]:
    transcriber = Transcriber(CONFIG, engine)
    yield transcriber
    if transcriber._idle is not None:
        transcriber._idle.cancel()
    transcriber._worker.shutdown()
