"""Who used how much of the loan for what: amounts bound to the spending verb and the thing beside them."""

from __future__ import annotations

import re

from facts import uses_en
from facts.model import Fact
from facts.page import Page, number
from facts.purposes import purpose
from facts.quantities import Quantity
from facts.use import Use, without_doubles

_R = re.compile
_LEAD_ZH = r"(?:[，]?(?:没按合同用，|没按约定用，|按(?:约定|合同|规定|要求)|均|系|皆|全部|全都|已经?|都|全|是|就是|就|才是|也|则|被|拿|把|他|她|其|主要|大概|大约|大部分|基本上?|左右|上下|出头|多|的|贷款|资金|钱|款|人民币|元|块|现金|又|先|后来|直接|当天|分[一二两三四五]笔|专门|拿来|当时|实际|已|里|里头|中|说是|据说|他说|说|这笔|那笔|用我行|嘛|通过|陆续|前后|一次性|应该|马上|立刻|基本|好像|其实|自己|本人|讲|承认|交代|告诉我|正经|真正|老老实实|确实|[^，。；A]{0,3}(?:老板娘?|[总姐哥叔]|厂长)(?=给|拿|买|转|付|借|用|花)|柜台|柜面|网点|分次|系|就给|偷偷|悄悄|私下|才|有|(?:被|让|由)[^，。；A]{1,6}(?=拿走|转|挪|划|取|拿去)|用来|另|于当日|当日|随后|(?:替|给|帮)(?:[他她]的?|(?:自己)?)[^，。；A他她]{0,4}(?=还了|付了|交了|买了|填|开了|盖了|装了)|替[他她]?|跟[^，。；A]{1,4}合伙|合伙|重新|以[^，。；A]{1,8}(?:名义|方式|形式))){0,6}"
_USE_ZH = r"(?:用于|用在|用来|用作|用去|花在|投到|投在|投入|投进|拿去|拿来|拿走|去|买|购|采购|进(?!度|展|场|来)|付|支付|交(?!工|付使用)|缴|发|结(?!余|清了贷|果|束|婚|构)|还(?!有|剩|在|没|欠|未|差|能|可|想|要|得|是|不)|归还|偿还|转|打(?!算|了?[三两几]|电话)|划|汇|借给|借出|借(?=他|她|朋友|亲戚)|放贷|放出|炒|盖|建|修|装|做|取|提(?!前|高|货|醒|款额)|备(?!用|查|案)|囤|放(?:在|到|进|股|理财)|回流|收(?!到|入|回|款)|给(?!我们|咱们|银行|我行|结)|充|补|预付|垫|赌|换|上了|添|添置|置办|流入|流向|进了|走(?!访|势)|当|订|搞|弄|配|租|置换|抵(?!押|债)|填|支(?!行)|输|定制|安装|扩|翻|铺|请|种|养|挖|打了?(?:广告|地基|桩)|投广告|投了?广告|投|拆借|挪|在(?=股|期货|币|理财|基金|装修|设备|工程|厂房|材料)|压(?:在|到)|套在|亏在|作为|作|属于|流到|捐|搭|理财|存|供|砸|改造|改|平|入|更新|更换|升级|周转|备用|[一-龥]{1,2}了(?=[^，。；]{1,12})(?<!多了)(?<!少了)(?<!剩了)(?<!欠了)(?<!贷了)(?<!借了)(?<!到了)(?<!为了))"
RIGHT_ZH = _R(r"(?![，]?(?:其[中他它余]|里头?[，]?其中|剩|余下|另外?的|多的))" + _LEAD_ZH + _USE_ZH)
SPEND_ZH = _R(
    r"(?:花费?|用(?!户|电|水|工|地|于抵)|付|支付|支用|投(?!产|诉)|借给|转借|拆借|买|购|采购|进(?!度|展|场)|交(?!工|货)|缴|发(?!现|票|展)|打给|转|汇|划|还(?!有|剩|没|欠|未|差)|盖|建(?!设银行|行|议)|修|装|收(?!到|回|款|入|账)|支出|预付|补|砸|耗|做|搭|给|备|囤|置|添|订|改|付给|支取|取|提|扩|搞|上|出(?!差|去|租|口|栏|货|来|问|现|厂))"
)
OWN_ZH = _R(
    r"我(?:自己|个人|私人|私下)|自有|自筹|所得|自己(?:掏|垫|出|的钱|贴|拿)|自掏|自个儿?掏|没用咱|没用我|不是(?:用)?(?:咱|我|贷)|股东(?:出资|投入|垫)|自投|资本金|财政|补贴|政府|他们自己|企业自身|自家的钱|卖[^，。]{0,6}的钱|回笼|变现|卖(?:掉|了)的|收回来的|别的银行|他行(?:贷款|资金)|融资租赁|亲戚[^，。]{0,4}凑"
)
PLAN_ZH = _R(
    r"打算|准备(?!金)|计划(?!内)|拟|想(?!起)|预计|预算|将(?:于|要|会|来|在)|还要|还得|还需|需要|下一步|下个月|明年|(?<!下来)(?<!到账)(?<!放款)(?<!到手)(?<!发放)以后|后续|接下来|要(?!求|不|是)(?=买|付|交|发|还|进|建|上|投|添|换)|考虑|申请|希望|等[^，。]{0,8}(?:再|才)|再(?:买|付|进|上|添|投)|合同(?:价|总价|额|金额|约定|签)|签了[^，。]{0,8}合同|总价|总投资|预付?定金没|批的是|约定用途|等(?=卖|收|回|货|年|到)|报的(?:是|用途)|报价|估值|评估|市值|保额|造价|如果|要是|应付|待付|待支付|将要|后天|明天|下周"
)
UNPAID_ZH = _R(
    r"没付|未付|没给|未支付|尚未|还没|没结|欠|拖(?!拉|车|网)|赊|没交|没到|付不|未结|差着|逾期|未缴|没缴"
)
HABIT_ZH = _R(
    r"每个?月|每年|每天|一个月要|一年要|一年|(?:一个月|T)(?=就|才|也|能|大概|做|卖|赚|挣)|月均|平均|年租|月租|每次|一季度要|一天|日均|每吨|每台|单价|一台|一吨"
)
FIGURE_ZH = _R(
    r"营收|营业额|收入|销售|产值|利润|毛利|应收|余额|评估|总资产|净资产|负债|流水(?!看|查)|库存(?!材料)|存货(?:价值|金额|余额)|市值|原值|净值|保额|贷款总额|授信|额度|注册资本|涉案|订单(?:金额|额)|回款|租约|净利|罚|赔|亏|赚|挣|节省|省了|中标|出栏|出厂价|成交|现金流|货值|保单|承兑|能回|回一笔|收到|签了|签的|贷了|到账|批了|放了|放款|余额|贷的|借了|借的|借款(?!用于)|欠|担保"
)
FIGURE_NOW = _R(r"应收|库存|营收|营业额|收入|利润|销售额|产值|流水|存货|订单额|注册资本|总资产|负债")
PAST_ZH = _R(
    r"去年|前年|上一笔|上笔|上次那笔|老贷款|之前那笔|以前那笔|早几年|前几年|往年|开业的时候|建厂的时候|第一笔老贷"
)
BEING_ZH = _R(
    r"(?:左右|多|元)?[，]?(?:(?:基本上?|主要|大部分|全部?|都|也|就|则)*(?:都|全)?(?:是|为|算|当)|作)(?!没|不|还|因|他|说|从|用的?(?:自|他))(?=[^，。；A]{1,12})"
)
REST_ZH = _R(
    r"(?:剩下的?|剩余的?|其余的?|余下的?|余款|别的|其它的?|其他的?|多出来的)(?:钱|资金|部分|贷款|那些|款项|那部分)?"
    + _LEAD_ZH
    + _USE_ZH
)
REST_IS_ZH = _R(
    r"(?:剩下的?|剩余的?|其余的?|余下的?)(?:钱|资金|部分|贷款|款项)?(?:就|都|全|也|他?讲|他?说)*(?:是|系)"
)
WHOLE_ZH = _R(
    r"(?:贷款|款子|资金|钱|这笔(?:钱|贷款|款)|贷款资金|信贷资金)[^，。；没未不还AP]{0,8}?(?:全部|全都|都|全|主要|基本上?|大部分|统统|一分不剩|大多)(?:是|给|拿|用|被|已|就|都){0,3}"
    + _USE_ZH
)
PLAIN_ZH = _R(
    r"(?:贷款|这笔(?:钱|款|贷款)|贷款资金|信贷资金|咱们的钱|贷的钱|贷款的钱)(?:是|已经?|就|被|实际|主要|据了解|经查|他|她|其|都|大概|拿){0,3}(?:用于|用来|用在|拿去|转给|转到|借给|买了|进了|付了|还了|拿来|用作|去)"
)
LOAN_ZH = _R(
    r"贷款|咱们的钱|我们的钱|这笔钱|信贷资金|贷的|贷了|授信|资金用途|贷款用途|用途|贷出|放款|咱们行|我行|流贷|项目贷|这笔|那笔|支用|提款|资金流向|流水"
)


