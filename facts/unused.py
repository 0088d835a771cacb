"""What of the loan has not been used: still in the account, not drawn yet."""

from __future__ import annotations

import re

from facts.model import Fact
from facts.page import Page, number
from facts.quantities import Quantity

_R = re.compile
AFTER = {
    "zh": _R(
        r"[，]?(?:左右|多|的?(?:贷款|资金|额度|钱|款项|款))?(?:他(?:说|讲)?|她(?:说|讲)?|也|都|则|全额|悉数|整个?|额度|目前|(?:在)?手[头里上]|现在|暂时|仍|还|尚|全|全部|就|一直|呢|倒是|是|暂|至今|贷款|资金|余款)*(?:"
        r"没动|未动|没有[动花用使]|未郁|没郁|无动用|(?:捏|攥|放|留|压|搁|藏|存)在?(?:手|家|屋|柜子|箱子)(?:里|上|头){1,2}(?:没|未)[动花用]|没碰|没敢(?:付|动|花|用|给)|没使(?!用途)|没咋动|没付出去|没花出去|没支出去|没拨|没划走|没转走|没派用场|没用(?!到|于|在|途)|未用|没花|未花|没有用|没使用|未使用|未支用|没支用|没提|未提|没取|未取|未支取|没支取|没放完|未投入|没有使用|没有支用|闲置|趴|(?:留着|留作|备着|预留|备用|存着|放着|搁着|捂着|压着|攥着|躺着|说要)[^。；A]{0,12}?(?:没动|未动|没用(?!途)|未用|没使|没有?花|没动弹)|(?:，[^，。；A]{0,4})?(?:拟|打算|准备|计划|等着?|要等)[^。；A]{0,22}?(?:在[^，。；A]{0,4}(?:专户|账户|账上|卡里?|监管户|户头|折子?)|没动|未动|未用|没用(?!途))|额度全?额?(?:可用|可提)|"
        r"(?:放|留|存|躺|压|趴|停留|沉淀|结存|存放|留存|滞留|挂|搁|摆|存)?(?:着)?(?:于|在)(?:[^，。；A]{0,6})?(?:账上|账户|卡里|卡上|账里|监管户|专户|户头|户里|行里|银行账|活期|存折|折子|银行卡|共管户)(?!被冻|冻结)|(?:一分|分文|一文|丝毫|一毛)(?:钱|都|也)*(?:没|未)(?:动|花|用|提|支)|原封(?:不|没|未)动|没舍得(?:动|用)|没来得及(?:用|花)|没派上|(?:暂|留|尚|仍)存(?:放)?(?:于|在)?[^，。；A]{0,4}(?:账|户)|没放(?!心)|未放|没支(?!持))"
    ),
    "en": _R(
        r"(?:'s)?[, ]*(?:(?:of|for) (?:(?:that|the|this) A+|it|that|this|the (?:loan|money|facility|funds|proceeds|total|limit|\w+(?= (?:hasn't|has not|is|isn't|not|remains)))|our money)|drawdowns?|drawing|tranche|advance|loan|facility|limit|(?:of )?headroom|or so|more|that|which|balance|he says|she says)*[, ]*(?:(?:is|was|are|has|have|hasn't|remains?|remaining|still|yet|been|currently|therefore|thus|accordingly|hence|consequently|presently|entirely|fully|wholly|completely|totally|altogether|also|now|sat|all|just|sits?|left|being|stays?|lies?|lying|there)\b[, ]*)*[, ]*"
        r"(?:(?:is |still )*not (?:yet )?(?:been )?(?:drawn|used|touched|spent|utili[sz]ed|disbursed)|(?:hasn't|has not|haven't|have not) (?:yet )?been (?:drawn|used|touched|spent|called|needed|claimed|accessed|deployed)|undrawn|unused|untouched|unspent|unutili[sz]ed|undisbursed|uncalled|unapplied|uncommitted|left ?over|not drawn|sitting|parked|idle|lying|stays put|(?:hasn't|has not|haven't|have not) moved|in hand|(?:he|she|they) (?:keeps?|kept|is keeping|are keeping) (?:it |that )?in|available (?:for|to|under|undrawn)|on deposit|in (?:checking|savings|the bank|escrow)|dey |(?:remains? |still |left )?available(?=[.,;]| (?:for drawing|to draw|and)|$)|(?:he|she|they)(?:'s|'re| is| are) (?:keeping|holding|saving) (?:it |that |them )?(?:back|by|aside|for|until|till)|(?:has|have|had) (?:yet to|not) (?:find|found|see|seen) (?:a )?(?:use|employment)|(?:hasn't|haven't|has not|have not) (?:yet )?been (?:spent|called|requested|utili[sz]ed|applied|allocated|moved|paid (?:out|away))|(?:hasn't|haven't|has not|have not) (?:yet )?gone (?:out|anywhere|on anything)|awaits? (?:drawing|use|drawdown)|to one side|put by|in reserve|not a (?:dime|cent|penny|kobo)|[^.;A]{0,60}\b(?:and|but) (?:hasn't|has not|is not|isn't|not|remains) (?:yet )?(?:been )?(?:drawn|used|touched|spent|undrawn)|kept (?:back|aside)|held back|set aside|(?:he|she|they|it|he says|she says)(?:'s|'ve| has| have) (?:not|n't|never|yet to) (?:yet )?(?:touch\w*|used?|drawn?|spen[dt]|been)|(?:he|she|they|it) (?:has|have|'s|'ve) (?:still )?(?:got |kept |to )(?:back|in hand|left|draw|use|spend)|"
        r"(?:is |was |are )?(?:still )?(?:in|on) (?:the|their|its|his|her) (?:\w+ )?account|left (?:in|over|unspent|unused|untouched|to (?:use|spend|draw))|left\b(?= in| that| which| (?:he|she|they)\b|[.,;]|$)|(?:to|will|can) be drawn|yet to be (?:drawn|used|spent)|to draw|(?:they|he|she|it) (?:haven't|hasn't|have not|has not) (?:yet )?(?:touched|used|drawn|spent))"
    ),
}  # fmt: skip
BEFORE = {
    "zh": _R(r"(?:手[里头上]?(?:还|仍|就)?(?:捏|攥)着|没动的|未动用|没用的|未使用|未用|未提款|未提用|未支用|未提|没提的|没用完的|没用上的|未投入使用|没取的|闲置|尚未使用|未支取|未动|没花(?:掉|完)?的|没用掉的|账(?:面|户)?(?:里|上|内|面上)?(?:还|仍|现|尚|一直)(?:趴|躺|剩|留|存|有|压)(?:着|了|有)?|账上还(?:剩|有|趴着|躺着)|账户(?:里|内)?还(?:剩|有)|卡里还(?:剩|有)|账户余额为?|尚余|还剩|剩余|剩下|剩|余下|结余|账户(?:里|上|内)?剩余|专户剩余?|余额|其余|还有|没使用的|账(?:户|面|上)(?:里|内)?(?:结余|节余|结存)|没用完的|未使用余额|没动用的|账上剩|未用余额|账上还有|账户(?:里|上|内)?还有|账上有|暂存|尚存|(?<![其节结剩盈多富])余)(?:的|了|的?(?:贷款|资金|额度|款项|钱|部分|款|金额|额度金额))?(?:的?[他她](?:们)?(?:报|讲|说|给)[^，。；A]{0,4}(?:数|数字|我的|的)?(?:是)?)?(?:是|为|有|约|还有|大概|差不多|共|共计|人民币|近|咱们?的|我们的|我行的?|贷的|这)*$"),
    "en": _R(r"\b(?:unused|unutili[sz]ed|undrawn|untouched|unspent|undisbursed|not (?:yet )?(?:drawn|used|spent|called|touched|disbursed|utili[sz]ed)|haven't (?:drawn|touched|used|spent)|hasn't (?:drawn|touched|used|spent)|have not (?:yet )?(?:drawn|touched|used|spent)|has not (?:yet )?(?:drawn|touched|used|spent)|yet to (?:draw|use|spend)|still (?:has|have|holds|got)|left with|leaving|remaining|balance of|still to draw|has yet to draw|never touched|sitting on|headroom|available|keeping back|kept back|holding back|in reserve|untapped)(?:,? (?:and|still|yet|under|for|on|it|their|his|her|our|the|a|about|roughly|around|some|of|balance|portion|amount|is|stands|at|commitments?|limits?|sums?|headroom|part|figure|cash|money|is|was|:|-|another|other|remaining|last|rmb|usd|\$|facility|funds|unspent|undrawn|unused|loan|in|account)){0,7}[:,]? ?(?:[a-z]{3} |[$£€])?$"),
}  # fmt: skip
SURE_BEFORE = {
    "zh": _R(
        r"[捏攥]着|账(?:户|面|上)(?:里|内)?(?:结余|节余|结存)|没动的|未动用|没用的|未使用|未用|未提|未支|没提|没取|闲置|未动|没花|账上还(?:剩|趴|躺)|卡里还剩|账户(?:里|内)?还剩|没使用|没用完|没动用|账户(?:里|上|内)?剩余|专户剩|账上剩|账上还有|账户(?:里|上|内)?还有|账面?(?:里|上|内|面上)?(?:还|仍|现|尚|一直)(?:趴|躺|剩|留|存|有)"
    ),
    "en": _R(
        r"\b(?:unused|unutili[sz]ed|undrawn|untouched|unspent|undisbursed|not|haven't|hasn't|yet to|draw|never|headroom|untapped|in reserve|k(?:ept|eeping) back)\b"
    ),
}
DEBT = {
    "zh": _R(
        r"没还|未还|没结|没付(?!出)|没收|没给|本金|贷款余额|欠|应收|尾款|货款|库存|未付|未归还|没到账|没开票|年初|往年|授信|额度还|银行还|活钱|去年|工程款没|贷款还(?!有|剩)|还款"
    ),
    "en": _R(
        r"\b(?:owed|owes|unpaid|overdue|outstanding|receivable|to pay|to repay|loan balance|stock|invoice|principal)\b"
    ),
}


