"""The commands as people type them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.reference import page
from bot.settings import Settings

BOOK = {
    "staff.csv": "staff_code,name,role,branch,reports_to,language,timezone\nM1,主管甲,manager,支行,,zh,Asia/Shanghai\n"
    "AM1,经理甲,account_manager,支行,M1,zh,Asia/Shanghai\n",
    "borrowers.csv": "borrower_code,name,short_name,account_manager\nB1,青禾食品有限公司,青禾食品,AM1\n",
    "loans.csv": "loan_no,borrower_code,product,amount(万元),drawn(万元),balance(万元),purposes,disbursed_on,matures_on\n"
    "L1,B1,working_capital,200,200,200,raw_materials,2026-03-01,2027-03-01\n",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUIFANG_DATA", str(tmp_path / "data"))
    for name, text in BOOK.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_a_book_is_shown_then_taken_over_and_asked_about(home: Path) -> None:
    taken = run("import", str(home), "--yes")
    assert taken.exit_code == 0, taken.output
    assert "新增1" in taken.output
    asked = run("ask", "--as", "M1", "青禾食品怎么样", "--json", "--at", "2026-03-10T10:00:00")
    answer = json.loads(asked.stdout)
    assert answer["borrowers"] == ["B1"]
    assert answer["numbers"]["balance_total"] == 2_000_000
    assert set(answer) == {"understood", "borrowers", "numbers", "unknown", "sources", "text"}
    assert run("audit", "verify").exit_code == 0


def test_a_wrong_book_names_file_line_and_column_and_changes_nothing(home: Path) -> None:
    wrong = (home / "loans.csv").read_text("utf-8").replace("2026-03-01", "2026-13-01")
    (home / "loans.csv").write_text(wrong, "utf-8")
    refused = run("import", str(home), "--yes", "--lang", "en")
    assert refused.exit_code == 2
    assert all(word in refused.output for word in ("loans.csv", "2", "disbursed_on", "2026-13-01"))
    assert not (home / "data" / "huifang.sqlite3").exists() or "B1" not in run("due", "--json").output


def test_facts_are_extracted_line_by_line(home: Path) -> None:
    line = {"id": "a", "text": "工资欠了两个月。", "reported_on": "2026-03-02", "lang": "zh"}
    (home / "in.jsonl").write_text(json.dumps(line), "utf-8")
    answer = json.loads(run("extract", "in.jsonl").stdout)
    assert answer["id"] == "a"
    assert answer["facts"]["cash_stress"] == {"level": "severe", "signals": ["wage_arrears"]}


def test_a_bad_line_is_named(home: Path) -> None:
    (home / "in.jsonl").write_text(
        '{"id": "a", "text": "x", "reported_on": "2026-03-02"}\nnot json\n', "utf-8"
    )
    refused = run("extract", "in.jsonl")
    assert refused.exit_code == 2
    assert "in.jsonl" in refused.output
    assert "2" in refused.output


def test_a_scenario_is_checked_before_it_is_played(home: Path) -> None:
    (home / "s.jsonl").write_text('{"at": "2026-03-02T10:00:00", "tick": true}\n', "utf-8")
    refused = run("replay", "s.jsonl", "--book", str(home))
    assert refused.exit_code == 2
    assert "line 1" in refused.output
    assert "zone" in refused.output


def test_a_replay_prints_what_stands_at_the_end(home: Path) -> None:
    lines = [
        {"at": "2026-03-16T09:00:00+08:00", "tick": True},
        {
            "at": "2026-03-16T10:00:00+08:00",
            "from": "AM1",
            "text": "今天去了青禾食品，见到李总，200万都炒股了。",
        },
        {"at": "2026-03-16T10:01:00+08:00", "from": "AM1", "tap": "confirm"},
    ]
    (home / "s.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    result = json.loads(run("replay", "s.jsonl", "--book", str(home), "--json").stdout)
    assert set(result) == {"reports", "visits", "cases", "messages"}
    assert [report["state"] for report in result["reports"]] == ["confirmed"]
    assert ("B1", "use.securities", "red") in {
        (c["borrower_code"], c["code"], c["severity"]) for c in result["cases"]
    }
    assert {"M1", "AM1"} <= {message["to"] for message in result["messages"]}


def test_a_stranger_to_the_book_is_told_so(home: Path) -> None:
    run("import", str(home), "--yes")
    assert run("ask", "--as", "X9", "你好").exit_code == 2
    assert "X9" in run("invite", "X9").output


def test_an_invitation_is_a_command_to_send(home: Path) -> None:
    run("import", str(home), "--yes")
    assert run("invite", "AM1").output.startswith("/start ")


def test_a_wrong_setting_is_named_with_what_was_given(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIFANG_DATABASE_URL", "mysql://x")
    refused = run("migrate")
    assert refused.exit_code == 2
    assert "HUIFANG_DATABASE_URL" in refused.output


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_doctor_says_what_is_there_and_what_is_not(home: Path, lang: str) -> None:
    said = run("doctor", "--lang", lang)
    assert said.exit_code == 0
    assert "HUIFANG_TELEGRAM_TOKEN" in said.output


def test_the_page_of_settings_has_every_setting() -> None:
    assert all(f"HUIFANG_{name.upper()}" in page() for name in Settings.model_fields)


def test_the_policy_is_said_and_a_wrong_one_named_by_line(home: Path) -> None:
    assert "正常 90" in run("policy").stdout
    (home / "ours.toml").write_text("[visit]\nnormal = 40\n", "utf-8")
    assert "normal 40" in run("policy", "--policy", "ours.toml", "--lang", "en").stdout
    (home / "ours.toml").write_text("[visit]\nnormal = 40\nnorml = 4\n", "utf-8")
    wrong = run("policy", "--policy", "ours.toml")
    assert wrong.exit_code == 2 and "ours.toml:3: visit.norml: no such key" in wrong.output


def test_a_policy_is_previewed_and_nothing_moves(home: Path) -> None:
    run("import", str(home), "--yes")
    (home / "ours.toml").write_text("[maturity]\nbefore_days = 60\n", "utf-8")
    words = ("plan", "--preview", "--policy", "ours.toml", "--json")
    first = json.loads(run(*words).stdout)
    assert [(row["kind"], row["sooner"]) for row in first["counts"] if row["sooner"]] == [("maturity", 1)]
    assert {move["borrower_code"] for move in first["first"]} == {"B1"}
    assert json.loads(run(*words).stdout) == first
    assert run("plan", "--policy", "ours.toml").exit_code == 2


def test_a_wrong_policy_stops_an_import_before_anything_is_taken_in(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "ours.toml").write_text("[visit]\nnormal = 0\n", "utf-8")
    monkeypatch.setenv("HUIFANG_REMINDERS_POLICY", str(home / "ours.toml"))
    assert run("import", str(home), "--yes").exit_code == 2
    monkeypatch.delenv("HUIFANG_REMINDERS_POLICY")
    assert "新增1" in run("import", str(home), "--yes").output
