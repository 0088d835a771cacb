"""How the borrower was sought, whether somebody of theirs was reached, and who."""

from __future__ import annotations

import re

from facts import contact_en, contact_zh
from facts.dates import Day
from facts.elsewhere import elsewhere
from facts.heads import quickly
from facts.model import Fact
from facts.page import Page

_R = quickly
Span = tuple[int, int]
CUES = {
    "zh": {"visit": contact_zh.VISIT, "phone": contact_zh.PHONE, "message": contact_zh.MESSAGE},
    "en": {"visit": contact_en.VISIT, "phone": contact_en.PHONE, "message": contact_en.MESSAGE},
}
PLANNED = {
    "zh": contact_zh.PLANNED,
    "en": _R(
        r"(?:\b(?:will|i'll|going to|plan(?:s|ned|ning)?\b|next|again|tomorrow|try|should|must|need to|wants?|due back|(?:i'm|we're|am|are) due|to be|would|shall|can we|moving|moved?|cancel\w*|postpon\w*|reschedul\w*|arrange\w*|book\w*|scheduled)\b|D)[^.;]{0,24}$"
    ),
}
FAIL = {"zh": contact_zh.FAIL, "en": contact_en.FAIL}
REFUSE = {"zh": contact_zh.REFUSE, "en": contact_en.REFUSE}
REACHED = {"zh": contact_zh.REACHED, "en": contact_en.REACHED}
PERSON_SPEAKS = {"zh": contact_zh.PERSON_SPEAKS, "en": contact_en.PERSON_SPEAKS}
OTHER_SPEAKER = {"zh": contact_zh.OTHER_SPEAKER, "en": contact_en.OTHER_SPEAKER}
NAMED = {"zh": contact_zh.NAMED, "en": contact_en.NAMED}


def facts(page: Page) -> list[Fact]:
    tried = {name: found for name in ("visit", "phone", "message") if (found := _tried(page, name))}
    refused, failed, reached = _refused(page), _failed(page), _reached(page)
    made = []
    channel = _channel(page, tried, reached, failed)
    if channel:
        made.append(page.fact("contact.channel", channel, *tried[channel]))
    outcome, span = _outcome(tried, refused, failed, reached)
    if channel and not outcome and (met := _met(page)):
        outcome, span = "reached", met
    if outcome and span:
        made.append(page.fact("contact.outcome", outcome, *span))
    if outcome or channel:
        person = _person(page, reached)
        made += [page.fact("contact.person", page.evidence(*person).text, *person)] if person else []
    return [*made, *_on(page, tried.get(channel) if channel else None)]


def _tried(page: Page, name: str) -> Span | None:
    for m in CUES[page.lang][name].finditer(page.sk):
        if not _planned(page, m, name) and not (page.lang == "zh" and elsewhere(page, m, name)):
            return m.span()
    return None


_TO_COME_EN = _R(
    r"s? (?:is |was |has been )?(?:planned|scheduled|due|set for|arranged|booked|fixed|to be|will|to (?:mon|tue|wed|thu|fri|next|D))"
)
_NONE_EN = _R(r"\b(?:no|without (?:a|any)|didn't|did not|instead of(?: a)?|not) $")


_AGREED_EN = _R(r" (?:was |is |has been )?(?:agreed|booked|set|scheduled|arranged|fixed|planned|due)\b")


def _planned(page: Page, m: re.Match[str], name: str) -> bool:
    left = page.left(m.start(), 20 if page.lang == "zh" else 44)
    if page.lang == "en" and (
        _NONE_EN.search(left)
        or _AGREED_EN.match(page.sk, m.end())
        or (name == "visit" and _no_visit_en(page, m))
    ):
        return True
    day = _day_beside(page, m)
    if day and _ahead(page, day, m):
        return True
    bare = left if not day else left[max(0, len(left) - (m.start() - day.end)) :]
    bare = bare.replace("D", "") if day else bare
    done = (
        page.lang == "zh"
        and re.search(r"^(?:了|过|的|到)", page.sk[m.end() : m.end() + 1])
        and "再" not in left[-4:]
    )
    if page.lang == "en" and name == "visit" and _TO_COME_EN.match(page.right(m.end(), 24)):
        return True
    if name == "visit" and re.search(
        r"改到|改期|去不成|延到|推到|没去成|临时有事|取消了|挪到", page.after(m.start(), 30)
    ):
        return True
    if done:
        return False
    return bool(PLANNED[page.lang].search(bare.replace("D", ""))) and name != "message"