def facts(page: Page) -> list[Fact]:
    found = [q for q in page.of("amount") if not q.bare or page.lang == "en"]
    best = next((q for q in found if _unused(page, q)), None) or _pronoun(page, found)
    return [page.fact("unused_funds.amount", number(best.value), best.start, best.end, best)] if best else []


def _unused(page: Page, q: Quantity) -> bool:
    zh = page.lang == "zh"
    left, right = page.left(q.start, 22 if zh else 60), page.after(q.end, 26 if zh else 110)
    if not zh and ":" in page.sk[max(0, q.start - 8) : q.start]:
        left = page.before(q.start, 60)
    after, before = AFTER[page.lang].match(right), BEFORE[page.lang].search(left)
    if after and re.match(r"(?:款|资金|的|金额|部分|余额|为|约|共|，)*A", right[after.end() :]):
        after = None
    sure = before and (
        SURE_BEFORE[page.lang].search(before.group())
        or _account(page, right)
        or (zh and (_last_part(page, q, before.group()) or _of_the_loan(left[: before.start()], right)))
    )
    if not (after or sure) or (after and zh and re.search("股票|期货|证券|基金|理财", after.group())):
        return False
    if not zh and _GOODS_EN.search(page.before(q.start, 60)):
        return False
    if (
        DEBT[page.lang].search(left[-10:] if zh else left[-24:])
        or DEBT[page.lang].match(right.lstrip("，的 ")[:6])
        or DEBT[page.lang].search(right[:7] if not after else "")
    ):
        return False
    if (
        after
        and zh
        and re.search(r"账|户|卡|折", after.group())
        and not re.search(r"没|未|闲|趴|一分", after.group() + right[after.end() : after.end() + 2])
    ):
        return bool(
            before
            or re.search(r"还|仍|尚|全|都|剩|其余|余", left[-8:] + after.group())
            or "贷" in page.before(q.start, 80)
        )
    return True


