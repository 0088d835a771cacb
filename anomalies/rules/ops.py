"""How the business runs: capacity, people, revenue."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from anomalies.model import Flag
from anomalies.situation import Situation
from anomalies.words import is_planned_stop

Rule = Callable[[Situation], Flag | None]


def capacity(s: Situation) -> Flag | None:
    fact = s.get("operations.capacity_percent")
    if fact is None or is_planned_stop(s, fact):
        return None
    earlier = s.stated_before("operations.capacity_percent")
    before = None if earlier is None else float(earlier[0].value)
    now, policy = float(fact.value), s.policy.ops
    fell = before is not None and before - now >= policy.capacity_drop_from
    if now >= policy.capacity_under and not fell:
        return None
    return Flag("ops.capacity", "orange", {"now": now, "before": before}, (fact.words,))


def headcount(s: Situation) -> Flag | None:
    fact, earlier = s.get("operations.headcount"), s.stated_before("operations.headcount")
    if fact is None or earlier is None or not earlier[0].value or is_planned_stop(s, fact):
        return None
    now, before = float(fact.value), float(earlier[0].value)
    gone, policy = round((before - now) / before, 6), s.policy.ops
    if gone < policy.headcount_yellow_from:
        return None
    severity = "orange" if gone >= policy.headcount_orange_from else "yellow"
    details = {"now": now, "before": before, "share": round(gone * 100), "before_on": earlier[1].day}
    return Flag("ops.headcount", severity, details, (fact.words,))


def revenue(s: Situation) -> Flag | None:
    fact = s.get("operations.revenue_change_percent")
    if fact is None or -float(fact.value) < s.policy.ops.revenue_yellow_from:
        return None
    drop = -float(fact.value)
    severity = "orange" if drop >= s.policy.ops.revenue_orange_from else "yellow"
    return Flag("ops.revenue", severity, {"drop": drop}, (fact.words,))


REPORT_RULES: Mapping[str, Rule] = {
    "ops.capacity": capacity,
    "ops.headcount": headcount,
    "ops.revenue": revenue,
}