def _day_beside(page: Page, m: re.Match[str]) -> Day | None:
    """The day that stands before the cue in its clause."""
    low, clause = m.start() - 24, page.clause(m.start())
    near = (d for d in page.days if d.start >= low and d.end <= m.end() and page.clause(d.start) == clause)
    return next(near, None)


def _ahead(page: Page, day: Day, m: re.Match[str]) -> bool:
    """The day is to come: a bare one of the last months is looked back on."""
    if not day.value or day.value <= page.today:
        return False
    gone = day.past and day.past <= page.today and (page.today - day.past).days < 120
    return not (gone and _looks_back(page, m))


_PAPERS_EN = _R(
    r"(?: through)? (?:the |his |her |their |its |our |all |my )*(?:[\w']+ ){0,2}(?:statements?|accounts|books|figures|papers?|numbers|files?|ledgers?|records|invoices|drawdowns?|documents|returns|terms|plan|memo|report)\b(?! with)"
)
_CALLED_EN = _R(
    r"\b(?:phoned|rang|called|telephoned|emailed|texted|messaged|whats ?app\w*|call-?back|call|phone|message|wrote|spoke|spoken|talked|heard from|speaking|news from)\b[^.;]*$"
)
_HANDS_EN = _R(
    r"(?:\b(?:people|staff|workers|employees|men|women|employ\w*|hands|jobs|stock|kept|stored|consumption|heads)|N) $"
)
_FOUND_EN = _R(
    r"\b(?:check|search|audit|review|analysis|statements?|tracing|reconciliation|records?) (?:also |has |have )?$"
)
_COMING_EN = _R(r"\b(?:i'm|i am|we're|we are|to be) (?:seeing|meeting|visiting|going|there|back)\b[^.;]*$")


def _no_visit_en(page: Page, m: re.Match[str]) -> bool:
    """At the dairy where somebody was only rung, over the books, staff at the site, a check that turned something up."""
    said, left = m.group(), page.left(m.start(), 60)
    if said == "inspected" and re.match(
        r" (?:\w+ )?by (?!me|us|the (?:writer|undersigned))", page.sk[m.end() : m.end() + 24]
    ):
        return True
    if (
        said.startswith("at the")
        and "gate" not in said
        and (_CALLED_EN.search(left) or _HANDS_EN.search(left))
    ):
        return True
    if said.endswith(("over", "through", "into")) and _PAPERS_EN.match(page.sk, m.end()):
        return True
    return bool((said == "turned up" and _FOUND_EN.search(left)) or _COMING_EN.search(left))


def _looks_back(page: Page, m: re.Match[str]) -> bool:
    words = page.left(m.start(), 16 if page.lang == "zh" else 26) + page.right(m.start(), 24)
    if page.lang == "zh" and re.match(r"[。；]|$", page.sk[m.end() : m.end() + 1]):
        return False
    if page.lang == "zh":
        return not re.search(r"再|拟|将|要|下次|打算|计划|约|准备|改", words[:24])
    return not re.search(
        r"\b(?:will|next|again|going|plan|cancel\w*|move|postpone|shift|skip|resched\w*|put off|due)\b", words
    )


def _channel(page: Page, tried: dict[str, Span], reached: Span | None, failed: Span | None) -> str | None:
    if not tried:
        return None
    if reached and len(tried) > 1:
        works = [c for c in tried if not _channel_failed(page, c, tried[c])]
        if "visit" in works:
            return "visit"
        if "phone" in works and re.search(r"\b(?:rang|called|phoned|picked up)\b", page.sk[slice(*reached)]):
            return "phone"
        return min(works, key=lambda c: abs(tried[c][0] - reached[0])) if works else next(iter(tried))
    if (
        "message" in tried
        and failed
        and not reached
        and "visit" not in tried
        and failed[0] > tried["message"][0]
        and "phone" not in tried
    ):
        return "message"
    return next(iter(tried))


def _channel_failed(page: Page, channel: str, span: Span) -> bool:
    after = page.after(span[0], 26 if page.lang == "zh" else 80)
    if channel == "visit":
        return bool(
            re.search(
                r"门锁|锁着|没人(?!接)|扑空|紧闭|没见到人|铁将军|上锁|锁了|locked|nobody|no one|padlocked|deserted|shut|lock and key|closed",
                after[: 24 if page.lang == "zh" else 70],
            )
        )
    words = FAIL[page.lang].search(after)
    return bool(words)


def _outcome(
    tried: dict[str, Span], refused: Span | None, failed: Span | None, reached: Span | None
) -> tuple[str | None, Span | None]:
    if refused:
        return "refused", refused
    if reached:
        return "reached", reached
    if failed and tried:
        return "unreachable", failed
    return None, None