_GOODS_EN = _R(
    r"\b(?:stock|goods|castings|inventory|produce|unsold|receivables?|debtors?|products?|timber|grain|cement|steel|worth of|valued at|worth)\b(?: (?!and\b)[\w']+){0,3} (?:[a-z]{3} )?$"
)


def _of_the_loan(left: str, right: str) -> bool:
    """贷款四百万还剩一百三十万，用掉的…: the loan is told in what is left and what is gone."""
    return bool(
        re.search(r"贷[^，。]{0,6}A+[^，。A]{0,4}$", left)
        and re.match(r"，(?:用掉|用了|花了|花掉|已用|动用)", right)
    )


def _last_part(page: Page, q: Quantity, words: str) -> bool:
    """贷款180万，买牛110万，盖棚54万，剩16万。: what is left of the loan when its uses have been told."""
    if not re.match(r"[。；]|$", page.sk[q.end : q.end + 3].lstrip("元")) or not re.match(
        r"剩|余|尚余|结余", words
    ):
        return False
    told = page.before(q.start, 90)
    loan = re.search(r"贷款|贷了|贷的|咱们?的钱", told)
    return bool(
        loan
        and re.search(
            r"(?:买|付|用|购|花|款|装修|建|收|种|养|盖|进|还|交|拿)[^。]*A[^。]*A|A[^。]*(?:买|付|用|购|花|款|装修|建|收|种|养|盖|进|还|交|拿)[^。]*A",
            told[loan.end() :],
        )
    )


