"""What is a question and what isn't; and what each question asks."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from portfolio import shape
from portfolio.names import Names, borrower, person
from portfolio.questions import Question, understand

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
NAMES = Names(
    borrowers=(
        borrower("B001", "示例市华兴机械有限公司", "华兴机械"),
        borrower("B002", "示例市青禾食品有限公司", "青禾食品"),
        borrower("B003", "示例市远帆物流有限公司", "远帆物流"),
        borrower("B004", "示例市云溪水泥有限公司", "云溪水泥"),
        borrower("B005", "示例市蓝杉服饰有限公司", "蓝杉服饰"),
        borrower("B007", "Harlow Fresh Ltd", "Harlow Fresh"),
        borrower("B008", "Redfern Joinery Ltd", "Redfern Joinery"),
    ),
    staff=(person("AM1", "测试经理甲"), person("AM2", "Test Manager B")),
    industries=("机械制造", "食品加工", "物流", "建材", "服装"),
    places=("示例市",),
)


def put(text: str, lang: str = "zh") -> Question | None:
    return understand(text, NAMES, lang, NOW)


QUESTIONS = [
    # a borrower
    ("华兴机械怎么样", "status"),
    ("华兴机械怎么样?", "status"),
    ("华兴机械现在什么情况", "status"),
    ("华兴机械最近怎么样了", "status"),
    ("华兴怎么样", "status"),
    ("花星机械怎么样", "status"),
    ("华兴机械", "status"),
    ("华兴机械情况", "status"),
    ("帮我查一下华兴机械", "status"),
    ("看看青禾食品", "status"),
    ("青禾食品情况如何", "status"),
    ("华兴机械呢?", "status"),
    ("请问云溪水泥现在怎么样", "status"),
    ("how is Huaxing?", "status"),
    ("How's Harlow Fresh doing?", "status"),
    ("what's up with Redfern Joinery", "status"),
    ("tell me about Harlow Fresh", "status"),
    ("status of Redfern Joinery", "status"),
    ("华兴机械工资欠了多久", "fact"),
    ("华兴机械的进度多少", "fact"),
    ("华兴机械进度", "fact"),
    ("华兴机械资金紧张吗", "fact"),
    ("华兴机械停产了吗", "fact"),
    ("华兴机械有没有拖欠工资", "fact"),
    ("华兴机械贷款余额多少", "fact"),
    ("青禾食品现在多少工人", "fact"),
    ("蓝杉服饰开工率多少", "fact"),
    ("华兴机械的钱用到哪去了", "fact"),
    ("华兴机械还剩多少钱没用", "fact"),
    ("华兴机械抵押物还在吗", "fact"),
    ("华兴机械什么时候到期", "fact"),
    ("华兴机械谁在管", "fact"),
    ("华兴机械下次什么时候去", "fact"),
    ("远帆物流的电话是多少", "fact"),
    ("远帆物流担保人是谁", "fact"),
    ("is Huaxing behind plan?", "fact"),
    ("how far is Harlow Fresh?", "fact"),
    ("what is the balance of Harlow Fresh?", "fact"),
    ("does Redfern Joinery owe wages?", "fact"),
    ("how many people work at Redfern Joinery?", "fact"),
    ("华兴机械上次什么时候去的", "last_visit"),
    ("华兴机械多久没去了", "last_visit"),
    ("谁去过远帆物流", "last_visit"),
    ("when was Harlow Fresh last visited?", "last_visit"),
    ("when did we last see Redfern Joinery?", "last_visit"),
    ("华兴机械从什么时候开始拖欠工资的", "since"),
    ("云溪水泥停工多久了", "since"),
    ("since when is Harlow Fresh short of cash?", "since"),
    ("华兴机械跟上次比怎么样", "compare"),
    ("华兴机械比之前好转了吗", "compare"),
    ("compare Harlow Fresh with last time", "compare"),
    ("is Harlow Fresh better than last time?", "compare"),
    ("华兴机械有什么预警", "cases"),
    ("华兴机械承诺什么时候还款", "promises"),
    # the book
    ("哪些客户资金紧张", "list"),
    ("谁资金紧张", "list"),
    ("有没有资金链断了的客户", "list"),
    ("资金紧张的客户", "list"),
    ("列出资金紧张的客户", "list"),
    ("which clients are tight?", "list"),
    ("who is short of cash", "list"),
    ("谁落后计划", "list"),
    ("哪些项目进度滞后", "list"),
    ("哪些项目落后超过20个点", "list"),
    ("who is behind plan?", "list"),
    ("which projects are behind schedule", "list"),
    ("逾期客户有哪些", "list"),
    ("逾期客户", "list"),
    ("逾期超过30天的有谁", "list"),
    ("who is overdue?", "list"),
    ("which loans are past due?", "list"),
    ("谁拖欠工资", "list"),
    ("哪几家停产了", "list"),
    ("有客户被起诉吗", "list"),
    ("哪些客户三个月没去了", "list"),
    ("从来没去过的客户有哪些", "list"),
    ("who hasn't been visited for 30 days?", "list"),
    ("关注类客户有哪些", "list"),
    ("建材行业有哪些客户", "list"),
    ("测试经理甲的客户哪些紧张", "list"),
    ("这个月到期的贷款有哪些", "list"),
    ("which loans mature this month?", "list"),
    ("哪些客户余额超过1000万", "list"),
    ("谁把贷款挪用了", "list"),
    ("哪些客户抵押物有问题", "list"),
    ("这周还有谁没去", "not_visited"),
    ("还有谁没去", "not_visited"),
    ("本周还没回访的客户", "not_visited"),
    ("who is not visited yet this week?", "not_visited"),
    ("哪些回访逾期了", "overdue_visits"),
    ("which visits are overdue?", "overdue_visits"),
    ("我这周要去哪", "agenda"),
    ("我今天要去哪几家", "agenda"),
    ("下周有什么安排", "agenda"),
    ("我的本周安排", "agenda"),
    ("明天去谁家", "agenda"),
    ("where do I go this week?", "agenda"),
    ("what's on my agenda today?", "agenda"),
    ("my week", "agenda"),
    ("谁的承诺没兑现", "promises"),
    ("这周有哪些还款承诺到期", "promises"),
    ("who broke their promise?", "promises"),
    ("有哪些红色预警", "cases"),
    ("现在有哪些预警没处理", "cases"),
    ("any red flags?", "cases"),
    ("what cases are open?", "cases"),
    ("正常类贷款余额多少", "sums"),
    ("一共多少户", "sums"),
    ("我有多少客户", "sums"),
    ("不良贷款有多少户", "sums"),
    ("how many borrowers do we have?", "sums"),
    ("what is the total balance?", "sums"),
    ("各行业余额是多少", "groups"),
    ("按客户经理统计余额", "groups"),
    ("balance by industry", "groups"),
    ("昨天去了哪几家", "reports"),
    ("上周去了谁家", "reports"),
    ("who was visited last week?", "reports"),
    ("what is Huaxing's loan balance?", "fact"),
    ("has anyone visited Huaxing lately?", "last_visit"),
    ("哪些客户最危险", "cases"),
    ("谁资金链有问题", "list"),
    ("有没有人跑路", "list"),
    ("哪些客户开工率低于60%", "list"),
    ("青禾食品和华兴机械怎么样", "status"),
    ("王五的客户资金紧张吗", "not_found"),
    # nobody that we know
    ("天边科技怎么样", "not_found"),
    ("how is Nowhere Widgets doing?", "not_found"),
]


PAPERS = [
    "哪些报表没交", "谁的报表还没交", "还有哪些客户没交报表", "报表逾期的有哪些", "财报没交的客户有谁", "有没有报表没收到",
    "哪几家欠报表", "which statements are late", "who hasn't handed in their statements",
    "show me the overdue statements", "华兴机械有没有报表没交",
]  # fmt: skip


@pytest.mark.parametrize("text", PAPERS)
def test_a_question_on_statements_that_are_owed_is_understood(text: str) -> None:
    found = understand(text, NAMES, "zh", NOW)
    assert found is not None and found.intent == "papers", found


@pytest.mark.parametrize("text", ["华兴机械报表没交", "报表还没交，老板说下周", "他们的报表一直拖着没给我"])
def test_a_report_that_speaks_of_statements_is_no_question(text: str) -> None:
    assert understand(text, NAMES, "zh", NOW) is None


@pytest.mark.parametrize(("text", "intent"), QUESTIONS)
def test_a_question_is_understood(text: str, intent: str) -> None:
    found = put(text)
    assert found is not None, text
    assert found.intent == intent, found


NO_QUESTIONS = [
    "今天去了华兴机械,老板在。贷款500万,320万买了两台注塑机,100万付了原料款,剩80万还在账上。工程进度六成五,比计划晚半个月。工资欠了两个月,下游货款压着三百来万。跟老板约了12月1号再来。",
    "今天去了华兴机械",
    "今天去了华兴机械,老板不在",
    "华兴机械工资欠了两个月",
    "华兴机械停产了",
    "华兴机械资金紧张",
    "华兴机械进度六成五",
    "华兴机械进度65%",
    "华兴机械一切正常",
    "华兴机械没人接电话",
    "华兴机械今天上门,人都在,开工率八成",
    "给华兴机械打电话,没人接",
    "打了三次电话都没人接",
    "电话打不通",
    "老板问能不能再贷两百万",
    "他问什么时候能放款",
    "工人问什么时候发工资,老板没说",
    "不知道什么时候能恢复生产",
    "钱去哪了谁也说不清",
    "华兴机械被责令停产整顿,什么时候复产还没说",
    "华兴机械抵押的机器被人拉走了,谁拉的没人知道",
    "华兴机械停产了,老板说不好什么时候能开",
    "老板说不清钱用到哪去了",
    "问了工资欠了多久,他说两个月",
    "刚从青禾食品回来,库存积压不少",
    "上午跟青禾食品的青总通了电话,资金充裕",
    "青禾食品那户没什么新情况,跟上次一样",
    "没什么变化",
    "旺达那户没什么新情况,跟上次一样。",
    "今天临时被叫去开会,青禾食品那边去不成了,能不能帮我改到下周三?",
    "能不能帮我改到下周三",
    "把华兴机械的回访推迟到下周一",
    "不对,是三百二十万",
    "不是两个月,是三个月",
    "补充一下,抵押物都在",
    "老板答应12月5号还50万",
    "约了下周一再去",
    "下周安排去华兴机械",
    "下周一再去一次",
    "明天接着打",
    "见到了财务李姐,她说工资都按时发了",
    "电话回访了温总,工程已经完工投产",
    "塑料制品厂刘姐电话里跟我说钱紧",
    "贷款下来当天就分三笔取现,一共46万,干什么用的查不到",
    "今天去的那家服装厂叫什么来着锦秀还是锦绣,反正情况不太好",
    "工程停工了,老板说资金没到位",
    "抵押的设备都在,一台台对过",
    "订单比去年少了三成",
    "还剩80万没动",
    "资金紧张",
    "现金流正常,没什么困难",
    "担保人想退出",
    "老板失联一个礼拜了",
    "被起诉了,账户也冻了",
    "进度四成五,比计划晚半个月",
    "用了三百万买设备",
    "你好",
    "好的",
    "谢谢",
    "收到",
    "今天天气怎么样",
    "你是谁",
    "你吃饭了吗",
    "现在几点了",
    "辛苦了",
    "这个怎么用",
    "利率多少",
    "嗯",
    "哈哈哈",
    "张总说他们订单多得做不过来,哪有时间管这些",
    "我说你那个账户怎么回事,他讲被人家起诉了",
    "几个工人在门口堵着要工资",
    "十几个工人还在干活",
    "厂里有几十个人,机器都开着",
    "门锁着,问邻居说搬走好几天了",
    "利息还没交,催了几次",
    "他说哪天有钱了就还",
    "Visited Harlow Fresh this morning, met the owner. 60% done, wages paid.",
    "Visited Harlow Fresh today",
    "Harlow Fresh is behind plan by two weeks",
    "Rang them four times, no answer, voicemail full. Will try again on Monday.",
    "They haven't paid wages for two months and the bank account is frozen.",
    "The owner asked when he could draw the rest.",
    "Went to Redfern Joinery, nobody there",
    "Nothing new on this one, same as last month.",
    "Can we move tomorrow's visit to Redfern Joinery to January 8? I'm down with flu.",
    "No idea where the money went.",
    "He said orders are down, who knows when they'll come back.",
    "Running at 70% capacity, 60 people on the floor",
    "She promised to pay us 500,000 by Friday.",
    "no, it was 3.2 million",
    "ok",
    "thanks",
    "hello",
    "how are you?",
    "what's the weather like?",
    "Production has stopped, cash is tight",
    "On site today. The press we hold as security has been signed over.",
    "Met Ms Chen the CFO, she couldn't say how much is left",
    "<b>x</b>",
    "😀" * 100,
    "",
    "   ",
    "12345",
]


@pytest.mark.parametrize("text", NO_QUESTIONS)
def test_a_report_or_small_talk_is_no_question(text: str) -> None:
    assert put(text) is None


def test_there_are_enough_of_both() -> None:
    assert len(QUESTIONS) >= 80
    assert len(NO_QUESTIONS) >= 80


def test_a_threshold_on_capacity_is_none_on_progress() -> None:
    found = put("哪些客户开工率低于60%")
    assert found is not None
    assert (found.wanted.capacity_under, found.wanted.percent_under) == (60, None)


def test_two_borrowers_may_be_asked_about_at_once() -> None:
    found = put("青禾食品和华兴机械怎么样")
    assert found is not None
    assert found.borrowers == ("B002", "B001")


REPORTS = sorted((Path(__file__).parent.parent / "facts" / "data").glob("[!h]*.jsonl"))  # not those held out


@pytest.mark.parametrize("file", REPORTS, ids=lambda file: file.stem)
def test_no_report_is_taken_for_a_question(file: Path) -> None:
    texts = [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()]
    assert [text for text in texts if shape.asks(shape.fold(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        "合作的几家学校欠的课时费到期了一直收不回来。",
        "邵总想提前还一百万，年底几个项目验收回款了",
        "查账发现90万分五笔转进了个人卡",
        "请我们给点时间，下周一带新担保人来",
        "停了十二天，啥时候能恢复没准信",
    ],
)
def test_words_of_asking_inside_a_statement_ask_nothing(text: str) -> None:
    assert not shape.asks(shape.fold(text))
