"""Where models come from: a folder, an earlier fetch, or a hub over a real port; and never waiting for ever."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.transcripts.hub import FILES, SIZE, Hub, opened
from tests.voice import MODEL, TORCH_MODEL, sample
from transcripts.engines import fetching
from transcripts.model import ModelMissing, Progress, SpeechConfig
from transcripts.transcriber import Closed, Transcriber


@pytest.fixture
def hub() -> Iterator[Hub]:
    with opened() as hub:
        yield hub


def config(hub: Hub, tmp_path: Path, model: str = "books/tiny") -> SpeechConfig:
    return SpeechConfig(engine="faster", model=model, models=str(tmp_path), models_url=hub.address, threads=2)


async def test_a_model_is_fetched_with_its_size_told_and_then_hears(hub: Hub, tmp_path: Path):
    transcriber, told = Transcriber(config(hub, tmp_path)), list[Progress]()
    await transcriber.prepare(told.append)
    assert {news.stage for news in told} == {"fetching"}
    assert told[-1].done == told[-1].total == SIZE
    assert [news.done for news in told] == sorted(news.done for news in told)
    await transcriber.release()
    assert (await transcriber.transcribe(sample("zh_012.ogg"))).text == "设备已经到货，订单正常。"
    await transcriber.close()


def test_a_model_fetched_before_is_not_fetched_again(hub: Hub, tmp_path: Path):
    first = fetching.converted_model(config(hub, tmp_path), lambda done, total: None)
    asked = len(hub.ranges)
    assert fetching.converted_model(config(hub, tmp_path), lambda done, total: None) == first
    assert len(hub.ranges) == asked == len(FILES)


def test_a_broken_fetch_goes_on_where_it_stopped(hub: Hub, tmp_path: Path):
    hub.breaks = "model.bin"
    with pytest.raises(ModelMissing) as missing:
        fetching.converted_model(config(hub, tmp_path), lambda done, total: None)
    assert missing.value.code == "model_no_network"
    folder = fetching.converted_model(config(hub, tmp_path), lambda done, total: None)
    assert (folder / "model.bin").read_bytes() == (MODEL / "model.bin").read_bytes()
    assert hub.ranges[-1].startswith("bytes=")


def test_an_unknown_model_is_said_to_be_unknown(hub: Hub, tmp_path: Path):
    for model in ("books/other", "enormous"):
        with pytest.raises(ModelMissing) as missing:
            fetching.converted_model(config(hub, tmp_path, model), lambda done, total: None)
        assert missing.value.code == "model_unknown"


def test_without_a_network_it_is_said_at_once(tmp_path: Path):
    unreachable = SpeechConfig(model="books/tiny", models=str(tmp_path), models_url="http://127.0.0.1:9")
    with pytest.raises(ModelMissing) as missing:
        fetching.converted_model(unreachable, lambda done, total: None)
    assert missing.value.code == "model_no_network"
    assert missing.value.values == {"model": "books/tiny"}


def test_a_model_too_big_for_the_disk_is_not_begun(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage._replace(free=1_000_000))
    with pytest.raises(ModelMissing) as missing:
        fetching.converted_model(config(hub, tmp_path), lambda done, total: None)
    assert missing.value.code == "model_no_space"
    assert hub.ranges == []


def test_a_folder_brought_by_hand_is_taken_as_it_is():
    assert fetching.converted_model(SpeechConfig(model=str(MODEL)), lambda done, total: None) == MODEL


def test_a_folder_that_lacks_files_is_called_incomplete(tmp_path: Path):
    shutil.copy(MODEL / "config.json", tmp_path)
    with pytest.raises(ModelMissing) as missing:
        fetching.local_converted(SpeechConfig(model=str(tmp_path)))
    assert (missing.value.code, missing.value.values) == ("model_incomplete", {"folder": str(tmp_path)})


async def test_a_damaged_model_is_called_incomplete(tmp_path: Path):
    shutil.copytree(MODEL, tmp_path / "model")
    weights = tmp_path / "model" / "model.bin"
    weights.write_bytes(weights.read_bytes()[:100_000])
    transcriber = Transcriber(SpeechConfig(engine="faster", model=str(tmp_path / "model")))
    with pytest.raises(ModelMissing) as missing:
        await transcriber.transcribe(sample("zh_012.ogg"))
    await transcriber.close()
    assert missing.value.code == "model_incomplete"


def test_a_torch_model_is_a_file_or_lies_in_a_folder():
    assert fetching.local_torch(SpeechConfig(model=str(TORCH_MODEL))) == TORCH_MODEL
    assert fetching.local_torch(SpeechConfig(model=str(TORCH_MODEL.parent))) == TORCH_MODEL
    with pytest.raises(ModelMissing):
        fetching.local_torch(SpeechConfig(model="/nowhere/at/all.pt"))


def test_threads_are_bounded():
    assert fetching.threads(SpeechConfig(threads=3)) == 3
    assert 1 <= fetching.threads(SpeechConfig()) <= 4


async def test_closing_breaks_off_a_fetch_and_keeps_what_has_come(hub: Hub, tmp_path: Path):
    hub.pause = 0.02
    transcriber, begun = Transcriber(config(hub, tmp_path)), asyncio.Event()
    fetching = asyncio.create_task(transcriber.prepare(lambda news: news.done > 6_000_000 and begun.set()))
    await begun.wait()
    async with asyncio.timeout(5):
        await transcriber.close()
        with pytest.raises(Closed):
            await fetching
    assert (tmp_path / "whisper-books--tiny" / "model.bin.part").exists()


async def test_what_the_progress_raises_comes_out_when_the_fetching_is_over(hub: Hub, tmp_path: Path):
    transcriber = Transcriber(config(hub, tmp_path))

    def refuse(news: Progress) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await transcriber.prepare(refuse)
    await transcriber.close()
