"""How fast the local engines hear the same sounds with the same weights, what the service adds, and memory.

    python -m bench.voice [--threads 2] [--rounds 3] [--seconds 30] [--json]
    python -m bench.voice --faster FOLDER --whisper FILE.pt     # real weights, e.g. small of both kinds

Each engine runs in a process of its own. "library" is what the library takes with our options, decoding and language
detection included, "service" is bytes to mended transcript; both are told apart inside the same run, so that a busy
machine slows both alike. The sound is the tests' samples put together to messages of `--seconds`. "card" is the way of
such a message through the whole service: from its last second to the card in the chat, by stage, with the model loaded.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import psutil

from bench.common import FIRST_CHAT, fill
from bot.service import Service
from bot.settings import Settings
from sandbox.people import Person
from sandbox.server import Sandbox
from transcripts import hearing
from transcripts.decoding import Samples, blocks, decode, encode
from transcripts.engines import choose
from transcripts.mending import Heard, mended
from transcripts.model import RATE, Hints, Segment, SpeechConfig
from transcripts.pieces import cut
from transcripts.transcriber import Transcriber

VOICE = Path(__file__).parent.parent / "tests" / "voice"
MODELS = {"faster": VOICE / "model" / "ct2-int8", "whisper": VOICE / "model" / "tiny.pt"}
LIBRARIES = {"faster": "faster_whisper", "whisper": "whisper"}


def message(seconds: float) -> bytes:
    """Samples one after the other, with pauses, as one Ogg/Opus voice message."""
    clips = [decode(path.read_bytes()) for path in sorted((VOICE / "samples").glob("zh_*.ogg"))]
    spoken = np.concatenate([part for clip in clips for part in (clip, np.zeros(RATE // 2, np.float32))])
    return encode(np.resize(spoken, int(seconds * RATE)))


def megabytes() -> float:
    return round(psutil.Process().memory_info().rss / 1e6, 1)


def best(work: Callable[[], Any], rounds: int) -> float:
    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return min(once() for _ in range(rounds))


class Inside:
    """Counts the seconds that decoding and the engine take, so that the rest of a transcription is our own."""

    def __init__(self, engine: Any) -> None:
        self.seconds = 0.0
        self._transcribe, self._language_of = engine.transcribe, engine.language_of
        engine.transcribe, engine.language_of = self.transcribe, self.language_of
        hearing.blocks = self.blocks

    def transcribe(self, *arguments: Any) -> list[Segment]:
        return self._timed(lambda: list(self._transcribe(*arguments)))

    def language_of(self, *arguments: Any) -> Any:
        return self._timed(lambda: self._language_of(*arguments))

    def blocks(self, sound: bytes) -> Iterator[Samples]:
        decoded = blocks(sound)
        while (block := self._timed(lambda: next(decoded, None))) is not None:
            yield block

    def _timed(self, work: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        done = work()
        self.seconds += time.perf_counter() - start
        return done


def shares(runner: asyncio.Runner, transcriber: Transcriber, sound: bytes, rounds: int) -> dict[str, float]:
    """Medians: what the library takes (decoding and language included), and what the service adds to that."""
    inside = Inside(transcriber.engine)
    pairs = []
    for _ in range(rounds + 1):
        inside.seconds, start = 0.0, time.perf_counter()
        runner.run(transcriber.transcribe(sound))
        pairs.append((inside.seconds, time.perf_counter() - start))
    library, service = (median(each) for each in zip(*pairs[1:], strict=True))
    own = median((whole - theirs) / theirs for theirs, whole in pairs[1:])
    return {
        "library_s": round(library, 3),
        "service_s": round(service, 3),
        "added_percent": round(100 * own, 1),
    }


def measured(name: str, arguments: argparse.Namespace) -> dict[str, Any]:
    config = SpeechConfig(
        engine=name, model=str(getattr(arguments, name) or MODELS[name]), threads=arguments.threads
    )
    sound, before = message(arguments.seconds), megabytes()
    transcriber = Transcriber(config, choose(config))
    with asyncio.Runner() as runner:
        start = time.perf_counter()
        runner.run(transcriber.prepare())
        load, loaded = time.perf_counter() - start, megabytes()
        both = shares(runner, transcriber, sound, arguments.rounds)
        working = megabytes()
        runner.run(transcriber.release())
        let_go = megabytes()
        card = runner.run(to_card(config, sound, arguments.seconds, arguments.rounds))
        runner.run(transcriber.close())
    return {
        "engine": name,
        "sound_s": arguments.seconds,
        **both,
        "real_time_factor": round(both["library_s"] / arguments.seconds, 4),
        "stages_s": stages(sound, arguments.rounds),
        "card_s": card,
        "load_s": round(load, 2),
        "memory_mb": {"before": before, "loaded": loaded, "working": working, "let_go": let_go},
    }


class Watched:
    """Times how long the service's own fetching and hearing take."""

    def __init__(self, service: Service) -> None:
        self.seconds: dict[str, float] = {}
        service.transcriber.transcribe = self._of("heard", service.transcriber.transcribe)  # type: ignore[method-assign]
        service._fetch = self._of("fetched", service._fetch)  # type: ignore[method-assign]

    def _of(self, name: str, work: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def run(*arguments: Any, **options: Any) -> Any:
            start = time.perf_counter()
            try:
                return await work(*arguments, **options)
            finally:
                self.seconds[name] = time.perf_counter() - start

        return run


async def to_card(config: SpeechConfig, sound: bytes, seconds: float, rounds: int) -> dict[str, float]:
    """The medians of each stage: answered, bytes fetched, heard, the rest (reading, rows, card), and all of it."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/bench.sqlite3"
        await fill(url, 1, 3)
        async with Sandbox(people=[Person(FIRST_CHAT, "AM0")]) as phone:
            settings = Settings(
                _env_file=None, data=Path(folder), database_url=url, telegram_token=phone.token,
                telegram_api=phone.url, send_per_second=0, send_per_chat_seconds=0, log_level="error",
                speech=config.engine, speech_model=config.model, speech_threads=config.threads or 2,
            )  # fmt: skip
            service = Service(settings)
            await service.start()
            serving = asyncio.create_task(service.serve())
            try:
                times = [await one_card(phone, Watched(service), sound, seconds) for _ in range(rounds + 1)]
            finally:
                serving.cancel()
                await asyncio.gather(serving, return_exceptions=True)
                await service.stop()
    return {name: round(median(one[name] for one in times[1:]), 3) for name in times[0]}


async def one_card(phone: Sandbox, watched: Watched, sound: bytes, seconds: float) -> dict[str, float]:
    start = time.perf_counter()
    sent = phone.voice(FIRST_CHAT, sound, duration=round(seconds))
    await phone.wait_for(FIRST_CHAT, timeout=60, after=sent)
    answered = time.perf_counter() - start
    await phone.wait_for(FIRST_CHAT, lambda one: "📋" in one.text, timeout=60, after=sent)
    whole = time.perf_counter() - start
    rest = whole - sum(watched.seconds.values())
    return {"answered": answered, **watched.seconds, "rest": rest, "whole": whole}


def stages(sound: bytes, rounds: int) -> dict[str, float]:
    """What the service does beside the engine, each alone."""
    hints = Hints(tuple(f"第{number}纺织有限公司" for number in range(300)))
    texts = (
        "今天走访了第三纺织有限公司设备已经到货",
        "老板说下个月还款三百二十万元订单正常",
        "拖欠工资九个月",
    )
    heard = Heard(
        tuple(Segment(at * 5.0, at * 5.0 + 5, text) for at, text in enumerate(texts * 2)),
        30.0,
        "none",
        "none",
    )
    return {
        "decode": round(best(lambda: decode(sound), rounds), 4),
        "cut": round(
            best(lambda: list(cut([decode(sound)])), rounds) - best(lambda: decode(sound), rounds), 4
        ),
        "mend": round(best(lambda: mended(heard, hints), rounds), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, kind, default in (("threads", int, 2), ("rounds", int, 3), ("seconds", float, 30.0)):
        parser.add_argument(f"--{name}", type=kind, default=default)
    parser.add_argument("--faster", type=Path)
    parser.add_argument("--whisper", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=sorted(LIBRARIES))
    arguments = parser.parse_args()
    if arguments.only:
        print(json.dumps(measured(arguments.only, arguments)))
        return
    for name, library in LIBRARIES.items():
        if find_spec(library) is None:
            print(f"{name}: not installed")
            continue
        command = [sys.executable, "-m", "bench.voice", "--only", name, *sys.argv[1:]]
        answer = json.loads(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
        )
        print(json.dumps(answer) if arguments.json else shown(answer))


def shown(answer: dict[str, Any]) -> str:
    return "\n".join(f"{key:18} {value}" for key, value in answer.items()) + "\n"


if __name__ == "__main__":
    main()
