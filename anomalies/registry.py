"""Every rule by its code, and when it is asked: on a report, after a failed contact, over the book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from anomalies.model import Flag
from anomalies.rules import cash, collateral, conduct, contact, ops, project, promises, report, use
from anomalies.situation import Situation

Rule = Callable[[Situation], Flag | None]

ON_REPORT: Mapping[str, Rule] = {
    **use.REPORT_RULES,
    **cash.REPORT_RULES,
    **ops.REPORT_RULES,
    **project.REPORT_RULES,
    **collateral.REPORT_RULES,
    **contact.REPORT_RULES,
    **report.REPORT_RULES,
    **conduct.REPORT_RULES,
}
ON_CONTACT: Mapping[str, Rule] = contact.CONTACT_RULES
IN_BOOK: Mapping[str, Rule] = {
    **use.BOOK_RULES,
    **cash.BOOK_RULES,
    **collateral.BOOK_RULES,
    **contact.BOOK_RULES,
    **promises.BOOK_RULES,
}
CODES = tuple(dict.fromkeys([*ON_REPORT, *IN_BOOK, *ON_CONTACT]))
FOR_COMPLIANCE = frozenset({"conduct.money"})


def flags(rules: Mapping[str, Rule], s: Situation, codes: Iterable[str] | None = None) -> list[Flag]:
    """What the rules find, in their order; `codes` limits which are asked."""
    asked = rules if codes is None else {code: rules[code] for code in codes if code in rules}
    return [flag for flag in (rule(s) for rule in asked.values()) if flag]