def uses(page: Page) -> list[Fact]:
    """The loan's uses, in the order of the text."""
    found = uses_en.find(page) if page.lang == "en" else _find(page)
    facts = []
    for use in sorted(found, key=lambda u: u.start):
        value = {"amount": number(use.amount.value) if use.amount else None, "purpose": use.code}
        facts.append(page.fact("fund_usage", value, use.start, use.end, use.amount))
    return facts


def _find(page: Page) -> list[Use]:
    amounts = page.of("amount")
    found: list[Use] = []
    topic: tuple[str, int, int] | None = None
    for n in range(len(amounts)):
        use = _one(page, amounts, n, found, topic)
        if use:
            found.append(use)
        topic = _topic(page, amounts, n) or topic
    return without_doubles([*found, *_rest(page, amounts), *([] if found else _whole(page, amounts))])


def _window(page: Page, amounts: list[Quantity], n: int) -> tuple[int, int]:
    """The words that may belong to the n-th amount: from the amount before to the amount after it, in its sentence."""
    q = amounts[n]
    low, high = page.sentence(q.start)
    if n:
        low = max(low, amounts[n - 1].end)
    if n + 1 < len(amounts):
        high = min(high, amounts[n + 1].start)
    return low, high


def _one(
    page: Page, amounts: list[Quantity], n: int, found: list[Use], topic: tuple[str, int, int] | None
) -> Use | None:
    q = amounts[n]
    low, high = _window(page, amounts, n)
    if found and found[-1].amount and found[-1].end > found[-1].amount.end:
        low = max(low, found[-1].end)
    near = _right(
        page, q, low, page.clause(max(q.start, q.end - 1))[1] if page.sk[q.end : q.end + 1] == "，" else high
    )
    if near and not _far(page, q, near):
        return near
    beside = _left(page, amounts, n, low, found, topic) or _noun(page, q, low, high, found)
    return beside or _right(page, q, low, high) or _thing_before(page, q, low) or _to_a_firm(page, q, low)


