"""`prompt`, `doctor` and the evaluation, with a model and without."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import evaluate
from bot.cli import app
from bot.settings import Settings
from tests.prompts.model_server import ModelServer, error, fact

REPORT = "今天去了青禾食品，见到王总，电话13812345678。贷款100万买了原料。"
BOOK = {
    "staff.csv": "staff_code,name,role,branch,reports_to,language,timezone\nM1,主管甲,manager,支行,,zh,Asia/Shanghai\n"
    "AM1,经理甲,account_manager,支行,M1,zh,Asia/Shanghai\n",
    "borrowers.csv": "borrower_code,name,short_name,account_manager\nB1,示例市青禾食品有限公司,青禾食品,AM1\n",
    "loans.csv": "loan_no,borrower_code,product,amount(万元),drawn(万元),balance(万元),purposes,disbursed_on,matures_on\n"
    "L1,B1,working_capital,200,200,200,raw_materials,2026-03-01,2027-03-01\n",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUIFANG_DATA", str(tmp_path / "data"))
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    return tmp_path


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer().running() as running:
        yield running


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_a_prompt_is_shown_without_a_book_or_a_model_and_makes_no_database(home: Path) -> None:
    shown = run("prompt", "report.txt", "--on", "2026-03-02")
    assert shown.exit_code == 0, shown.output
    assert "2026-03-02" in shown.stdout
    assert "见到[人1]总，电话[电话1]" in shown.stdout
    assert "13812345678" not in shown.stdout
    assert not (home / "data").exists()


def test_names_of_the_book_are_masked_by_their_short_forms_too(home: Path) -> None:
    for name, text in BOOK.items():
        (home / name).write_text(text, "utf-8")
    assert run("import", str(home), "--yes").exit_code == 0
    assert "青禾食品" not in run("prompt", "report.txt").stdout
    (home / "short.txt").write_text("今天去了青禾，老板在。", "utf-8")
    assert "今天去了[单位1]" in run("prompt", "short.txt", "--as", "AM1").stdout


def test_the_body_of_the_request_can_be_shown(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIFANG_MODEL_NAME", "some-model")
    body = json.loads(run("prompt", "report.txt", "--json", "--lang", "zh").stdout)
    assert body["model"] == "some-model"
    assert [one["role"] for one in body["messages"]][:3] == ["system", "user", "assistant"]
    assert body["response_format"]["json_schema"]["strict"] is True


def test_a_wrong_day_or_file_is_said_so(home: Path) -> None:
    assert run("prompt", "report.txt", "--on", "soon").exit_code == 2
    (home / "gbk.txt").write_bytes("今天".encode("gbk"))
    assert run("prompt", "gbk.txt").exit_code == 2


def test_doctor_says_that_no_model_is_needed(home: Path) -> None:
    told = run("doctor")
    assert "没有设置语言模型" in told.stdout


def test_doctor_says_which_model_where_and_what_it_may_take(
    home: Path, monkeypatch: pytest.MonkeyPatch, server: ModelServer
) -> None:
    monkeypatch.setenv("HUIFANG_MODEL_NAME", "some-model")
    monkeypatch.setenv("HUIFANG_MODEL_BASE", server.base)
    monkeypatch.setenv("HUIFANG_MODEL_DAY_TOKENS", "50000")
    told = run("doctor", "--lang", "en").stdout
    assert all(words in told for words in ("some-model", server.base, "50,000", "answers"))
    assert "24 hours the model took" not in told
    run("migrate")
    assert "In the last 24 hours the model took 0 tokens" in run("doctor", "--lang", "en").stdout


def test_doctor_says_where_the_model_cannot_be_reached_or_has_no_name(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIFANG_MODEL_BASE", "http://127.0.0.1:9/v1")
    assert "HUIFANG_MODEL_NAME" in run("doctor", "--lang", "en").stdout
    monkeypatch.setenv("HUIFANG_MODEL_NAME", "some-model")
    told = run("doctor", "--lang", "en")
    assert "can't be reached" in told.stdout
    assert told.exit_code == 1


def test_a_replay_asks_no_model(home: Path, monkeypatch: pytest.MonkeyPatch, server: ModelServer) -> None:
    for name, text in BOOK.items():
        (home / name).write_text(text, "utf-8")
    monkeypatch.setenv("HUIFANG_MODEL_NAME", "some-model")
    monkeypatch.setenv("HUIFANG_MODEL_BASE", server.base)
    line = {"at": "2026-03-02T10:00:00+08:00", "from": "AM1", "text": REPORT}
    (home / "one.jsonl").write_text(json.dumps(line), "utf-8")
    played = run("replay", "one.jsonl", "--book", str(home), "--json")
    assert played.exit_code == 0, played.output
    assert "raw_materials" in played.stdout
    assert server.asked == []


ROWS = [
    {"id": "a", "lang": "zh", "reported_on": "2026-03-02", "text": "工程进度六成五。", "facts": {"progress": {"percent": 65}}},
    {"id": "b", "lang": "zh", "reported_on": "2026-03-02", "text": "厂里气氛不太好。", "facts": {"cash_stress": {"level": "mild"}}},
]  # fmt: skip


async def test_the_second_table_says_what_the_model_brought_and_cost(
    tmp_path: Path, server: ModelServer
) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), "utf-8")
    server.answers = [
        lambda body: (
            [fact("cash_stress.level", "mild", "厂里气氛不太好")]
            if "气氛" in body["messages"][-1]["content"]
            else [fact("progress.percent", 80, "工程进度六成五")]
        )
    ]
    chosen = Settings(
        _env_file=None, model_name="some-model", model_base=server.base, model_price_in=1.0, model_at_once=1
    )
    page = await evaluate.evaluate(file, chosen)
    assert "reports wholly right: 1 of 2" in page
    assert "each right offer taken: P 1.000 R 1.000 F1 1.000" in page
    assert "offers: 2, of them right: 1; without an answer: 0" in page
    assert "2000 in, 100 out; cost: 0.002" in page


async def test_a_model_that_does_not_answer_leaves_the_grammars_score(
    tmp_path: Path, server: ModelServer
) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps(ROWS[0]), "utf-8")
    server.answers = [error(401)]
    page = await evaluate.evaluate(file, Settings(_env_file=None, model_name="m", model_base=server.base))
    assert "each right offer taken: P 1.000 R 1.000 F1 1.000" in page
    assert "without an answer: 1" in page


def test_without_a_model_there_is_no_second_table(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate.main([str(home / "nothing.jsonl")]) == 0
    assert capsys.readouterr().out == ""
