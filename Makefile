.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8080
WORKERS ?= 2

.PHONY: help install demo test test-faults bench lint lock format bot-api guide clean

help: ## Explain the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/.installed ## Make .venv with everything pinned, and `jalon` in .venv/bin

$(VENV)/.installed: pyproject.toml requirements/dev.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

demo: install ## Everything on this machine, no token needed: open the printed address
	$(BIN)/jalon demo --port $(PORT)

lint: install ## Style, types and the contracts between the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: lint ## Lint, then all the tests, on SQLite and on PostgreSQL, side by side
	$(BIN)/pytest -n $(WORKERS) --dist loadfile

test-faults: install ## Crashes and bursts: minutes, not seconds
	$(BIN)/pytest -m faults

bench: install ## Measure beside the peer; writes benchmarks/results.json
	$(BIN)/python -m benchmarks

format: install ## Put the code in the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: install ## Compile the pinned requirements anew (needs uv on the PATH)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group dev -o requirements/dev.txt

bot-api: install ## Write the local Telegram's model of the Bot API anew, after an upgrade of aiogram
	$(BIN)/python -m tests.simulator.generate_bot_api

guide: install ## Take the pictures of the French guide anew, from the demo (needs Chromium)
	$(BIN)/python -m docs.screenshots

clean: ## Remove what the targets above made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
