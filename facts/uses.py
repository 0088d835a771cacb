"""Who used how much of the loan for what: amounts bound to the spending verb and the thing beside them."""

from __future__ import annotations

import re

from facts import uses_en
from facts.bars import barred, earned, left_barred, loan_near
from facts.model import Fact
from facts.page import Page, last_match, number
from facts.purposes import FIRST, purpose
from facts.quantities import Quantity
from facts.use import Use, without_doubles
from facts.uses_aside import both, by_hand, rest, second, stop, thing_before, to_a_firm, whole
from facts.uses_zh import (
    BEING_ZH,
    FIGURE_ZH,
    RIGHT_ZH,
    SPEND_ZH,
    UNPAID_ZH,
)

_R = re.compile


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
    found += both(page, amounts, found)
    return without_doubles([*found, *rest(page, amounts), *whole(page, amounts, found)])


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
    if special := by_hand(page, q, low):
        return special
    beside = _left(page, amounts, n, low, found, topic) or _noun(page, q, low, high, found)
    return (
        beside
        or _right(page, q, low, high)
        or thing_before(page, q, low)
        or to_a_firm(page, q, low)
        or second(page, q, found)
    )


def _far(page: Page, q: Quantity, use: Use) -> bool:
    """The purpose stands beyond a comma: what stands before the amount is asked first."""
    return "，" in page.sk[q.end : use.end]


_ROW_OF_SUMS = _R(r"[^，。；A没未欠]{2,7}[，、]A+[^，。；A没未欠]{2,7}[，、。]")


