"""Whom a report is about: names of the author's own book found in the text, also where the engine heard a homophone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from facts.sounds import syllables

CLEAR, LEAD = 0.6, 0.12


@dataclass(frozen=True, slots=True)
class Known:
    """A borrower as the book has it; empty strings where a name is not known."""

    borrower_code: str
    name: str
    short_name: str = ""
    contact_name: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`score` 0..1; `why` is name, short_name, core, contact, sound, title or passing; the span is in the raw text."""

    borrower_code: str
    score: float
    why: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """The piece `start:end` of a message that speaks of one borrower (None: of nobody known)."""

    start: int
    end: int
    borrower_code: str | None


@dataclass(frozen=True, slots=True)
class _Alias:
    words: str
    code: str
    why: str
    score: float
    sounds: tuple[str, ...] = ()


_TAILS = re.compile(
    r"(?:股份)?有限(?:责任)?公司$|股份公司$|集团$|公司$|经营部$|合作社$|个体工商户$|\s+(?:ltd|limited|co|inc|llc|plc|gmbh|pte)\.?$",
    re.I,
)
_PLACE = re.compile(r"^(?:[一-龥]{2,3}?[省市县区])+")
_KIND = re.compile(
    r"(?:精密|智能|现代|新型|高新|绿色|生态|国际|数控|五金|电子|塑料|塑胶|包装|印刷|食品|粮油|饲料|纺织|服饰|服装|针织|家具|木业|建材|建筑|装饰|工程|机械|机电|设备|制造|模具|铸造|汽配|汽车|"
    r"物流|运输|贸易|商贸|实业|科技|技术|新能源|能源|光伏|农业|养殖|种植|牧业|渔业|水产|酒店|餐饮|酒店管理|化工|材料|新材料|环保|医药|药业|纸业|钢构|钢铁|金属|制品|工贸|管理|服务|文化|教育|珠宝|玩具|鞋业|皮革|陶瓷|玻璃|电器|照明)+(?:厂)?$"
)  # fmt: skip
_EN_KIND = re.compile(
    r"(?:\s+(?:plastics|foods|textiles|logistics|joinery|farms?|fresh|trading|industries|engineering|group|motors|steel|hotels?|builders|supplies|services|products|packaging|garments|castings|mills?|works|bakery|ltd|co|company))+$",
    re.I,
)
_PASSING_BEFORE = re.compile(
    r"(?:隔壁|旁边|对面|不是|并非|而不是|供应商|客户|下游|上游|起诉的是|告他的是|转给|转到|打给|卖给|借给|欠|担保人|担保方|房东|同行|竞争对手|像|跟[^，。；]{0,4}同一|next door to|not|supplier|customer|neighbou?r|sued by|sold to|paid to|owes|unlike|rival)\s?(?:是|的|了|the )?$",
    re.I,
)
_PASSING_AFTER = re.compile(
    r"^(?:那家|那边)?(?:不是我们的|不是咱们的|是(?:他|她)?(?:的)?(?:供应商|客户|下游|上游|担保|房东|隔壁)|起诉(?:他|了)|把他告|的货款|欠(?:他|她)|隔壁|旁边|对面| is (?:not ours|a supplier|a customer|next door))",
    re.I,
)
_TITLE = (
    r"(?:总|老板娘?|经理|厂长|姐|哥|大姐|大哥|叔|嫂|姨|会计|校长|主任|先生|女士|董|工|师傅|院长|社长|场长)"
)

_NAME_BEFORE = re.compile(
    r"(?:^|[。！？；\n!?;]|去了?|到了?|给|跟|和|找|见了?|回访了?|走访了?|拜访了?|上门|联系了?|打给)\s?$"
)
_NAME_AFTER = re.compile(r"(?:那边|那儿|那户|这户|那家|这家|厂|公司|集团|老板|总|家的)")


