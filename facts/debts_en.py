"""Debts in English reports, in whatever order they come: rent he never pay · the landlord's still waiting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from facts.page import Page
from facts.signals_en import _BUYER, _GOODS, _SELLER

_R = re.compile
_MEN = r"workers?|staff|employees|work ?force|work people|drivers?|lads|lasses|girls|boys|labou?rers?|labou?r|tailors|mechanics|guards|cleaners|cooks|waiters|waitresses|pickers|crews?|teachers|nurses|carers|hands|machinists|operatives|seasonals|casuals|apprentices|welders|tradesmen|shop floor|men|N+"
_THING = _R(
    rf"(?<![a-z])(?:(?P<wage_arrears>wages?|salar(?:y|ies)|pay ?roll|pay ?che(?:ck|que)s?|pay ?packets?|back pay|social insurance|provident fund|pf|holiday pay|overtime|pay(?=$|[ ,.](?:since|for|in|yet|this|T|D|packet|run|day))|(?:{_MEN})(?! (?:costs|numbers|rent|tax|bills?|training|canteen|accommodation)))"
    r"|(?P<utility_arrears>(?:power|electric(?:ity|al)?|electrics|water|gas|light|energy|utilit(?:y|ies)|heating|sewage)(?:'s)?[ -](?:bills?|board|company|co|people|charges|dues|accounts?|suppliers?|office|authority|corporation|utility|token|invoice)s?|electric(?:ity)?(?! (?:motor|pump|oven|forklift|fence|kiln|work|install))|utilities|nepa|phcn|kplc|zesa|zesco|eskom|umeme|discom|mseb|tenaga|meralco)"
    r"|(?P<rent_arrears>rents?(?!-)|rentals?(?! (?:income|business|firm|company))|landlord|landlady|landlords|lease payments?|lease rentals?|ground lease|freeholder)"
    r"|(?P<tax_arrears>tax(?:es)?(?! (?:return|adviser|clearance|certificate|free|audit))|vat|paye|gst|hmrc|iras|firs|taxman|inland revenue|tax ?man|revenue (?:office|authority|service|department)|business rates|customs duty|excise|withholding|tds|national insurance)"
    r"|(?P<loan_overdue>emis?|instal?l?ments?|repayments?|mortgage|(?<!an )(?<!no )interest(?! (?:rates?|in|from|free))|loan payments?|principal (?:payment|due|sum)|hire purchase|hp payments?|finance (?:company|house|payments?)|other bank|another bank|other lender|leasing (?:company|firm)|nbfc)"
    rf"|(?P<supplier_arrears>who (?:brings|supplies|delivers|hauls|carts|supplied|delivered)|(?:{_SELLER})(?!'s (?:car|house))|{_GOODS}(?! (?:are|is|were|was) (?:in|at|on)))"
    rf"|(?P<buyer>{_BUYER}))(?![a-z])"
)
_NOT = r"(?:(?:ha(?:ve|s|d)|do(?:es)?|did|are|is|was|were|can|could|ain|wo|wi)(?:n't|nt| not)|cannot|cant|ain't|not|never|no dey|no de|no(?= (?:fit )?pay)|don't|yet to|still to|unable to|struggl\w+ to|fail\w* to|refus\w+ to|without)"
_DEBT = _R(
    r"(?<![a-z])(?:(?P<owe>(?<!one )(?:ow(?:e|es|ed)|owing(?! to\b)|owing to(?= (?:[\w']+ ){0,2}(?:suppliers?|vendors?|creditors?|staff|workers|landlord))|oweing|indebted to|(?:in )?debts? (?:to|with)|behind(?= (?:on|with|wi'|in|to)\b)|(?:T+|N+|one|two|three|four|five|six|several|\d+) (?:\w+ )?behind|behindhand|in arrears|arrears|overdue|past[- ]due|unpaid|unsettled|defaulted|defaulting|default|miss(?= (?:T|N|\d|one|two|three|four|his|her|their))|missed|misses|skipped|skipping|ducked|dodged|bounced|short-?paid|stopped paying|stop paying|long overdue|T+ late|late (?:on|with)|T+ (?:outstanding|pending|due)|outstanding(?= (?:for|since|T|beyond))))"
    rf"|(?P<unpaid>{_NOT}(?: (?:yet|even|all|still|been|being|be|able|to|get|getting|got|a|an|his|her|their|the|so|far|really|actually|gets|ever|dey|make|made|any|managed|on|time|fully|properly)){{0,4}} (?:pa(?:y|id|ying)|pays|settled?|cleared?(?! (?:out|up|the|off))|remit(?:ted)?|deposit(?:ed)?|disburse?d?|meet|met|cover(?:ed)?|honou?r(?:ed)?|cough(?:ed)? up|sent (?:in|off|over)|gone (?:in|out|through|off)|handed over|come through|landed|submitted|filed|penny|cent|dime|naira|rupee|kobo|shilling|payments?|anything|nothing|money|cash|brass)(?! (?:less|more|for itself|attention|back|out|off|of scale))"
    r"|(?:(?:he|she|it)'s|they've|ha(?:s|ve|d)) (?:had|seen|received|got) (?:nothing|no (?:rent|money|payments?|pay|wages)|not (?:a|one) (?:penny|cent|dime|kobo|payment))|last (?:saw|got|had|received|collected|drew|paid)(?= (?:(?:their|any|a|him|her|them|in|the) )*(?:money|pay\b|wages|salar|paid|rent|in D|D|since|back in))|(?:ha(?:ve|s)n't|haven't|hasn't|has not|have not|ain't|not|never|have yet to|has yet to|yet to|still to)(?: (?:yet|even|all|been|still))* (?:had|seen?|received?|got(?:ten)?|get|collect(?:ed)?|drawn|drew)(?= (?:\w+'?s? ){0,3}(?:pay\b|pay ?che|wages?|salar|money|penny|cent|dime|anything|a thing|naira|rent|payments?|brass)))"
    r"|(?P<wait>want(?:s|ing|ed)? (?:to be paid|paying|(?:their|his|her|its) money|payment|settling)|promised (?:his|her|their|its) money|(?:seen|had|got) none of it|(?:still )?(?:been )?(?:waiting|waits?)(?: (?:on|for)| since| T)|crying for|begging for|demand(?:s|ing|ed)|clamou?ring|chas(?:es|ed|ing)|hound(?:s|ing|ed)|hassl(?:es|ing)|pester(?:s|ing)|after (?:him|her|them|us|it) for|at (?:his|her|their|the) (?:door|gate)s?|on (?:his|her|their) (?:back|neck|case|doorstep)|knocking|camped|sit(?:s|ting)? (?:in|at|outside)|come(?:s|ing)? (?:\w+ ){0,4}(?:every ?day|daily)|every day come|threaten(?:s|ing|ed)?(?:'s)? to (?:cut|disconnect|evict|lock|switch|pull|stop|change|throw|turn)|(?:sent|served|issued|put|given|got|had|received|has)(?: \w+){0,3} (?:red|final|last|disconnection|eviction|quit|termination|warning) (?:notice|letter|demand|reminder|bill|warning)|lock(?:ed|ing)? (?:them|him|her|us) out|chang(?:ed|ing) the locks?|(?:cut|took|seized|removed|shut off|remove|cutting|disconnected|pulled) (?:the|his|her|their) (?:light|power|water|electric\w*|gas|line|supply|meter|fuse)|(?:cut|cutting|disconnect\w*|switch\w*|turned?) (?:them|him|her|'em|us|it|the \w+)?\s?(?:off|supply)|refus(?:es?|ed|ing) (?:to )?(?:deliver|supply|release|extend|send)\w*|(?:has |have |is |are |'s |been )?(?:stopped|stopping|suspended|halted) (?:deliver\w+|supply\w*|supplies|credit)|(?:won't|will not|no longer|not) (?:deliver|supply|release|send|extend)\w*(?: \w+){0,3} (?:until|till|unless|without)))(?![a-z])"
)
_LINKED = _R(
    r"(?: (?:for|since|of|bill|bills|A+|T+|D+))*(?:,| and|, and|,? as well as| plus) (?:on |with |for |the |his |her |their |its |some |also |A+ |of |in |to )*"
)
_WE_WAIT = _R(r"\b(?:we|i)(?:'re| are|'m| am)? (?:still )?$")
_MONEY = _R(
    r"rent|pay|money|owed|bill|due|arrear|overdue|debt|wage|salar|invoice|cash|non-?pay|account|cheque|settle"
)
_TO_HIM = _R(
    r" (?:him|her|them|it|us|the (?:company|firm|business|borrower|client|factory|farm|mill))\b(?! at\b)"
)
_PASSIVE = _R(
    r"(?:\b(?:is|are|was|were|be|been|being|still|also|now|he|she|they|money|A+)|'s|'re) (?:still |also |now |being )*$"
)
_ACTIVE = _R(
    r"(?:n't|not|never|to|refus\w+ to) (?:\w+ )?(?:pay|paid|cough(?:ed)? up|settle|settled)$(?<!been paid)(?<!are not paid)(?<!is not paid)(?<!being paid)(?<!get paid)(?<!n't paid)|^(?:won't|will not|can't|cannot|refus\w+ to) (?:pay|cough|settle)"
)
_CLEAR = _R(r"\b(?:paid|fine|current|ok|okay|up to date|settled|sorted|clear|safe|good|regular)\b")
_BARE = _R(
    r"\W*(?:(?:and|but|so|still|also|yet|now|he|she|they|company|boss|madam|oga|owner|has|have|is|are|was|been|still|completely|already|for|since|these|all|T+|D+|just|simply|even|both) )*(?:(it|that|this|which|those|these)(?: (?:has|have|is|was|were|are|been|still|being|now|all|'s|been))*|it's)? ?"
)


def debts(page: Page) -> Iterator[tuple[str, int, int, int]]:
    for m in _DEBT.finditer(page.sk):
        kind = str(m.lastgroup)
        low, high = page.clause(m.start())
        thing = _thing(page, kind, m, low, high) or _named_before(page, low, m.start())
        if told := _teller(page, m):
            thing = told
        if thing and (signal := (told and str(told.lastgroup)) or _signal(page, kind, m, thing)):
            if kind == "owe" and thing.start() > m.start() and (other := _LINKED.match(page.sk, thing.end())):
                also = _THING.match(page.sk, other.end())
                if also and also.lastgroup != "buyer":
                    yield str(also.lastgroup), m.start(), also.end(), m.start()
            yield signal, min(m.start(), thing.start()), max(m.end(), thing.end()), m.start()


def creditor(words: str) -> bool:
    """Whether the last that is named is one whom the borrower owes: workers, the tax office, a landlord."""
    found = list(_THING.finditer(words))
    return bool(found) and found[-1].lastgroup != "buyer"


def _thing(page: Page, kind: str, verb: re.Match[str], low: int, high: int) -> re.Match[str] | None:
    behind = _THING.search(page.sk, verb.end(), min(high, verb.end() + 46))
    if behind and re.search(
        r"\b(?:by|from|so|until|till|because|to buy|due to|owing to|thanks to)\b",
        page.sk[verb.end() : behind.start()],
    ):
        behind = None
    ahead = list(_THING.finditer(page.sk, max(low, verb.start() - 52), verb.start()))
    near = ahead[-1] if ahead and not _CLEAR.search(page.sk, ahead[-1].end(), verb.start()) else None
    if kind == "wait":
        return near or behind
    if near and near.lastgroup == "buyer":
        return near
    return behind if behind and behind.lastgroup != "buyer" else near


_SAYS = _R(r"\b(?:says?|said|saying|claims?|reckons?|told|tells|complain\w*|insists?|swears?)\b")


def _teller(page: Page, verb: re.Match[str]) -> re.Match[str] | None:
    """A chap from the feed mill says they owe him: he who speaks is owed."""
    if not verb.group().startswith("ow") or not _TO_HIM.match(page.sk, verb.end()):
        return None
    low = max(page.sentence(verb.start())[0], verb.start() - 90)
    found = list(_THING.finditer(page.sk, low, verb.start()))
    if (
        not found
        or found[-1].lastgroup == "buyer"
        or not _SAYS.search(page.sk, found[-1].end(), verb.start())
    ):
        return None
    return found[-1]


def _named_before(page: Page, low: int, at: int) -> re.Match[str] | None:
    """Light bill: she never pay am. · The interest … It has been unpaid since June."""
    said = _BARE.fullmatch(page.sk[low:at])
    if not said or not low:
        return None
    back = page.clause(low - 1)[0] if not said[1] else max(0, page.sentence(max(0, low - 1))[0], low - 90)
    found = list(_THING.finditer(page.sk, back, low))
    if not found or (not said[1] and low - found[-1].end() > 36) or found[-1].lastgroup == "buyer":
        return None
    return None if _CLEAR.search(page.sk, found[-1].start(), low) else found[-1]


def _signal(page: Page, kind: str, verb: re.Match[str], thing: re.Match[str]) -> str | None:
    name = str(thing.lastgroup)
    if name == "buyer":
        return "receivables_overdue" if kind != "wait" and thing.start() < verb.start() else None
    if kind == "wait":
        return name if _waited(page, verb, thing) else None
    if name == "supplier_arrears" and (" behind" in verb.group() or thing.start() < verb.start()):
        return _seller_first(page, kind, verb, thing)
    return None if kind == "owe" and _owed_to_him(page, verb) else name


def _owed_to_him(page: Page, verb: re.Match[str]) -> bool:
    right = page.sk[verb.end() : verb.end() + 40]
    to_him = _TO_HIM.match(right) or (" by " in right and " by D" not in right)
    return verb.group().startswith("ow") and bool(to_him)


def _seller_first(page: Page, kind: str, verb: re.Match[str], thing: re.Match[str]) -> str | None:
    """Merchant still owes him · supplier won't pay: the seller is the debtor, unless money stands between."""
    if " behind" in verb.group():
        return None
    if verb.group().startswith("ow") and _TO_HIM.match(page.sk, verb.end()):
        return "receivables_overdue"
    if kind == "unpaid" and _ACTIVE.search(verb.group()):
        return "supplier_arrears" if _MONEY.search(page.sk, thing.start(), verb.start()) else None
    return None if kind == "owe" and _owed_to_him(page, verb) else "supplier_arrears"


def _waited(page: Page, verb: re.Match[str], thing: re.Match[str]) -> bool:
    """Whether who waits, chases or cuts off does so over money."""
    name, words = str(thing.lastgroup), verb.group()
    left, right = page.sk[max(0, verb.start() - 30) : verb.start()], page.sk[verb.end() : verb.end() + 40]
    if name == "loan_overdue":
        ours = words.startswith("still w") or _WE_WAIT.search(left)
        return bool(ours) and thing.start() > verb.start()
    if name in ("wage_arrears", "supplier_arrears", "tax_arrears"):
        return bool(
            _MONEY.search(words + right) or re.match(r"stopp|refus|won|no longer|every|come|sit", words)
        )
    return not words.startswith(("waiting", "still w")) or bool(re.search(r"rent|money|pay|arrear", right))