def _account(page: Page, right: str) -> bool:
    if page.lang == "zh":
        return bool(
            re.match(
                r"[^。；A]{0,14}(?:没动|没用(?!途)|未使用|未用|在[^，。；]{0,5}(?:账|户|卡)|没提|未提|没花|没支)",
                right,
            )
        ) and not re.match(r"[，]?(?:用|买|付|交|还|发|拿|是)", right)
    return bool(
        re.match(
            r"[^.;A]{0,30}(?:in the (?:\w+ )?account|undrawn|unused|untouched|unspent|drawn yet|on deposit)",
            right,
        )
    )


WHOLE = {
    "zh": _R(r"(?:钱|贷款|款|资金|一分钱?|全部)[^。；A]{0,10}(?:没动|没用|未动|未使用|没花|未用|没提|未提款)[^。；A没]{0,6}(?P<a>A+)(?:整)?(?![^，。]{0,3}(?:买|付|用|还|没还))"),
    "en": _R(r"\b(?:not a (?:penny|cent|dime)|nothing|none|not one cent|no part|no portion)(?: of (?:the |our |their )?(?:rmb |usd |\$)?(?P<b>A+)[^.;A]{0,16}(?:drawn|spent|used|touched|moved)\b|[^.;A]{0,24}(?:drawn|spent|used|touched)[^.;A]{0,30}(?P<a>A+))|\b(?:rest|remainder|balance|other half)(?: of (?:it|the \w+))?(?:'s| is| are| was)?(?: still| all| just| currently)*(?: sat| sitting| lying| parked| untouched| undrawn| unspent| unused| idle| in (?:the|their|his|her|its) (?:\w+ )?account| on deposit| not (?:been )?(?:touched|drawn|used|spent)| (?:he|she|they) (?:hasn't|haven't) (?:touched|drawn|used|spent))+[^.;A]{0,30}(?P<c>A+)|\b(?:untouched|undrawn)[, ]+(?:all|the full|the whole)(?: of)?(?: the| our)? ?(?:rmb |\$)?(?P<d>A+)"),
}  # fmt: skip


def _pronoun(page: Page, found: list[Quantity]) -> Quantity | None:
    """钱都在账上没用，五百万整呢: the sum follows what is said of it."""
    m = WHOLE[page.lang].search(page.sk)
    if not m:
        return None
    at = m.start(m.lastgroup or "a")
    return next((q for q in found if q.start == at), None)