class Names:
    """An index over a book, built once; finding takes time by the text, not by the book."""

    def __init__(self, people: Iterable[Known]) -> None:
        self.people = {p.borrower_code: p for p in people}
        self._words: dict[str, list[_Alias]] = defaultdict(list)
        self._sounds: dict[tuple[str, str], list[_Alias]] = defaultdict(list)
        self._surnames: dict[str, list[str]] = defaultdict(list)
        self._last: tuple[str | None, list[Candidate]] = (None, [])  # one text is asked about several times
        for person in self.people.values():
            self._learn(person)

    def _learn(self, person: Known) -> None:
        for alias in _aliases(person):
            self._words[_key(alias.words)].append(alias)
            if len(alias.sounds) >= 2:
                self._sounds[alias.sounds[0], alias.sounds[1]].append(alias)
        if _chinese(person.contact_name) and 2 <= len(person.contact_name) <= 4:
            self._surnames[person.contact_name[0]].append(person.borrower_code)

    def rank(self, text: str) -> list[Candidate]:
        """Each borrower once, the likeliest first."""
        best: dict[str, Candidate] = {}
        for found in self.mentions(text):
            held = best.get(found.borrower_code)
            if held is None or found.score > held.score:
                best[found.borrower_code] = found
        return sorted(best.values(), key=lambda c: (-c.score, c.start))

    def mentions(self, text: str) -> list[Candidate]:
        """Every mention, in the order of the text; a longer name hides a shorter one inside it."""
        if self._last[0] == text:
            return self._last[1]
        self._last = text, self._find(text)
        return self._last[1]

    def _find(self, text: str) -> list[Candidate]:
        found = [*self._written(text), *self._heard(text), *self._titled(text)]
        kept = [c for c in found if not any(_hides(o, c) for o in found)]
        return sorted((_passing(text, c) for c in kept), key=lambda c: (c.start, -c.score))

    def _written(self, text: str) -> Iterator[Candidate]:
        low = text.lower()
        for at in range(len(low) - 1):
            for alias in self._words.get(_key(low[at : at + 2]), ()):
                if low.startswith(alias.words, at) and _whole(low, at, at + len(alias.words)):
                    yield Candidate(alias.code, alias.score, alias.why, at, at + len(alias.words))

    def _heard(self, text: str) -> Iterator[Candidate]:
        said = syllables(text)
        for n in range(len(said) - 1):
            for alias in self._sounds.get((said[n][0], said[n + 1][0]), ()):
                window = said[n : n + len(alias.sounds)]
                if (
                    tuple(s for s, _ in window) == alias.sounds
                    and window[-1][1] - window[0][1] == len(window) - 1
                ):
                    start, end = window[0][1], window[-1][1] + 1
                    if (
                        text[start:end] != alias.words
                        and len(alias.words) == len(window)
                        and _sounds_like_a_name(text, start, end, alias)
                    ):
                        yield Candidate(alias.code, _sound_score(alias), "sound", start, end)

    def _titled(self, text: str) -> Iterator[Candidate]:
        for m in re.finditer(rf"[一-龥](?={_TITLE})|(?<=老)[一-龥]|(?<=小)[一-龥]", text):
            codes = self._surnames.get(m.group(), ())
            score = 0.62 if len(codes) == 1 else 0.3
            for code in codes[:5]:
                yield Candidate(code, score, "title", m.start(), m.end())


def _aliases(person: Known) -> Iterator[_Alias]:
    forms = [
        (person.name, "name", 1.0),
        (person.short_name, "short_name", 0.95),
        (_core(person.name), "core", 0.88),
        (person.contact_name, "contact", 0.8),
    ]
    bare = _KIND.sub("", _core(person.name)) or ""
    forms.append((bare, "core", 0.82))
    forms.append((_EN_KIND.sub("", _core(person.name)), "core", 0.82))
    forms.append((_KIND.sub("", person.short_name), "core", 0.84))
    seen: set[str] = set()
    for words, why, score in forms:
        low = words.strip().lower()
        if len(low) >= 2 and low not in seen:
            seen.add(low)
            yield _Alias(
                low,
                person.borrower_code,
                why,
                score,
                tuple(s for s, _ in syllables(low)) if _chinese(low) else (),
            )


def names_of(name: str, short_name: str = "") -> tuple[str, ...]:
    """All forms in which a firm's own name is written."""
    return tuple(alias.words for alias in _aliases(Known("", name, short_name)))


def _core(name: str) -> str:
    stripped = _TAILS.sub("", name.strip())
    plain = _PLACE.sub("", stripped)
    return plain if len(plain) >= 2 else stripped


def _chinese(text: str) -> bool:
    return bool(text) and all("一" <= c <= "龥" for c in text)


def _key(words: str) -> str:
    return words[:2]