_FIRM = _R(
    r"[^，。；A没未不]{0,4}(?:转|汇|打|划)(?:账)?(?:入|给|到|至|往|进)了?[^，。；A]{2,18}?(?:公司|集团|投资|商贸|贸易|实业|控股|置业|物业|经营部|商行|工贸)(?=[，。；]|$|的?账|去了)"
)


def _to_a_firm(page: Page, q: Quantity, low: int) -> Use | None:
    """Sent to a firm by name and no word of what for."""
    found = _FIRM.match(page.sk, q.end)
    if not found or not _loan_about(page, q) or _barred(page, q, found.group(), low):
        return None
    return Use(q, "other", q.start, found.end(), True)


_THAT_BOUGHT = _R(
    r"(?:元|块|多|左右)?(?:买|购|做|装|盖|修|建|进|置办|弄|上|换|搞|订)(?:来)?的(?=[，。；]|$|钱|都)"
)


def _thing_before(page: Page, q: Quantity, low: int) -> Use | None:
    """新上的包装线，一百二十万买的: the thing is named a clause before."""
    found = _THAT_BOUGHT.match(page.sk, q.end)
    start = max(low, q.start - 30)
    code = purpose(page.sk[start : q.start], "zh", last=True) if found else None
    if not code or not found or not _loan_about(page, q) or _left_barred(page.sk[start : q.start], ""):
        return None
    return Use(q, code[0], start + code[1], found.end(), True)


