"""What engines write though nobody said it: loops, phantom sentences, the prompt read back, other languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from transcripts.model import Dropped, Segment
from transcripts.simplified import simplify

PHANTOMS = re.compile(
    r"(?:(?:最后)?(?:感谢|谢谢)(?:您|你|大家|各位)?的?(?:观看|收看|收听|聆听)(?:本期|我的|这个)?(?:视频|节目)?"
    r"|(?:视频|節目|节目)?字幕(?:由|by|志愿者|组|制作|提供|校对|翻译|后期|来源).{0,30}"
    r"|.{0,12}字幕(?:组|志愿者|社区)(?:提供|制作|翻译)?"
    r"|(?:中文|简体)?字幕"
    r"|(?:请)?不吝点赞.{0,30}|(?:请|记得|欢迎|别忘了|喜欢的?(?:朋友)?)*(?:点赞|订阅|转发|打赏|关注)+(?:支持)?.{0,6}(?:栏目|频道|按钮|铃铛)"
    r"|(?:请)?(?:订阅|关注)(?:我的|我们的|本)?频道"
    r"|(?:下期|下集|下个视频)(?:再见|见)"
    r"|(?:优优独播剧场|杨茜茜|索兰娅|李宗盛作词|词曲李宗盛|明镜与点点栏目).{0,20}"
    r"|thank(?:s|you)(?:somuch|verymuch|all)?for(?:watching|viewing|listening)(?:thisvideo|myvideo|everyone)?"
    r"|(?:please)?(?:dont?forgetto)?(?:like(?:and)?)?(?:comment(?:and)?)?subscribe(?:tomychannel|toourchannel|tothechannel)?"
    r"|subtitles?(?:by|provided).{0,40}|(?:transcribed|captions?|captioned|translated)by.{0,40}"
    r"|.{0,20}amaraorg.{0,20}"
    r"|see(?:you|ya)(?:guys)?inthenext(?:video|one|episode))",
)
"""Sentences of the video subtitles that these models were trained on, as `_bare` text. Nobody says them on a visit."""
_TAIL = re.compile(r"(?:谢谢|感谢)(?:您|你|大家|各位)?的?(?:观看|收看)$")
_EMPTY_HEARD = frozenset(
    {"thankyou", "you", "bye", "byebye", "okay", "谢谢", "嗯", "啊", "music", "applause", "音乐"}
)
_SENTENCE = re.compile(r"[^。！？!?…\n.]+[。！？!?…\n.]*|[。！？!?…\n.]+")
_COMPRESSED = 2.4
_UNIT, _BREATH = 24, 2.0


def guarded(segments: Iterable[Segment], prompt: Sequence[str] = ()) -> tuple[list[Segment], list[Dropped]]:
    """The segments without what nobody said, and what was left out, each with its code."""
    kept, dropped = _without_repeats(list(segments))
    for code, guard in _guards(prompt):
        through = []
        for segment in kept:
            clean, out = guard(segment)
            dropped += [Dropped(code, text, segment.start, segment.end) for text in out]
            if _bare(clean):
                through.append(segment if clean == segment.text else replace(segment, text=clean, words=()))
        kept = through
    return kept, dropped


Guard = Callable[[Segment], tuple[str, list[str]]]


def _guards(prompt: Sequence[str]) -> Iterator[tuple[str, Guard]]:
    yield "noise", _unheard
    yield "loop", _unlooped
    yield "wrong_language", _foreign
    yield "prompt_echo", lambda segment: _sentences_out(segment.text, lambda text: reads_back(text, prompt))
    yield "phantom", _phantom


def is_phantom(text: str) -> bool:
    """Whether a sentence is wholly one of the known phantoms."""
    return PHANTOMS.fullmatch(_bare(text)) is not None


def reads_back(text: str, prompt: Sequence[str]) -> bool:
    """Whether a sentence is nothing but three or more neighbours of the prompt, in the prompt's order."""
    bare, places = _bare(text), []
    hints = {_bare(hint): place for place, hint in enumerate(prompt)}
    while bare:
        hint = next(
            (hint for hint in sorted(hints, key=len, reverse=True) if hint and bare.startswith(hint)), None
        )
        if hint is None:
            return False
        places.append(hints[hint])
        bare = bare[len(hint) :]
    return len(places) >= 3 and all(after == before + 1 for before, after in pairwise(places))


