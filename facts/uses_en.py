"""Uses of the loan in English: spent X on Y, X went on Y, Y cost X."""

from __future__ import annotations

import re
from itertools import pairwise

from facts.page import Page
from facts.purposes import purpose
from facts.quantities import Quantity
from facts.use import Use, without_doubles

_R = re.compile
_OF = r"(?:[, ]*(?:and )?(?:all of (?:it|which|that)|most of (?:it|which)|of (?:it|that|this|(?:(?:the|our|their|his|her) (?:[\w-]+ ){0,2}|)(?:money|loan|funds|cash|facility|proceeds|total|advance|limit|drawdown|credit|line))|(?:of|from|out of) (?:ours|yours|the bank's|(?:our|your|the bank's|bank's) (?:\w+ )?(?:money|loan|funds|cash|brass|note|facility|finance|dosh|advance|proceeds|drawdown|disbursement|line))|out of (?:our|the) (?:money|loan|facility)|from (?:our|the) loan|(?<!, )(?:which (?:is|was) )?(?:the )?(?:rest|balance|remainder)(?: of (?:it|that))?|of (?:the|a|an|our) (?:rmb |usd |\$)?A+(?: (?:loan|facility|advance|total|limit))?|more|or so|each|roughly|in all|total|alone|the owner|madam|oga|boss|so far|to date|(?:the|my) \w+ (?=spent|used|put|paid|took|gave|bought|lent)|odd|give or take|he|she|they|which|that)\b)*"
_AUX = r"(?:[, ]*(?:(?:which|that|it|they|he|she) )?(?:has|have|had|was|were|is|been|also|already|all|then|being|actually|straight|mostly|apparently|really|mainly|honestly|truly|largely|chiefly|entirely|just|she said|he said|they said|said|says)\b)*"
_VERB = r"[, ]*(?:went (?:straight |out |over )?(?:on|to|into|in|towards?|out|for)|(?:he |she |they )?(?:use|used|took|take|carry|pay|paid|give|gave)(?: (?:to|go))? (?=buy|repair|fix|pay|give|clear|settle|do|renovate|build|fix|repay|for)|(?:to |use |go )?(?:buy|renovate|build|(?:repair|fix|paint|fence|plaster|service)(?= (?:the|his|her|their|my|its|a)\b)|clear|settle|repay|refurbish|stock)|pay(?:s)?(?: for| the| to| her| his| their| off| back)?|lend to|lend|take (?:out )?(?:by |as |in )?(?=cash)|goes? out|handed (?:over )?(?:to|for)|paid over to|made over to|released for|bought|purchased|in the (?:hands|pocket) of|sitting in (?=stock|inventory|raw|parts|material|goods|feed)|(?:remitted|moved|wired|sent|paid|transferred|drawn|taken|passed|released|disbursed|applied|spent|used|handed|withdrawn|went|gone)(?: (?:on|in|by|over))? (?:D+|(?:the|that) (?:same|very|next) (?:day|week)|straight ?away|at once|immediately|in full|directly|mainly|mostly|partly|entirely)(?: (?:to|on|for|into|in|out|towards?))?|gone (?:straight )?(?:on|to|into|in|towards?|for)|put (?=into|towards)|go(?:es|ing)? (?:on|to|into)|spent(?: on| buying| for)?|used (?:for|to|on|in|up on|paying|buying)|use (?:for|to)|applied (?:to|towards?|for|in)|pa(?:id|ying)(?: to| for| out| into| off| towards?| down)?|settling|buying|purchasing|clearing|repaying|covering|funding|financing|(?:was|is|being) for|ploughed into|plowed into|tied up in|locked (?:up )?in|sunk in|blew on|dropped on|forked out (?:on|for)|laid out (?:on|for)|shelled out (?:on|for)|injected into|consumed by|eaten (?:up )?by|absorbed by|taken (?:up )?by|swallowed (?:up )?by|charged to|in (?:respect|favou?r) of|(?:being|representing|comprising|covering)|as (?:an? )?(?:advance|deposit|down ?payment|salar\w+|rent)|put (?:into|down|towards?|in)|down (?:on|for|as)|out (?:in|as) cash|passed (?:to|on)|transferred|sent (?:to|on)|moved (?:to|into)|wired|drawn|withdrawn|taken|to furnish|lent|loaned|invested|bought|covered|financed|funded|cleared|repaid|settled|placed (?:in|with|on)|deposited (?:in|with)|disbursed (?:to|for|on|towards?)|remitted (?:to|for|towards?)|released (?:to|for)|utili[sz]ed (?:for|towards?|on|in|to)|expended (?:on|for|towards?)|given (?:to|over)|handed (?:to|over)|splashed (?:out )?on|blown on|sunk into|poured into|shifted (?:to|into)|channell?ed (?:to|into)|siphoned|funnell?ed (?:to|into)|swallowed by|purchased|ended up|allocated to|deployed|routed|diverted|on|to(?! (?:us|the bank|date|go|come|be))|for(?! (?:now|the (?:moment|time|past|last)))|into|towards?|made (?:out )?(?:to|for)|in (?=\w+ing\b|cash|shares|futures|wages|tax|rent|salaries|crypto|feed|stock|seed|fertili|raw|machine|equipment|new|two|three|four|a )|as (?=cash|wages))\b"
RIGHT = _R(_OF + _AUX + _VERB)
SPEND = _R(
    r"\b(?:put|covered|buys?|gone (?:on|to|into)|uses?|took|take|carry|give|gave|giving|handed|sank|chucked|dropped|stuck|draw|spent|spend|spending|paid|pay(?:ing|s)|bought|buying|purchased|purchases?|put|used|use of|went|invested|cost|costs|costing|transferred|sent|lent|lend|drew|withdrew|withdraws?|repaid|repaying|disbursed|applied|utilised|utilized|drawdowns?|remitted|released|expended|splashed|passed|advanced|settled|cleared|took|moved|financed|funded|payments?|made|wired|loaned|outlay|acquired|settling|clearing|repaid|forked out|shelled out|laid out|sank|sunk|ploughed|injected|blew|blown|splurged|dropped|went for|expenditure|expenses?|(?:has|have) (?:had|received|been (?:paid|given))|acquisition|procure\w*|consumed|got through|installed|refurbished|renovated|built|for)\b"
)
OWN = _R(
    r"\b(?:own (?:money|cash|funds|pocket|resources|savings)|out of (?:his|her|their) (?:own )?pocket|from (?:his|her|their) (?:own )?(?:savings|cash|funds|pocket)|self[- ]funded|equity|grant|retained|(?:his|her) own(?! (?:car|house|home|flat|use|villa|boat|family|wedding))|their own (?:cash|funds|money)|not (?:from|out of|with) (?:our|the) loan|another lender|savings|lease finance|hire purchase|insur(?:ance|ers?)(?: has| have| company)? (?:paid|pay-?out|money)|(?:out of|from) (?:his |her |their |the |its )?(?:profits?|takings|earnings|reserves)|(?:government|scheme|council|ministry|donors?|ngo)\b[^.;A]{0,20}\b(?:gave|paid|granted|funded|contributed|put)|with (?:a|the|his|her|their|its) (?:\w+ )?loan from (?!us\b|our\b|the bank)|in(?:to)? the (?:business|company|firm|kitty)|put up|chipped in|vendor financed?|dealer finance|supplier credit|his own money|bank of mum)\b"
)
PLAN = _R(
    r"\b(?:will|plans?|planning|planned|intends?|going to|wants?|would|budget\w*|quot\w+|hopes?|about to|considering|contract (?:price|value|sum)|to be|earmarked|next (?:month|year|quarter)|'ll|expects?|needs?|wishes|thinking|order for|ordered|committed|scheduled|yet to|deposit due|valued|worth|valuation|estimate\w*|should|might|could)\b"
)
UNPAID = _R(
    r"\b(?:owes?|owed|owing|unpaid|overdue|hasn't|haven't|not (?:yet )?(?:been )?(?:paid|drawn|spent|used|touched)|outstanding|behind(?! (?:the|his|her|their|our|a)\b)|arrears|invoiced|receivables?|undrawn|unused|untouched|unspent|remain(?!der)\w*|left|pending|stuck|promise\w*|borrowed|borrowing|due|late(?! payment))\b"
)
FIGURE = _R(
    r"\b(?:revenue|sales|turnover|profit|income(?! tax)|margin|ebitda|insured|insurance cover|order book|net assets|capital|salary of|price|worth|value|valued|fine|claim|stock of|balance|sued|suing|court|served|writ|damages|compensation|sold|selling|fetched|earn\w*|takings|guarantee|deposits? of|meter|reading|tender|borrowings? (?:from|with|at)|turned over|grossed|ordered|owes|stands? at|limit|receipts(?!:)|creditors|debtors|payables?|facilities with|collateral|mortgaged?)\b"
)
HABIT = _R(
    r"\b(?:a|per|each|every) (?:month|year|week|day|tonne|ton|head|unit|annum)\b|\bmonthly\b|\bannual\w*|\bweekly\b|^ ?T+(?! ?(?:T|ago|back|later|earlier|before|since|after|into|of))"
)
PAST = _R(
    r"\b(?:last year|years? ago|previous loan|earlier loan|the old loan|back in 20\d\d|the year before)\b"
)
REST = _R(
    r"\b(?:the )?(?:rest|remainder|balance|remaining (?:money|funds|amount)|what was left|other half|everything else)(?: of (?:it|the (?:money|loan|funds)|our (?:money|loan)))?"
    + r"(?:,? (?:he|she|they)(?= (?:spent|put|used|paid|sank|invested)))?"
    + _AUX
    + _VERB
)
WHOLE = _R(
    r"\b(?:the |our )?(?:(?:whole|entire) (?:lot|loan|amount|sum|facility|thing|advance)|(?:all|most) of (?:it|the (?:money|loan|funds)|our (?:money|loan))|loan|money|funds|proceeds|facility)"
    + _AUX
    + r"[, ]*(?:went (?:on|to|into)|gone (?:on|to|into)|spent on|used (?:for|to|on)|applied to|put into|passed to|transferred to|lent|paid (?:to|for))\b"
)


