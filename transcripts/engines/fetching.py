"""Where a local model is: in a folder, fetched before, or to be fetched now, with its size told and never for ever."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import httpx

from transcripts.engines.shape import Fetching
from transcripts.model import ModelMissing, SpeechConfig

TIMEOUT = httpx.Timeout(30.0, connect=8.0)
"""Seconds: a connection that isn't there is given up after eight, a stalled one after thirty."""
_NEEDED = ("model.bin", "config.json")
_WANTED = (
    "config.json",
    "preprocessor_config.json",
    "model.bin",
    "tokenizer.json",
    "vocabulary.json",
    "vocabulary.txt",
    "huifang.json",
)
_CHUNK = 1 << 18


def threads(config: SpeechConfig) -> int:
    """As asked for, else half the processors, between one and four."""
    return config.threads or max(1, min(4, (os.cpu_count() or 2) // 2 or 1))


def called(config: SpeechConfig) -> str:
    """The model's name for records: a size, or the last part of a path."""
    return Path(config.model).name if _names_path(config.model) else config.model


def hint_tokens(config: SpeechConfig, folder: Path | None) -> int:
    """How many tokens of hints to give: as set, or fewer where the model's folder says so in `huifang.json`.

    A model that was never trained with a prompt before the speech loses words when it gets one.
    """
    note = folder / "huifang.json" if folder else None
    bears = (
        int(json.loads(note.read_text("utf-8")).get("hint_tokens", 200)) if note and note.is_file() else 200
    )
    return min(config.hint_tokens, bears)


def installed(module: str) -> bool:
    return find_spec(module) is not None


def local_converted(config: SpeechConfig) -> Path | None:
    """A whole converted model that is already on this machine. Raises ModelMissing for a folder that lacks files."""
    if _names_path(config.model):
        return _checked(Path(config.model).expanduser())
    own = _own_folder(config)
    return own if _complete(own) else _in_hub_cache(config.model)


def converted_model(config: SpeechConfig, fetching: Fetching) -> Path:
    """The folder with a CTranslate2 model, fetched if need be. Raises ModelMissing."""
    if not installed("faster_whisper"):
        raise ModelMissing("no_library", extra="speech")
    found = local_converted(config)
    if found is not None:
        return found
    base = (config.models_url or _hub()).rstrip("/")
    repo = repository(config.model)
    return _fetched(_own_folder(config), base, repo, fetching, config)


def local_torch(config: SpeechConfig) -> Path | None:
    """A .pt file that is already on this machine. Raises ModelMissing for a path that leads nowhere."""
    if _names_path(config.model):
        path = Path(config.model).expanduser()
        found = path if path.is_file() else next(iter(sorted(path.glob("*.pt"))), None)
        if found is None:
            raise ModelMissing("model_incomplete", folder=config.model)
        return found
    for folder in (Path(config.models), Path.home() / ".cache" / "whisper"):
        if (folder / f"{config.model}.pt").is_file():
            return folder / f"{config.model}.pt"
    return None


def torch_model(config: SpeechConfig, fetching: Fetching) -> Path:
    """The .pt file of an openai-whisper model, fetched if need be. Raises ModelMissing."""
    if not installed("whisper"):
        raise ModelMissing("no_library", extra="whisper")
    found = local_torch(config)
    if found is not None:
        return found
    import whisper

    url = whisper._MODELS.get(config.model)
    if url is None:
        raise ModelMissing("model_unknown", model=config.model)
    target = Path(config.models) / f"{config.model}.pt"
    with _errors(config), _client() as client:
        total = int(client.head(url).raise_for_status().headers.get("content-length", 0))
        _room_for(target.parent, total)
        _download(client, url, target, _Tally(fetching, total), sha256=url.split("/")[-2])
    return target


@contextmanager
def loading(path: Path) -> Iterator[None]:
    """What the libraries raise at a damaged model, as ModelMissing."""
    try:
        yield
    except (RuntimeError, ValueError, OSError, KeyError, EOFError, UnpicklingError) as error:
        raise ModelMissing("model_incomplete", folder=str(path)) from error


class _Tally:
    """Bytes over all files, told once a percent."""

    def __init__(self, fetching: Fetching, total: int) -> None:
        self._fetching, self._total, self._done, self._told = fetching, total, 0, -1

    def add(self, count: int) -> None:
        self._done += count
        step = self._done * 100 // self._total if self._total else self._done >> 20
        if step != self._told:
            self._told = step
            self._fetching(self._done, self._total or None)


class _errors:
    """Failures of network and disk as ModelMissing."""

    def __init__(self, config: SpeechConfig) -> None:
        self._config = config

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, httpx.HTTPStatusError) and error.response.status_code in (401, 404):
            raise ModelMissing("model_unknown", model=self._config.model) from error
        if isinstance(error, httpx.HTTPError | httpx.InvalidURL):
            raise ModelMissing("model_no_network", model=self._config.model) from error
        if isinstance(error, OSError):
            raise ModelMissing("model_no_space", folder=self._config.models) from error


def _fetched(folder: Path, base: str, repo: str, fetching: Fetching, config: SpeechConfig) -> Path:
    with _errors(config), _client() as client:
        sizes = _listing(client, base, repo)
        if not all(name in sizes for name in _NEEDED):
            raise ModelMissing("model_unknown", model=config.model)
        _room_for(folder, sum(sizes.values()))
        tally = _Tally(fetching, sum(sizes.values()))
        for name in sorted(sizes, key=lambda name: name == "model.bin"):
            _download(client, f"{base}/{repo}/resolve/main/{name}", folder / name, tally)
    return folder


def _listing(client: httpx.Client, base: str, repo: str) -> dict[str, int]:
    files: list[dict[str, Any]] = client.get(f"{base}/api/models/{repo}/tree/main").raise_for_status().json()
    return {file["path"]: int(file["size"]) for file in files if file["path"] in _WANTED}


def _download(client: httpx.Client, url: str, target: Path, tally: _Tally, sha256: str = "") -> None:
    """Into a `.part` file, going on where an earlier attempt stopped, renamed when whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        return tally.add(target.stat().st_size)
    part = target.with_name(target.name + ".part")
    have = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={have}-"} if have else {}
    with client.stream("GET", url, headers=headers) as answer:
        if answer.status_code == 416:
            part.unlink()
        answer.raise_for_status()
        goes_on = answer.status_code == 206
        tally.add(have if goes_on else 0)
        with part.open("ab" if goes_on else "wb") as sink:
            for chunk in answer.iter_bytes(_CHUNK):
                sink.write(chunk)
                tally.add(len(chunk))
    if sha256 and hashlib.sha256(part.read_bytes()).hexdigest() != sha256:
        part.unlink()
        raise httpx.RemoteProtocolError("the file is not what it should be")
    part.rename(target)
    return None


def _client() -> httpx.Client:
    return httpx.Client(timeout=TIMEOUT, follow_redirects=True)


def _room_for(folder: Path, size: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < size * 1.1:
        raise ModelMissing("model_no_space", folder=str(folder))


def repository(model: str) -> str:
    """Where the hub has a converted model of this size or name. Raises ModelMissing for a name nobody knows."""
    if "/" in model:
        return model
    from faster_whisper.utils import _MODELS

    if model not in _MODELS:
        raise ModelMissing("model_unknown", model=model)
    return str(_MODELS[model])


def _in_hub_cache(model: str) -> Path | None:
    """Where other programs of this machine have it already."""
    from faster_whisper.utils import download_model

    try:
        folder = Path(download_model(model, local_files_only=True))
    except (OSError, ValueError):
        return None
    return folder if _complete(folder) else None


def _hub() -> str:
    from huggingface_hub.constants import ENDPOINT

    return str(ENDPOINT)


def _names_path(model: str) -> bool:
    return model.startswith((".", "/", "~")) or model.endswith(".pt") or Path(model).is_dir() or "\\" in model


def _own_folder(config: SpeechConfig) -> Path:
    return Path(config.models) / f"whisper-{config.model.replace('/', '--')}"


def _complete(folder: Path) -> bool:
    vocabulary = (folder / "vocabulary.json").is_file() or (folder / "vocabulary.txt").is_file()
    return vocabulary and all((folder / name).is_file() for name in (*_NEEDED, "tokenizer.json"))


def _checked(folder: Path) -> Path:
    if not _complete(folder):
        raise ModelMissing("model_incomplete", folder=str(folder))
    return folder