def _noun(page: Page, q: Quantity, low: int, high: int, found: list[Use]) -> Use | None:
    """In a row of sums each with its thing: 18万装修、6万加盟费."""
    before = page.sk[max(low, q.start - 6) : q.start]
    if q.bare and q.value < 1000:
        return None
    row = (
        _ROW_OF_SUMS.match(page.sk, q.end)
        or (found and found[-1].linked and q.start - found[-1].end < 8)
        or (loan_near(page, q.start) and re.search(r"[：，、；]$|^$", before))
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


def _right(page: Page, q: Quantity, low: int, high: int) -> Use | None:
    """The thing and its verb after the sum: 130万买了设备."""
    found = RIGHT_ZH.match(page.sk, q.end, high) or BEING_ZH.match(page.sk, q.end, high)
    if not found and page.sk[q.end : q.end + 1] == "，" and _REMAINDER.search(page.sk[low : q.start]):
        found = RIGHT_ZH.match(page.sk, q.end + 1, high)
    if not found:
        return None
    end = _phrase_end(page, q, found.end(), high)
    phrase = _FOR_THE_FIRM.sub(_blank, page.sk[q.end : end])
    code = _meant(page, phrase, end, high)
    if not code or (q.bare and q.value < 1000) or barred(page, q, phrase, low):
        return None
    before = page.sk[max(low, q.start - 8) : q.start]
    if _OWED.search(before) or _is_the_loan(found.group(), before):
        return None
    if page.sk[end : end + 1] == "A" and _of_the_next(page, q, phrase, end):
        return None
    unpaid = UNPAID_ZH.search(phrase[: code[1]]) and code[0] != "debt_repayment"
    if unpaid or re.match(r"[^，。]{0,8}(?:还没|尚未|没)(?:付|到位|支付)", phrase):
        return None
    return Use(q, code[0], q.start, q.end + code[2], True)


def _phrase_end(page: Page, q: Quantity, at: int, high: int) -> int:
    """Where the words after a sum end: its clause, or the next one where the first names nothing."""
    end = stop(page, at, high)
    if page.sk[end : end + 1] != "，" or purpose(page.sk[q.end : end], "zh"):
        return end
    return end if _DENIED_NEXT.match(page.sk, end) else stop(page, end + 1, high)


def _meant(page: Page, phrase: str, end: int, high: int) -> tuple[str, int, int] | None:
    """What the phrase spends on; a payee's work, and a car for himself, are told by what follows."""
    code = purpose(phrase, "zh")
    if code and code[0] == "other" and (paid := _PAYEE_FOR.search(phrase)):
        meant = purpose(phrase[paid.end() :], "zh")
        return (meant[0], paid.end() + meant[1], paid.end() + meant[2]) if meant else code
    if code and code[0] == "equipment" and "车" in phrase and _FOR_HIMSELF.match(page.sk, end, high):
        return "personal", code[1], code[2]
    return code


def _is_the_loan(said: str, before: str) -> bool:
    """贷款500万，买了设备: the sum before the comma is the loan, not what was spent."""
    return "，" in said and bool(_WHOLE_BEFORE.search(before)) and not re.search(r"全|都|均|主要|基本", said)


def _of_the_next(page: Page, q: Quantity, phrase: str, end: int) -> bool:
    """The phrase reaches the next sum and is that one's."""
    spent = _SPENT_NEXT.search(phrase) and not _CLEFT.match(phrase)
    return "，" in phrase or bool(spent) or _next_takes(page, q, end)


_OWED = _R(r"欠(?:了|着|下)?(?:个|有|约)?$")
_WHOLE_BEFORE = _R(r"(?:贷了|贷款|放款|放了|借了|批了|总共|一共)(?:是|为|了|共)?$")
_PAYEE_FOR = _R(r"(?:公司|厂|店|商行|经营部|院)(?:做|用于|用来|当|作为|搞)")
_REMAINDER = _R(r"(?:剩下?的?|其余的?|余下的?|另外的?|还有)$")
_DENIED_NEXT = _R(r"，[^，。]{0,3}(?:没|未|不|但|可是|却)")
_FOR_HIMSELF = _R(r"[^。；A]{0,24}(?:(?:给)?(?:自己|他自己|家里|老婆)(?:开|用)|自己的牌)")
_FOR_THE_FIRM = _R(
    r"(?:给|替|帮|为)[^，。；A]{0,4}(?:场|厂|车间|店|社|基地|园|棚|舍|圈|房|公司)里?(?=(?:修|盖|建|买|换|装|付|交|添|搭|铺|打|做|上|拉|接)了)"
    r"|(?:被|由|让|叫)[^，。；A]{1,6}(?=用于|用来|认购|买了|拿去买|拿去炒)"
)
_CLEFT = _R(r"[^，。；A]{0,4}(?:进|买|购|付|交|花|收|装|还|发|建|盖|修|换|上|做)的[^，。；A]{2,}")
_SPENT_NEXT = _R(
    r"(?:(?:花|用|付|支出|投|收|进|买|购|交|发|还)(?:了|掉|去|出去?)|是|为)(?:大概|差不多|约|有|个)?$"
)


def _blank(found: re.Match[str]) -> str:
    return "■" * len(found.group())


def _next_takes(page: Page, q: Quantity, end: int) -> bool:
    """贷款一亿三千万中，已支付设备款2600万: the phrase belongs to the sum after it."""
    if page.sk[end : end + 1] != "A":
        return False
    whole = re.match(r"(?:元|的)?(?:贷款|中|里头?|，)", page.sk[q.end : q.end + 3]) or re.search(
        r"(?<!A)(?:贷款|贷了|贷的|一共|总共|总额|总计)[^，。；A]{0,4}$", page.sk[: q.start][-8:]
    )
    after = next((x for x in page.of("amount") if x.start == end), None)
    return bool(whole and after and not RIGHT_ZH.match(page.sk, after.end))


_OUT_OF_LOAN = _R(r"(?:用|花|付|支|从|拿)(?:了|掉|去)?(?:咱|我|行|们|的){0,3}贷款?")
_ALL_OURS = _R(
    r"都(?:是)?(?:用|拿|从|走)?的?(?:咱|我们|我行|这次|贷款|这笔)|(?:咱|我)们?的?(?:贷款|钱)里?(?:出|付|买|支)的|[从用拿](?:咱|我们|我行|贷款)[^，。；A]{0,6}(?:出|付|买|支|列支|开|走)的"
)
_LOAN_ITSELF = _R(r"(?<![用从动为系])(?:贷款|贷了|放款|放了|贷的)(?:是|了|共|一共|总共|有)?$")
_SPOKE = ("说", "讲", "称", "告诉我")
_CALLED = _R(r"(?:给|打|用|发|收|进|买)?[^，]{0,3}(?:电话|微信)[^，]*")
_PAID_AFTER = _R(
    r"[，](?:都|全|就)?(?:是|走)?(?:的)?(?:咱|我)们?(?:的钱|的贷|这笔|这钱|贷的|行贷款|贷款)|[，]?(?:(?:都|全)?(?:是)?(?:用|从)(?:的)?(?:咱|我|贷)|(?:都|全|也)?(?:已|已经)?(?:付|花|用|打|支付|划)(?:出|掉|了|给|完))"
)
_JUST_PAID = _R(
    r"(?:付|支付|花|用|投|交|转|汇|打|划|缴|补|发|挪|抽|拨|搬|支|提了|(?:买|购|添|置|订|进|囤|备|换|装)(?=了))(?:了|掉|去|过|出去?|走|给|过去)?(?:了|个)?(?:[一二两三四五六七八九十几\d]{0,2}[台辆套条部艘批栋架])?$"
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
    start = _after_speech(page, _of_loan(page, _left_start(page, q, low), q), q)
    phrase, after = page.sk[start : q.start], page.sk[q.end : q.end + 12]
    if earned(page, q.start) or left_barred(phrase, "" if _BOUGHT.search(phrase) else after):
        return None
    spent = bool(SPEND_ZH.search(phrase) or _PAID_AFTER.match(after))
    code = purpose(_FOR_THE_FIRM.sub(_blank, phrase), "zh", last=True)
    if code and _JUST_PAID.search(phrase) and (thing := _object(page, q, alone=True)):
        return thing
    if code is None:
        return _unnamed(page, q, phrase, topic if spent else None)
    linked = (
        spent
        or _chained(q, low, found)
        or loan_near(page, start)
        or bool(_ALL_OURS.search(page.after(q.end, 44)))
    )
    if re.search(
        r"P[^，]*，(?!(?:共?计|合计?|就是|也就是|即|一共|折合)$)|完成|[，：](?:贷款|贷了|放款)[^，]{0,3}$",
        phrase[code[2] :],
    ) or re.search(r"(?:发放|放款|授信|获批|批了)[^，]*贷款[^，]{0,3}$", phrase):
        return None
    if code[0] != "debt_repayment" and _LOAN_ITSELF.search(phrase) and not _OUT_OF_LOAN.search(phrase):
        return None
    if not linked or (q.bare and not (spent and q.value >= 1000)):
        return None
    if FIGURE_ZH.search(phrase[code[2] :] if spent else phrase):
        return None
    return Use(q, code[0], start + code[1], q.end, spent)


_OUR_MONEY = _R(
    r"(?<![从用由拿是在把们咱行])(?:(?:咱|我)们?(?:的|这)(?:个|笔)?(?:钱|款|贷款)|贷款里头?|款子里头?)"
)


def _of_loan(page: Page, start: int, q: Quantity) -> int:
    """Without punctuation the words before 咱们的钱 belong to something else."""
    if not page.spoken:
        return start
    found = last_match(_OUR_MONEY, page.sk[start : q.start])
    return start + found.start() if found else start


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
    if not code or code[1] > (8 if code[0] in FIRST else 4) or "A" in phrase[: code[2]]:
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
        and re.match(r"元?(?:[，。；、]|$)", page.sk[q.end : q.end + 2])
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
                r"[，：]?(?:总共|一共|共|合计|总计|大概|大约|约|差不多|他|是|金额|说是|讲是|说有|报的是|合|折合?|也就是|就|拢共|前后|前前后后|计|共计|人民币|实际|咱们?|我们|我行|贷款|里头?|的|从|中|这笔|已经?|也|花费?了?|用了?|用掉|支付?|付了?|定金|订金|首付款?|预付款?|投了?|去了|费了|支出|支用|已付|都|全|有|了){1,5}[，]?",
                page.sk[start : q.start],
            )
        )
    ):
        return max(earlier, q.start - 30)
    return max(earlier, q.start - 26) if start in page.script.breaks else start


def _topic(page: Page, amounts: list[Quantity], n: int) -> tuple[str, int, int] | None:
    """What a contract is about, for the sum said to be paid of it next."""
    low, _ = _window(page, amounts, n)
    start = max(low, page.clause(amounts[n].start)[0])
    phrase = page.sk[start : amounts[n].start]
    if not re.search(r"合同|总价|一共|总共|造价|预算|总额", phrase):
        return None
    code = purpose(phrase, "zh", last=True)
    return (code[0], start + code[1], start + code[2]) if code else None
