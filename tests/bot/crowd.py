"""Twenty account managers with fifteen borrowers each, whose names are far from each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from records import tables
from records.database import Database
from sandbox.server import Sandbox

PEOPLE, EACH = 20, 15
FIRST = "青云远松柏金玉长丰宏盛瑞祥泰安华兴"
SECOND = "禾海帆岭涛石桥林川谷湖原江港"
TRADES = ["机械", "食品", "物流", "水泥", "服饰", "电子", "建材", "纺织", "化工", "农业"]


@dataclass(frozen=True)
class Crowd:
    """`borrowers` maps names to codes, `order` the names each person reports on, in order."""

    chats: dict[str, int]
    borrowers: dict[str, str]
    order: dict[str, list[str]]

    def reports(self) -> Iterator[tuple[int, str]]:
        """Chat and words of every report, people taking turns."""
        for n in range(EACH):
            for code, chat in self.chats.items():
                name = self.order[code][n]
                yield chat, f"今天去了{name},老板在,贷款里320万买了设备,资金有点紧张。"

    def told(self, phone: Sandbox, name: str) -> bool:
        chat = 1000 + int(self.borrowers[name][1:]) // EACH
        return any(name in message.text for message in phone.messages(chat) if message.from_bot)


def names() -> list[str]:
    """Three hundred names of which any two within one person's fifteen differ in two characters."""
    return [
        f"{FIRST[n % len(FIRST)]}{SECOND[(n // 3) % len(SECOND)]}{TRADES[(n * 7 + n // 15) % len(TRADES)]}"
        for n in range(PEOPLE * EACH)
    ]


async def load(database: Database) -> Crowd:
    codes = [f"AM{n}" for n in range(PEOPLE)]
    people = {code: 1000 + n for n, code in enumerate(codes)}
    borrowers: dict[str, str] = {}
    order: dict[str, list[str]] = {}
    for n, name in enumerate(names()):
        unique = name if name not in borrowers else f"{name[:2]}第{n}{name[2:]}"
        borrowers[unique] = f"B{n}"
        order.setdefault(codes[n // EACH], []).append(unique)
    async with database.begin() as tx:
        await tx.execute(sa.insert(tables.staff), [_person(code, chat) for code, chat in people.items()])
        await tx.execute(sa.insert(tables.borrowers), [_borrower(n, b) for n, b in borrowers.items()])
    return Crowd(people, borrowers, order)


def _person(code: str, chat: int) -> dict[str, Any]:
    return {"staff_code": code, "name": code, "role": "account_manager", "chat_id": chat, "preferences": {}}


def _borrower(name: str, code: str) -> dict[str, Any]:
    manager = f"AM{int(code[1:]) // EACH}"
    return {"borrower_code": code, "name": f"{name}有限公司", "short_name": name, "account_manager": manager}