def _loan_about(page: Page, q: Quantity) -> bool:
    return _loan_near(page, q.start) or bool(LOAN_ZH.search(page.after(q.end, 24)))


def _far(page: Page, q: Quantity, use: Use) -> bool:
    """The purpose stands beyond a comma: what stands before the amount is asked first."""
    return "，" in page.sk[q.end : use.end]


def _noun(page: Page, q: Quantity, low: int, high: int, found: list[Use]) -> Use | None:
    """In a row of sums each with its thing: 18万装修、6万加盟费."""
    before = page.sk[max(low, q.start - 6) : q.start]
    if q.bare and q.value < 1000:
        return None
    row = (found and found[-1].linked and q.start - found[-1].end < 8) or (
        _loan_near(page, q.start) and re.search(r"[：，、；]$|^$", before)
    )
    if not row or not re.fullmatch(
        r"[^一-龥]*(?:了|的|然后|还有|另外|另有|另|又|和|款|，|、|：|再){0,4}|[一-龥]{1,3}", before
    ):
        return None
    phrase = page.sk[q.end : min(high, q.end + 8)]
    phrase = re.split(r"[，。；、：]", phrase)[0]
    code = purpose(phrase, "zh")
    if (
        not code
        or code[1] > 1
        or UNPAID_ZH.search(phrase)
        or FIGURE_ZH.search(phrase)
        or re.match(r"的", phrase)
    ):
        return None
    return Use(q, code[0], q.start, q.end + code[2], True)


def _stop(page: Page, at: int, high: int) -> int:
    """The end of the phrase that starts at `at`: its clause, or a word that begins something else."""
    phrase = page.sk[at:high]
    cut = re.search(
        r"[，。；：]|然后|还有|另外|剩下|其余|余下|剩余|(?<!自)己?他说|我(?!行|们行)|不过|但|现在|目前|(?<=.)(?:工人|工资)(?=.{0,4}(?:没|都|倒|也|按))|[，]?抵押|开工率|订单",
        phrase,
    )
    soft = next((b for b in sorted(page.script.breaks) if at + 1 < b < high), high)
    return min(at + cut.start() if cut else high, soft if soft - at > 3 else high)


def _right(page: Page, q: Quantity, low: int, high: int) -> Use | None:
    found = RIGHT_ZH.match(page.sk, q.end, high) or BEING_ZH.match(page.sk, q.end, high)
    if not found:
        return None
    end = _stop(page, found.end(), high)
    if page.sk[end : end + 1] == "，" and not purpose(page.sk[q.end : end], "zh"):
        end = _stop(page, end + 1, high)
    phrase = page.sk[q.end : end]
    code = purpose(phrase, "zh")
    more = page.sk[end : min(high, end + 10)]
    if code and code[0] == "equipment" and re.match(r"，?(?:给)?(?:自己|他自己|家里|老婆)(?:开|用)", more):
        code = ("personal", code[1], code[2])
    if (
        not code
        or (q.bare and q.value < 1000)
        or _barred(page, q, phrase, low)
        or re.search(r"欠(?:了|着|下)?(?:个|有|约)?$", page.sk[low : q.start])
    ):
        return None
    if (
        "，" in found.group()
        and re.search(
            r"(?:贷了|贷款|放款|放了|借了|批了|总共|一共)(?:是|为|了|共)?$",
            page.sk[max(low, q.start - 8) : q.start],
        )
        and not re.search(r"全|都|均|主要|基本", found.group())
    ):
        return None
    if page.sk[end : end + 1] == "A" and (
        "，" in phrase or _SPENT_NEXT.search(phrase) or _next_takes(page, q, end)
    ):
        return None
    if re.match(r"[^，。]{0,8}(?:还没|尚未|没)(?:付|到位|支付)", phrase) or (
        UNPAID_ZH.search(phrase[: code[1]]) and code[0] != "debt_repayment"
    ):
        return None
    return Use(q, code[0], q.start, q.end + code[2], True)


