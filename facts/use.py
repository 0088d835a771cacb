"""One use of the loan, as it is found in a text of either language."""

from __future__ import annotations

from dataclasses import dataclass

from facts.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Use:
    """`linked` says that a verb of spending ties the sum to its purpose."""

    amount: Quantity | None
    code: str
    start: int
    end: int
    linked: bool


def without_doubles(found: list[Use]) -> list[Use]:
    """In the order of the text; a use without a sum gives way to one over the same words that has it."""
    kept: list[Use] = []
    for use in sorted(found, key=lambda u: (u.start, u.amount is None)):
        if use.amount is None and any(use.start < k.end and k.start < use.end for k in kept):
            continue
        kept.append(use)
    return kept
