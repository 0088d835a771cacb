"""What the loan's money went into."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from anomalies.contract import agreed_purposes, covers, drawn, loan_of
from anomalies.model import Flag, Stated
from anomalies.situation import Situation
from anomalies.words import payee, sentence
from records.model import Loan

Rule = Callable[[Situation], Flag | None]

ALWAYS_WRONG = frozenset({"securities", "private_lending", "personal"})
FIXED_ASSETS = frozenset({"equipment", "construction"})
OWN_RULE = ALWAYS_WRONG | {"real_estate", "related_party", "debt_repayment", "cash_withdrawal"}
_UNDRAWN = re.compile(
    r"未提|没提|未放|没放|还没批|未发放|没发放|not (?:yet )?(?:been )?drawn|undrawn|not (?:yet )?disbursed",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Use:
    """A stated use; `party` is the related firm that its money went to."""

    purpose: str
    amount: float | None
    fact: Stated
    party: str = ""


def uses(s: Situation) -> list[Use]:
    """The report's uses; one whose payee stands in the related sheet is related_party whatever it was for."""
    return [_use(s, fact) for fact in (s.told.all("fund_usage") if s.told else ())]


def securities(s: Situation) -> Flag | None:
    return _flag(s, "use.securities", "red", _of(s, "securities"))


def private_lending(s: Situation) -> Flag | None:
    return _flag(s, "use.private_lending", "red", _of(s, "private_lending"))


def personal(s: Situation) -> Flag | None:
    return _flag(s, "use.personal", "red", _of(s, "personal"))


def real_estate(s: Situation) -> Flag | None:
    return _flag(s, "use.real_estate", "red", _unnamed(s, "real_estate"))


def debt_repayment(s: Situation) -> Flag | None:
    return _flag(s, "use.debt_repayment", "orange", _unnamed(s, "debt_repayment"))


def related_party(s: Situation) -> Flag | None:
    """A firm that the related sheet names counts even where its goods are what the contract is for."""
    found = [use for use in _of(s, "related_party") if use.party or not _is_named(s, "related_party")]
    share = _share(s, found)
    red = share is not None and share >= s.policy.use.related_red_from
    return _flag(s, "use.related_party", "red" if red else "orange", found)


def fixed_assets(s: Situation) -> Flag | None:
    loan = loan_of(s)
    if loan is None or loan.product != "working_capital":
        return None
    return _flag(s, "use.fixed_assets", "orange", _unnamed(s, *FIXED_ASSETS))


def cash(s: Situation) -> Flag | None:
    found = _unnamed(s, "cash_withdrawal")
    share = _share(s, found)
    if share is None or share <= s.policy.use.cash_over:
        return None
    return _flag(s, "use.cash", "orange", found)


def off_contract(s: Situation) -> Flag | None:
    loan = loan_of(s)
    if loan is None or not agreed_purposes(loan):
        return None
    own_rule = OWN_RULE | FIXED_ASSETS if loan.product == "working_capital" else OWN_RULE
    strange = [use for use in uses(s) if use.purpose not in own_rule and not covers(loan, use.purpose)]
    return _flag(s, "use.off_contract", "orange", strange)


def exceeds_loan(s: Situation) -> Flag | None:
    """Money said to be not drawn yet counts against the whole loan, not against what was drawn."""
    loan, spent, unused = loan_of(s), uses(s), s.get("unused_funds.amount")
    if loan is None or not spent:
        return None
    total = sum(use.amount or 0 for use in spent) + (float(unused.value) if unused else 0)
    whole = float(loan.amount) if unused and _UNDRAWN.search(sentence(s, unused)) else drawn(loan)
    if whole <= 0 or total <= whole * s.policy.use.exceeds_over:
        return None
    facts = [use.fact for use in spent] + ([unused] if unused else [])
    details = {"total": total, "drawn": whole}
    return Flag("use.exceeds_loan", "blue", details, tuple(f.words for f in facts), loan.loan_no)


def unproved(s: Situation) -> Flag | None:
    """From the book: no document or photo has come since the loan was paid out."""
    policy = s.policy.use
    open_loans = [loan for loan in s.loans if _is_unproved(s, loan)]
    if not open_loans:
        return None
    loan = min(open_loans, key=lambda found: found.disbursed_on or s.today)
    days = _age(s, loan)
    severity = "orange" if days >= policy.unproved_orange_from else "yellow"
    details = {"days": days, "disbursed_on": loan.disbursed_on}
    return Flag("use.unproved", severity, details, (), loan.loan_no, loan.disbursed_on)


REPORT_RULES: Mapping[str, Rule] = {
    "use.securities": securities,
    "use.real_estate": real_estate,
    "use.fixed_assets": fixed_assets,
    "use.related_party": related_party,
    "use.debt_repayment": debt_repayment,
    "use.private_lending": private_lending,
    "use.personal": personal,
    "use.cash": cash,
    "use.off_contract": off_contract,
    "use.exceeds_loan": exceeds_loan,
}
BOOK_RULES: Mapping[str, Rule] = {"use.unproved": unproved}


def _use(s: Situation, fact: Stated) -> Use:
    party = payee(s, fact)
    amount = fact.value.get("amount")
    purpose = "related_party" if party else str(fact.value["purpose"])
    return Use(purpose, None if amount is None else float(amount), fact, party.name if party else "")


def _of(s: Situation, *purposes: str) -> list[Use]:
    return [use for use in uses(s) if use.purpose in purposes]


def _unnamed(s: Situation, *purposes: str) -> list[Use]:
    return [use for use in _of(s, *purposes) if not _is_named(s, use.purpose)]


def _is_named(s: Situation, purpose: str) -> bool:
    loan = loan_of(s)
    return loan is not None and purpose in loan.purposes


def _share(s: Situation, found: Sequence[Use]) -> float | None:
    loan = loan_of(s)
    stated = [use.amount for use in found if use.amount is not None]
    if loan is None or not stated or drawn(loan) <= 0:
        return None
    return sum(stated) / drawn(loan)


def _flag(s: Situation, code: str, severity: str, found: Sequence[Use]) -> Flag | None:
    if not found:
        return None
    loan, share = loan_of(s), _share(s, found)
    stated = [use.amount for use in found if use.amount is not None]
    details = {
        "amount": sum(stated) if stated else None,
        "share": None if share is None else round(share * 100, 1),
        "purposes": list(dict.fromkeys(str(use.fact.value["purpose"]) for use in found)),
        "payee": next((use.party for use in found if use.party), ""),
        "agreed": sorted(agreed_purposes(loan)) if loan else [],
    }
    words = tuple(dict.fromkeys(use.fact.words for use in found if use.fact.words))
    return Flag(code, severity, details, words, loan.loan_no if loan else None)


def _is_unproved(s: Situation, loan: Loan) -> bool:
    if loan.disbursed_on is None or not loan.drawn:
        return False
    proved = s.proof_on is not None and s.proof_on >= loan.disbursed_on
    return not proved and s.policy.use.unproved_yellow_from <= _age(s, loan) <= s.policy.use.unproved_until


def _age(s: Situation, loan: Loan) -> int:
    return (s.today - loan.disbursed_on).days if loan.disbursed_on else 0
