"""Which engine hears, why, and what doctor says about it."""

from pathlib import Path

import pytest

from prompts.catalog import keys, say
from tests.voice import MODEL, TORCH_MODEL
from transcripts import model
from transcripts.engines import choose, explain, fetching
from transcripts.engines.choice import chosen
from transcripts.engines.shape import nearest_language
from transcripts.model import SpeechConfig


@pytest.mark.parametrize(
    ("config", "name"),
    [
        (SpeechConfig(), "faster"),
        (SpeechConfig(api_key="secret"), "api"),
        (SpeechConfig(api_key="secret", model=str(MODEL)), "faster"),
        (SpeechConfig(engine="api"), "api"),
        (SpeechConfig(engine="faster", api_key="secret"), "faster"),
        (SpeechConfig(engine="off", api_key="secret"), None),
    ],
)
def test_auto_takes_what_is_configured_and_a_choice_is_kept(config: SpeechConfig, name: str | None):
    assert chosen(config) == name
    engine = choose(config)
    assert (engine.name if engine else None) == name


def test_with_nothing_installed_nothing_hears(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fetching, "installed", lambda module: False)
    assert choose(SpeechConfig()) is None
    assert [finding.code for finding in explain(SpeechConfig())] == ["doctor_nothing"]
    assert explain(SpeechConfig(engine="faster"))[0].values["extra"] == "speech"


def test_a_torch_file_asks_for_openai_whisper(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fetching, "installed", lambda module: True)
    assert chosen(SpeechConfig(model=str(TORCH_MODEL))) == "whisper"


@pytest.mark.parametrize(
    ("config", "codes", "good"),
    [
        (SpeechConfig(engine="off"), ["doctor_off"], True),
        (SpeechConfig(model=str(MODEL)), ["doctor_faster", "doctor_model_here"], True),
        (SpeechConfig(engine="api", api_key="x"), ["doctor_api"], True),
        (SpeechConfig(engine="api"), ["doctor_no_key"], False),
        (
            SpeechConfig(engine="faster", model="./nowhere"),
            ["doctor_faster", "doctor_model_incomplete"],
            False,
        ),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_doctor_says_which_and_why_and_what_to_do(
    config: SpeechConfig, codes: list[str], good: bool, lang: str
):
    findings = explain(config)
    assert [finding.code for finding in findings] == codes
    assert all(finding.good for finding in findings) == good
    assert all(say(f"transcripts.{finding.code}", lang, **finding.values) for finding in findings)


def test_a_model_that_is_still_to_fetch_tells_how_to_bring_it_by_hand(tmp_path: Path):
    finding = explain(SpeechConfig(engine="faster", model="large-v2", models=str(tmp_path)))[1]
    assert finding.code == "doctor_model_to_fetch"
    for lang in ("zh", "en"):
        words = say(f"transcripts.{finding.code}", lang, **finding.values)
        assert "HUIFANG_SPEECH_MODEL" in words and "model.bin" in words


def errors() -> list[str]:
    kinds = (model.SoundError, model.ModelMissing, model.EngineError)
    return [
        code
        for kind in kinds
        for code in (kind.__doc__ or "")
        .split(": ", 1)[1]
        .replace(".", "")
        .replace("\n", " ")
        .replace(" ", "")
        .split(",")
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_problem_and_every_error_has_its_sentence(lang: str):
    known = {key.removeprefix("transcripts.") for key in keys(lang) if key.startswith("transcripts.")}
    assert {*model.PROBLEMS, *errors()} <= known


def test_both_languages_have_the_same_sentences():
    zh, en = ({key for key in keys(lang) if key.startswith("transcripts.")} for lang in ("zh", "en"))
    assert zh == en and zh


def test_sentences_escape_what_they_are_given():
    assert "&lt;b&gt;" in say("transcripts.heard_unclear", "zh", words=["<b>三百万</b>"])


@pytest.mark.parametrize(
    ("chances", "language"),
    [
        ({"zh": 0.9, "en": 0.1}, "zh"),
        ({"yue": 0.7, "zh": 0.1, "en": 0.2}, "zh"),
        ({"ja": 0.5, "zh": 0.3, "en": 0.1}, "zh"),
        ({"ja": 0.9, "zh": 0.05, "en": 0.02}, "ja"),
    ],
)
def test_a_language_is_another_only_when_surely_so(chances: dict[str, float], language: str):
    assert nearest_language(chances, ("zh", "en")) == language