def find(page: Page) -> list[Use]:
    amounts = [q for q in page.of("amount") if not _whole(page, q)]
    found: list[Use] = []
    for n, q in enumerate(amounts):
        low, high = _window(page, amounts, n)
        made = (
            _right(page, q, low, high, found)
            or _left(page, q, low, high, found)
            or _near(page, q, low, high, found)
        )
        if made:
            found.append(Use(q, *made))
    found += _together(page, amounts, found)
    rest = [Use(None, *r) for r in _unsized(page, amounts, REST)]
    whole = [Use(None, *r) for r in _unsized(page, amounts, WHOLE)][:1]
    if found:
        whole = [
            u for u in whole if page.sk.startswith("most", u.start) and all(u.code != f.code for f in found)
        ]
    return without_doubles([*found, *rest, *whole])


_SUMS = _R(
    r"\b(?:transfers|payments|sums|tranches|instalments|cheques|checks|amounts|lots|withdrawals) of (?:rmb |usd |\$)?$"
)


def _together(page: Page, amounts: list[Quantity], found: list[Use]) -> list[Use]:
    """Two transfers of 250,000 and 150,000 to an affiliate: both went there."""
    made = []
    for a, b in pairwise(amounts):
        use = next((u for u in found if u.amount is b and u.start == b.start), None)
        gap = page.sk[a.end : b.start]
        if (
            use
            and re.fullmatch(r",? and (?:rmb |usd |\$)?|, ", gap)
            and _SUMS.search(page.sk[: a.start][-24:])
        ):
            made.append(Use(a, use.code, a.start, a.end, True))
    return made


