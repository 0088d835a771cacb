"""The client against a server that answers over a real port, well and badly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from starlette.responses import JSONResponse

from facts.answer import Said
from prompts import asking, client
from prompts.client import ANSWER_TOKENS, Client, Endpoint
from tests.prompts.model_server import (
    ModelServer,
    completion,
    cut,
    drip,
    error,
    fact,
    hang,
    rubbish,
)

ON = date(2026, 3, 2)
WORDS = asking.reading("工程进度六成五。", ON, "zh")
GOOD = [fact("progress.percent", 65, "工程进度六成五")]
PLENTY = 100_000


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer([GOOD]).running() as running:
        yield running


def endpoint(server: ModelServer, **changes: Any) -> Endpoint:
    return replace(
        Endpoint("test-model", server.base, "secret", timeout=2.0, attempts=3, first_pause=0.01), **changes
    )


async def asked(server: ModelServer, most: int = PLENTY, **changes: Any) -> client.Answer[Said]:
    asker = Client(endpoint(server, **changes))
    try:
        return await asker.ask(WORDS, Said, most)
    finally:
        await asker.close()


async def test_a_good_answer_is_facts_with_what_they_cost(server: ModelServer) -> None:
    answer = await asked(server)
    assert answer.said is not None
    assert [(one.field, one.value, one.quote) for one in answer.said.facts] == [
        ("progress.percent", 65, "工程进度六成五")
    ]
    assert (answer.failure, answer.tokens_in, answer.tokens_out, answer.calls) == (None, 1000, 50, 1)


async def test_what_is_sent_names_the_model_the_key_and_a_strict_shape(server: ModelServer) -> None:
    await asked(server)
    (body,) = server.asked
    assert (body["model"], server.keys) == ("test-model", ["Bearer secret"])
    assert body["response_format"]["json_schema"]["strict"] is True
    assert "工程进度六成五" in server.said()


async def test_the_body_that_is_shown_is_the_body_that_is_sent(server: ModelServer) -> None:
    await asked(server)
    assert client.request(endpoint(server), WORDS, Said) == server.asked[0]


@pytest.mark.parametrize(
    "content",
    [
        "```json\n{}\n```",
        "```\n{}\n```",
        "Here it is:\n```json\n{}\n```\nDone.",
        "<think>hmm {{}}</think>\n{}",
        "好的：{} 以上。",
    ],
)
async def test_fences_thoughts_and_small_talk_round_the_answer_are_taken_off(
    server: ModelServer, content: str
) -> None:
    inside = json.dumps({"facts": GOOD}, ensure_ascii=False)
    server.answers = [content.replace("{}", inside)]
    answer = await asked(server)
    assert answer.said is not None and len(answer.said.facts) == 1
    assert answer.calls == 1


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503])
async def test_a_passing_fault_is_tried_again(server: ModelServer, status: int) -> None:
    server.answers = [error(status, **{"retry-after": "0.01"}), error(status), GOOD]
    answer = await asked(server)
    assert answer.said is not None
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("answer", "code", "tries"),
    [
        (error(429, **{"retry-after": "0.01"}), "api_busy", 3),
        (error(500), "api_failed", 3),
        (error(401), "api_key_refused", 1),
        (error(403), "api_key_refused", 1),
        (error(404), "api_refused", 1),
        (cut, "api_unreachable", 3),
    ],
)
async def test_a_lasting_fault_ends_with_its_code(
    server: ModelServer, answer: Any, code: str, tries: int
) -> None:
    server.answers = [answer]
    given = await asked(server)
    assert (given.said, given.failure, given.calls) == (None, code, 0)
    assert len(server.asked) == tries


@pytest.mark.parametrize("slow", [lambda _body: hang(), drip])
async def test_no_answer_takes_longer_than_its_time(server: ModelServer, slow: Any) -> None:
    server.answers = [slow]
    given = await asked(server, timeout=0.3, attempts=2)
    assert given.failure == "api_timeout"
    assert len(server.asked) == 2


async def test_nobody_there_is_said_so(server: ModelServer) -> None:
    given = await asked(server, base="http://127.0.0.1:9/v1")
    assert (given.failure, given.calls) == ("api_unreachable", 0)


@pytest.mark.parametrize(
    "bad",
    [
        "no JSON at all",
        "",
        '{"facts": [{"field": "progress.percent"}]}',
        '{"facts": "none"}',
        "[1, 2",
        [fact("no.such.field", 1, "x")],
        [fact("contact.channel", "carrier pigeon", "x")],
        [fact("progress.percent", 165, "x")],
        [fact("progress.percent", "many", "x")],
        [fact("next_contact", "Friday", "x")],
        [fact("fund_usage", 100, "x")],
        [fact("operations.headcount", -5, "x")],
        rubbish,
        completion(GOOD) | {"choices": []},
        completion(None),
        {"choices": "x"},
        {},
        JSONResponse([]),
        JSONResponse("text"),
    ],
)
async def test_rubbish_is_sent_back_once_and_then_given_up(server: ModelServer, bad: Any) -> None:
    server.answers = [bad]
    answer = await asked(server)
    assert (answer.said, answer.failure, answer.calls) == (None, "api_garbled", 2)
    assert len(server.asked) == 2


async def test_the_second_question_says_what_was_wrong(server: ModelServer) -> None:
    server.answers = [[fact("contact.channel", "pigeon", "x")], GOOD]
    answer = await asked(server)
    assert answer.said is not None and answer.failure is None
    assert (answer.calls, answer.tokens_in) == (2, 2000)
    roles = [one["role"] for one in server.asked[1]["messages"][-2:]]
    assert roles == ["assistant", "user"]
    assert "pigeon" in server.asked[1]["messages"][-2]["content"]
    assert "visit, phone, message" in server.said()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (completion(None, refusal="I can't help with that"), "refused"),
        (completion('{"facts": [', finish="content_filter"), "refused"),
        (completion('{"facts": [', finish="length"), "cut"),
    ],
)
async def test_a_refusal_is_final(server: ModelServer, answer: Any, code: str) -> None:
    server.answers = [answer]
    given = await asked(server)
    assert (given.said, given.failure, given.calls, given.tokens_in) == (None, code, 1, 1000)


async def test_an_endpoint_that_knows_no_shapes_is_asked_in_plain_words_from_then_on(
    server: ModelServer,
) -> None:
    def picky(body: dict[str, Any]) -> Any:
        return error(400) if "response_format" in body else GOOD

    server.answers = [picky]
    asker = Client(endpoint(server))
    first, second = await asker.ask(WORDS, Said, PLENTY), await asker.ask(WORDS, Said, PLENTY)
    await asker.close()
    assert first.said and second.said
    assert ["response_format" in body for body in server.asked] == [True, True, False, False]


async def test_an_endpoint_that_knows_no_temperature_still_gets_the_shape(server: ModelServer) -> None:
    server.answers = [lambda body: error(400) if "temperature" in body else GOOD]
    assert (await asked(server)).said
    assert server.asked[-1].keys() == {"model", "messages", "response_format", "stream"}


async def test_nothing_is_asked_that_the_budget_does_not_allow(server: ModelServer) -> None:
    needed = client.estimate(WORDS.messages) + ANSWER_TOKENS
    answer = await asked(server, most=needed - 1)
    assert (answer.failure, answer.calls, server.asked) == ("budget", 0, [])
    assert (await asked(server, most=needed)).said is not None


async def test_the_second_question_is_not_asked_where_the_first_took_the_budget(server: ModelServer) -> None:
    server.answers = ["rubbish", GOOD]
    answer = await asked(server, most=client.estimate(WORDS.messages) + ANSWER_TOKENS)
    assert (answer.failure, answer.calls) == ("api_garbled", 1)


async def test_tokens_are_estimated_where_the_endpoint_does_not_count(server: ModelServer) -> None:
    server.answers = [completion(GOOD, usage=None)]
    answer = await asked(server)
    assert answer.tokens_in == client.estimate(WORDS.messages)
    assert answer.tokens_out > 10
