"""The second reading: asked outside a transaction, judged, offered, and never in the author's way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from prompts.client import Client, Endpoint
from prompts.message import Message
from records import reports, tables
from reports import deciding, mending, second
from reports.deciding import Refused
from reports.second import Terms
from tests.prompts.model_server import ModelServer, error, fact, hang
from tests.reports.conftest import Author
from tests.reports.test_work import Desk as Ear

LEASE = timedelta(minutes=5)
SAID = "今天去了华兴机械,见到华老板,贷款320万买了设备,工程进度六成五。厂里气氛不太好。"
TERMS = Terms("test-model", price_in=2.0, price_out=8.0)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer().running() as running:
        yield running


class Desk:
    """A reader's desk, with the real client on a real port."""

    def __init__(self, author: Author, server: ModelServer, terms: Terms = TERMS) -> None:
        self.author, self.server, self.terms = author, server, terms
        self.said: list[Message] = []
        self.patience = 20.0

    async def claim(self, owner: str = "one") -> list[int]:
        async with self.author.book.database.begin() as tx:
            return await second.claim(tx, owner, self.author.now, LEASE, 5, read_by=self.author.now)

    async def do(self, report_id: int, owner: str = "one") -> None:
        asker = Client(
            Endpoint("test-model", self.server.base, "k", timeout=self.patience, attempts=2, first_pause=0.01)
        )
        clock = lambda: self.author.now  # noqa: E731
        await second.do(
            self.author.book.database,
            report_id,
            owner,
            asker=asker,
            terms=self.terms,
            clock=clock,
            put=self.put,
        )
        await asker.close()

    async def put(self, tx: Any, message: Message, now: Any) -> bool:
        self.said.append(message)
        return True

    async def work(self) -> None:
        for report_id in await self.claim():
            await self.do(report_id)

    async def model(self, report_id: int = 1) -> dict[str, Any]:
        return dict((await self.author.report(report_id)).read_by.get("model") or {})

    def actions(self) -> list[tuple[str, ...]]:
        return [(b.action, *b.args) for row in self.said[-1].buttons for b in row]


@pytest.fixture
def desk(author: Author, server: ModelServer) -> Desk:
    return Desk(author, server)


async def test_what_the_grammar_has_too_changes_nothing_but_the_count(author: Author, desk: Desk) -> None:
    await author.says(SAID)
    before, facts = await author.report(1), await author.facts(1)
    desk.server.answers = [[fact("progress.percent", 65, "工程进度六成五")]]
    await desk.work()
    after = await author.report(1)
    assert desk.said == []
    assert (after.version, after.state, await author.facts(1)) == (before.version, "read", facts)
    model = await desk.model()
    assert (model["name"], model["calls"], model["tokens_in"], model["tokens_out"]) == (
        "test-model",
        1,
        1000,
        50,
    )
    assert model["cost"] == pytest.approx(0.0024)
    assert await desk.claim() == []


async def test_what_it_reads_otherwise_is_shown_beside_and_not_counted(author: Author, desk: Desk) -> None:
    await author.says(SAID)
    facts = await author.facts(1)
    desk.server.answers = [
        [
            fact("progress.percent", 80, "工程进度六成五"),
            fact("cash_stress.level", "mild", "厂里气氛不太好"),
        ]
    ]
    await desk.work()
    assert await author.facts(1) == facts
    assert (await author.report(1)).version == 1
    (card,) = desk.said
    assert card.edits == "card:1"
    assert all(words in card.text for words in ("65%，还是 <b>80%</b>", "资金偏紧", "未计入"))
    version = str((await author.report(1)).version)
    assert [a for a in desk.actions() if a[0] == "take"] == [
        ("take", "1", version, "0"),
        ("take", "1", version, "1"),
    ]


async def test_confirming_without_choosing_records_nothing_of_the_model(author: Author, desk: Desk) -> None:
    await author.says(SAID)
    desk.server.answers = [[fact("cash_stress.level", "severe", "厂里气氛不太好")]]
    await desk.work()
    async with author.tx() as (tx, person):
        report = await reports.get(tx, 1)
        assert report is not None
        done = await deciding.confirm(tx, 1, report.version, person, author.now)
    assert "cash_stress.level" not in {one.field for one in done.facts}
    assert (await desk.model())["judged"][0]["verdict"] == "check"


