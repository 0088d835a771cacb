"""Plain sentences about the day and the digest: 今天怎么走, route for today, 晚上提前提醒我."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST = 40
ROUTE = re.compile(
    r"^(?:请|帮我|给我|我)*(?:今天|今日|明天|明日)?(?:的|我|要|该|应该|几家|这些|去|跑|走访|拜访|回访)*"
    r"(?:怎么(?:走|跑)|(?:先|从)(?:去|跑|走)?(?:哪|谁)(?:一?家|里|儿)?(?:开始)?(?:走|去)?(?=最?(?:顺|近|好)|$)|路线|顺路怎么|(?:安排|规划|排|画)(?:一?下|一?个|一?条)?"
    r"(?:今天|明天)?的?(?:走访|拜访|回访)?(?:路线|顺序))(?:图|安排|规划)?(?:最?(?:顺|近|快|好|省事))?(?:些|点|路)?(?:呢|啊|呀|吧)?$"
)
ROUTE_EN = re.compile(
    r"^(?:please |can you |could you )?(?:(?:show|give)(?: me)? |(?:plan|make) )?(?:my |the |a )?(?:best |shortest )?"
    r"route(?: plan)?(?: for)? (?:today|tomorrow|the day|my visits)(?:'s visits)?(?: today| tomorrow)?$"
    r"|^(?:please )?(?:show|plan|make)(?: me)? (?:my |the |a )?(?:best |shortest )?route$|^(?:today's|tomorrow's|my) route$"
    r"|^(?:how|which way) (?:do|should) i (?:go|drive) (?:today|tomorrow)$",
    re.IGNORECASE,
)
TOMORROW = re.compile(r"明天|明日|tomorrow", re.IGNORECASE)
ASKS = r"(?:提醒|通知|告诉|推送|发给?)(?:我|一下)?(?:就好|就行|吧|好了|一下)?$"
WISH = r"^(?:请|以后|今后|往后|还是|都|每天|我(?:要|想|希望)|把|回访|提醒|时间|改(?:成|到|为|在)?|换(?:成|到)?|在|提前|,|,)*"
EVENING = re.compile(
    WISH
    + r"(?:前一?[天晚](?:的)?(?:晚上)?|头天(?:晚上)?|头一天(?:晚上)?|提前一[天晚](?:晚上)?|晚上)(?:提前|就|再|先|一天|都)*"
    + ASKS
)
MORNING = re.compile(WISH + r"(?:当天|当日)?(?:的)?(?:早上|早晨|上午|一早|清早)(?:就|再|都)*" + ASKS)
EVENING_EN = re.compile(
    r"^(?:please )?(?:always )?remind me (?:of visits |of my visits )?(?:(?:on |in )?the (?:evening|night|day) before"
    r"|in the evenings?(?: before)?|the previous evening)$",
    re.IGNORECASE,
)
MORNING_EN = re.compile(
    r"^(?:please )?(?:always )?remind me (?:of visits |of my visits )?(?:in the mornings?|(?:on )?the same (?:day|morning))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """`what` is route (of `day`) or digest (at `when`: morning, evening)."""

    what: str
    day: date | None = None
    when: str = ""


def wish(text: str, today: date) -> Wish | None:
    """None where the sentence wishes for nothing of the kind."""
    bare = "".join(text.split()) if any("一" <= letter <= "鿿" for letter in text) else text.strip()
    bare = bare.rstrip("?？。.!！~ ")
    if not bare or len(bare) > LONGEST:
        return None
    if ROUTE.search(bare) or ROUTE_EN.search(bare):
        return Wish("route", day=today + timedelta(1) if TOMORROW.search(bare) else today)
    for when, patterns in (("evening", (EVENING, EVENING_EN)), ("morning", (MORNING, MORNING_EN))):
        if any(pattern.search(bare) for pattern in patterns):
            return Wish("digest", when=when)
    return None
