"""Reports with their parts and facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from records.database import Tx, insert_or_ignore
from records.model import Part, Report, StoredFact, as_model
from records.prepared import Prepared
from records.tables import facts, parts, reports
from records.types import Utc

OPEN = ("received", "transcribed", "read")
IS_OPEN: sa.ColumnElement[bool] = sa.literal_column(
    "reports.state IN ('received', 'transcribed', 'read')"
)  # as in the index
ID: sa.BindParameter[int] = sa.bindparam("_id")
RECENT: sa.BindParameter[datetime] = sa.bindparam("since", type_=Utc())
OF: sa.BindParameter[str | None] = sa.bindparam("code", type_=sa.String())
CREATE = Prepared(sa.insert(reports).returning(reports.c.id))
GET = Prepared(sa.select(reports).where(reports.c.id == ID))
HOLD = Prepared(sa.select(reports).where(reports.c.id == ID).with_for_update())
CHANGE = Prepared(sa.update(reports).where(reports.c.id == ID).returning(reports))
RENEW = Prepared(
    sa.update(reports).where(reports.c.id == ID).values(version=reports.c.version + 1).returning(reports)
)
OPEN_SINCE = Prepared(
    sa.select(reports)
    .where(
        reports.c.author == sa.bindparam("author"),
        IS_OPEN,
        sa.or_(OF.is_(None), reports.c.borrower_code == OF, reports.c.borrower_code.is_(None)),
        sa.or_(
            reports.c.received_at >= RECENT,
            sa.exists().where(parts.c.report_id == reports.c.id, parts.c.sent_at >= RECENT),
        ),
    )
    .order_by(reports.c.id.desc())
    .limit(sa.bindparam("limit", type_=sa.Integer()))
)
ADD_PART = Prepared(lambda dialect: insert_or_ignore(dialect, parts).returning(parts.c.id))
PARTS_OF = Prepared(sa.select(parts).where(parts.c.report_id == ID).order_by(parts.c.id))
PARTS_OF_MESSAGE = Prepared(
    sa.select(parts)
    .where(parts.c.chat_id == sa.bindparam("chat"), parts.c.message_id == sa.bindparam("message"))
    .order_by(parts.c.id)
)
FORGET_FACTS = Prepared(sa.delete(facts).where(facts.c.report_id == ID))
ADD_FACTS = Prepared(sa.insert(facts))
MANY = 1_000_000
EVER = datetime(1970, 1, 1, tzinfo=UTC)
EMPTY: Mapping[str, Any] = {"notes": [], "read_by": {}, "mends": []}


async def create(tx: Tx, **values: Any) -> Report:
    whole = {**EMPTY, **values}
    return Report(id=await CREATE.scalar(tx, **whole), **whole)


async def get(tx: Tx, report_id: int) -> Report | None:
    return await GET.first(tx, Report, _id=report_id)


async def hold(tx: Tx, report_id: int) -> Report | None:
    """The report, locked until the transaction ends: two taps on confirm come one after the other."""
    return await HOLD.first(tx, Report, _id=report_id)


async def change(tx: Tx, report_id: int, **values: Any) -> Report:
    return await CHANGE.one(tx, Report, _id=report_id, **values)


async def renew(tx: Tx, report_id: int, **values: Any) -> Report:
    """Change what the card shows: its version goes up, so that buttons of the old one no longer work."""
    return await RENEW.one(tx, Report, _id=report_id, **values)


async def open_of(
    tx: Tx, author: str, since: datetime | None = None, *, borrower_code: str | None = None, limit: int = MANY
) -> list[Report]:
    """The author's unconfirmed reports, the newest first; `since` bounds when one was last added to.

    With `borrower_code` only its reports and those of nobody yet.
    """
    return await OPEN_SINCE.all(
        tx, Report, author=author, since=since or EVER, code=borrower_code, limit=limit
    )


async def confirmed_since(tx: Tx, author: str, since: datetime) -> list[Report]:
    """The author's reports confirmed at or after `since`, the newest first."""
    query = sa.select(reports).where(
        reports.c.author == author, reports.c.state == "confirmed", reports.c.confirmed_at >= since
    )
    rows = await tx.execute(query.order_by(reports.c.confirmed_at.desc(), reports.c.id.desc()))
    return [as_model(Report, row) for row in rows]


async def lying(tx: Tx, limit: int = 200) -> list[Report]:
    """Reports that wait for their author, the oldest first."""
    query = sa.select(reports).where(reports.c.state.in_(OPEN), reports.c.asked_times < 2)
    return [as_model(Report, row) for row in await tx.execute(query.order_by(reports.c.id).limit(limit))]


async def recent_borrowers(tx: Tx, author: str, limit: int) -> list[str]:
    """Whom the author reported on, the last first."""
    last = sa.func.max(reports.c.id)
    query = (
        sa.select(reports.c.borrower_code)
        .group_by(reports.c.borrower_code)
        .order_by(last.desc())
        .limit(limit)
    )
    query = query.where(reports.c.author == author, reports.c.borrower_code.is_not(None))
    return list((await tx.execute(query)).scalars())


