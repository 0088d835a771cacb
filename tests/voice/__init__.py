"""The project's own tiny Whisper and its sounds, for tests: what they are is in README.md."""

from pathlib import Path

ROOT = Path(__file__).parent
MODEL = ROOT / "model" / "ct2-int8"
TORCH_MODEL = ROOT / "model" / "tiny.pt"
SAMPLES = ROOT / "samples"


def texts() -> list[tuple[str, str, str]]:
    """File name, language and words of every sample."""
    lines = (SAMPLES / "texts.tsv").read_text("utf-8").splitlines()
    return [(name, language, text) for name, language, text in (line.split("\t") for line in lines)]


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()
