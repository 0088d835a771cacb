"""The one client that asks a language model: any endpoint that speaks OpenAI's chat completions."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import stamina
from openai import AsyncOpenAI, BadRequestError, ContentFilterFinishReasonError, LengthFinishReasonError
from openai import UnprocessableEntityError as Unprocessable
from pydantic import BaseModel, ValidationError

from prompts import api
from prompts.asking import Words, correction

T = TypeVar("T", bound=BaseModel)
ANSWER_TOKENS = 4000
SHOWN_ERRORS = 6
KEPT_ANSWER = 4000
FENCE = re.compile(r"```[a-zA-Z]*\s*\n?(.*?)```", re.S)
THOUGHT = re.compile(r"<think>.*?</think>", re.S)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is, and how long it may take; `base` empty is OpenAI's own address. Times in seconds."""

    name: str
    base: str = ""
    key: str = ""
    timeout: float = 30.0
    attempts: int = 3
    first_pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What the model said, or `failure`: a code of `prompts.api`, or budget, refused, cut. Tokens of all calls."""

    said: T | None = None
    failure: str | None = None
    tokens_in: int = 0
    tokens_out: int = 0
    calls: int = 0


class Garbled(ValueError):
    """An answer that is not of the shape; `answer` is what came, `why` is said to the model."""

    def __init__(self, answer: str, why: str) -> None:
        super().__init__(why)
        self.answer, self.why = answer, why


class _Declined(Exception):
    """The model refused, or was cut off: asking again helps nothing."""


class Client:
    """Asks for answers of a shape; one that doesn't fit is sent back once with what is wrong with it.

    However the endpoint behaves, a question ends within eight times the endpoint's timeout.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._client: AsyncOpenAI | None = None
        self._plainness = 0

    async def ask(self, words: Words, shape: type[T], most: int) -> Answer[T]:
        """Spends at most about `most` tokens. Never raises for what the endpoint does."""
        spent: Answer[T] = Answer()
        for _ in range(2):
            if spent.tokens_in + spent.tokens_out + estimate(words.messages) + ANSWER_TOKENS > most:
                return replace(spent, failure=spent.failure or "budget")
            try:
                raw = await self._asked(words, shape)
            except Exception as error:
                return replace(spent, failure=api.code(error))
            body = _body(raw.content)
            spent = _counted(spent, words, body)
            try:
                return replace(spent, said=_said(raw, body, shape), failure=None)
            except _Declined as declined:
                return replace(spent, failure=str(declined))
            except Garbled as garbled:
                spent = replace(spent, failure="api_garbled")
                words = correction(words, garbled.answer[:KEPT_ANSWER], garbled.why)
        return spent

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def _asked(self, words: Words, shape: type[T]) -> Any:
        """The raw answer; what the endpoint doesn't know is left out from then on."""
        while True:
            try:
                return await self._patiently(words, shape)
            except (BadRequestError, Unprocessable):
                if self._plainness == len(LADDER) - 1:
                    raise
                self._plainness += 1

    async def _patiently(self, words: Words, shape: type[T]) -> Any:
        limits = {"attempts": self.endpoint.attempts, "timeout": 3 * self.endpoint.timeout}
        pauses = {"wait_initial": self.endpoint.first_pause, "wait_jitter": self.endpoint.first_pause}
        async for attempt in stamina.retry_context(on=api.again, wait_max=30.0, **limits, **pauses):  # type: ignore[arg-type]
            with attempt:
                async with asyncio.timeout(self.endpoint.timeout):
                    return await self._once(words, shape)
        raise AssertionError("stamina ends by returning or raising")

    async def _once(self, words: Words, shape: type[T]) -> Any:
        completions = self._opened().chat.completions.with_raw_response
        options: dict[str, Any] = {"model": self.endpoint.name, "messages": list(words.messages)}
        shaped, extras = LADDER[self._plainness]
        options |= extras
        if shaped:
            return await completions.parse(response_format=shape, **options)
        return await completions.create(**options)

    def _opened(self) -> AsyncOpenAI:
        if self._client is None:
            self._client = AsyncOpenAI(
                api_key=self.endpoint.key or "none",
                base_url=self.endpoint.base or None,
                timeout=self.endpoint.timeout,
                max_retries=0,
            )
        return self._client


