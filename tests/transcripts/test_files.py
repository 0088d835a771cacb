"""`huifang transcribe`: one line a file, errors among them."""

import json
import shutil
from pathlib import Path

from tests.voice import SAMPLES
from transcripts.files import transcribed
from transcripts.model import Progress
from transcripts.transcriber import Transcriber


async def test_each_file_gives_a_line_whatever_its_name_ends_in(transcriber: Transcriber, tmp_path: Path):
    shutil.copy(SAMPLES / "zh_012.ogg", tmp_path / "report.mp3")
    (tmp_path / "empty.ogg").touch()
    paths = [tmp_path / name for name in ("report.mp3", "empty.ogg", "missing.ogg")]
    told: list[tuple[str, Progress]] = []
    lines = [line async for line in transcribed(paths, transcriber, progress=lambda *news: told.append(news))]
    assert [line["file"] for line in lines] == [str(path) for path in paths]
    assert lines[0]["text"] == "设备已经到货，订单正常。"
    assert (lines[0]["language"], lines[0]["segments"][0]["text"]) == ("zh", lines[0]["text"])
    assert [line.get("error") for line in lines] == [None, "empty", "unreadable"]
    assert told[0][0] == str(paths[0])
    assert json.loads(json.dumps(lines, ensure_ascii=False)) == lines
