PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt
# Where torch's CPU build comes from, if not from where pip looks: TORCH_FROM='--index-url …'
TORCH_FROM ?=

.PHONY: run test test-whisper check format bench year eval docs clean
.DEFAULT_GOAL := run

run: $(VENV)/.run  ## set everything up and serve: the demo in a browser, or Telegram where a token is set
	@$(BIN)/huifang run

test: $(VENV)/.dev  ## set everything up and run every test
	$(BIN)/python -m pytest -n auto

test-whisper: $(VENV)/.whisper  ## the tests of openai-whisper, which needs torch
	$(BIN)/python -m pytest -m whisper tests/transcripts

check: $(VENV)/.dev  ## format, lint, types, floors, migrations, tests: what CI and the commit hook run
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.checks
	$(BIN)/python -m pytest -n auto

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev  ## one table a question, each beside its yardstick
	@for script in report_to_card reminder_sweep replanning digests start_up facts voice; do $(BIN)/python -m bench.$$script || exit 1; done

year: $(VENV)/.dev  ## a whole year of 2,000 borrowers on a clock of its own, held against what must never happen
	$(BIN)/python -m tests.reminders.year 2000

eval: $(VENV)/.dev  ## how well facts are read, by field; a second table with the model, where one is set up
	$(BIN)/python -m facts.evaluate tests/facts/data/dev.jsonl
	@$(BIN)/python -m bot.evaluate tests/facts/data/dev.jsonl

docs: $(VENV)/.dev  ## make docs/settings.md from the code
	$(BIN)/python -m bot.reference > docs/settings.md

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/bin/python:
	@echo "Making a virtual environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing Huifang (a minute or two, once) …"
	@$(PIP) --progress-bar on -e '.[speech]'
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing what the tests need (a minute or two, once) …"
	@$(PIP) -q -e '.[dev]'
	@touch $@ $(VENV)/.run

$(VENV)/.whisper: $(VENV)/.dev constraints-whisper.txt
	@echo "Installing torch (its CPU build) and openai-whisper …"
	@$(PIP) -q --no-deps $(TORCH_FROM) -r constraints-whisper.txt
	@$(PIP) -q more-itertools numba tiktoken tqdm sympy networkx fsspec jinja2 setuptools
	@touch $@
