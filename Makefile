# A thin cover of the command line, which is the real thing: see `.venv/bin/laotie --help`.
#
#   make run         a demo market on this machine; prints its address and whom to sign in as
#   make test        everything the tests need, then all but the slowest
#   make test-all    the slowest too
#   make lint        format, style, types, floors
#   make bench       what the peers in the benchmarks need; then python -m benchmarks.NAME
#   make lock        pin the newest versions of all dependencies
#   make clean       remove what the above made, except the market's home

PYTHON ?= python3
RUN    ?= --demo
TESTS  ?=
SHELL  := /bin/bash
VENV   := .venv
BIN    := $(VENV)/bin
SOURCE := PYTHONPATH=src:.

.PHONY: run test test-all lint bench lock clean
.DEFAULT_GOAL := run

run: $(VENV)/.market
	@exec $(BIN)/laotie up $(RUN)

test: $(VENV)/.ready
	$(SOURCE) $(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow" $(TESTS)

test-all: lint $(VENV)/.ready
	$(SOURCE) $(BIN)/python -m pytest -n 2 --dist loadgroup $(TESTS)

lint: $(VENV)/.dev
	$(BIN)/ruff format --check -q .
	$(BIN)/ruff check -q .
	$(SOURCE) $(BIN)/lint-imports --no-logo
	$(SOURCE) $(BIN)/mypy

bench: $(VENV)/.bench

lock: $(VENV)/.dev
	$(SOURCE) $(BIN)/python -m tools.lock --upgrade

clean:
	rm -rf $(VENV) .tools .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache build dist
	find src tests benchmarks tools -name __pycache__ -type d -prune -exec rm -rf {} +
	find src -name '*.mo' -delete

$(VENV)/.market: requirements/market.lock requirements/setup.lock requirements/installer.lock pyproject.toml
	@echo "Preparing $(VENV) (the first time this takes a minute)"
	@$(PYTHON) tools/environment.py market
	@touch $@

$(VENV)/.dev: requirements/dev.lock requirements/setup.lock requirements/installer.lock pyproject.toml
	@echo "Preparing $(VENV) for the tests (the first time this takes a minute)"
	@$(PYTHON) tools/environment.py dev
	@touch $@ $(VENV)/.market

$(VENV)/.bench: $(VENV)/.dev requirements/bench.lock
	@echo "Adding the peers of the benchmarks to $(VENV)"
	@$(PYTHON) tools/environment.py bench
	@touch $@

$(VENV)/.ready: $(VENV)/.dev src/laotie/kit/assets/package-lock.json
	@$(BIN)/python -m tools.machine
	@$(SOURCE) $(BIN)/python -m laotie.kit.assets .tools/npm .tools/assets
	@touch $@