async def test_a_tap_takes_an_offer_with_its_words_and_can_be_undone(author: Author, desk: Desk) -> None:
    await author.says(SAID)
    desk.server.answers = [[fact("progress.percent", 80, "工程进度六成五")]]
    await desk.work()
    async with author.tx() as (tx, person):
        report = await deciding.own(tx, 1, person)
        mended = await mending.take(tx, report, 0, author.now)
        shown = await mending.shown(tx, person, mended)
    taken = next(one for one in mended.read.facts if one.field == "progress.percent")
    assert (taken.value, taken.evidence and taken.evidence.text) == (80, "工程进度六成五")
    assert "未计入" not in shown[0].text
    async with author.tx() as (tx, person):
        await mending.undo(tx, await deciding.own(tx, 1, person), author.now)
    assert (await author.facts(1))["progress.percent"] == 65


@pytest.mark.parametrize(
    "words", ["采用1", "采用第一条", "第1条", "用1", "都采用", "take 1", "Take the first", "use all"]
)
async def test_words_choose_too(author: Author, desk: Desk, words: str) -> None:
    await author.says(SAID)
    desk.server.answers = [[fact("progress.percent", 80, "工程进度六成五")]]
    await desk.work()
    async with author.tx() as (tx, person):
        mended = await mending.mend(tx, await deciding.own(tx, 1, person), words, author.now)
    assert isinstance(mended, mending.Mended)
    assert (await author.facts(1))["progress.percent"] == 80


async def test_an_offer_that_is_no_more_is_refused(author: Author, desk: Desk) -> None:
    await author.says(SAID)
    async with author.tx() as (tx, person):
        with pytest.raises(Refused, match="no_fact"):
            await mending.take(tx, await deciding.own(tx, 1, person), 0, author.now)


async def test_a_taken_signal_raises_the_level(author: Author, desk: Desk) -> None:
    await author.says(SAID)
    desk.server.answers = [[fact("cash_stress.signal", "wage_arrears", "厂里气氛不太好")]]
    await desk.work()
    async with author.tx() as (tx, person):
        await mending.take(tx, await deciding.own(tx, 1, person), 0, author.now)
    assert (await author.facts(1))["cash_stress.level"] == "severe"


async def test_what_the_author_mends_is_no_question_any_more(author: Author, desk: Desk) -> None:
    await author.says(SAID)
    desk.server.answers = [[fact("progress.percent", 80, "工程进度六成五")]]
    await desk.work()
    async with author.tx() as (tx, person):
        mended = await mending.mend(tx, await deciding.own(tx, 1, person), "进度改成七成", author.now)
        assert isinstance(mended, mending.Mended)
        card = (await mending.shown(tx, person, mended))[0]
    assert (await author.facts(1))["progress.percent"] == 70
    assert "还是" not in card.text
    assert await desk.claim() == []


async def test_more_words_are_read_again_and_cost_on(author: Author, desk: Desk) -> None:
    await author.says(SAID)
    desk.server.answers = [[fact("progress.percent", 80, "工程进度六成五")], []]
    await desk.work()
    await author.says("工资欠了两个月。")
    assert "judged" not in await desk.model()
    await desk.work()
    model = await desk.model()
    assert (model["calls"], model["tokens_in"], model["judged"]) == (2, 2000, [])
    assert "工资欠了两个月" in desk.server.said()


async def test_words_that_came_while_it_was_reading_are_not_judged_by_the_old_answer(
    author: Author, desk: Desk
) -> None:
    await author.says(SAID)

    async def meanwhile() -> Any:
        await author.says("还有,订单比去年少了三成。")
        return [fact("progress.percent", 80, "工程进度六成五")]

    desk.server.answers = [lambda _body: hang()]

    class Interrupted:
        async def ask(self, words: Any, shape: Any, most: int) -> Any:
            said = await meanwhile()
            return type("A", (), {"said": shape.model_validate({"facts": said}), "failure": None, "tokens_in": 5, "tokens_out": 5, "calls": 1})()  # fmt: skip

    await desk.claim()
    clock = lambda: author.now  # noqa: E731
    await second.do(
        author.book.database, 1, "one", asker=Interrupted(), terms=TERMS, clock=clock, put=desk.put
    )
    assert desk.said == []
    model = await desk.model()
    assert ("judged" in model, model["tokens_in"]) == (False, 5)
    assert await desk.claim() == [1]