EXTRAS = {"temperature": 0, "max_completion_tokens": ANSWER_TOKENS}
LADDER: tuple[tuple[bool, Mapping[str, Any]], ...] = ((True, EXTRAS), (True, {}), (False, {}))
"""Whether the shape is demanded, and what goes with it: an endpoint that answers 400 is asked the next, plainer way.

The words themselves give the shape too.
"""


def request(endpoint: Endpoint, words: Words, shape: type[BaseModel]) -> dict[str, Any]:
    """The body of the first request, as it is sent."""
    from openai.lib._parsing._completions import type_to_response_format_param

    shaped = type_to_response_format_param(shape)
    asked = {"model": endpoint.name, "messages": list(words.messages), "response_format": shaped}
    return {**asked, **EXTRAS, "stream": False}


def estimate(messages: Sequence[Mapping[str, str]]) -> int:
    """Tokens that the words may take, rather too many: one a Chinese character, one for three others."""
    text = "".join(one["content"] for one in messages)
    wide = sum(ord(c) > 0x2E7F for c in text)
    return wide + (len(text) - wide) // 3 + 8 * len(messages)


def _counted(spent: Answer[T], words: Words, body: Any) -> Answer[T]:
    """With this answer's tokens: as the endpoint says, else as estimated."""
    usage = body.get("usage") if isinstance(body, dict) else None
    told = usage if isinstance(usage, dict) else {}
    made = estimate([{"content": _content(body) or ""}])
    return replace(
        spent,
        tokens_in=spent.tokens_in + _count(told.get("prompt_tokens"), estimate(words.messages)),
        tokens_out=spent.tokens_out + _count(told.get("completion_tokens"), made),
        calls=spent.calls + 1,
    )


def _count(told: Any, estimated: int) -> int:
    return told if isinstance(told, int) and not isinstance(told, bool) and told >= 0 else estimated


def _body(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return content.decode("utf-8", "replace")


def _said(raw: Any, body: Any, shape: type[T]) -> T:
    """Raises Garbled, or _Declined with its code."""
    try:
        message = raw.parse().choices[0].message
        if message.refusal:
            raise _Declined("refused")
        if isinstance(getattr(message, "parsed", None), shape):
            return message.parsed  # type: ignore[no-any-return]
    except LengthFinishReasonError:
        raise _Declined("cut") from None
    except ContentFilterFinishReasonError:
        raise _Declined("refused") from None
    except (ValidationError, ValueError, TypeError, AttributeError, LookupError):
        pass
    return _unwrapped(_content(body), shape)


def _content(body: Any) -> str | None:
    """The answer's words, wherever an endpoint that doesn't quite follow the API left them."""
    try:
        content = body["choices"][0]["message"]["content"]
    except (LookupError, TypeError):
        return body if isinstance(body, str) else None
    return content if isinstance(content, str) else None


def _unwrapped(content: str | None, shape: type[T]) -> T:
    """Without thoughts before it, fences around it, words beside it."""
    if not content or not content.strip():
        raise Garbled("", "empty")
    bare = THOUGHT.sub("", content)
    fenced = FENCE.search(bare)
    inside = fenced[1] if fenced else bare
    first, last = inside.find("{"), inside.rfind("}")
    try:
        return shape.model_validate_json(inside[first : last + 1] if 0 <= first < last else inside)
    except ValidationError as error:
        raise Garbled(content, _why(error)) from None


def _why(error: ValidationError) -> str:
    """The first errors, each with its place; what was given is in the answer itself."""
    problems = error.errors(include_url=False, include_input=False, include_context=False)[:SHOWN_ERRORS]
    return "\n".join(f"{'.'.join(map(str, one['loc'])) or 'JSON'}: {one['msg']}" for one in problems)
