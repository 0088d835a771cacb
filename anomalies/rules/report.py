"""Doubts about the report itself: copied, far, late, contradicting, not adding up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from anomalies.contract import drawn, loan_of
from anomalies.distance import kilometres
from anomalies.likeness import bare, likeness
from anomalies.model import Flag, Stated, Told
from anomalies.rules import project
from anomalies.situation import Situation
from anomalies.words import gives_reason, says_more

Rule = Callable[[Situation], Flag | None]
UNFINISHED = ("not_started", "on_schedule", "ahead", "delayed", "suspended")


def copied(s: Situation) -> Flag | None:
    """Compared with the author's earlier reports on anybody; the second finding about an author is louder."""
    policy = s.policy.report
    words = _bare(s, s.told.report.text) if s.told else []
    if sum(map(len, words)) < policy.copied_characters:
        return None
    alike = [(likeness(words, _bare(s, earlier.text)), earlier) for earlier in s.earlier_texts]
    best = max(alike, key=lambda found: found[0], default=None)
    if best is None or round(best[0], 6) < policy.copied_from:
        return None
    details = {"likeness": round(best[0] * 100), "on": best[1].on, "other": best[1].borrower}
    return Flag("report.copied", _second(s, "report.copied"), details)


def far(s: Situation) -> Flag | None:
    """The nearest of the locations sent with a visit is over a kilometre from the borrower's site."""
    site, told = (s.borrower.latitude, s.borrower.longitude), s.told
    if told is None or site[0] is None or site[1] is None or not _is_visit(told):
        return None
    places = [
        (p.latitude, p.longitude) for p in told.parts if p.latitude is not None and p.longitude is not None
    ]
    away = min((kilometres(site[0], site[1], lat, lon) for lat, lon in places), default=0.0)
    if away <= s.policy.report.far_over_km:
        return None
    return Flag("report.far", _second(s, "report.far"), {"km": round(away, 1)})


def photo_reused(s: Situation) -> Flag | None:
    near = [seen for seen in s.seen_photos if seen.bits <= s.policy.report.photo_bits]
    if not near:
        return None
    seen = min(near, key=lambda found: (found.bits, found.on))
    return Flag(
        "report.photo_reused", "orange", {"on": seen.on, "other": seen.borrower, "same": seen.bits == 0}
    )


def late(s: Situation) -> Flag | None:
    if s.told is None or not _is_visit(s.told):
        return None
    visited, told = visited_on(s), told_on(s)
    days = (told - visited).days
    if days <= s.policy.report.late_over:
        return None
    return Flag("report.late", "blue", {"visited_on": visited, "reported_on": told, "days": days})


def visited_on(s: Situation) -> date:
    """The day told in the report, else of a picture or location sent before it, else the report's own."""
    assert s.told is not None
    report = s.told.report
    told = s.told.value("contact.on") or report.visited_on
    if told:
        return told if isinstance(told, date) else date.fromisoformat(str(told))
    return min([*_sent(s, "photo", "location"), report.reported_on])


def told_on(s: Situation) -> date:
    """The day of the first words, which may come after a picture has opened the report."""
    assert s.told is not None
    first_words = min(_sent(s, "text", "voice"), default=date.min)
    return max(first_words, s.told.report.reported_on)


def _sent(s: Situation, *kinds: str) -> list[date]:
    zone = ZoneInfo(s.zone)
    return [
        part.sent_at.astimezone(zone).date()
        for part in (s.told.parts if s.told else ())
        if part.kind in kinds
    ]


def contradiction(s: Situation) -> Flag | None:
    """Headcount or an amount off by over half, or finished before and unfinished now, and no reason given."""
    for finding in (_headcount, _amounts, _unused, _unfinished):
        found = finding(s)
        if found and not gives_reason(s, found[1]):
            return Flag("report.contradiction", "blue", found[0], (found[1].words,))
    return None


def sums(s: Situation) -> Flag | None:
    """The reader has noted figures that don't add up."""
    notes = [note for note in (s.told.report.notes if s.told else ()) if note.get("code") == "sums"]
    doubted = [fact for fact in s.facts if fact.doubt == "sums"]
    if not notes and not doubted:
        return None
    spans = [span.get("text", "") for note in notes for span in note.get("spans") or ()]
    words = tuple(dict.fromkeys([*spans, *(fact.words for fact in doubted)]))
    return Flag("report.sums", "blue", {}, tuple(word for word in words if word))


