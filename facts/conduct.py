"""The account manager and the borrower's money: received, lent or repaid for them."""

from __future__ import annotations

import re

from facts.model import Fact
from facts.page import Page
from facts.polarity import denied

_R = re.compile
MONEY = {
    "zh": _R(
        r"我(?:先|就|自己|私下|个人)?(?:帮|替|给)(?:他|她|他们|客户|借款人|老板|企业)?[^，。；]{0,6}(?:垫(?:付)?|代还|代收|代付|还了|交了|凑了|保管)[^，。；]{0,10}|(?:打|转|汇|存)(?:到|给|进)(?:了)?我(?:的|个人|自己|私人)?(?:的)?(?:卡|账户|微信|支付宝|账上)|(?:用|借用)(?:我|他|客户)的?(?:个人|自己)?(?:账户|卡|微信)(?:帮|替|收|转|走)|我(?:自己|个人|私人|私下|先)?(?:掏钱)?借(?:给)?(?:了)?(?:他|她|客户|老板)[^，。；]{0,8}(?:A|钱|块)|(?:塞|送)(?:给)?了?我[^，。；]{0,8}(?:红包|A|购物卡|现金)|客户经理[^，。；]{0,8}(?:代收|代还|垫付|代付|收了|借款给|借钱给|借用)|(?:现金|钱)(?:交给|给)了?我(?!们)(?:保管|带|代)?|我(?:先)?垫(?:了|付|上)|我(?:代|替)(?:收|还|付)"
    ),
    "en": _R(
        r"\bi (?:lent|loaned|advanced|fronted|covered|paid)(?: \w+){0,3} (?:him|her|them|his|their|A)\b[^.;]{0,30}|\b(?:into|to) my (?:own |personal )?(?:account|card|wallet)\b|\bi (?:repaid|paid|settled|collected)[^.;]{0,24} (?:for|on behalf of) (?:him|her|them|the borrower)\b|\b(?:gave|handed) me (?:\w+ )?(?:A|cash|the cash|the money)\b|\bout of my own pocket\b|\baccount manager (?:lent|received|collected|repaid|advanced)\b"
    ),
}  # fmt: skip


def facts(page: Page) -> list[Fact]:
    for m in MONEY[page.lang].finditer(page.sk):
        if not denied(page, *m.span()) and not re.search(r"没|未|not|n't|never", page.left(m.start(), 6)):
            return [page.fact("conduct.money", True, *m.span())]
    return []
