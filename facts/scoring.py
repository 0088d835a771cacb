"""Scoring of facts against labels: micro precision, recall and F1 over (field, value) atoms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

GROUPS = {
    "contact": ("channel", "outcome"), "unused_funds": ("amount",), "progress": ("percent", "status", "delay_days"),
    "cash_stress": ("level",), "collateral": ("status",), "repayment": ("promise_date", "promise_amount"),
    "operations": ("headcount", "capacity_percent", "orders_change_percent", "revenue_change_percent"),
}  # fmt: skip
Atom = tuple[str, Any]


def atoms(facts: Mapping[str, Any]) -> Iterator[Atom]:
    """The scored facts one by one; contact.person, contact.on, values and what was paid are not scored."""
    for group, names in GROUPS.items():
        for name in names:
            value = (facts.get(group) or {}).get(name)
            if value is not None:
                yield f"{group}.{name}", value
    for use in facts.get("fund_usage") or []:
        yield "fund_usage", (use.get("amount"), use.get("purpose"))
    for signal in (facts.get("cash_stress") or {}).get("signals") or []:
        yield "cash_stress.signal", signal
    if facts.get("next_contact"):
        yield "next_contact", facts["next_contact"]


def same(name: str, a: Any, b: Any) -> bool:
    """Amounts within 0.5 %, percents within 0.5 points, all else exactly."""
    if name == "fund_usage":
        return bool(a[1] == b[1]) and _near(a[0], b[0])
    if "amount" in name:
        return _near(a, b)
    if "percent" in name:
        return bool(abs(a - b) <= 0.5)
    return bool(a == b)


def _near(a: float | None, b: float | None) -> bool:
    return a is b if a is None or b is None else abs(a - b) <= 0.005 * abs(a)


@dataclass
class Score:
    """Counts by field of what was hit, missed and spurious; `misses` rows are (id, kind, field, value)."""

    hit: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    spurious: Counter[str] = field(default_factory=Counter)
    misses: list[tuple[str, str, str, Any]] = field(default_factory=list)
    exact: int = 0
    reports: int = 0

    def add(self, name: str, wanted: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        left, before = list(atoms(given)), len(self.misses)
        for atom in atoms(wanted):
            found = next((g for g in left if g[0] == atom[0] and same(atom[0], atom[1], g[1])), None)
            if found:
                left.remove(found)
                self.hit[atom[0]] += 1
            else:
                self.missed[atom[0]] += 1
                self.misses.append((name, "missed", *atom))
        for atom in left:
            self.spurious[atom[0]] += 1
            self.misses.append((name, "spurious", *atom))
        self.reports += 1
        self.exact += len(self.misses) == before

    def rates(self, name: str | None = None) -> tuple[float, float, float]:
        """Precision, recall and F1 of one field, or of all."""
        hit, missed, spurious = (
            c[name] if name else sum(c.values()) for c in (self.hit, self.missed, self.spurious)
        )
        precision = hit / (hit + spurious) if hit + spurious else 0.0
        recall = hit / (hit + missed) if hit + missed else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def fields(self) -> list[str]:
        return sorted({*self.hit, *self.missed, *self.spurious})

    def table(self) -> str:
        rows = [f"{'field':38} {'P':>6} {'R':>6} {'F1':>6} {'n':>5}"]
        for name in [*self.fields(), None]:
            p, r, f1 = self.rates(name)
            n = (
                self.hit[name] + self.missed[name]
                if name
                else sum(self.hit.values()) + sum(self.missed.values())
            )
            rows.append(f"{name or 'ALL':38} {p:6.3f} {r:6.3f} {f1:6.3f} {n:5d}")
        return "\n".join([*rows, f"reports wholly right: {self.exact} of {self.reports}"])
