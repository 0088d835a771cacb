"""Words of a visit, a call or a message that are no meeting with the borrower: the registry, somebody else's way."""

from __future__ import annotations

import re

from facts.page import Page

_R = re.compile
NOT_OURS = _R(
    r"车管所|法院|工商局|税务局|税务大厅|房管局|不动产|登记中心|派出所|开会|行里|支行|外省|外地|省城|出差|收账|参展|老家|国外|银行(?!的|派)|征信|查档|市监"
)
_ON_SCREEN = _R(r"视频|镜头|监控|直播")
_NO_PLACE = _R(
    r"(?:转|打|用|汇|投|还|提|付|流|拿|借|划|存|堆|欠|做|干|建|盖|推|开|完成|进度|得|压|还在|垫|送|运|排|卖|花|放|等|直|做|找|收|回|达|看|见|碰|遇|接|说|想|谈|叫|轮|听|提|查|受|遭)$"
)
_NO_JOURNEY = tuple("司里头家厂户行店出回进过上下送用花给资款钱料息账活")
_AT_THE_BANK = _R(r"行里|我行|银行|来行|支行|网点")
_OTHERS_WAY = _R(
    r"(?:他|她|老板|(?<![开坐骑])车|设备|钱|货|说|A|工人|转|交|投|贷款|客户|资金|保险公司|他们|法院|打|堆|存|库|人)(?:们)?(?:人|现在|也|又|就|自己|都|在|跟我说|已经|今天|昨天|前天|D|上周|花|款|了|里)*$"
)
_OTHERS_CALL = _R(
    r"(?:保险公司|法院|担保公司|供应商|税务局|派出所|他行)[^，。]{0,4}$|[没未][^，。；接听通]{0,4}[打去]$"
)
_PAID_BY = _R(r"微信(?:转账|支付|收款)|短信提醒|微信里(?:的)?钱")


def elsewhere(page: Page, m: re.Match[str], name: str) -> bool:
    """Whether the cue `m` of that channel is said of another place or of somebody else's journey or call."""
    if name == "visit":
        return _no_visit(page, m) or _another_place(page, m)
    if name == "phone" and m.group() == "打给":
        return bool(re.search(r"A|钱|款|资金|货|费|息", page.left(m.start(), 10))) or bool(
            re.match(r"了?[^，。；]{0,8}(?:公司|投资|账|户|A|厂|行)", page.sk[m.end() : m.end() + 12])
        )
    if name == "phone":
        return bool(_OTHERS_CALL.search(page.left(m.start(), 12)))
    return bool(_PAID_BY.search(page.sk[m.start() : m.end() + 4]))


def _no_visit(page: Page, m: re.Match[str]) -> bool:
    """No journey at all: 转到账上, 用了, 货进场, what a camera showed."""
    words = m.group()
    if words.startswith("进场") or _ON_SCREEN.search(page.before(m.start(), 24)):
        return True
    before = page.sk[max(0, m.start() - 2) : m.start()]
    return (words[0] in "到进在" and bool(_NO_PLACE.search(before))) or (
        words.startswith("去了") and before[-1:] in _NO_JOURNEY
    )


def _another_place(page: Page, m: re.Match[str]) -> bool:
    words = m.group()
    if words.endswith("上见"):
        return False
    if words[0] in "见碰堵逮撞" and _AT_THE_BANK.search(page.after(m.end(), 18)):
        return True
    there = words if words.endswith("时候") else words + page.right(m.end(), 8)
    if NOT_OURS.search(there[:10]):
        return True
    theirs = words[0] in "去到在从往进转上" and _OTHERS_WAY.search(page.left(m.start(), 8))
    return bool(theirs) and "我" not in page.left(m.start(), 14)