_PRESENT = {"zh": contact_zh.PRESENT, "en": contact_en.PRESENT}
_ABSENT = {"zh": contact_zh.ABSENT, "en": contact_en.ABSENT}


def _met(page: Page) -> Span | None:
    """Somebody of theirs is named, nothing says that they were out: 去了印刷厂，单会计，账都对."""
    wide = (12, 8) if page.lang == "zh" else (36, 30)
    for m in _PRESENT[page.lang].finditer(page.sk):
        near = page.sk[max(0, m.start() - wide[0]) : m.start()] + page.sk[m.end() : m.end() + wide[1]]
        if not _ABSENT[page.lang].search(near) and not OTHER_SPEAKER[page.lang].search(
            page.left(m.start(), 30)
        ):
            return m.span()
    return None


def _refused(page: Page) -> Span | None:
    for m in REFUSE[page.lang].finditer(page.sk):
        left = page.left(m.start(), 18 if page.lang == "zh" else 50)
        if (
            page.lang == "zh"
            and not m.group().startswith("挂")
            and (
                re.search(
                    r"客户(?!不|拒)|下游|供应商|没有|并未|没$|未$|供货|他们不让|施工|消防|环保|银行(?!的人|来的|的?工作)|收货|房东|D",
                    left[-10:],
                )
                or re.search(r"冻|电话本|号码", left[-6:])
            )
        ):
            continue
        if (
            page.lang == "zh"
            and m.group().startswith("挂")
            and not re.search(r"银行|不|别|烦|没说|两句|几句|就|一听|直接", page.before(m.start(), 16))
        ):
            continue
        if page.lang == "en" and re.search(
            r"\b(?:supplier|customer|buyer|bank|insurer|mill|landlord)s?\b[^.;]{0,20}$", left
        ):
            continue
        if "闭门羹" in m.group() and FAIL["zh"].search(page.before(m.start(), 24) + page.after(m.end(), 24)):
            continue
        if _let_in_later(page, m) and _reached(page):
            continue
        return m.span()
    return None


def _let_in_later(page: Page, m: re.Match[str]) -> bool:
    if re.search(r"后来|最后|不过|later|eventually|in the end", page.after(m.end(), 12)):
        return True
    return page.lang == "en" and bool(
        re.search(r"\b(?:at first|to begin with|initially|to start with)\b", page.after(m.end(), 30))
    )


def _failed(page: Page) -> Span | None:
    for m in FAIL[page.lang].finditer(page.sk):
        left = page.left(m.start(), 16)
        if (
            page.lang == "zh"
            and re.search(
                r"担保人|客户(?:电话|那边)|下游|工人|供应商|监控|仓库(?!门)|存货|工地上|没人欠", left[-8:]
            )
        ) or re.search(r"没人干|无人机|没人(?:干|上班|管)", page.sk[m.start() : m.end() + 3]):
            continue
        if page.lang == "en" and _NEIGHBOUR_EN.search(page.left(m.start(), 30) + m.group()):
            continue
        return m.span()
    return None


_NEIGHBOUR_EN = _R(r"\b(?:neighbou?r\w*|next door|competitor\w*|customer'?s|supplier'?s)\b")


def _reached(page: Page) -> Span | None:
    for m in PERSON_SPEAKS[page.lang].finditer(page.sk):
        told = page.left(m.start(), 16) + m.group("p") if page.lang == "zh" else page.left(m.start(), 60)
        if not OTHER_SPEAKER[page.lang].search(told) and not _silent(page, m):
            return m.span("p")
    if quoted := _quoted(page):
        return quoted
    for m in REACHED[page.lang].finditer(page.sk):
        if page.lang == "en" and contact_en.OTHER_AFTER.match(page.right(m.end(), 60)):
            continue
        left = page.before(m.start(), 22 if page.lang == "zh" else 70)
        if not OTHER_SPEAKER[page.lang].search(
            left if page.lang == "en" else page.left(m.start(), 18) + m.group() * m.group().startswith("据")
        ) and not _silent(page, m):
            return m.span()
    return None


_SPEAKS = _R(
    r"(?<![听据再传来话小细瞎别函告照名简统职你])(?<!(?<![跟对和给向同])我)(?:说(?!个?[事情下声]|是|的|错|不[出上准]|明|实话|法|得|起来|不定|到底|白了|好|一下|一声|句|话|实在|没用到)|讲(?!究|话|好)|声?称(?!重|为)|反映|告诉我|承认|坦言|答应|承诺|解释|抱怨|微信回的|回的(?=：|，)|支支吾吾)"
)


