"""The edge cases that the rules decide, and what is no anomaly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from anomalies import contract, registry
from anomalies.likeness import bare, likeness
from anomalies.situation import Situation
from anomalies.words import payee, short_names
from records.model import Milestone
from tests.anomalies.examples import RELATED, ago, attempts, project
from tests.anomalies.situations import TODAY, book, earlier, fact, loan, signal, situation, use


def codes(s: Situation) -> set[str]:
    return {flag.code for flag in registry.flags(registry.ON_REPORT, s)}


# --- uses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", ["raw_materials", "wages", "tax", "rent_utilities", "working_capital"])
def test_working_capital_in_the_contract_covers_the_daily_purposes(purpose: str) -> None:
    assert not codes(situation(use(purpose), loans=(loan("working_capital", "working_capital"),)))


@pytest.mark.parametrize("purpose", ["equipment", "construction"])
def test_working_capital_never_covers_fixed_assets(purpose: str) -> None:
    assert codes(situation(use(purpose), loans=(loan("working_capital", "working_capital"),))) == {
        "use.fixed_assets"
    }


def test_a_use_with_a_rule_of_its_own_is_not_also_off_contract() -> None:
    s = situation(use("debt_repayment"), use("real_estate"), use("personal"), use("related_party"))
    assert "use.off_contract" not in codes(s)


def test_a_working_capital_loan_with_no_purposes_is_for_working_capital() -> None:
    own = (loan("working_capital", purposes=[]),)
    assert codes(situation(use("wages"), loans=own)) == set()


def test_a_payee_of_the_related_sheet_makes_the_use_related_party_even_for_agreed_goods() -> None:
    s = situation(
        use("raw_materials", 4_000_000, "进料用了400万"),
        text="进料用了400万，都付给了华盛贸易。",
        related=RELATED,
    )
    flags = registry.flags(registry.ON_REPORT, s)
    assert [(flag.code, flag.severity) for flag in flags] == [("use.related_party", "red")]
    assert flags[0].details["payee"] == RELATED[0].name


def test_a_related_firm_that_is_only_mentioned_is_no_payee() -> None:
    text = "进料用了400万。华盛贸易的人也在场。"
    s = situation(use("raw_materials", 4_000_000, "进料用了400万"), text=text, related=RELATED)
    assert payee(s, s.facts[0]) is None


def test_only_the_use_that_went_to_the_related_firm_is_related() -> None:
    text = "贷款里350万转给了华盛贸易，还有200万拿去炒股了。"
    facts = (use("working_capital", 3_500_000, "350万"), use("securities", 2_000_000, "200万拿去炒股"))
    flags = registry.flags(registry.ON_REPORT, situation(*facts, text=text, related=RELATED))
    assert {flag.code: flag.details["amount"] for flag in flags} == {
        "use.related_party": 3_500_000,
        "use.securities": 2_000_000,
    }


def test_a_related_firm_that_took_the_money_is_its_payee() -> None:
    s = situation(use("other", 1_000_000, "100万"), text="华盛贸易拿走了100万。", related=RELATED)
    assert payee(s, s.facts[0]) == RELATED[0]


def test_a_brand_that_the_borrower_bears_too_is_no_name_of_a_related_firm() -> None:
    assert "华兴" not in short_names("示例市华兴投资有限公司", "示例市华兴机械有限公司")
    assert "华盛贸易" in short_names("示例市华盛贸易有限公司", "示例市华兴机械有限公司")
    assert "Hengda Trading" in short_names("Hengda Trading Co., Ltd.")


def test_uses_belong_to_the_loan_that_is_named_else_to_the_newest() -> None:
    old = loan("fixed_asset", "equipment", loan_no="L000", disbursed_on=date(2024, 1, 1))
    new = loan("working_capital", "raw_materials")
    bought = use("equipment", 1_000_000)
    assert codes(situation(bought, loans=(old, new))) == {"use.fixed_assets"}
    assert codes(situation(bought, loans=(old, new), named="L000")) == set()
    assert codes(situation(bought, text="那笔固定资产贷款买了设备。", loans=(old, new))) == set()


def test_shares_are_of_what_was_drawn() -> None:
    own = (loan(amount=Decimal(10_000_000), drawn=Decimal(4_000_000)),)
    flags = registry.flags(registry.ON_REPORT, situation(use("related_party", 1_200_000), loans=own))
    assert [flag.severity for flag in flags] == ["red"]


def test_money_not_drawn_yet_counts_against_the_whole_loan() -> None:
    own = (loan(amount=Decimal(10_000_000), drawn=Decimal(4_000_000)),)
    facts = (use("raw_materials", 4_000_000), fact("unused_funds.amount", 6_000_000, "600万还没提"))
    text = "进料400万，还有600万还没提。"
    assert codes(situation(*facts, text=text, loans=own)) == set()
    lying = (facts[0], fact("unused_funds.amount", 6_000_000, "600万在账上"))
    assert codes(situation(*lying, text="进料400万，600万在账上。", loans=own)) == {"use.exceeds_loan"}


# --- plans --------------------------------------------------------------------------------------


def test_the_plan_is_the_line_between_milestones_from_nothing_at_disbursement() -> None:
    own = loan("project_finance", "construction", disbursed_on=date(2026, 1, 1))
    stones = [Milestone("L001", date(2026, 1, 11), 20.0), Milestone("L001", date(2026, 1, 31), 60.0)]
    planned = {day: contract.planned_percent(own, stones, date(2026, 1, day)) for day in (1, 6, 11, 21, 31)}
    assert planned == {1: 0.0, 6: 10.0, 11: 20.0, 21: 40.0, 31: 60.0}
    assert contract.planned_percent(own, stones, date(2026, 5, 1)) == 60.0
    assert contract.planned_percent(own, [], date(2026, 5, 1)) is None


def test_a_project_percent_goes_to_the_project_when_the_newest_loan_is_for_working_capital() -> None:
    old = loan("project_finance", "construction", loan_no="L000", disbursed_on=ago(100))
    stones = (Milestone("L000", ago(-100), 100.0),)
    s = situation(fact("progress.percent", 20), loans=(old, loan()), milestones=stones)
    assert {"project.behind_plan", "project.behind_money"} == codes(s)


def test_a_lower_percent_is_backwards_and_no_contradiction() -> None:
    s = project(80, before=(earlier(fact("progress.status", "completed")),))
    assert codes(s) == {"project.backwards"}


# --- before -------------------------------------------------------------------------------------


def test_an_absent_level_in_between_does_not_count_as_none() -> None:
    before = (earlier(signal("lawsuit"), on=ago(5)), earlier(fact("cash_stress.level", "none"), on=ago(30)))
    assert "cash.worsening" in codes(situation(fact("cash_stress.level", "mild"), before=before))
    assert "cash.worsening" not in codes(situation(fact("cash_stress.level", "mild"), before=before[:1]))


def test_a_call_that_failed_in_between_hides_no_wage_arrears_of_before() -> None:
    failed = earlier(fact("contact.outcome", "unreachable"), on=ago(3), number=60)
    before = (failed, earlier(signal("wage_arrears")))
    flags = registry.flags(registry.ON_REPORT, situation(signal("wage_arrears"), before=before))
    assert [flag.severity for flag in flags] == ["red"]


def test_orders_of_stated_size_before_are_not_twice_of_unstated_size() -> None:
    before = (earlier(signal("orders_drop"), fact("operations.orders_change_percent", -10)),)
    flags = registry.flags(registry.ON_REPORT, situation(signal("orders_drop"), before=before))
    assert [flag.severity for flag in flags] == ["yellow"]


def test_a_locked_gate_alone_is_no_halt() -> None:
    s = situation(fact("contact.outcome", "unreachable", "大门锁着"), text="大门锁着没人。")
    assert codes(s) == set()


def test_the_third_unreachable_day_is_told_by_the_report_itself() -> None:
    s = situation(fact("contact.outcome", "unreachable"), attempts=attempts(1, 2))
    assert codes(s) == {"contact.unreachable"}


# --- not anomalies ------------------------------------------------------------------------------


def test_cash_tight_because_orders_outrun_capacity_is_a_note() -> None:
    facts = (fact("cash_stress.level", "mild"), fact("operations.orders_change_percent", 40))
    before = (earlier(fact("cash_stress.level", "none")),)
    assert codes(situation(*facts, before=before)) == set()
    words = situation(
        fact("cash_stress.level", "mild"), text="订单排到明年，产能跟不上，备料占钱，手头紧。", before=before
    )
    assert codes(words) == set()


def test_growth_excuses_no_arrears() -> None:
    facts = (
        fact("cash_stress.level", "mild"),
        signal("supplier_arrears"),
        fact("operations.orders_change_percent", 40),
    )
    found = codes(situation(*facts, before=(earlier(fact("cash_stress.level", "none")),)))
    assert found == {"cash.arrears", "cash.worsening"}


def test_early_repayment_from_good_income_is_no_anomaly() -> None:
    facts = (fact("repayment.paid_amount", 2_000_000), fact("operations.revenue_change_percent", 25))
    assert codes(situation(*facts, text="收入好，提前还了200万。")) == set()


@pytest.mark.parametrize(
    "text", ["榨季结束，停产检修，十一月开榨。", "春节放假停产。", "Stopped for the winter break."]
)
def test_a_seasonal_stop_or_planned_maintenance_is_no_halt(text: str) -> None:
    words = "停产" if "停产" in text else "Stopped"
    assert codes(situation(signal("production_halt", words), text=text)) == set()


def test_a_stop_that_is_forced_is_a_halt_even_at_a_holiday() -> None:
    s = situation(signal("production_halt", "停产"), text="没有订单，春节后一直停产。")
    assert codes(s) == {"cash.halt"}


def test_a_quiet_report_raises_nothing() -> None:
    facts = (
        fact("contact.channel", "visit"),
        fact("contact.outcome", "reached"),
        use("raw_materials", 9_000_000),
        fact("unused_funds.amount", 1_000_000),
        fact("cash_stress.level", "none"),
        fact("operations.capacity_percent", 85),
        fact("collateral.status", "intact"),
        fact("next_contact", "2026-04-01"),
    )
    assert codes(situation(*facts)) == set()


def test_a_book_in_order_raises_nothing() -> None:
    own = (loan(disbursed_on=ago(400)),)
    assert registry.flags(registry.IN_BOOK, book(loans=own)) == []


# --- likeness -----------------------------------------------------------------------------------


def test_names_figures_and_dates_make_no_difference_to_likeness() -> None:
    one = "3月2日去了华兴机械，开工率七成，工人80个，机器都在转，老板说订单稳定。"
    other = "3月9日去了青禾食品，开工率八成，工人120个，机器都在转，老板说订单稳定。"
    names = ("华兴机械", "青禾食品")
    assert likeness(bare(one, names), bare(other, names)) >= 0.95


def test_reports_of_the_same_kind_are_not_alike() -> None:
    one = "上午到厂里看了，铝材堆了半仓，王总说主机厂货款拖了四个月，工资按时发。"
    other = "电话联系了财务，说贷款买的两台机床都到了，正在调试，下周可以投产，请我们去看。"
    assert likeness(bare(one), bare(other)) < 0.5
    english = "Visited the plant this morning, both lines running, wages paid, stock normal for the season."
    another = "Rang the owner; two customers owe him since June and the bank account shows little cash."
    assert likeness(bare(english), bare(another)) < 0.6


def test_short_texts_are_never_copies() -> None:
    from anomalies.model import EarlierText

    old = EarlierText(9, "电话没人接。", TODAY)
    assert codes(situation(text="电话没人接。", earlier_texts=(old,))) == set()