def _whole(page: Page, q: Quantity) -> bool:
    """The loan itself: 600k of the 4 million loan."""
    before = page.sk[max(0, q.start - 14) : q.start]
    if page.sk.startswith(":", q.end) and _TOTAL.search(page.sk[max(0, q.start - 40) : q.start]):
        return True
    if _ALL_OF.search(before):
        return False
    if _LOAN_OF.search(page.sk[max(0, q.start - 34) : q.start]) and not re.match(
        r" to (?:a|his|her|their)\b", page.sk[q.end : q.end + 12]
    ):
        return True
    if re.search(r"\bout of (?:our|the) (?:rmb |usd |\$)?$|\bof our (?:rmb |usd |\$)?$", before):
        return True
    return bool(
        re.search(r"\bof (?:the|a|an|our|that|this) (?:rmb |usd |\$)?$", before)
        and (
            re.search(r"A ?of (?:the|a|an|our|that|this) (?:rmb |usd |\$)?$", before)
            or _LOAN_ITSELF.match(page.sk, q.end)
        )
    )


_TOTAL = _R(r"\b(?:total|altogether|in all|spent|drawn|disbursed|used|loan)\b[^.;:A]{0,24}$")
_ALL_OF = _R(r"\b(?:all|whole|entire)(?: of)? (?:our|the) (?:rmb |usd |\$)?$")
_LOAN_ITSELF = _R(
    r" (?:he|she|they)(?:'s|'ve| has| have)? (?:spent|used|put|paid|had|got|drawn|borrowed|taken)\b| (?:(?!on|in|to|for|went|and)[\w-]+ ){0,3}(?:loan|facility|advance|total|limit|drawn|borrowed|line)\b"
)
_LOAN_OF = _R(
    r"\b(?:loan|facility|limit|advance|credit|line|drawdown|disbursement|borrowings?|sanction)s? (?:amount )?(?:was |is |of |for |: ?|amounts to ){1,2}(?:rmb |rs\.? |usd |sgd |ngn |\$|about |around |roughly |up to |just |some )*$"
)
Found = tuple[str, int, int, bool]


