"""The day in the chat: its route, when one is told, at six, and which day a late report is of."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image

from portfolio import charts
from portfolio.drawing import picture
from prompts.catalog import label
from records import tables
from tests.handlers.conftest import Talk

PNG = b"\x89PNG"


async def place(talk: Talk, **places: tuple[float, float] | None) -> None:
    async with talk.book.database.begin() as tx:
        for code, point in places.items():
            lat, lon = point or (None, None)
            query = sa.update(tables.borrowers).where(tables.borrowers.c.borrower_code == code)
            await tx.execute(query.values(latitude=lat, longitude=lon))


async def all_due(talk: Talk) -> None:
    """Everything of the book is due this Monday."""
    await talk.service.replan()
    async with talk.book.database.begin() as tx:
        query = sa.update(tables.visits).where(tables.visits.c.kind != "callback")
        await tx.execute(query.values(due_on=talk.book.today))
        await tx.execute(
            sa.update(tables.visits).where(tables.visits.c.kind == "callback").values(state="done")
        )


def buttons(talk: Talk, who: str) -> list[str]:
    message = next(m for m in reversed(talk.phone.messages(talk.chat(who))) if m.buttons)
    return [button.data or "" for row in message.buttons for button in row]


async def test_todays_route_is_a_list_with_maps_and_a_picture(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Any] = []

    async def draw(what: charts.Drawn, lang: str) -> bytes:
        drawn.append((what, lang))
        return blank()

    monkeypatch.setattr(charts, "draw", draw)
    await all_due(talk)
    await place(talk, B001=(30.0, 120.0), B002=(30.1, 120.1), B003=None)
    assert "route:0" in (await talk.say("AM1", "/today") and buttons(talk, "AM1"))
    said = await talk.tap("AM1", "route")
    assert "3月2日（周一）的路线：2 家，约 21 公里" in said and "高德" in said and "百度" in said
    assert "没有坐标" in said and "远帆物流" in said and "估算" in said
    assert "示意图" in said and drawn[0][0].names == ("华兴机械", "青禾食品")
    again = await talk.send("AM1", "location", 30.2, 120.2)
    assert again.index("青禾食品") < again.index("华兴机械") and drawn[1][0].start == (30.2, 120.2)
    assert await talk.rows(tables.reports) == []
    await talk.send("AM1", "location", 30.2, 120.2)
    assert len(await talk.rows(tables.reports)) == 1  # a place sent later is a report's again


def blank() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (320, 320)).save(kept, "PNG")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("who", "words"), [("AM1", "今天怎么走"), ("AM2", "route for today"), ("AM1", "/route")]
)
async def test_the_route_comes_by_plain_words_too(talk: Talk, who: str, words: str) -> None:
    await all_due(talk)
    assert "🧭" in await talk.say(who, words)


async def test_a_manager_gets_no_route_of_the_whole_team(talk: Talk) -> None:
    await all_due(talk)
    assert "没有要上门" in await talk.say("M1", "今天怎么走")


async def test_setting_out_from_the_route_is_noted(talk: Talk) -> None:
    await all_due(talk)
    await talk.say("AM1", "今天怎么走")
    assert "路上注意安全" in await talk.tap("AM1", "on_way")


async def test_the_settings_are_changed_by_button_and_by_words(talk: Talk) -> None:
    assert "当天早上08:30" in await talk.say("AM1", "/settings")
    assert "前一个工作日18:00" in await talk.tap("AM1", "digest", "evening")
    assert talk.toasts()[-1] == "好，以后前一天晚上提醒您。"
    assert "以后早上提醒您" in await talk.say("AM1", "还是早上提醒我吧")
    assert "The evening before" in " ".join(
        button.text for m in talk.phone.messages(talk.chat("AM2")) for row in m.buttons for button in row
    ) or "evening before" in await talk.say("AM2", "remind me the evening before")
    kept = {row.staff_code: row.preferences for row in await talk.rows(tables.staff)}
    assert kept["AM1"] == {"digest": "morning"} and kept["AM2"] == {"digest": "evening"}


async def test_a_forged_choice_changes_nothing(talk: Talk) -> None:
    await talk.say("AM1", "/settings")
    message, _ = talk.button("AM1", "digest", "evening")
    talk.phone.raw_update(talk.forged("AM1", message.id, "digest:never"))
    await talk.act("AM1")
    assert {row.staff_code: row.preferences for row in await talk.rows(tables.staff)}["AM1"] == {}


async def late_report(talk: Talk) -> str:
    await talk.service.replan()
    talk.clock.at += timedelta(days=2)  # Wednesday; the first check was due on Monday
    await talk.say("AM1", "/today")
    first = next(visit for visit in await talk.rows(tables.visits) if visit.kind == "first_check")
    await talk.tap("AM1", "report", str(first.id))
    return await talk.say("AM1", "上门看了,老板在,320万买了两台注塑机,剩180万没动,工程进度六成五。")


async def test_a_late_report_asks_for_the_day_of_the_visit_and_is_kept_under_it(talk: Talk) -> None:
    assert "哪天去的？不点就按3月4日（周三）记" in await late_report(talk)
    shown = await talk.tap("AM1", "went", "2026-03-02")
    assert "3月2日" in shown
    await talk.tap("AM1", "confirm")
    (report,) = await talk.rows(tables.reports)
    assert (report.visited_on, report.reported_on) == (date(2026, 3, 2), date(2026, 3, 4))
    first = next(visit for visit in await talk.rows(tables.visits) if visit.kind == "first_check")
    assert (first.state, first.done_on) == ("done", date(2026, 3, 2))
    assert "3月2日" in await talk.say("M1", "华兴机械上次什么时候去的")


async def test_an_earlier_day_is_picked_from_the_last_two_weeks_and_can_be_taken_back(talk: Talk) -> None:
    await late_report(talk)
    await talk.tap("AM1", "went", "earlier")
    await talk.tap("AM1", "went", "2026-02-25")
    assert (await talk.rows(tables.reports))[0].visited_on == date(2026, 2, 25)
    await talk.tap("AM1", "undo")
    assert (await talk.rows(tables.reports))[0].visited_on is None


async def test_a_report_that_says_its_day_is_not_asked(talk: Talk) -> None:
    await talk.service.replan()
    talk.clock.at += timedelta(days=2)
    await talk.say("AM1", "/today")
    await talk.tap("AM1", "report")
    assert "哪天去的" not in await talk.say("AM1", "今天上门看了,老板在,工程进度六成五。")


async def test_a_forwarded_note_asks_and_offers_the_day_it_was_written(talk: Talk) -> None:
    number = talk.phone.say(talk.chat("AM1"), "去了华兴机械,老板在,工程进度六成五,工资没拖欠。")
    await talk.act("AM1")
    await talk.tap("AM1", "drop")
    talk.clock.at += timedelta(days=2)
    said = await talk.send("AM1", "forward", number)
    assert "这是转发来的，哪天去的？" in said
    assert [d.split(":")[2] for d in buttons(talk, "AM1") if d.startswith("went")][-1] == "earlier"
    assert "went:2:2026-03-02" in buttons(talk, "AM1")


async def test_a_day_to_come_or_nonsense_is_no_day_of_a_visit(talk: Talk) -> None:
    await late_report(talk)
    message, _ = talk.button("AM1", "went", "2026-03-02")
    for words in ("went:1:2026-04-01", "went:1:soon", "went:9:2026-03-02", "went:1"):
        talk.phone.raw_update(talk.forged("AM1", message.id, words))
        await talk.act("AM1")
    assert (await talk.rows(tables.reports))[0].visited_on is None


async def test_several_cards_left_lying_are_one_list_whose_buttons_open_them(talk: Talk) -> None:
    for name in ("华兴机械", "青禾食品", "远帆物流"):
        await talk.say("AM1", f"今天去了{name},老板在,工资没拖欠,订单比上月多三成。")
    talk.clock.at += timedelta(hours=10)
    await next(job for job in talk.service.jobs if job.name == "cards").run(talk.clock())
    said = await talk.settle() and talk.told("AM1")
    assert "3 张卡片还没确认" in said
    assert "青禾食品" in await talk.tap("AM1", "card", "2")
    assert "已记录" in await talk.tap("AM1", "confirm")


async def test_the_weeks_digest_comes_with_its_chart(talk: Talk) -> None:
    await all_due(talk)
    talk.clock.at = talk.clock.at.replace(day=6, hour=9)  # Friday, five in the afternoon
    await next(job for job in talk.service.jobs if job.name == "sum_up").run(talk.clock())
    await talk.settle()
    assert "本周小结" in talk.told("M1") and "各人完成" in talk.told("M1")
    sent = [row for row in await talk.rows(tables.outgoing) if row.method == "sendPhoto"]
    assert sent and all(row.blob.startswith(PNG) for row in sent)
    await next(job for job in talk.service.jobs if job.name == "sum_up").run(talk.clock())
    assert await talk.settle() == []


def test_the_pictures_of_a_route_and_a_week_are_drawn() -> None:
    words = dict.fromkeys(("start", "done", "late", "coming"), label("level", "none", "en"))
    way = {"names": ["A", "华兴"], "points": [[30.0, 120.0], [30.1, 120.2]], "start": [30.2, 120.1]}
    alone = {"names": ["A"], "points": [[30.0, 120.0]], "start": None}
    week = {"names": ["A", "B"], "done": [1, 0], "late": [0, 3], "coming": [2, 2]}
    for kind, data in (("way", way), ("way", alone), ("week", week)):
        order = {"kind": kind, "data": data, "words": words, "plain": words}
        assert picture(order).startswith(PNG)
