"""The account manager and the borrower's money: received, lent or repaid for them."""

from __future__ import annotations

import re

from facts.model import Fact
from facts.page import Page
from facts.polarity import denied

_R = re.compile
_AM_EN = (
    r"(?:the |their |his |our |my )?(?:account manager|relationship manager|loan officer|credit officer|am)"
)
_US_ZH = r"(?:客户经理|信贷员|我行员工|我们行里的人|经办人)"
_THEM_ZH = r"(?:他们?|她们?|客户|借款人|老板娘?|企业|厂里|商户|.{1,3}总)"
MONEY = {
    "zh": _R(
        rf"(?:我(?!行|们)|{_US_ZH})(?:先|就|自己|私下|个人|已经?|也|又|都|本人|掏钱|自掏腰包){{0,2}}(?:帮|替|给|为|代)(?:{_THEM_ZH})?[^，。；]{{0,6}}(?:垫(?:付|还|资|款|了|上)?|代还|代收|代付|代缴|还了|还(?=A)|交了|凑了|保管|收了|收款)[^，。；]{{0,10}}|(?:打|转|汇|存|进|付|划)(?:到|给|进|入|在)(?:了)?(?:我(?!行|们)|{_US_ZH})(?:的|个人|自己|私人|本人)*(?:卡|账户|微信|支付宝|账上|户头|账号)|(?:用|借用|走)(?:的)?(?:我|{_US_ZH}|他|客户)的?(?:个人|自己|私人)?(?:账户|卡|微信)(?:帮|替|收|转|走|过)|(?:我(?!行|们)|{_US_ZH})(?:自己|私人|个人|私下|先|就|又|也){{0,2}}(?:借|拿)(?:给)?(?:了)?(?:{_THEM_ZH})[^，。；]{{0,8}}(?:A|钱|块)|(?:塞|送|给|打|转|包)(?:给)?了?(?:我(?!行|们)|{_US_ZH})[^，。；]{{0,8}}(?:红包|购物卡|好处费|辛苦费|感谢费|茶水费|回扣|现金|烟酒|礼金)|(?:塞|送)(?:给)?了?(?:我(?!行|们)|{_US_ZH})[^，。；]{{0,6}}A|(?:我(?!行|们)|{_US_ZH})[^，。；]{{0,8}}(?:代收|代还|垫付|垫还|代付|借款给|借钱给|借用|私下借|收了?(?:{_THEM_ZH})?[^，。；]{{0,8}}(?:A|现金|好处|红包|回扣|费|钱)|收受|拿了(?:{_THEM_ZH})[^，。；]{{0,8}}(?:A|现金|好处|红包|回扣|钱)|要了?(?:好处|回扣)|(?:向|跟|找|问)(?:{_THEM_ZH})[^，。；]{{0,4}}(?:借了?|要了?)[^，。；]{{0,4}}(?:A|钱))|(?:现金|钱)(?:都|全|先)?(?:交给|给)了?(?:我(?!行|们)|{_US_ZH})(?:保管|带|代|拿着|去(?:存|还))?|我(?!行|们)(?:先)?垫(?:了|付|上|还|资)|我(?!行|们)(?:代|替)(?:收|还|付)|(?:收了|收受)(?:{_THEM_ZH})[^，。；]{{0,8}}(?:好处|回扣|红包)|(?:给|送|付)(?:了)?{_US_ZH}[^，。；]{{0,6}}(?:A|好处|回扣|红包)"
    ),
    "en": _R(
        rf"\bi(?:'ve| have|'d)? (?:also |personally |just |even |already )?(?:lent|loaned|advanced|fronted|covered|paid|gave|given|repaid|settled)(?: \w+){{0,3}} (?:him|her|them|his|their|A)\b(?! (?:a (?:visit|call|ring|copy|form|list|letter|deadline|week|card|tour)|the (?:form|list|letter)|until|till|to D|notice|warning))(?<!gave him)(?<!gave her)(?<!gave them)(?<!given him)(?<!given her)(?<!given them)[^.;]{{0,30}}|\bi gave (?:him|her|them)(?: \w+){{0,2}} (?:A|cash|money)|\b(?:in)?to (?:my|{_AM_EN}'s) (?:own |personal |private )?(?:bank )?(?:account|card|wallet)\b|\bi (?:re)?(?:paid|settled|collected|took|accepted|received)[^.;]{{0,24}} (?:for|on behalf of) (?:him|her|them|the (?:borrower|client|customer))\b|\b(?:gave|handed|slipped|paid|offered and gave|sent|transferred|passed|lent|tipped) (?:me|{_AM_EN})(?: \w+){{0,2}} (?:A|cash|the money|a red packet|red packets?|an envelope|gift cards?|a gift|a commission|a kickback|backhander)|\bi (?:took|accepted|received|pocketed|borrowed)(?: \w+){{0,2}} (?:A|cash|money|a red packet|an envelope|gift cards?|commission|a kickback)\b[^.;]{{0,12}} from (?:him|her|them|the (?:borrower|client|customer|owner|boss|director))|\bout of my own (?:pocket|money|savings)\b|\bfrom my own pocket\b|\bmy own money\b|\b{_AM_EN} (?:has |had |also |personally )*(?:lent|loaned|received|collected|repaid|advanced|took|taken|accepted|pocketed|borrowed|paid (?:his|her|their|the (?:borrower|client|customer)'s)|covered|asked for|demanded|settled|solicited)\b(?! (?:(?:the|some|a few|several|two|three) )?(?:documents?|photos?|pictures?|statements?|calls?|copies|keys|papers|notes|over|part|a look|invoices|part|leave))|\bborrowed (?:A|money|cash)[^.;]{{0,10}} from {_AM_EN}"
    ),
}  # fmt: skip

GIVEN_BACK = re.compile(
    r"没(?:收|要|拿|接)|未收|不收|不要|退(?:回|还|了|掉)|拒|婉|还给(?!我)|\b(?:refused|declined|turned (?:it|that) down|gave it (?:straight )?back|returned it|did(?:n't| not) (?:take|accept))\b"
)


def facts(page: Page) -> list[Fact]:
    for m in MONEY[page.lang].finditer(page.sk):
        if re.search(r"没|未|不(?!过)|拒", m.group()) or GIVEN_BACK.search(page.after(m.end(), 16)):
            continue
        if not denied(page, *m.span()) and not re.search(r"没|未|not|n't|never", page.left(m.start(), 6)):
            return [page.fact("conduct.money", True, *m.span())]
    return []