def _window(page: Page, amounts: list[Quantity], n: int) -> tuple[int, int]:
    low, high = page.sentence(amounts[n].start)
    if n:
        low = max(low, amounts[n - 1].end)
    if n + 1 < len(amounts):
        high = min(high, amounts[n + 1].start)
    return low, high


def _stop(page: Page, at: int, high: int) -> int:
    cut = re.search(
        r"[;,]|\b(?:and (?=(?:then |uh |also )?(?:they|he|she|it|i|i'll|we|the rest|another|about|orders|cash|wages|nobody|no|out|lent|bought|paid|spent|gave|put|sent|took|used|transferred|repaid|built)\b)|but|another|leaving|the rest|while|then)\b",
        page.sk[at:high],
    )
    return at + cut.start() if cut else high


_CONTEXT = _R(
    r"\b(?:where (?:the|our) money|bank money|money out|outlays?|paid out|application of|from the account|account flow|of ours|statements?\b[^.]{0,20}:|misus\w+|diver\w+|receipts|vouchers|invoices seen|invoices support|passbook|bank ?book|ledger|traced|money(?:'s| has| is)(?: all)? gone|(?:gone|spent|finish(?:ed)?)\b[ ,]*:|(?:credit|capital|overdraft|revolving) (?:line|limit)|drawn|drew|draw(?:down|ing)s?|disburse\w*|applied|application of|utili[sz]\w+|spent|used|use of|breakdown|proceeds|loan|facility|our (?:[\w']+ )?money|funds|lent|borrowed|from us|our side|outflows?|released|advance|of (?:the|our) (?:rmb |\$)?A)"
)
_UNUSED = _R(
    r"\b(?:undrawn|untouched|unspent|sitting (?:there|in)|(?:hasn't|has not|haven't|not) (?:yet )?(?:been )?(?:touched|drawn)|left to draw|still to draw)\b"
)
_STRONG = _R(
    r"(?:went|gone|spent|used|applied|paid|put|passed|transferred|sent|moved|wired|drawn|withdrawn|taken|lent|invested|bought|cash|remitted|released|purchased|expended|utili[sz]ed|given|financ|fund|cover|swallow|settl|clear|buying|bought|purchas|repa|absorb|consum|injected|sunk|tied|buy|lend|renovat|build|repay|take|took|hand|made |gave|give|ended|repair|fix|go(?:es)? |deploy|divert|rout|channel|plough|pour|pays?\b|carry|clear|stock)"
)


