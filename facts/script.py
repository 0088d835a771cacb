"""The text as it is read: folded, without fillers, each character still tied to the words as they were said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from facts.homophones import mended
from facts.model import Evidence

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD: dict[int, int | str] = {
    **_WIDTH,
    0x3000: " ",
    ord("啦"): "了",
    ord("咗"): "了",
    ord("冇"): "没",
    ord("佢"): "他",
    ord("唔"): "不",
    ord("嘅"): "的",
    ord("喺"): "在",
    ord("畀"): "给",
    ord("嚟"): "来",
    ord("睇"): "看",
    ord("俺"): "我",
    ord("咯"): "了",
    ord("喽"): "了",
    ord("帐"): "账",
    ord("～"): "~",
}
_FOLD |= {
    ord("，"): "，",
    ord("；"): "；",
    ord("："): "：",
    ord("！"): "！",
    ord("？"): "？",
    ord("’"): "'",
    ord("‘"): "'",
}
_FOLD |= {ord("“"): '"', ord("”"): '"', ord("–"): "-", ord("—"): "-", ord("﹣"): "-", ord("−"): "-"}
_FOLD |= {ord("（"): "（", ord("）"): "）", ord("元"): "元", ord("圆"): "元"}
TRADITIONAL = re.compile("[們來個說時萬億這還沒錢廠設備買進應資當貸電話給從員預產銀現開關門單數總業額過長]")
CJK = re.compile("[一-鿿]")
LETTER = re.compile("[A-Za-z]")

# What speech engines write for a word that sounds the same; both sides have one length.
HOMOPHONES = {
    "硬收账": "应收账", "应收帐": "应收账", "因收账": "应收账", "售托": "受托", "底押": "抵押", "抵压": "抵押",
    "低押": "抵押", "开功率": "开工率", "开工律": "开工率", "库村": "库存", "拖钱工": "拖欠工", "托欠": "拖欠",
    "脱欠": "拖欠", "欠新": "欠薪", "公资": "工资", "冻洁": "冻结", "查风": "查封", "起速": "起诉", "启诉": "起诉",
    "定单": "订单", "顶单": "订单", "丁单": "订单", "进都": "进度", "完功": "完工", "竣功": "竣工", "投厂": "投产",
    "停厂": "停产", "停功": "停工", "现金留": "现金流", "粥转": "周转", "高利代": "高利贷", "贷款预期": "贷款逾期",
    "利息预期": "利息逾期", "逾期款": "逾期款", "园材料": "原材料", "听日": "明日", "元材料": "原材料", "产能里用率": "产能利用率",
    "产能力用率": "产能利用率", "应业额": "营业额", "赢业额": "营业额", "营收额": "营收额", "共应商": "供应商",
    "供赢商": "供应商", "货宽": "货款", "货款": "货款", "冻节": "冻结", "被起素": "被起诉", "民间借代": "民间借贷",
}  # fmt: skip
FILLERS_ZH = re.compile(
    "嗯+|呃+|唉+|哎呀?|诶|喂(?!养|食|猪|鸡|牛|羊)|噢+|哦+|怎么说呢|你猜怎么着|你知道吗|这么说吧|那个什么|就是说|说实话(?!了)|"
    "那个那个|那个(?!月|季|星期|礼拜|周)|这个(?=这个)|的话(?!费)"
)
PARTICLES_ZH = re.compile(
    "(?<![酒网水餐贴])吧(?!台)|嘛|(?<!毛)呢(?!子|绒|大衣|料)|啊|呀|哈(?!尔|密|佛|哈)|嘞|哟"
)
FILLERS_EN = re.compile(
    r"\b(?:um+|uh+|er+m?|erm|hmm+|you know|kind of|sort of|basically|by the way|to be honest|"
    r"like(?= (?:a |about |around |roughly )?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|twenty|"
    r"thirty|forty|fifty|sixty|seventy|eighty|ninety|half)))\b[, ]*"
)

# A phone's keyboard gives half-width marks between Chinese words: they end a clause as the full ones do.
FULL_WIDTH = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
HALF_WIDTH = re.compile(r"(?<=[一-鿿])[,;:!?]|[,;:!?](?=[一-鿿])")


@dataclass(frozen=True, slots=True)
class Script:
    """`text` is what the grammar reads; `offsets[i]` is where its i-th character stands in `raw`."""

    raw: str
    text: str
    offsets: tuple[int, ...]
    breaks: frozenset[int]
    lang: str

    def evidence(self, start: int, end: int) -> Evidence:
        first, last = self.offsets[start], self.offsets[max(start, end - 1)] + 1
        return Evidence(first, last, self.raw[first:last])


def language(text: str) -> str:
    """zh when Chinese characters carry the text, else en."""
    letters = len(LETTER.findall(text))
    if not CJK.search(text):
        return "zh" if not letters or re.fullmatch(r"[\d.,\s]+w", text.lower()) else "en"
    return "zh" if 4 * len(CJK.findall(text)) > letters else "en"


def script(raw: str, lang: str | None = None) -> Script:
    tongue = language(raw) if lang not in ("zh", "en") or CJK.search(raw) else lang
    folded = _fold(raw)
    keep, breaks = _marks(folded, tongue)
    text = "".join(folded[i] if c is None else c for i, c in keep)
    index = {i: n for n, (i, _) in enumerate(keep)}
    soft = frozenset(filter(None, (_next(index, i, len(folded)) for i in breaks)))
    return Script(raw, text, (*(i for i, _ in keep), len(raw)), soft, tongue)


def _next(index: dict[int, int], at: int, end: int) -> int | None:
    while at < end and at not in index:
        at += 1
    return index.get(at)


def _fold(raw: str) -> str:
    text = raw.translate(_FOLD).lower()
    if len(text) != len(raw):
        text = "".join(c if len(c.lower()) != 1 else c.lower() for c in raw)
    text = HALF_WIDTH.sub(lambda found: FULL_WIDTH[found[0]], text)
    if TRADITIONAL.search(text):
        text = _simplified(text)
    for wrong, right in HOMOPHONES.items():
        if wrong in text:
            text = text.replace(wrong, right)
    return mended(text) if CJK.search(text) else text


@cache
def _converter() -> object:
    from opencc import OpenCC

    return OpenCC("t2s")


def _simplified(text: str) -> str:
    plain: str = _converter().convert(text)  # type: ignore[attr-defined]
    return plain.replace("帐", "账") if len(plain) == len(text) else text


def _marks(text: str, lang: str) -> tuple[list[tuple[int, str | None]], set[int]]:
    """The kept indices (with another character in place of a space), and where a particle was dropped."""
    gone: set[int] = set()
    breaks: set[int] = set()
    for found in (FILLERS_ZH if lang == "zh" else FILLERS_EN).finditer(text):
        gone.update(range(*found.span()))
    if lang == "zh":
        for found in PARTICLES_ZH.finditer(text):
            gone.update(range(*found.span()))
            breaks.add(found.end())
    keep: list[tuple[int, str | None]] = []
    for i, c in enumerate(text):
        if i in gone:
            continue
        if c.isspace():
            c = _space(text, i, lang, breaks)
        if c:
            keep.append((i, c))
    return keep, breaks


def _space(text: str, i: int, lang: str, breaks: set[int]) -> str:
    if text[i] in "\r\n":
        return "\n"
    if lang == "en":
        return " "
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    if before.isascii() and after.isascii() and before.isalpha() and after.isalpha():
        return " "
    if CJK.match(before) and CJK.match(after):
        return "，"
    breaks.add(i + 1)
    return ""
