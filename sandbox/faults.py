"""Trouble on order: refusals, delays and lost answers, for so many calls or with some probability."""

import asyncio
import random
from dataclasses import dataclass
from fnmatch import fnmatchcase

from sandbox.errors import ApiError, ConnectionDrop

KINDS = ("429", "500", "delay", "drop", "drop_answer")


@dataclass(slots=True)
class Fault:
    """`times` left (None: for ever); `drop` loses the request, `drop_answer` only its answer."""

    method: str
    kind: str
    times: int | None = 1
    seconds: float = 1.0
    chat_id: int | None = None
    probability: float = 1.0

    def fits(self, method: str, chat_id: int | None) -> bool:
        return (
            self.times != 0
            and fnmatchcase(method, self.method)
            and self.chat_id in (None, chat_id)
            and (self.probability >= 1 or random.random() < self.probability)
        )


class Faults:
    def __init__(self) -> None:
        self._list: list[Fault] = []

    def add(self, fault: Fault) -> None:
        if fault.kind not in KINDS:
            raise ValueError(f"no such kind of fault: {fault.kind}")
        fault.method = fault.method.lower()
        self._list.append(fault)

    def clear(self) -> None:
        self._list.clear()

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The first fault that strikes this call, one time less afterwards."""
        for fault in self._list:
            if fault.fits(method, chat_id):
                if fault.times is not None:
                    fault.times -= 1
                self._list = [one for one in self._list if one.times != 0]
                return fault
        return None


async def strike(fault: Fault) -> None:
    """Before the method runs."""
    if fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
    elif fault.kind == "drop":
        raise ConnectionDrop
    elif fault.kind == "429":
        raise too_many(fault.seconds)
    elif fault.kind == "500":
        raise ApiError(500, "Internal Server Error")


def too_many(seconds: float) -> ApiError:
    pause = max(1, round(seconds))
    return ApiError(429, f"Too Many Requests: retry after {pause}", {"retry_after": pause})