def _named_after(page: Page, q: Quantity, at: int, high: int) -> tuple[tuple[str, int, int] | None, str, int]:
    """What the words after a sum name, those words, and where they end."""
    end = _stop(page, at, high)
    phrase = page.sk[q.end : end]
    code = purpose(phrase, "en")
    if code is None and _THAT.search(phrase) and (named := _pronoun(page, q)):
        code = (named, 0, len(phrase))
    if code is None and page.sk[end : end + 1] == ",":
        end = _stop(page, end + 1, high)
        phrase = page.sk[q.end : end]
        code = purpose(phrase, "en")
    return code, phrase, end


_THAT = _R(r"\b(?:on|into|for) (?:it|that|this|them|those|these)\b")


def _right(page: Page, q: Quantity, low: int, high: int, found: list[Use]) -> Found | None:
    m = RIGHT.match(page.sk, q.end, high)
    if not m:
        return None
    code, phrase, end = _named_after(page, q, m.end(), high)
    reached = end == high != page.sentence(q.start)[1]
    if m.group().startswith(",") and reached and purpose(page.sk[low : q.start], "en"):
        return None
    strong = _STRONG.search(m.group())
    left = page.sk[max(low, page.clause(q.start)[0], q.start - 60) : q.start]
    if strong:
        left = re.sub(r"\b(?:remaining|remainder|balance|the other)(?: of)? $", "", left)
    if code is None or _barred(left, phrase, code[2] + 16):
        return None
    head = re.search(
        r"(?<!\bwe )(?<!bank )\b(?:lent|loaned|lend)\b(?:(?! (?:he|she|they)\b)[^.;,]){0,16}$", left
    )
    if head:
        return "private_lending", q.start - (len(left) - head.start()), q.end, True
    chained = bool(found) and q.start - found[-1].end < 30
    wide = _context(page, q)
    paid = re.search(r"\bpaid\b|\bout of (?:our|the) (?:loan|money)", page.after(end, 40))
    strong = strong or paid or re.search(r"\bon$", m.group())
    if not (strong or chained or wide or SPEND.search(left)):
        return None
    return code[0], q.start, q.end + code[2], True


_RIVAL = _R(
    r"\b(?:competitors?|rival|neighbou?rs?|next door|another (?:firm|company|farm)|other people)\b[^.;,A]{0,18}$"
)
_GIVEN = _R(
    r"\b(?:gave|lent|loaned|advanced|lends) (?:him|her|them|the (?:firm|company)) (?:rmb |\$|about |another )?$"
)
_NOTHING = _R(r"\b(?:nothing|nobody|no ?one|not a (?:penny|cent)|never)\b")


def _barred(left: str, phrase: str, end: int = 60) -> bool:
    """`end`: where in the phrase its thing ends and other words may begin."""
    near = _SETTLED.sub("", _NOTHING.split(phrase[:end])[0])
    if (
        OWN.search(left + " " + phrase)
        or PLAN.search(left[-30:])
        or HABIT.search(phrase[:14])
        or PAST.search(left + near)
    ):
        return True
    if (
        (UNPAID.search(near[:34]) and "repaid" not in phrase[:20])
        or UNPAID.search(left[-26:])
        or FIGURE.search(_SETTLED.sub("", left)[-24:])
    ):
        return True
    if _RIVAL.search(left) or re.search(
        r"^[, ]*(?:he|she|they)(?:'ll|'d| will| would| wants?| plans?| hopes?)\b", phrase
    ):
        return True
    if _GIVEN.search(left) and not re.search(r"\b(?:we|i)\b", left):
        return True
    if re.search(
        r"\bproceeds of (?:rmb |usd |\$)?$|\b(?:ain't|isn't|wasn't|weren't|not)(?: the| just| about)? $", left
    ):
        return True
    return bool(
        re.search(
            r"\b(?:to us|pay us|repay us|(?<!from )(?<!told )(?<!tells )(?<!tell )(?<!shown )(?<!showed )us)\b",
            left[-14:] + phrase[:10],
        )
    )


