"""Names and numbers of people are taken out of a text before it leaves the house, and put back afterwards."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LABELS = {
    "zh": {"person": "人", "firm": "单位", "phone": "电话", "id": "证件", "account": "账号", "mail": "邮箱"},
    "en": {"person": "PERSON", "firm": "FIRM", "phone": "PHONE", "id": "ID", "account": "ACCOUNT", "mail": "MAIL"},
}  # fmt: skip
_R = re.compile
_SUR = "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛余潘杜戴夏钟汪任姜范姚谭廖邹熊陆郝孔崔康毛邱秦江顾侯邵孟贺赖龚钱汤尹黎严洪章倪施温莫俞柳葛翁骆柯瞿阮翟闫齐庞樊殷耿牛华"
_TITLE = r"(?:总经理|副总|总(?![额体量计共数产价投包结部成之算是有归得在会要的])|老板娘?|董事长|厂长|经理(?![解由想赔])|会计|出纳|姐|哥|叔|嫂|姨|先生|女士|小姐|师傅|主任(?!务)|校长|院长|书记|场长|店长|科长|部长|工(?=[，。,说讲在也]))"
_GIVEN = r"(?:先生|女士|小姐|经理|厂长|董事长|总经理|会计|主任|老板|师傅)"
PEOPLE = (
    _R(
        rf"(?<![也或允工流过课日行责主如任为几剩其资现奖一两三四五六七八九十上下本这每半中长])[{_SUR}](?={_TITLE})"
    ),
    _R(rf"(?:(?<![一-龥])|(?<=[到了跟找和给由与见是叫]))[{_SUR}][一-龥]{{1,2}}(?={_GIVEN})"),
    _R(rf"(?<=老)[{_SUR}白方高石叶段贝](?![头子菜本牛])|(?<=[小阿])[{_SUR}](?![额本米麦头子毛病])"),
    _R(rf"(?<=姓)[{_SUR}]"),
    _R(
        r"(?<=\bMr )[A-Z][\w'-]+(?: [A-Z][\w'-]+)?|(?<=\bMr\. )[A-Z][\w'-]+(?: [A-Z][\w'-]+)?"
        r"|(?<=\b[MD][rs]s )[A-Z][\w'-]+(?: [A-Z][\w'-]+)?|(?<=\b[MD][rs] )[A-Z][\w'-]+(?: [A-Z][\w'-]+)?"
        r"|(?<=\b[MD][rs]\. )[A-Z][\w'-]+(?: [A-Z][\w'-]+)?|(?<=\bMiss )[A-Z][\w'-]+(?: [A-Z][\w'-]+)?"
    ),
    _R(r"(?<=\bmr )[a-z]{2,}|(?<=\b[md]rs )[a-z]{2,}|(?<=\b[md]s )[a-z]{2,}|(?<=\bmiss )[a-z]{2,}"),
)
NUMBERS = {
    "mail": _R(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"),
    "id": _R(
        r"(?<![0-9A-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![0-9A-Za-z])|(?<![0-9A-Za-z])9[1-3][0-9A-Z]{16}(?![0-9A-Za-z])"
    ),
    "phone": _R(
        r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d|[万亿元块])|(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)"
        r"|(?<!\d)[48]00[ -]\d{3}[ -]?\d{4}(?!\d)|\+\d{1,3}(?:[ -]?\d{2,5}){2,5}(?!\d)"
        r"|[幺一][三四五六七八九](?:[零〇一二三四五六七八九幺]){9}(?![零〇一二三四五六七八九幺百千万亿])"
    ),
    "account": _R(r"(?<![\d.,])\d{4}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,7})?(?![\d.,]|[万亿元块])"),
}
ROLE = _R(
    r"法定代表人|实际控制人|法人代表|法人|控制人|施工|包工头|前台|媳妇|爱人|弟弟|哥哥|妹妹|姐姐|老婆|老公|业主方?|[校厂甲乙]方|司机|班长|库管|仓管|库房|生产|设备|某|太太|夫妇|董事长|总经理|副总|财务(?:总监|负责人|主管|经理)?|项目(?:负责人|经理)|负责人|会计|出纳|厂长|店长|场长|校长|院长|社长|科长|经理|主任|主管|老板娘?|"
    r"师傅|先生|女士|小姐|总|董|姐|哥|叔|嫂|姨|工|老|小|阿|的|"
    r"\b(?:mr|mrs|ms|miss|dr|the|a|an|his|her|their|cfo|ceo|cto|owner|boss|manager|director|accountant|wife|husband|son|daughter|brother|sister|of|finance|plant|site|works|general|lady|man|foreman|and)\b\.?",
    re.I,
)

CALLED = _R(
    rf"[{_SUR}高金白石叶田康万龙武雷段史易柴佟伍苗谷欧司诸上葛毕季温许贺关鲍桂童凌梅盛][一-龥]{{0,3}}"
    r"|[A-Z][a-z'-]+(?: [A-Z][a-z'-]+){0,2}"
)


@dataclass(frozen=True, slots=True)
class Secret:
    """The words `start:end` of the text; kind is person, firm, phone, id, account or mail."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """`raw_start:raw_end` of the text became `start:end`, the token."""

    raw_start: int
    raw_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """`text` is what may leave; `tokens` maps each token in it to the words that it stands for."""

    raw: str
    text: str
    tokens: Mapping[str, str]
    _pieces: tuple[_Piece, ...] = ()

    def find(self, quote: str) -> list[tuple[int, int]]:
        """Where in the raw text the quoted words of the masked text stand, every time; a cut token counts whole."""
        found: list[tuple[int, int]] = []
        words, at = quote.strip(), -1
        while words and len(found) < MANY and (at := self.text.find(words, at + 1)) >= 0:
            found.append((self._raw(at, ends=False), self._raw(at + len(words), ends=True)))
        return found

    def restore(self, words: str) -> str:
        """The words with the names put back."""
        if not self.tokens:
            return words
        return re.sub("|".join(map(re.escape, self.tokens)), lambda found: self.tokens[found[0]], words)

    def _raw(self, at: int, *, ends: bool) -> int:
        n = bisect_right(self._pieces, at, key=lambda piece: piece.start) - 1
        if n < 0:
            return at
        piece = self._pieces[n]
        if at >= piece.end:
            return at - piece.end + piece.raw_end
        if at == piece.start:
            return piece.raw_start
        return piece.raw_end if ends else piece.raw_start


MANY = 20


def mask(text: str, secrets: Iterable[Secret], lang: str = "zh") -> Masked:
    """Each secret becomes a token, the same words always the same one; no token stands in the text before."""
    tokens: dict[tuple[str, str], str] = {}
    pieces: list[_Piece] = []
    out: list[str] = []
    at = 0
    for one in _apart(secrets, len(text)):
        words = text[one.start : one.end]
        token = tokens.get((one.kind, words)) or _token(text, one.kind, lang, tokens)
        tokens[one.kind, words] = token
        out += [text[at : one.start], token]
        start = (pieces[-1].end if pieces else 0) + one.start - at
        pieces.append(_Piece(one.start, one.end, start, start + len(token)))
        at = one.end
    names = {token: words for (_, words), token in tokens.items()}
    return Masked(text, "".join([*out, text[at:]]), names, tuple(pieces))


def _token(text: str, kind: str, lang: str, taken: Mapping[tuple[str, str], str]) -> str:
    label = LABELS[lang][kind]
    number = 1 + sum(other == kind for other, _ in taken)
    used = set(taken.values())
    while (token := f"[{label}{number}]") in text or token in used:
        number += 1
    return token


def _apart(secrets: Iterable[Secret], length: int) -> list[Secret]:
    """In order and without overlaps: of two that share words the first, then the longer, has them."""
    kept: list[Secret] = []
    at = 0
    for one in sorted(secrets, key=lambda s: (s.start, -s.end)):
        start, end = max(one.start, at), min(one.end, length)
        if start < end:
            kept.append(Secret(start, end, one.kind))
            at = end
    return kept


def secrets(
    text: str, known: Iterable[tuple[str, str]] = (), people: Sequence[tuple[int, int]] = ()
) -> list[Secret]:
    """All that must not leave: numbers by their look, people by their titles, `known` names (words, kind) wherever
    they stand, and what is a name in the spans `people`.
    """
    numbers = [Secret(*found.span(), kind) for kind, look in NUMBERS.items() for found in look.finditer(text)]
    titled = [Secret(*found.span(), "person") for look in PEOPLE for found in look.finditer(text)]
    named = [one for words, kind in known for one in _everywhere(text, words, kind)]
    said = [one for start, end in people for one in _named_in(text, start, end)]
    return [*numbers, *titled, *named, *said]


def _everywhere(text: str, words: str, kind: str) -> Iterable[Secret]:
    """Latin names at word edges only; one letter or character is no name."""
    if len(words.strip()) < 2:
        return
    edge = r"(?<![A-Za-z0-9])" if words[0].isascii() else ""
    tail = r"(?![A-Za-z0-9])" if words[-1].isascii() else ""
    for found in re.finditer(edge + re.escape(words) + tail, text, re.I):
        yield Secret(*found.span(), kind)


def _named_in(text: str, start: int, end: int) -> Iterable[Secret]:
    """What is left of 财务李姐 or Ms Chen the CFO without roles and titles, where it looks like a name."""
    at = start
    for role in [*ROLE.finditer(text, start, end), None]:
        bare = text[at : role.start() if role else end].strip(" ,，.")
        if CALLED.fullmatch(bare):
            first = text.index(bare, at)
            yield Secret(first, first + len(bare), "person")
        at = role.end() if role else end
