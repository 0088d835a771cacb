"""The commands as people type them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
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
    assert run("invite", "AM1").stdout.startswith("/start ")


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


NO_DATABASE = [
    ("due",),
    ("audit", "verify"),
    ("backup", "copy.sqlite3"),
    ("plan", "--preview"),
    ("export", "out", "--as", "M1"),
    ("ask", "--as", "M1", "青禾食品怎么样"),
    ("prompt", "staff.csv", "--as", "M1"),
]


@pytest.mark.parametrize("words", NO_DATABASE, ids=lambda words: words[0])
def test_a_database_that_is_not_there_is_told_and_not_made(home: Path, words: tuple[str, ...]) -> None:
    refused = run(*words)
    assert refused.exit_code == 2
    assert "no database" in refused.output
    assert "huifang.sqlite3" in refused.output
    assert not (home / "data").exists()


def test_a_file_that_is_no_database_is_told_by_its_place(home: Path) -> None:
    refused = run("migrate", "--db", "staff.csv")
    assert refused.exit_code == 2
    assert "staff.csv can't be opened (file is not a database)" in refused.output


def test_a_server_that_does_not_answer_is_told_without_its_password(home: Path) -> None:
    refused = run("migrate", "--db", "postgresql+psycopg://somebody:secret@127.0.0.1:1/nothing")
    assert refused.exit_code == 2
    assert "127.0.0.1:1/nothing" in refused.output
    assert "secret" not in refused.output


def test_a_database_of_a_newer_version_is_left_alone(home: Path) -> None:
    run("migrate", "--db", "b.sqlite3")
    with closing(sqlite3.connect("b.sqlite3")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    refused = run("migrate", "--db", "b.sqlite3")
    assert refused.exit_code == 2
    assert "9999" in refused.output and "newer" in refused.output


WRONG_WORDS = [
    (("import", ".", "--lang", "fr"), "'zh'"),
    (("doctor", "--lang", "fr"), "'zh'"),
    (("prompt", "staff.csv", "--on", "gestern"), "%Y-%m-%d"),
    (("prompt", "bad.bin"), "UTF-8"),
    (("extract", "bad.bin"), "UTF-8"),
    (("extract", "staff.csv"), "staff.csv, line 1: this is no JSON"),
    (("ask", "--as", "M1", " "), "Ask something"),
    (("ask", "--as", "M1", "华" * 5000), "4,096 characters"),
    (("export", "staff.csv", "--as", "M1"), "nothing was exported"),
    (("backup", "staff.csv"), "never overwrites"),
    (("backup", "nowhere/copy.sqlite3"), "doesn't exist"),
]


@pytest.mark.parametrize(("words", "told"), WRONG_WORDS, ids=lambda value: str(value)[:40])
def test_wrong_words_are_answered_with_what_to_do(home: Path, words: tuple[str, ...], told: str) -> None:
    run("import", str(home), "--yes")
    (home / "bad.bin").write_bytes(b"\xa0\xff\x00")
    refused = run(*words)
    assert refused.exit_code == 2
    assert told in refused.output


BAD_LINES = [
    ("[1]", "one object"),
    ("not json", "no JSON"),
    ('{"at": "2026-03-02T10:00:00+08:00", "from": "AM1", "text": 5}', "text must be text"),
    ('{"at": "2026-03-02T10:00:00+08:00", "from": "AM1", "location": [1]}', "[latitude, longitude]"),
    ('{"at": "2026-03-02T10:00:00+08:00", "from": "AM1", "photo": 5}', "photo must be text"),
    ('{"at": "2026-03-02T10:00:00+08:00", "from": 1, "tap": "confirm"}', "from must be text"),
]


@pytest.mark.parametrize(("line", "told"), BAD_LINES)
def test_a_line_that_cannot_be_played_is_named(home: Path, line: str, told: str) -> None:
    (home / "s.jsonl").write_text(f"\n{line}\n", "utf-8")
    refused = run("replay", "s.jsonl", "--book", str(home))
    assert refused.exit_code == 2
    assert "s.jsonl, line 2" in refused.output and told in refused.output


def test_a_replay_never_goes_on_from_another_database(home: Path) -> None:
    (home / "s.jsonl").write_text("", "utf-8")
    assert run("replay", "s.jsonl", "--book", str(home), "--db", "kept.sqlite3").exit_code == 0
    again = run("replay", "s.jsonl", "--book", str(home), "--db", "kept.sqlite3")
    assert again.exit_code == 2
    assert "kept.sqlite3 exists" in again.output


def test_transcribing_without_an_engine_says_what_to_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIFANG_SPEECH_MODEL", str(home))
    refused = run("transcribe", "staff.csv")
    assert refused.exit_code == 2
    assert "model.bin" in refused.output


def test_what_is_due_holds_what_is_late_and_was_told_already(home: Path) -> None:
    run("import", str(home), "--yes")
    days = [
        json.loads(line)["due_on"] for line in run("due", "--json", "--at", "2027-06-01").stdout.splitlines()
    ]
    assert days == sorted(days) and days
    assert all(day <= "2027-06-01" for day in days)
    assert "Nothing is due" in run("due", "--at", "2020-01-01").output


def test_the_doctor_refuses_a_data_folder_that_is_a_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIFANG_DATA", str(home / "staff.csv"))
    assert "staff.csv" in run("migrate").output
    said = run("doctor", "--lang", "en")
    assert said.exit_code == 1
    assert "Data can't lie in" in said.output


def test_a_place_to_listen_has_a_port(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIFANG_PAGE_LISTEN", "localhost")
    refused = run("doctor")
    assert refused.exit_code == 2
    assert "HUIFANG_PAGE_LISTEN" in refused.output


def test_a_telegram_that_is_not_reached_is_told_in_a_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIFANG_TELEGRAM_TOKEN", "1:not-a-token")
    monkeypatch.setenv("HUIFANG_TELEGRAM_API", "http://127.0.0.1:1")
    refused = run("run")
    assert refused.exit_code == 2
    assert "http://127.0.0.1:1 isn't reached" in refused.output