def _quoted(page: Page) -> Span | None:
    """Any words quoted, but for the author's own and an outsider's, come from somebody of the borrower."""
    if page.lang == "en":
        return _quoted_en(page)
    for m in _SPEAKS.finditer(page.sk):
        left = page.left(m.start(), 14)
        if re.match(r"(?:根本|压根)?不认识|打错", page.sk[m.end() : m.end() + 5]):
            continue
        if not OTHER_SPEAKER["zh"].search(left) and not re.search(
            r"(?<![跟对和给向同])我(?:跟|和|对|就|也|问)?[^，。]{0,4}$|会上|领导|听[^，。]{0,7}$|客户的|法院|通知|公告|合同|有人|人家|都$|要求|没|传言|媒体|村里|系统|报告|记录|律师|保险",
            left[-8:],
        ):
            return m.span()
    return None


def _quoted_en(page: Page) -> Span | None:
    for m in contact_en.SPOKE.finditer(page.sk):
        left = page.before(m.start(), 110)
        if not (contact_en.NOT_SPOKE.search(left) or contact_en.OUTSIDER.search(left) or _silent(page, m)):
            return m.span()
    return None


_OWN_PERSON = _R(
    r"\b(?:owner|director|manager|boss|foreman|cfo|accountant|bookkeeper|mr|mrs|ms|wife|husband|son|daughter|supervisor)\b"
)


_NO_WORD_EN = _R(
    r"\b(?:no|any|without(?: an?| any)?|await(?:ing)?(?: an?| any)?|no (?:further|written|formal)) $"
)


_OTHER_FAILED_ZH = _R(r"(?:没接|不在|没在)$")


def _silent(page: Page, m: re.Match[str]) -> bool:
    """The words are there but nobody spoke: no meeting, a plan, or the lender's own."""
    if page.lang == "en" and m.group()[:3] in ("he ", "she"):
        earlier = page.sk[max(0, m.start() - 120) : m.start()]
        if contact_en.BYSTANDER.search(earlier) and not _OWN_PERSON.search(earlier):
            return True
    if page.lang == "zh":
        left = _OTHER_FAILED_ZH.sub("", page.left(m.start(), 10))
        if re.match(r"致|去电|电|联系|约见|见", m.group()) and FAIL["zh"].search(page.after(m.end(), 22)):
            return True
        if re.search(r"改到|改期|去不成|没去成|挪到", page.after(m.start(), 30)) and re.match(
            r"说好|约好|约了|定好|约定", m.group()
        ):
            return True
        if re.search(
            r"(?:没有?|未能|未|不(?![成了好错动住少过足到])|没能|想|要|争取|改天|下次|回头|准备|打算|到时候?|当场没|D)(?:跟|和|与|再|能|有|去|来|当面)?[^，。；]{0,4}$",
            left,
        ) and not re.search(r"D[^，。；]*(?:在|去|到)|要(?:求|账)", left):
            return True
        return bool(
            re.search(r"电话里说不|说不定", page.sk[m.start() : m.end() + 3])
            or (
                re.search(r"^(?:约好|约了|约定|说好|约在)", m.group()) and re.search(r"合同|没|按", left[-4:])
            )
        )
    left = page.left(m.start(), 30)
    if _NO_WORD_EN.search(left):
        return True
    return bool(
        re.search(
            r"\b(?:not|didn't|never|couldn't|no one|nobody|will|to be|hasn't|hope to|plan to|neither|haven't|wouldn't|refused to|until)\b[^.;,]{0,14}$",
            left,
        )
    )


def _person(page: Page, reached: Span | None) -> Span | None:
    if reached:
        m = PERSON_SPEAKS[page.lang].search(
            page.sk, max(0, reached[0] - 4), min(len(page.sk), reached[1] + 12)
        )
        if m and m.start("p") <= reached[1]:
            better = NAMED[page.lang].search(page.sk, max(0, m.start("p") - 4), m.end("p"))
            return better.span() if better and better.end() >= m.end("p") - 1 else m.span("p")
    m = NAMED[page.lang].search(page.sk)
    return m.span() if m else None


def _on(page: Page, span: Span | None) -> list[Fact]:
    """The day of the visit or call, where it's said and isn't the day of the report."""
    if not span:
        return []
    for d in page.days:
        near = abs(d.start - span[0]) < 24 and page.clause(d.start)[0] <= span[0] < page.sentence(d.start)[1]
        if (
            near
            and d.past
            and d.past < page.today
            and (d.value is None or d.value <= page.today or d.past > page.today.replace(day=1))
            and (page.today - d.past).days < 60
            and d.end <= span[1] + 2
        ):
            return [page.fact("contact.on", d.past.isoformat(), d.start, d.end)]
    return []
