"""A day as its people live it: reminder, report by voice or text, card, flag on the manager's phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import expect

from records import tables
from tests.e2e.conftest import House
from tests.sandbox.conftest import picture

pytestmark = pytest.mark.browser
Phone = Callable[[str], Any]
REPORT = (
    "今天去了华兴机械,老板在。贷款500万,320万买了两台注塑机,100万付了原料款,剩80万还在账上。工程进度六成五,"
    "比计划晚半个月。工资欠了两个月,下游货款压着三百来万。跟老板约了12月1号再来。"
)


@pytest.mark.parametrize("spoken", ["zh_010"])
async def test_a_reminder_is_answered_by_voice_and_the_card_shows_what_was_heard(
    house: House, open_phone: Phone
) -> None:
    author = await open_phone("AM1")
    await author.taps("现在报告", under="首次检查")
    await author.sees("请直接说")
    await author.speaks(8)
    await author.sees("项目进度百分之六十六")
    await author.taps("确认", under="66%")
    await author.sees("已记录")
    (media,) = await house.rows(tables.media)
    assert media.content[:4] == b"\x1aE\xdf\xa3"
    (report,) = await house.rows(tables.reports)
    assert report.state == "confirmed" and report.borrower_code == "B001"


@pytest.mark.parametrize("spoken", ["en_151"])
async def test_a_spoken_report_is_given_its_borrower_confirmed_and_flagged_to_the_manager(
    house: House, open_phone: Phone
) -> None:
    author = await open_phone("AM2")
    await author.speaks(5.4)
    await author.sees("two months late")
    await author.says("云溪水泥")
    await author.taps("Confirm", under="wage arrears")
    await author.sees("Recorded")

    manager = await open_phone("M1")
    told = await manager.sees("拖欠工资 60 天")
    await told.get_by_role("button", name=re.compile("知道了")).first.click()  # the loudest of its cases
    await manager.sees("已确认")

    (report,) = await house.rows(tables.reports)
    assert report.state == "confirmed" and report.borrower_code == "B004"
    wages = next(case for case in await house.rows(tables.cases) if case.code == "cash.wages")
    assert (wages.severity, wages.acknowledged_by) == ("red", "M1")


async def test_a_typed_report_is_mended_by_saying_so_and_takes_a_photo_and_a_place(
    house: House, open_phone: Phone
) -> None:
    author = await open_phone("AM1")
    await author.says(REPORT)
    card = await author.sees("65%")
    await expect(card).to_contain_text("320万元")
    await author.says("不对,进度是七成")
    await expect(author.bubble("320万元")).to_contain_text("70%")

    photo = {"name": "a.png", "mimeType": "image/png", "buffer": picture(400, 300)}
    await author.page.set_input_files("#photos", [photo])
    await author.page.get_by_role("dialog").get_by_role("button", name="发送").click()
    await expect(author.bubble("320万元")).to_contain_text("照片 1")
    await author.page.get_by_role("button", name="附件").click()
    await author.page.get_by_role("menuitem", name="位置").click()
    await author.page.get_by_role("button", name="华兴机械").click()
    await expect(author.bubble("320万元")).to_contain_text("位置 1")

    await author.taps("确认", under="320万元")
    await author.sees("已记录")
    manager = await open_phone("M1")
    await manager.sees("拖欠工资 60 天")
    await manager.says("华兴机械怎么样")
    await expect(await manager.sees("下一次")).to_contain_text("70%")

    kinds = sorted(part.kind for part in await house.rows(tables.parts))
    assert kinds == ["location", "photo", "text", "text"] or kinds == ["location", "photo", "text"]
    (visit, *_) = [one for one in await house.rows(tables.visits) if one.kind == "first_check"]
    assert visit.state == "done"
    assert not any(case.code.startswith("report.") for case in await house.rows(tables.cases))


async def test_two_taps_on_confirm_record_it_once_and_an_old_card_does_nothing(
    house: House, open_phone: Phone
) -> None:
    author = await open_phone("AM1")
    await author.says(REPORT)
    await author.sees("320万元")
    await (await author.sees("320万元")).get_by_role("button", name="确认").dblclick()
    await author.sees("已记录")
    old = next(one for one in house.messages("AM1") if "320万元" in one.text and one.from_bot)
    assert old.buttons == ()
    assert len(await house.rows(tables.reports)) == 1
    codes = [case.code for case in await house.rows(tables.cases)]
    assert len(codes) == len(set(codes))
    assert sum("已记录" in one.text for one in house.messages("AM1")) == 1
