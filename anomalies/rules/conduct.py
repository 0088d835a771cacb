"""Money between the account manager and the borrower: for compliance alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from anomalies.model import Flag
from anomalies.situation import Situation

Rule = Callable[[Situation], Flag | None]


def money(s: Situation) -> Flag | None:
    fact = s.get("conduct.money")
    if fact is None or fact.value in (False, "none", ""):
        return None
    return Flag("conduct.money", "red", {}, (fact.words,) if fact.words else ())


REPORT_RULES: Mapping[str, Rule] = {"conduct.money": money}