REPORT_RULES: Mapping[str, Rule] = {
    "report.copied": copied,
    "report.far": far,
    "report.photo_reused": photo_reused,
    "report.late": late,
    "report.contradiction": contradiction,
    "report.sums": sums,
}

Found = tuple[dict[str, object], Stated]


def _headcount(s: Situation) -> Found | None:
    now, before = s.get("operations.headcount"), s.stated_before("operations.headcount")
    if now is None or before is None or not _is_off(s, float(now.value), float(before[0].value)):
        return None
    return _details("headcount", now.value, before[0].value, before[1]), now


def _amounts(s: Situation) -> Found | None:
    """The sum used for one purpose. More of it is no contradiction while the loan had money left for it."""
    before = next((told for told in s.before if _sums(told) and _same_loan(s, told)), None)
    if s.told is None or before is None:
        return None
    earlier, loan = _sums(before), loan_of(s)
    left = (drawn(loan) - sum(earlier.values())) if loan else 0.0
    for purpose, amount in _sums(s.told).items():
        was = earlier.get(purpose)
        if was and _is_off(s, amount, was) and amount - was > (left if amount > was else float("-inf")):
            fact = next(f for f in s.told.all("fund_usage") if f.value["purpose"] == purpose)
            if not says_more(s, fact):
                return _details("amount", amount, was, before, purpose), fact
    return None


def _unused(s: Situation) -> Found | None:
    """Unused money only shrinks, unless more was drawn in between."""
    now, before = s.get("unused_funds.amount"), s.stated_before("unused_funds.amount")
    if now is None or before is None or not _same_loan(s, before[1]):
        return None
    grew = float(now.value) > float(before[0].value) and _is_off(s, float(now.value), float(before[0].value))
    if not grew or _drew_since(s, before[1].day):
        return None
    return _details("unused", now.value, before[0].value, before[1]), now


def _unfinished(s: Situation) -> Found | None:
    """`project.backwards` goes before: here only what no lower percent says."""
    status, percent = s.get("progress.status"), s.get("progress.percent")
    finished = next((told for told in s.before if told.get("progress.status")), None)
    was = (
        finished is not None and finished.value("progress.status") == "completed" and _same_loan(s, finished)
    )
    unfinished = (status is not None and status.value in UNFINISHED) or (
        percent is not None and percent.value < 100
    )
    fact = status or percent
    if finished is None or not was or not unfinished or fact is None or project.backwards(s):
        return None
    return _details("completed", fact.value, "completed", finished), fact


def _details(what: str, now: object, before: object, told: Told, purpose: str = "") -> dict[str, object]:
    return {"what": what, "now": now, "before": before, "before_on": told.day, "purpose": purpose}


def _is_off(s: Situation, now: float, before: float) -> bool:
    return before > 0 and round(abs(now - before) / before, 6) > s.policy.report.off_over


def _sums(told: Told) -> dict[str, float]:
    total: dict[str, float] = {}
    for fact in told.all("fund_usage"):
        if fact.value.get("amount") is not None:
            total[fact.value["purpose"]] = total.get(fact.value["purpose"], 0.0) + float(fact.value["amount"])
    return total


def _same_loan(s: Situation, told: Told) -> bool:
    loan = loan_of(s)
    return not told.report.loan_no or loan is None or told.report.loan_no == loan.loan_no


def _drew_since(s: Situation, day: date) -> bool:
    rows = sorted((b for b in s.balances if b.as_of >= day - timedelta(days=31)), key=lambda b: b.as_of)
    disbursed = any(loan.disbursed_on and loan.disbursed_on > day for loan in s.loans)
    return disbursed or len({(b.loan_no, b.drawn) for b in rows}) > len({b.loan_no for b in rows})


def _bare(s: Situation, text: str) -> list[str]:
    return bare(text, s.names)


def _second(s: Situation, code: str) -> str:
    return "orange" if s.times.get(code, 0) else "blue"


def _is_visit(told: Told) -> bool:
    return told.value("contact.channel") not in ("phone", "message")