_SPENT_NEXT = _R(
    r"(?:(?:花|用|付|支出|投|收|进|买|购|交|发|还)(?:了|掉|去|出去?)|是|为)(?:大概|差不多|约|有|个)?$"
)


def _next_takes(page: Page, q: Quantity, end: int) -> bool:
    """贷款一亿三千万中，已支付设备款2600万: the phrase belongs to the sum after it."""
    if page.sk[end : end + 1] != "A":
        return False
    whole = re.match(r"(?:元|的)?(?:贷款|中|里头?|，)", page.sk[q.end : q.end + 3]) or re.search(
        r"(?<!A)(?:贷款|贷了|贷的|一共|总共|总额|总计)[^，。；A]{0,4}$", page.sk[: q.start][-8:]
    )
    after = next((x for x in page.of("amount") if x.start == end), None)
    return bool(whole and after and not RIGHT_ZH.match(page.sk, after.end))


_OTHER_BANK_PAID = _R(
    r"(?:还|偿|清)(?:了|掉|清)?(?:他|她|自己)?(?:之前|以前|原来)?(?:在)?(?:别的银行|他行(?:贷款|资金)?)"
)


def _barred(page: Page, q: Quantity, phrase: str, low: int) -> bool:
    """Own money, a plan, a habit or another year's: no use of the loan."""
    clause = page.clause(q.start)[0]
    left = page.sk[max(low, clause) : q.start]
    if OWN_ZH.search(_OTHER_BANK_PAID.sub("", left + phrase[:14])) or HABIT_ZH.search(left[-8:]):
        return True
    if FIGURE_NOW.search(left[-10:]) and not LOAN_ZH.search(left):
        return True
    if _MEANT_ZH.match(phrase) or re.search(r"账上[^，。；]{0,4}$", left):
        return True
    if PLAN_ZH.search(left[-14:]) or PLAN_ZH.search(phrase[:6]):
        return True
    return bool(PAST_ZH.search(left[-14:])) or _demand(left) or _answer(page, q)


_MEANT_ZH = _R(r"[，]?(?:说好|讲好|约定|答应|原说|原先说|本来|批的|当初说)")


def _demand(left: str) -> bool:
    return bool(
        re.search(
            r"答应|承诺|保证(?!金)|答复|同意|要求|催|(?:跟|向|找|问)[^，]{0,8}(?:借|拿|筹|凑|挪|倒了|贷(?!款))|从[^，]{0,8}借|借了|先还|再还|还款|卖了|卖得|卖出|套现",
            left[-30:],
        )
    )


def _answer(page: Page, q: Quantity) -> bool:
    return bool(
        re.match(
            r"[^，。]{0,4}(?:还|给|付|打|转)(?:给|到|进|回)?(?:我们|咱们|我行|银行)",
            page.sk[q.end : q.end + 12],
        )
    )


_SPOKE = ("说", "讲", "称", "告诉我")
_CALLED = _R(r"(?:给|打|用|发|收|进|买)?[^，]{0,3}(?:电话|微信)[^，]*")
_PAID_AFTER = _R(
    r"[，]?(?:(?:都|全)?(?:是)?(?:用|从)(?:的)?(?:咱|我|贷)|(?:都|全|也)?(?:已|已经)?(?:付|花|用|打|支付|划)(?:出|掉|了|给|完))"
)
_JUST_PAID = _R(
    r"(?:付|支付|花|用|投|交|转|汇|打|划|缴|补|发|挪|抽|拨|搬|支|(?:买|购|添|置|订)(?=了))(?:了|掉|去|过|出去?|走|给|过去)?(?:了|个)?$"
)
_BOUGHT = _R(r"(?:买|购|添|置|订)了(?:个|有)?$")
_PAID_OF_IT = _R(r"已?(?:付|花|用|支付)(?:了|出|掉|去)?[^，]{0,4}$")


