"""How fast the local engines hear the same sounds with the same weights, what the service adds, and memory.

    python -m bench.voice [--threads 2] [--rounds 3] [--seconds 30] [--json]
    python -m bench.voice --faster FOLDER --whisper FILE.pt     # real weights, e.g. small of both kinds

Each engine runs in a process of its own. "library" is the library called with our options on decoded samples,
"service" is bytes to mended transcript. The sound is the tests' samples put together to messages of `--seconds`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from transcripts.decoding import decode, encode
from transcripts.engines import Clip, choose
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


def side_by_side(one: Callable[[], Any], other: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """The best of each, taken in turns so that a busy machine slows both alike."""
    times = [(best(one, 1), best(other, 1)) for _ in range(rounds)]
    return min(first for first, _ in times), min(second for _, second in times)


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
        service, library = side_by_side(
            lambda: runner.run(transcriber.transcribe(sound)),
            lambda: heard_by_library(transcriber, sound),
            arguments.rounds,
        )
        working = megabytes()
        runner.run(transcriber.close())
    return {
        "engine": name,
        "sound_s": arguments.seconds,
        "library_s": round(library, 3),
        "service_s": round(service, 3),
        "added_s": round(service - library, 3),
        "real_time_factor": round(library / arguments.seconds, 4),
        "stages_s": stages(sound, arguments.rounds),
        "load_s": round(load, 2),
        "memory_mb": {"before": before, "loaded": loaded, "working": working, "let_go": megabytes()},
    }


def heard_by_library(transcriber: Transcriber, sound: bytes) -> None:
    """The bare engine on samples that are decoded already, asked for the language first as the service does."""
    engine = transcriber.engine
    assert engine is not None
    language = None
    for piece in cut([decode(sound)], *engine.piece_seconds):
        clip = Clip(piece.samples)
        language = language or engine.language_of(clip, ("zh", "en"))
        list(engine.transcribe(clip, (), language))


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