_IDLE = _R(
    r"[^.;]{0,12}\b(?:unpaid|overdue|left|(?:is|has|have|was|are) not|not yet|(?:is|are) owed|pending|stuck|undrawn|unused|untouched|remain\w*|is still|hasn't|haven't|sitting|outstanding|short|of orders|to draw)\b"
)
_OF_LOAN = _R(
    r"^ of (?:it|ours|(?:the|our) (?:\w+ )?(?:loan|money|facility|funds|advance|drawdown|limit))\b|^[^.;A]{0,30}(?:from|out of) (?:the|our) (?:loan|money|facility|funds|drawdown)\b"
)
_THAT_COST = _R(
    r"(?:^| )(?:it|that|this|they|these|those|which)(?:'s|'ve| is| was| were| has| have)?(?: (?:all|already|alone|probably|just|together))*(?: (?P<verb>cost|costs|costing|swallowed|took|taken|ate|eaten|came to|come to|comes to|ran to|set (?:him|her|them|us) back|absorbed|soaked up|used up|used|went for|totall?ed))?(?: up)? (?:(?:them|him|her|us|about|around|roughly|nearly|another|some|a|rmb|usd|\$) ?)*$"
)


_CASH = _R(r" (?:in |as )?cash\b")
_WE_LENT = _R(r"\b(?:we|bank|us)(?: have| had|'ve)? (?:lent|loaned|lend|advanced)\b[^,;.]*$")
_SETTLED = _R(
    r"\b(?:bought|purchased|acquired) (?:[\w']+ ){0,4}worth(?: of)?\b|\b(?:cover|clear|settl|paid|pay)\w*(?: off)? (?:[\w']+ ){0,3}?(?:arrears|overdue|outstanding|unpaid|owed|owing|balance due|due)\b"
)
_INSURED = _R(r"\b(?:insured|valued|sold|priced|listed)\b.{0,60}\bfor (?:rmb |\$|about )?$")
_PRICE = _R(r"\bcosts (?:about |around |roughly |rmb |\$)?$")
_NOT_BUT = _R(r"\b(?:ain't|isn't|wasn't|not) (?:the |just |about |rmb |\$)?A+ (?:on|for|to|into)\b")
_TO_US = _R(r"\b(?:us|the bank)\b")
_OF_END = _R(r" of (?:rmb |usd |\$)?$")
_DONE = _R(r"[^.;,]{0,14}\b(?:has been|have been|was|were) (?:paid|made|drawn|disbursed|spent|applied|used)")


def _left(page: Page, q: Quantity, low: int, high: int, found: list[Use]) -> Found | None:
    start = _from(page, q, low, found)
    phrase, after = page.sk[start : q.start], page.sk[q.end : min(high, q.end + 40)]
    plain = _SETTLED.sub("", phrase)
    if any(words.search(plain) for words in (OWN, PLAN, UNPAID, FIGURE, PAST)) or OWN.search(after):
        return None
    if _RIVAL.search(phrase) or _WE_LENT.search(phrase):
        return None
    if _GIVEN.search(phrase) and not re.search(r"\b(?:we|i)\b", phrase):
        return None
    if (_PRICE.search(phrase) and not _context(page, q)) or _INSURED.search(page.before(q.start, 70)):
        return None
    if _IDLE.match(after) or HABIT.match(after.strip()) or _TO_US.search(phrase[-12:]):
        return None
    code = purpose(phrase.rstrip() + (after[:9] if _CASH.match(after) else ""), "en", last=True)
    spent = bool(SPEND.search(phrase) or _DONE.match(after) or _OF_LOAN.search(after))
    if code is None and (cost := _THAT_COST.search(phrase)) and (named := _pronoun(page, q)):
        code, spent = (
            (named, 0, len(phrase)),
            spent or bool(cost["verb"] or _NOT_BUT.search(page.before(q.start, 70))),
        )
    spent = spent or _listed(page, q, phrase)
    chained = bool(found) and q.start - found[-1].end < 40 and not q.bare
    if code is None or not (spent or chained):
        return None
    return code[0], start + code[1], max(q.end, start + min(code[2], len(phrase))), spent