def _left(
    page: Page,
    amounts: list[Quantity],
    n: int,
    low: int,
    found: list[Use],
    topic: tuple[str, int, int] | None,
) -> Use | None:
    """The thing before its sum: 进铝材用了120万."""
    q = amounts[n]
    start = _after_speech(page, _left_start(page, q, low), q)
    phrase, after = page.sk[start : q.start], page.sk[q.end : q.end + 12]
    if _left_barred(phrase, "" if _BOUGHT.search(phrase) else after):
        return None
    spent = bool(SPEND_ZH.search(phrase) or _PAID_AFTER.match(after))
    code = purpose(phrase, "zh", last=True)
    if code and _JUST_PAID.search(phrase) and (thing := _object(page, q, alone=True)):
        return thing
    if code is None:
        return _unnamed(page, q, phrase, topic if spent else None)
    linked = spent or _chained(q, low, found) or _loan_near(page, start)
    if re.search(r"P|完成|[，：](?:贷款|贷了|放款)[^，]{0,3}$", phrase[code[2] :]) or re.search(
        r"(?:发放|放款|授信|获批|批了)[^，]*贷款[^，]{0,3}$", phrase
    ):
        return None
    if not linked or (q.bare and not (spent and q.value >= 1000)):
        return None
    if FIGURE_ZH.search(phrase[code[2] :] if spent else phrase):
        return None
    return Use(q, code[0], start + code[1], q.end, spent)


def _after_speech(page: Page, start: int, q: Quantity) -> int:
    """Past 她说, where nothing was spent before it."""
    phrase = page.sk[start : q.start]
    spoke = max(phrase.rfind(word) for word in _SPOKE)
    if spoke < 0 or SPEND_ZH.search(_CALLED.sub("", phrase[:spoke])):
        return start
    return start + spoke + 1


def _chained(q: Quantity, low: int, found: list[Use]) -> bool:
    last = found[-1] if found else None
    return bool(last and last.amount and last.amount.end >= low - 1 and q.start - last.end < 30)


def _unnamed(page: Page, q: Quantity, phrase: str, topic: tuple[str, int, int] | None) -> Use | None:
    """Nothing is named before: the thing follows its sum, or it is what the contract was about."""
    if _JUST_PAID.search(phrase) and (thing := _object(page, q)):
        return thing
    if topic and _PAID_OF_IT.search(phrase):
        return Use(q, topic[0], topic[1], q.end, True)
    return None


def _object(page: Page, q: Quantity, *, alone: bool = False) -> Use | None:
    """The thing right after its sum: 付了1450万工程款, 转出300万至股东账户; `alone`: with nothing more after it."""
    high = page.clause(max(q.start, q.end - 1))[1]
    phrase = re.split(r"[，。；]", page.sk[q.end : min(high, q.end + 14)])[0]
    code = purpose(phrase, "zh")
    if not code or code[1] > 4 or "A" in phrase[: code[2]]:
        return None
    if alone and not re.fullmatch(r"款|费|钱|货款|的?材料|", phrase[code[2] :]):
        return None
    return Use(q, code[0], q.start, q.end + code[2], True)