def looped(text: str) -> tuple[int, int] | None:
    """The span in which one stretch of up to 24 characters follows itself too often for a person; linear."""
    for size in range(1, min(_UNIT, len(text) // 3) + 1):
        run = 0
        for at in range(size, len(text)):
            run = run + 1 if text[at] == text[at - size] else 0
            if run >= size * (_bearable(size) - 1) and _said(text[at - size + 1 : at + 1]):
                return _whole_run(text, at - run - size + 1, size)
    return None


def _said(unit: str) -> bool:
    """Marks and the noughts of a figure may repeat."""
    return any(char.isalnum() and char != "0" for char in unit)


def _bearable(size: int) -> int:
    """How often a stretch may follow itself: 对对对对 is speech, 谢谢大家谢谢大家谢谢大家谢谢大家 is not."""
    return 12 if size == 1 else 6 if size == 2 else 5 if size <= 4 else 4


def _whole_run(text: str, start: int, size: int) -> tuple[int, int]:
    end = start + size
    while end < len(text) and text[end] == text[end - size]:
        end += 1
    return start, end


def _without_repeats(segments: list[Segment]) -> tuple[list[Segment], list[Dropped]]:
    """A sentence that three or more segments in one breath share was not said at all."""
    kept: list[Segment] = []
    dropped: list[Dropped] = []
    for same in _runs(segments):
        if len(same) >= 3 and len(_bare(same[0].text)) >= 4:
            dropped.append(Dropped("loop", same[0].text, same[0].start, same[-1].end))
        else:
            kept += same
    return kept, dropped


def _runs(segments: list[Segment]) -> list[list[Segment]]:
    """Neighbours with the same words and hardly a pause between them."""
    runs: list[list[Segment]] = []
    for segment in segments:
        last = runs[-1][-1] if runs else None
        if last and segment.start - last.end < _BREATH and _bare(segment.text) == _bare(last.text):
            runs[-1].append(segment)
        else:
            runs.append([segment])
    return runs


def _unheard(segment: Segment) -> tuple[str, list[str]]:
    """The engine itself doubts that anybody spoke, or wrote the filler that it writes for noise."""
    silent, sure = segment.no_speech or 0.0, segment.confidence if segment.confidence is not None else 1.0
    filler = _bare(segment.text) in _EMPTY_HEARD and (silent > 0.4 or sure < 0.4)
    return (
        ("", [segment.text])
        if filler or (silent > 0.6 and sure < 0.45) or sure < 0.15
        else (segment.text, [])
    )


def _unlooped(segment: Segment) -> tuple[str, list[str]]:
    text, out = segment.text, []
    while span := looped(text):
        out.append(text[slice(*span)])
        text = text[: span[0]].rstrip("，,、 ") + text[span[1] :]
    if not out and (segment.compression_ratio or 0) > _COMPRESSED and (segment.confidence or 0) < 0.5:
        return "", [segment.text]
    return text, out


def _foreign(segment: Segment) -> tuple[str, list[str]]:
    """Letters of a script that neither Chinese nor English is written in."""
    letters = [char for char in segment.text if char.isalpha()]
    strange = sum(
        not ("\u3400" <= char <= "\u9fff" or char < "\u0250" or char > "\U0001ffff") for char in letters
    )
    return ("", [segment.text]) if strange > len(letters) * 0.3 else (segment.text, [])


def _phantom(segment: Segment) -> tuple[str, list[str]]:
    text, out = _sentences_out(segment.text, is_phantom)
    tail = _TAIL.search(simplify(text.rstrip(" 。.!！")))
    if tail:
        out.append(text[tail.start() :])
        text = text[: tail.start()].rstrip(" ，,")
    return text, out


def _sentences_out(text: str, unsaid: Callable[[str], bool]) -> tuple[str, list[str]]:
    if unsaid(text):
        return "", [text]
    kept: list[str] = []
    out: list[str] = []
    for sentence in _SENTENCE.findall(text):
        (out if unsaid(sentence) else kept).append(sentence)
    return ("".join(kept), out) if out else (text, [])


def _bare(text: str) -> str:
    """Simplified letters and digits alone, small."""
    return "".join(char for char in simplify(text).lower() if char.isalnum())
