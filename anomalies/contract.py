"""What was agreed: which loan a report speaks of, what its purposes cover, where its plan stands on a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from anomalies.situation import Situation
from records.model import Loan, Milestone

WORKING_CAPITAL = frozenset({"raw_materials", "wages", "tax", "rent_utilities", "working_capital"})
PRODUCT_WORDS = {
    "working_capital": re.compile(r"流贷|流动资金贷款|working[- ]capital (?:loan|facility)", re.I),
    "fixed_asset": re.compile(r"固贷|固定资产贷款|设备贷款?|fixed[- ]asset loan|equipment loan", re.I),
    "project_finance": re.compile(r"项目贷款?|项目融资|project (?:finance|loan)", re.I),
}


def loan_of(s: Situation) -> Loan | None:
    """The loan that a report's uses belong to: the one it names, else its visit's, else the newest."""
    return _named(s) or newest(s.loans)


def project_loan_of(s: Situation) -> Loan | None:
    """The loan that a percent belongs to: like `loan_of`, but a lone project goes before a working-capital loan."""
    named = _named(s)
    if named:
        return named
    projects = [loan for loan in s.loans if is_project(s, loan)]
    return newest(projects) if projects else None


def is_project(s: Situation, loan: Loan) -> bool:
    planned = any(milestone.loan_no == loan.loan_no for milestone in s.milestones)
    return planned or loan.product != "working_capital"


def newest(loans: Sequence[Loan]) -> Loan | None:
    return max(loans, key=lambda loan: (loan.disbursed_on or date.min, loan.loan_no), default=None)


def covers(loan: Loan, purpose: str) -> bool:
    """Whether the contract's purposes cover a use of that kind."""
    agreed = agreed_purposes(loan)
    return purpose in agreed or ("working_capital" in agreed and purpose in WORKING_CAPITAL)


def agreed_purposes(loan: Loan) -> frozenset[str]:
    """The book's purposes; a working-capital loan with none written is for working capital."""
    if not loan.purposes and loan.product == "working_capital":
        return frozenset({"working_capital"})
    return frozenset(loan.purposes)


def drawn(loan: Loan) -> float:
    """What shares "of the loan" are of: the money drawn, or the amount where the book has no drawing yet."""
    return float(loan.drawn or loan.amount)


def planned_percent(loan: Loan, milestones: Sequence[Milestone], on: date) -> float | None:
    """The plan on a day: the line between the milestones around it, from 0 % at disbursement."""
    points = sorted((m.due_on, m.percent) for m in milestones if m.loan_no == loan.loan_no)
    if not points:
        return None
    if loan.disbursed_on and loan.disbursed_on < points[0][0]:
        points.insert(0, (loan.disbursed_on, 0.0))
    if on >= points[-1][0]:
        return points[-1][1]
    for (start, low), (end, high) in pairwise(points):
        if start <= on < end:
            return low + (high - low) * (on - start).days / (end - start).days
    return None if points[0][1] else 0.0


def _named(s: Situation) -> Loan | None:
    by_number = next((loan for loan in s.loans if loan.loan_no == s.named), None)
    if by_number or s.told is None or len(s.loans) < 2:
        return by_number
    text = s.told.report.text
    said = [loan for loan in s.loans if loan.loan_no.lower() in text.lower()]
    said = said or [loan for loan in s.loans if _product_said(loan, text)]
    return said[0] if len(said) == 1 else None


def _product_said(loan: Loan, text: str) -> bool:
    words = PRODUCT_WORDS.get(loan.product)
    return bool(words and words.search(text))
