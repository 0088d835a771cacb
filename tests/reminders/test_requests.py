from __future__ import annotations

from datetime import date, time

import pytest

from reminders.requests import Request, understand

TODAY = date(2026, 3, 4)  # a Wednesday
TWO = {"giver": "AM4", "taker": "AM5"}
NAMES = {
    "华兴": "B001",
    "华兴机械": "B001",
    "宏达": "B002",
    "Blue Fir": "B005",
    "测试丁": "staff:AM4",
    "测试戊": "staff:AM5",
}


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("把华兴的走访改到下周三", Request("move", ("B001",), date(2026, 3, 11), kind="visit")),
        ("华兴机械推迟到3月20号再去", Request("move", ("B001",), date(2026, 3, 20))),
        ("宏达的电话提前到明天", Request("move", ("B002",), date(2026, 3, 5), kind="callback")),
        ("move the visit to Blue Fir to next Friday", Request("move", ("B005",), date(2026, 3, 13), kind="visit")),
        ("明天下午三点提醒我给宏达打电话", Request("remind", ("B002",), date(2026, 3, 5), time(15), kind="callback")),
        ("下午四点半提醒我去华兴", Request("remind", ("B001",), TODAY, time(16, 30))),
        ("后天早上9点提醒我去宏达", Request("remind", ("B002",), date(2026, 3, 6), time(9))),
        ("remind me tomorrow at 3pm to call Blue Fir", Request("remind", ("B005",), date(2026, 3, 5), time(15), kind="callback")),
        ("我下周休假,让测试丁顶我", Request("leave", ("staff:AM4",), date(2026, 3, 9), until=date(2026, 3, 15))),
        ("3月10日到3月12日我出差,测试丁替我", Request("leave", ("staff:AM4",), date(2026, 3, 10), until=date(2026, 3, 12))),
        ("I'm on leave next week, 测试丁 stands in for me", Request("leave", ("staff:AM4",), date(2026, 3, 9), until=date(2026, 3, 15))),
        ("我下周休假,客户交给测试丁", Request("leave", ("staff:AM4",), date(2026, 3, 9), until=date(2026, 3, 15))),
        ("测试丁下周休假,测试戊顶他", Request("leave", ("staff:AM4", "staff:AM5"), date(2026, 3, 9), until=date(2026, 3, 15), **TWO)),
        ("测试丁离职了,客户都交给测试戊", Request("handover", (), **TWO)),
        ("把测试丁的客户全部移交给测试戊", Request("handover", (), **TWO)),
        ("测试丁走了,测试戊来接", Request("handover", (), **TWO)),
        ("hand all of 测试丁's borrowers to 测试戊", Request("handover", (), **TWO)),
        ("测试丁 is leaving, 测试戊 takes over", Request("handover", (), **TWO)),
        ("把华兴机械转给测试戊", Request("handover", ("B001",), taker="AM5")),
        ("谁手上活最多", Request("workload")),
        ("谁最忙?", Request("workload")),
        ("who has too much to do?", Request("workload")),
        ("我提前回来了", Request("back")),
        ("I'm back", Request("back")),
        ("把走访改到下周三", Request("move", (), date(2026, 3, 11), kind="visit")),
    ],
)  # fmt: skip
def test_plain_sentences_are_understood(text: str, request_: Request) -> None:
    assert understand(text, NAMES, TODAY) == request_


@pytest.mark.parametrize(
    "text",
    [
        "今天去了华兴,老板在,工资没有拖欠",
        "华兴怎么样",
        "老板说还款改到年底",
        "华兴机械把生产线挪到了新厂房",
        "宏达老板不在,电话也没人接",
        "下周去宏达看看",
        "提醒我一下",
        "老板把厂子交给测试戊打理",
        "今天去了华兴,老板把厂转给了宏达",
        "车间工作量不足,工人放假",
        "华兴的活最多,工人忙不过来",
        "华兴" * 60 + "改到下周三",
    ],
)
def test_what_is_no_request_is_left_to_others(text: str) -> None:
    assert understand(text, NAMES, TODAY) is None