async def test_a_report_confirmed_meanwhile_stays_as_it_was_confirmed(author: Author, desk: Desk) -> None:
    await author.says(SAID)
    await desk.claim()
    async with author.tx() as (tx, person):
        await deciding.confirm(tx, 1, 1, person, author.now)
    facts = await author.facts(1)
    desk.server.answers = [[fact("progress.percent", 80, "工程进度六成五")]]
    await desk.do(1)
    assert (await author.report(1)).state == "confirmed"
    assert (desk.said, await author.facts(1)) == ([], facts)
    assert (await desk.model())["calls"] == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (error(500), "api_failed"),
        (error(429), "api_busy"),
        (lambda _body: hang(), "api_timeout"),
        ("rubbish", "api_garbled"),
    ],
)
async def test_whatever_the_endpoint_does_the_grammars_reading_stands(
    author: Author, desk: Desk, answer: Any, code: str
) -> None:
    await author.says(SAID)
    facts = await author.facts(1)
    desk.patience = 0.6 if code == "api_timeout" else desk.patience
    desk.server.answers = [answer]
    await desk.work()
    assert (desk.said, await author.facts(1)) == ([], facts)
    assert (await desk.model())["failure"] == code
    assert await desk.claim() == []
    async with author.tx() as (tx, person):
        assert (await deciding.confirm(tx, 1, 1, person, author.now)).facts


async def test_a_report_may_take_only_so_many_tokens(author: Author, server: ModelServer) -> None:
    desk = Desk(author, server, Terms("test-model", report_tokens=10))
    await author.says(SAID)
    await desk.work()
    assert server.asked == []
    assert (await desk.model())["failure"] == "budget"


async def test_all_reports_of_a_day_together_too(author: Author, server: ModelServer) -> None:
    desk = Desk(author, server, Terms("test-model", day_tokens=8000))
    await author.says(SAID)
    await desk.work()
    async with author.tx() as (tx, _):
        used = {
            "model": {
                "tokens_in": 7000,
                "tokens_out": 100,
                "cost": 0.5,
                "at": author.now.isoformat(),
                "text": "x",
            }
        }
        await reports.change(tx, 1, read_by=used)
    await author.says("今天去了青禾食品,订单比去年少了三成。")
    await desk.work()
    assert len(server.asked) == 1
    assert (await desk.model(2))["failure"] == "budget"
    author.now += timedelta(hours=25)
    await author.says("今天去了远帆物流,见了老板,工资没拖欠。")
    await desk.work()
    assert len(server.asked) == 2


async def test_names_and_numbers_do_not_leave(author: Author, desk: Desk) -> None:
    await author.says(
        "今天去了华兴机械,见到华老板,电话13812345678。云溪水泥做的担保,测试主管知道。转给示例市华盛贸易有限公司100万。"
    )
    await desk.work()
    sent = desk.server.everything()
    for name in ("华兴机械", "华老板", "13812345678", "云溪水泥", "测试主管", "华盛贸易"):
        assert name not in sent
    assert "[单位1]" in desk.server.said() and "[电话1]" in desk.server.said()


async def test_that_words_left_the_house_is_on_record(author: Author, desk: Desk) -> None:
    await author.says(SAID)
    await desk.work()
    async with author.book.database.read() as tx:
        rows = (await tx.execute(sa.select(tables.audit))).all()
    entry = next(row for row in rows if row.action == "report.read_by_model")
    assert (entry.subject, entry.detail["tokens"]) == ("report:1", [1000, 50])


async def test_a_worker_that_lost_its_report_writes_nothing(author: Author, desk: Desk) -> None:
    await author.says(SAID)
    await desk.claim("one")
    desk.server.answers = [[fact("progress.percent", 80, "工程进度六成五")]]
    author.now += LEASE + timedelta(seconds=1)
    assert await desk.claim("two") == [1]
    await desk.do(1, "one")
    assert (desk.said, await desk.model()) == ([], {})


async def test_a_report_that_ends_its_reader_again_and_again_is_given_up(author: Author, desk: Desk) -> None:
    await author.says(SAID)
    for _ in range(second.ATTEMPTS):
        assert await desk.claim() == [1]
        author.now += LEASE + timedelta(seconds=1)
    await desk.work()
    assert (desk.server.asked, (await desk.model())["failure"]) == ([], "given_up")


async def test_old_drafts_are_left_to_their_authors(author: Author, desk: Desk) -> None:
    await author.says(SAID)
    author.now += second.WITHIN + timedelta(minutes=1)
    assert await desk.claim() == []


async def test_a_spoken_report_is_read_by_the_model_once_it_was_heard(author: Author, desk: Desk) -> None:
    ear = Ear(author, hears=SAID)
    await author.sends("voice", file_id="v")
    assert await desk.claim() == []
    await ear.claim()
    await ear.do(1)
    desk.server.answers = [[fact("progress.percent", 80, "工程进度六成五")]]
    await desk.work()
    assert "80%" in desk.said[-1].text
    assert await ear.claim() == []