def _from(page: Page, q: Quantity, low: int, found: list[Use]) -> int:
    """Where the words before the sum begin: its clause, with what a colon announces, after the last use."""
    start = max(low, page.clause(q.start)[0], q.start - 80)
    if page.sk[start - 2 : start].rstrip().endswith(":") and start > low:
        start = max(low, page.clause(start - 2)[0], q.start - 80)
    if page.sk[start : q.start].strip(" ,$") in ("", "rmb") and start - 2 > low == page.sentence(q.start)[0]:
        start = max(low, page.clause(start - 2)[0], q.start - 80)
    if not found or found[-1].end < start:
        return start
    last = found[-1]
    edge = (
        _NEXT.search(page.sk, last.end, q.start) if last.amount and last.start == last.amount.start else None
    )
    return min(q.start, edge.end() if edge else last.end)


_NEXT = _R(r" and (?:the |a |an )?| plus |[,;:.] ?(?:and )?")


def _listed(page: Page, q: Quantity, phrase: str) -> bool:
    return not q.bare and not _OF_END.search(phrase) and _context(page, q)


_THINGS_FIRST = _R(r"^[,;:]? ?[a-z][^,;:A]{2,30}$")
_ROW_EN = _R(r" [^,.;A]{3,30}, A+ [^,.;A]{3,30}[,.;]")


def _near(page: Page, q: Quantity, low: int, high: int, found: list[Use]) -> Found | None:
    """In a list of uses the thing may follow its sum without a verb: 2.0m moulds, 1.4m presses."""
    chained = bool(found) and q.start - found[-1].end < 20
    if q.bare or not (chained or _context(page, q) or _ROW_EN.match(page.sk, q.end)):
        return None
    end = _stop(page, q.end + 1 if page.sk.startswith(", ", q.end) else q.end, high)
    phrase = re.split(r" and | plus ", page.sk[q.end : end])[0]
    left = page.sk[max(low, page.clause(q.start)[0], q.start - 60) : q.start]
    code = purpose(phrase, "en")
    if (
        code
        and page.sk.startswith(", ", q.end)
        and _THINGS_FIRST.search(page.sk[low : q.start])
        and _stop(page, q.end + 1, high) == high
    ):
        return None
    if code is None and page.sk[end : end + 1] == ",":
        phrase = page.sk[q.end : _stop(page, end + 1, high)]
        code = purpose(phrase, "en")
    if code is None or code[1] > 24 or _barred(left, phrase) or _IDLE.match(phrase):
        return None
    return code[0], q.start, q.end + code[2], True


_OURS_AFTER = _R(
    r"\bwhat we (?:gave|lent|paid|advanced)\b|\b(?:from|out of|off|with|all|of|using|on) (?:our|the) (?:[\w']+ )?(?:money|loan|funds|facility|advance|proceeds|disbursement|drawdown)\b|\bof ours\b|\b(?:loan|bank) (?:money|funds|proceeds)\b"
)


def _context(page: Page, q: Quantity) -> bool:
    """The loan or its spending was spoken of not long before."""
    return bool(
        _CONTEXT.search(page.sk, max(0, q.start - 260), q.start)
        or _UNUSED.search(page.sk)
        or _OURS_AFTER.search(page.sk, q.end, q.end + 110)
    )


def _pronoun(page: Page, q: Quantity) -> str | None:
    """What "it" is: the thing last named before."""
    found = purpose(page.sk[max(0, q.start - 120) : q.start], "en", last=True)
    return found[0] if found else None


def _unsized(page: Page, amounts: list[Quantity], words: re.Pattern[str]) -> list[Found]:
    made: list[Found] = []
    for m in words.finditer(page.sk):
        end = _stop(page, m.end(), page.sentence(m.start())[1])
        code = purpose(page.sk[m.start() + 6 : end], "en")
        inside = any(m.start() <= a.start < end or 0 <= m.start() - a.end < 14 for a in amounts)
        if (
            code
            and not inside
            and not PLAN.search(page.sk[m.start() : end])
            and not UNPAID.search(page.sk[m.start() : m.end()])
        ):
            made.append((code[0], m.start(), end, True))
    return made