# --- parts --------------------------------------------------------------------------------------


async def add_part(tx: Tx, part: Part) -> bool:
    """Keep a message as part of its report; False if it was kept before."""
    values = {name: getattr(part, name) for name in Part.__slots__ if name != "id"}
    return await ADD_PART.scalar(tx, **values) is not None


async def parts_of(tx: Tx, report_id: int) -> list[Part]:
    return await PARTS_OF.all(tx, Part, _id=report_id)


async def parts_of_message(tx: Tx, chat_id: int, message_id: int) -> list[Part]:
    """The parts that a message became: one for each report that it speaks of."""
    return await PARTS_OF_MESSAGE.all(tx, Part, chat=chat_id, message=message_id)


async def change_part(tx: Tx, part_id: int, **values: Any) -> None:
    await tx.execute(sa.update(parts).where(parts.c.id == part_id).values(**values))


def _waits() -> sa.ColumnElement[bool]:
    """Of a part: its file is still to be fetched."""
    return sa.and_(parts.c.file_id.is_not(None), parts.c.sha256.is_(None), parts.c.failure.is_(None))


# --- long work ----------------------------------------------------------------------------------


async def claim(tx: Tx, owner: str, now: datetime, lease: timedelta, limit: int) -> list[int]:
    """Take reports with files to fetch, sound to hear or words to read that nobody holds."""
    files = sa.exists().where(parts.c.report_id == reports.c.id, sa.or_(_waits(), _unheard()))
    work = sa.or_(files, reports.c.state == "transcribed")
    free = sa.or_(reports.c.lease_until.is_(None), reports.c.lease_until < now)
    ready = sa.or_(reports.c.not_before.is_(None), reports.c.not_before <= now)
    query = sa.select(reports.c.id).where(reports.c.state.not_in(("void", "failed")), free, ready, work)
    query = query.order_by(reports.c.id).limit(limit).with_for_update(skip_locked=True)
    ids = list((await tx.execute(query)).scalars())
    if ids:
        taken = {"lease_until": now + lease, "owner": owner, "attempts": reports.c.attempts + 1}
        await tx.execute(sa.update(reports).where(reports.c.id.in_(ids)).values(**taken))
    return ids


async def held(tx: Tx, report_id: int, owner: str, attempt: int) -> Report | None:
    """The report if this owner's attempt still holds it, locked: what a worker writes goes through here."""
    mine = (reports.c.id == report_id, reports.c.owner == owner, reports.c.attempts == attempt)
    row = (await tx.execute(sa.select(reports).where(*mine).with_for_update())).first()
    return as_model(Report, row) if row else None


async def prolong(tx: Tx, report_id: int, owner: str, until: datetime) -> None:
    """A worker that lives keeps what it has claimed."""
    mine = (reports.c.id == report_id, reports.c.owner == owner)
    await tx.execute(sa.update(reports).where(*mine).values(lease_until=until))


async def forget_failures(tx: Tx, failure: str) -> int:
    """Parts of open reports that failed so are tried once more; returns their number."""
    opened = sa.select(reports.c.id).where(reports.c.state.in_(OPEN))
    query = sa.update(parts).where(parts.c.failure == failure, parts.c.report_id.in_(opened))
    changed = (await tx.execute(query.values(failure=None).returning(parts.c.report_id))).scalars().all()
    if changed:
        await tx.execute(sa.update(reports).where(reports.c.id.in_(changed)).values(state="received"))
    return len(changed)


def _unheard() -> sa.ColumnElement[bool]:
    return sa.and_(
        parts.c.kind == "voice", parts.c.sha256.is_not(None), parts.c.text == "", parts.c.failure.is_(None)
    )


# --- facts --------------------------------------------------------------------------------------


async def facts_of(tx: Tx, report_id: int, *states: str) -> list[StoredFact]:
    query = sa.select(facts).where(facts.c.report_id == report_id).order_by(facts.c.position)
    if states:
        query = query.where(facts.c.state.in_(states))
    return [as_model(StoredFact, row) for row in await tx.execute(query)]


async def replace_facts(tx: Tx, report_id: int, read: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Put `(field, fact as JSON)` in place of what was read before."""
    await FORGET_FACTS.run(tx, _id=report_id)
    await add_facts(tx, report_id, read)


async def add_facts(tx: Tx, report_id: int, read: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Write `(field, fact as JSON)` of a report that has none yet."""
    rows: Sequence[dict[str, Any]] = [
        {"report_id": report_id, "position": position, "field": name, "fact": dict(fact), "state": "read"}
        for position, (name, fact) in enumerate(read)
    ]
    await ADD_FACTS.run_each(tx, rows)


async def settle_facts(tx: Tx, report_id: int, state: str) -> None:
    await tx.execute(sa.update(facts).where(facts.c.report_id == report_id).values(state=state))
