"""The API engine against a server that answers over a real port, well and badly."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.transcripts.serving import served
from tests.transcripts.sounds import noise, recoded, silence
from tests.voice import sample
from transcripts.decoding import decode, encode, inspect
from transcripts.engines.api import ApiEngine
from transcripts.model import EngineError, Hints, SpeechConfig, Transcript
from transcripts.transcriber import Transcriber

SPOKEN = sample("zh_012.ogg")


@dataclass
class Api:
    """Answers from `answers` in order (the last for ever) and keeps what it was asked."""

    answers: list[Any] = field(default_factory=lambda: [{"text": "设备已经到货，订单正常。"}])
    asked: list[dict[str, Any]] = field(default_factory=list)

    async def transcribe(self, request: Request) -> Response:
        form = await request.form()
        upload = form["file"]
        self.asked.append(
            {key: form.getlist(key) for key in form if key != "file"}
            | {"file": upload.filename, "bytes": await upload.read(), "key": request.headers["authorization"]}
        )
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is too_late:
            answer = await answer()
        return answer if isinstance(answer, Response) else JSONResponse(answer)


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def config(api: Api) -> Iterator[SpeechConfig]:
    app = Starlette(routes=[Route("/v1/audio/transcriptions", api.transcribe, methods=["POST"])])
    with served(app) as address:
        yield SpeechConfig(engine="api", api_base=f"{address}/v1", api_key="secret", idle_seconds=999)


async def heard(
    config: SpeechConfig, sound: bytes = SPOKEN, hints: Hints | None = None, **options: Any
) -> Transcript:
    settings = {"timeout": 1.0, "attempts": 3, "first_pause": 0.01} | options
    transcriber = Transcriber(config, ApiEngine(config, **settings))
    try:
        return await transcriber.transcribe(sound, hints)
    finally:
        await transcriber.close()


async def test_a_voice_message_goes_as_it_came_with_the_name_that_the_api_takes(
    api: Api, config: SpeechConfig
):
    transcript = await heard(config, hints=Hints(("瑞丰农业", "陈老板")))
    assert transcript.text == "设备已经到货，订单正常。"
    assert (transcript.engine, transcript.model) == ("api", "gpt-transcribe")
    (asked,) = api.asked
    assert (asked["file"], asked["bytes"], asked["key"]) == ("voice.ogg", SPOKEN, "Bearer secret")
    assert asked["model"] == ["gpt-transcribe"]
    assert asked["keywords[]"][:2] == ["瑞丰农业", "陈老板"]
    assert asked["languages[]"] == ["zh", "en"]


@pytest.mark.parametrize(
    ("name", "file"), [("webm", "voice.webm"), ("m4a", "voice.m4a"), ("mp3", "voice.mp3")]
)
async def test_common_containers_are_passed_on(api: Api, config: SpeechConfig, name: str, file: str):
    await heard(config, recoded(SPOKEN, name))
    assert api.asked[0]["file"] == file


async def test_what_the_api_refuses_is_sent_as_opus(api: Api, config: SpeechConfig):
    await heard(config, recoded(SPOKEN, "amr"))
    assert api.asked[0]["file"] == "voice.ogg"
    assert inspect(api.asked[0]["bytes"]).codec == "opus"


async def test_other_models_get_a_prompt_and_give_their_measures(api: Api, config: SpeechConfig):
    api.answers = [
        {
            "text": "设备已经到货",
            "language": "chinese",
            "duration": 4.8,
            "segments": [
                {
                    "id": 0, "seek": 0, "start": 0.0, "end": 4.0, "text": "設備已經到貨", "tokens": [], "temperature": 0.0,
                    "avg_logprob": -0.1, "compression_ratio": 0.8, "no_speech_prob": 0.01,
                }
            ],
        }
    ]  # fmt: skip
    transcript = await heard(replace(config, api_model="whisper-large-v3"), hints=Hints(("瑞丰农业",)))
    assert transcript.text == "设备已经到货。"
    assert transcript.original == "設備已經到貨"
    assert transcript.segments[0].confidence == pytest.approx(0.905, abs=0.001)
    assert api.asked[0]["prompt"][0].startswith("瑞丰农业，")
    assert api.asked[0]["response_format"] == ["verbose_json"]


async def test_log_probabilities_make_a_confidence_and_doubtful_figures(api: Api, config: SpeechConfig):
    api.answers = [
        {
            "text": "还款三百二十万元。",
            "logprobs": [{"token": "还", "logprob": -0.9}, {"token": "款", "logprob": -0.9}],
        }
    ]
    transcript = await heard(replace(config, api_model="gpt-4o-transcribe"))
    assert [transcript.text[slice(*doubt)] for doubt in transcript.doubts] == ["三百二十万元"]


async def test_a_server_that_knows_no_extras_is_asked_again_without_them(api: Api, config: SpeechConfig):
    api.answers = [JSONResponse({"error": {"message": "unknown parameter"}}, 400), {"text": "订单正常。"}]
    assert (await heard(config)).text == "订单正常。"
    assert [sorted(asked.keys() - {"file", "bytes", "key", "model"}) for asked in api.asked][1] == [
        "response_format"
    ]


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_passing_fault_is_tried_again(api: Api, config: SpeechConfig, status: int):
    busy = JSONResponse({"error": {"message": "later"}}, status, headers={"retry-after": "0.01"})
    api.answers = [busy, busy, {"text": "订单正常。"}]
    assert (await heard(config)).text == "订单正常。"
    assert len(api.asked) == 3


async def too_late() -> Any:
    await asyncio.sleep(2)
    return {"text": "too late"}


async def test_a_timeout_is_tried_again(api: Api, config: SpeechConfig):
    api.answers = [too_late, {"text": "订单正常。"}]
    assert (await heard(config, timeout=0.4)).text == "订单正常。"


@pytest.mark.parametrize(
    ("answer", "code", "tries"),
    [
        (JSONResponse({"error": {"message": "busy"}}, 429), "api_busy", 3),
        (JSONResponse({"error": {"message": "broken"}}, 500), "api_failed", 3),
        (JSONResponse({"error": {"message": "no key"}}, 401), "api_key_refused", 1),
        (JSONResponse({"error": {"message": "too big"}}, 413), "api_refused", 1),
        (JSONResponse({"error": {"message": "bad file"}}, 400), "api_refused", 2),
        (PlainTextResponse('{"text": "设备', media_type="application/json"), "api_garbled", 1),
        (PlainTextResponse("<html>proxy</html>", media_type="text/html"), "api_garbled", 1),
        ({"transcript": "not what was asked for"}, "api_garbled", 1),
        (too_late, "api_timeout", 3),
    ],
    ids=["429", "500", "401", "413", "400", "broken json", "html", "no text", "timeout"],
)
async def test_a_lasting_fault_ends_with_its_code(
    api: Api, config: SpeechConfig, answer: Any, code: str, tries: int
):
    api.answers = [answer]
    with pytest.raises(EngineError) as failed:
        await heard(config, timeout=0.4)
    assert failed.value.code == code
    assert len(api.asked) == tries


async def test_nobody_at_home_is_unreachable():
    with pytest.raises(EngineError) as failed:
        await heard(SpeechConfig(engine="api", api_base="http://127.0.0.1:9/v1", api_key="x"))
    assert failed.value.code == "api_unreachable"


@pytest.mark.parametrize(("sound", "problem"), [(silence(5), "silence"), (noise(5), "noise")])
async def test_what_holds_no_speech_is_never_sent(api: Api, config: SpeechConfig, sound, problem: str):
    transcript = await heard(config, encode(sound))
    assert (transcript.text, transcript.problems, api.asked) == ("", (problem,), [])


async def test_a_long_recording_is_sent_in_pieces_of_opus(api: Api, config: SpeechConfig):
    api.answers = [{"text": "第一段。"}, {"text": "第二段。"}]
    engine = ApiEngine(config)
    engine.piece_seconds = (8.0, 12.0)
    transcriber = Transcriber(config, engine)
    once = np.concatenate((decode(SPOKEN), silence(1)))
    transcript = await transcriber.transcribe(encode(np.tile(once, 3)))
    await transcriber.close()
    assert transcript.text == "第一段。第二段。"
    assert [inspect(asked["bytes"]).codec for asked in api.asked] == ["opus", "opus"]
    assert sum(inspect(asked["bytes"]).seconds for asked in api.asked) == pytest.approx(
        len(once) * 3 / 16_000, abs=0.2
    )
    assert transcript.segments[1].start == pytest.approx(transcript.segments[0].end)