def _left_start(page: Page, q: Quantity, low: int) -> int:
    """Where the phrase before an amount begins: its clause, or one clause earlier when that only says 一共 or 用了."""
    start = max(low, page.clause(q.start)[0])
    if purpose(page.sk[start : q.start], "zh", last=True) or q.start - start > 12:
        return max(start, q.start - 28)
    earlier = max(low, page.clause(max(0, start - 1))[0])
    if (
        start == q.start
        and re.match(r"元?(?:[，。；]|$)", page.sk[q.end : q.end + 2])
        and page.sk[start - 1 : start] == "，"
    ):
        return max(earlier, q.start - 26)
    if (
        re.fullmatch(r"(?:一共|总共|合计|总计|共计|前后|拢共|加起来)[^，。A]{0,3}", page.sk[start : q.start])
        and earlier > low
        and not purpose(page.sk[earlier : q.start], "zh")
    ):
        earlier = max(low, page.clause(earlier - 1)[0])
    if (
        start
        and page.sk[start - 1] in "，：、"
        and (
            re.fullmatch(
                r"[，：]?(?:总共|一共|共|合计|总计|大概|大约|约|差不多|他|是|金额|就|拢共|前后|前前后后|计|共计|人民币|实际|咱们?|我们|我行|贷款|里头?|的|从|中|这笔|已经?|也|花费?了?|用了?|用掉|支付?|付了?|投了?|去了|费了|支出|支用|已付|都|全|有|了){1,5}[，]?",
                page.sk[start : q.start],
            )
        )
    ):
        return max(earlier, q.start - 30)
    return max(earlier, q.start - 26) if start in page.script.breaks else start


def _left_barred(phrase: str, after: str) -> bool:
    if re.search(r"应收[^，]{0,8}$|(?:款|定金|押金|订金|费)[^，。A]{0,2}收(?:了|到)?$", phrase):
        return True
    if (
        OWN_ZH.search(_OTHER_BANK_PAID.sub("", phrase))
        or PLAN_ZH.search(phrase)
        or HABIT_ZH.search(phrase)
        or _demand(phrase)
    ):
        return True
    if UNPAID_ZH.search(phrase) or re.match(
        r"[^，。]{0,4}(?:没付|未付|没给|没结|还没|尚未|没动|未使用|没用|逾期|没收|不给|收不)", after
    ):
        return True
    if re.match(r"(?:的)?(?:货款|货|账|运费|应收|设备|机器|订单)", after) or PAST_ZH.search(phrase[-14:]):
        return True
    return bool(
        re.search(
            r"(?:剩下?的?|余下?的?|还有|还在|未提款?|没提|没动|节余|结余)(?:个|大概|约|差不多|的|了|是)?$",
            phrase[-6:],
        )
    )


def _loan_near(page: Page, start: int) -> bool:
    return bool(LOAN_ZH.search(page.before(start, 40)))


def _topic(page: Page, amounts: list[Quantity], n: int) -> tuple[str, int, int] | None:
    """What a contract is about, for the sum said to be paid of it next."""
    low, _ = _window(page, amounts, n)
    start = max(low, page.clause(amounts[n].start)[0])
    phrase = page.sk[start : amounts[n].start]
    if not re.search(r"合同|总价|一共|总共|造价|预算|总额", phrase):
        return None
    code = purpose(phrase, "zh", last=True)
    return (code[0], start + code[1], start + code[2]) if code else None


def _rest(page: Page, amounts: list[Quantity]) -> list[Use]:
    found = []
    for m in (*REST_ZH.finditer(page.sk), *REST_IS_ZH.finditer(page.sk)):
        end = _stop(page, m.end(), page.sentence(m.start())[1])
        if any(m.start() <= a.start < end for a in amounts):
            continue
        code = purpose(page.sk[m.start() + 2 : end], "zh") or purpose(page.sk[m.start() + 2 : end + 8], "zh")
        if code and not re.search(r"没|未|还在|打算|准备|计划", page.sk[m.start() : m.start() + 2 + code[1]]):
            found.append(Use(None, code[0], m.start(), m.start() + 2 + code[2], True))
    return found


def _whole(page: Page, amounts: list[Quantity]) -> list[Use]:
    found = []
    for m in (*WHOLE_ZH.finditer(page.sk), *PLAIN_ZH.finditer(page.sk)):
        end = _stop(page, m.end(), page.sentence(m.start())[1])
        phrase = page.sk[m.start() : end]
        code = purpose(page.sk[max(m.start() + 2, m.end() - 6) : end], "zh")
        if (
            code
            and not any(m.start() <= a.start < end for a in amounts)
            and not PLAN_ZH.search(phrase)
            and not OWN_ZH.search(phrase)
        ):
            found.append(Use(None, code[0], m.start(), end, True))
    return found[:1]
