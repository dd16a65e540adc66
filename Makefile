# Two commands: `make demo` and `make test`. Both do all the set-up they need.
.POSIX:
.SUFFIXES:
.PHONY: help demo test setup setup-test lint format types imports migrations sqlite postgres bench clean

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
BIN = .venv/bin
# A stamp a requirements file, so that a second run installs nothing.
RUN_STAMP = .venv/.installed-run
DEV_STAMP = .venv/.installed-dev
# Whoever is done takes over from the other: a journey can take as long as a hundred other tests.
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
TESTING = MODE=test

help:
	@echo "make demo    set up everything and serve the demo on http://127.0.0.1:$(PORT)"
	@echo "make test    set up everything and run every check, on SQLite and PostgreSQL"
	@echo "make format  put the code in order"
	@echo "make bench   measure saving, pages, bytes and closing, as ratios"
	@echo "make clean   remove the virtual environment and the demo's database"

demo: $(RUN_STAMP)
	@MODE=demo BASE_URL=http://127.0.0.1:$(PORT) $(BIN)/python manage.py demo --port $(PORT)

test: setup-test lint types imports migrations sqlite postgres
	@echo "Every check has passed."

setup: $(RUN_STAMP)
setup-test: $(DEV_STAMP)
	@$(BIN)/python -m tests.chromium

$(BIN)/python:
	@echo "Making a virtual environment…"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; PYTHON=/path/to/python3.11 chooses one."; exit 1; }
	@$(PYTHON) -m venv .venv

$(RUN_STAMP): $(BIN)/python requirements/run.txt
	@echo "Installing what the app needs (about half a minute)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

$(DEV_STAMP): $(BIN)/python requirements/dev.txt
	@echo "Installing what the tests need (about a minute)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $(RUN_STAMP) $@

lint: $(DEV_STAMP)
	@echo "Lint and format…"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check

format: $(DEV_STAMP)
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .
	@git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2

types: $(DEV_STAMP)
	@echo "Types…"
	@$(TESTING) $(BIN)/mypy

imports: $(DEV_STAMP)
	@echo "Import directions…"
	@$(TESTING) $(BIN)/lint-imports

migrations: $(DEV_STAMP)
	@echo "Migrations…"
	@$(TESTING) $(BIN)/python manage.py makemigrations --check --dry-run

sqlite: $(DEV_STAMP)
	@echo "Tests on SQLite…"
	@$(PYTEST)

postgres: $(DEV_STAMP)
	@echo "Tests on PostgreSQL…"
	@$(BIN)/python -m tests.throwaway_postgres --servers $(WORKERS) $(PYTEST)

bench: $(DEV_STAMP)
	@$(BIN)/python -m bench.saving
	@$(BIN)/python -m bench.pages
	@$(BIN)/python -m bench.weight
	@$(BIN)/python -m bench.closing

clean:
	rm -rf .venv var
