"""How far the financed project is, against its plan, its money and what was said before."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from anomalies.contract import planned_percent, project_loan_of
from anomalies.model import Flag, Stated, Told
from anomalies.situation import Situation
from anomalies.words import is_planned_stop

Rule = Callable[[Situation], Flag | None]


def percent_of(told: Told) -> tuple[float, Stated] | None:
    """The percent that a report states; `completed` is 100."""
    fact = told.get("progress.percent")
    if fact is not None:
        return float(fact.value), fact
    status = told.get("progress.status")
    return (100.0, status) if status is not None and status.value == "completed" else None


def behind_plan(s: Situation) -> Flag | None:
    """A project not started stands at 0 % of its plan."""
    policy, delay = s.policy.project, s.get("progress.delay_days")
    days = int(delay.value) if delay else 0
    planned, stood = _against_plan(s)
    gap = round(planned - stood[0], 6) if planned is not None and stood else 0.0
    if gap <= policy.behind_plan_over and days <= policy.delay_over:
        return None
    red = gap >= policy.behind_plan_red_from or days >= policy.delay_red_from
    details = {
        "gap": round(gap, 1) if gap > policy.behind_plan_over else None,
        "planned": None if planned is None else round(planned, 1),
        "percent": stood[0] if stood else None,
        "days": days or None,
    }
    facts = [fact for fact in (stood[1] if stood else None, delay) if fact]
    return _flag(s, "project.behind_plan", "red" if red else "orange", details, *facts)


def behind_money(s: Situation) -> Flag | None:
    loan, stood = project_loan_of(s), percent_of(s.told) if s.told else None
    if loan is None or stood is None or loan.product == "working_capital" or loan.amount <= 0:
        return None
    share = float(loan.drawn) / float(loan.amount) * 100
    gap, policy = round(share - stood[0], 6), s.policy.project
    if gap <= policy.behind_money_over:
        return None
    severity = "red" if gap >= policy.behind_money_red_from else "orange"
    details = {"gap": round(gap, 1), "drawn_percent": round(share, 1), "percent": stood[0]}
    return _flag(s, "project.behind_money", severity, details, stood[1])


def suspended(s: Situation) -> Flag | None:
    fact = s.get("progress.status")
    if fact is None or fact.value != "suspended" or is_planned_stop(s, fact):
        return None
    return _flag(s, "project.suspended", "red", {}, fact)


def backwards(s: Situation) -> Flag | None:
    stood, before = percent_of(s.told) if s.told else None, percent_before(s)
    if stood is None or before is None or before[0] - stood[0] <= s.policy.project.backwards_over:
        return None
    details = {"percent": stood[0], "before": before[0], "before_on": before[1].day}
    return _flag(s, "project.backwards", "blue", details, stood[1])


def percent_before(s: Situation) -> tuple[float, Told] | None:
    """The last percent stated before of the same project."""
    for told in s.before:
        stood = percent_of(told)
        if stood is not None and _same_project(s, told):
            return stood[0], told
    return None


REPORT_RULES: Mapping[str, Rule] = {
    "project.behind_plan": behind_plan,
    "project.behind_money": behind_money,
    "project.suspended": suspended,
    "project.backwards": backwards,
}


def _against_plan(s: Situation) -> tuple[float | None, tuple[float, Stated] | None]:
    loan = project_loan_of(s)
    stood = percent_of(s.told) if s.told else None
    status = s.get("progress.status")
    if stood is None and status is not None and status.value == "not_started":
        stood = (0.0, status)
    return (planned_percent(loan, s.milestones, s.day) if loan else None), stood


def _same_project(s: Situation, told: Told) -> bool:
    loan = project_loan_of(s)
    return not told.report.loan_no or loan is None or told.report.loan_no == loan.loan_no


def _flag(s: Situation, code: str, severity: str, details: Mapping[str, object], *facts: Stated) -> Flag:
    loan = project_loan_of(s)
    words = tuple(dict.fromkeys(fact.words for fact in facts if fact.words))
    return Flag(code, severity, details, words, loan.loan_no if loan else None)