def _whole(text: str, start: int, end: int) -> bool:
    """Latin names only at word edges."""
    inside = text[start:end]
    if not inside[0].isascii():
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


def _sound_score(alias: _Alias) -> float:
    return round(alias.score * 0.9, 3)


def _sounds_like_a_name(text: str, start: int, end: int, alias: _Alias) -> bool:
    """Two syllables sound like many plain words (备重 for 贝总): they count where a name is expected, title and all."""
    if end - start > 2:
        return True
    if alias.why == "contact" and text[end - 1] != alias.words[-1] and re.fullmatch(_TITLE, alias.words[1:]):
        return False
    return bool(
        _NAME_BEFORE.search(text[max(0, start - 4) : start]) or _NAME_AFTER.match(text[end : end + 4])
    )


def _hides(longer: Candidate, other: Candidate) -> bool:
    if longer is other or (longer.start, longer.end) == (other.start, other.end):
        return (
            longer is not other and longer.borrower_code == other.borrower_code and longer.score > other.score
        )
    inside = longer.start <= other.start and other.end <= longer.end
    return inside and longer.score >= other.score - 0.05


def _passing(text: str, c: Candidate) -> Candidate:
    """Another firm mentioned in passing is no subject."""
    if _PASSING_BEFORE.search(text[max(0, c.start - 14) : c.start]) or _PASSING_AFTER.match(
        text[c.end : c.end + 24]
    ):
        return replace(c, score=round(c.score * 0.4, 3), why="passing")
    return c


def rank(text: str, people: Sequence[Known]) -> list[Candidate]:
    """Whom the text may be about, the likeliest first. For a whole book build `Names` once instead."""
    return Names(people).rank(text)


def choose(candidates: Sequence[Candidate]) -> Candidate | None:
    """The one that is clear: sure enough, and well ahead of the next. Never a guess between two."""
    ordered = sorted(candidates, key=lambda c: -c.score)
    if not ordered or ordered[0].score < CLEAR:
        return None
    second = next((c for c in ordered[1:] if c.borrower_code != ordered[0].borrower_code), None)
    if second and ordered[0].score - second.score < LEAD:
        return None
    return ordered[0]


_EDGE = re.compile(r"[。！？；\n!?;]|\.(?=\s)")
_TURN = re.compile(
    r"(?:然后|还有就是|还有|另外|再就是|再说|接着|后来|下一家|第[二三四五]家|then |and |also |next,? )+(?:是|说|去了|那个)?$",
    re.I,
)


def split(text: str, people: Sequence[Known] | Names) -> list[Part]:
    """One message on several borrowers as parts, in order and without gaps; one part where it is about one or none."""
    names = people if isinstance(people, Names) else Names(people)
    turns = _turns(names.mentions(text))
    if len({c.borrower_code for c in turns}) < 2:
        chosen = choose(names.rank(text))
        return [Part(0, len(text), chosen.borrower_code if chosen else None)]
    starts = [0, *(_start(text, c, turns[n]) for n, c in enumerate(turns[1:]))]
    ends = [*starts[1:], len(text)]
    return [Part(s, e, c.borrower_code) for s, e, c in zip(starts, ends, turns, strict=True)]


def _turns(mentions: Sequence[Candidate]) -> list[Candidate]:
    """The mentions at which the subject changes, surely enough; two borrowers under one name change nothing."""
    sure = [
        c
        for c in mentions
        if c.score >= CLEAR
        and not any(
            o.score >= c.score - LEAD
            and o.borrower_code != c.borrower_code
            and o.start < c.end
            and c.start < o.end
            for o in mentions
        )
    ]
    turns: list[Candidate] = []
    for c in sure:
        if not turns or turns[-1].borrower_code != c.borrower_code:
            turns.append(c)
    return turns


def _start(text: str, c: Candidate, before: Candidate) -> int:
    """Where a part begins: its sentence, or in one long breath the word that turns to it."""
    edge = max((m.end() for m in _EDGE.finditer(text, before.end, c.start)), default=None)
    if edge is not None:
        return edge
    turn = _TURN.search(text[before.end : c.start])
    if turn:
        return before.end + turn.start()
    comma = max(text.rfind("，", before.end, c.start), text.rfind(",", before.end, c.start))
    return comma + 1 if comma >= 0 else c.start
