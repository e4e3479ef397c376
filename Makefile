# Two commands matter: `make demo` and `make test`. Everything is installed below this folder.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PY := .venv/bin/python
# Two workers, a file at a time: each starts its own homeserver and database when a test asks for one.
SPREAD := -n 2 --dist loadfile --no-loadscope-reorder
# Begun first, so that no worker is left with them at the end.
LONGEST := tests/homeserver/test_week.py tests/faults
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# The bot is started dozens of times: without compiled modules each start takes 7 s in place of 3.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check lock setup clean format bench

help:
	@echo "make demo          a homeserver, the bot and a week of made-up people; stays up to be joined"
	@echo "make demo EXIT=1   the same, ends with status 0 only if every step happened"
	@echo "make test          everything that must hold (installs what it needs)"
	@echo "make check         format, lint, types, imports, unit tests (under a minute)"
	@echo "make lock          renew requirements/*.txt from pyproject.toml"

setup: .venv/.ready .synapse/.ready

.venv/.ready: requirements/dev.txt requirements/bootstrap.txt pyproject.toml
	@scripts/environment .venv requirements/dev.txt
	@.venv/bin/uv pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	@touch $@

.synapse/.ready: requirements/synapse.txt requirements/bootstrap.txt
	@scripts/environment .synapse requirements/synapse.txt
	@touch $@

demo: setup
	@$(PY) -m bot.demo $(if $(EXIT),--exit)

check: .venv/.ready
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@PATH="$(CURDIR)/.venv/bin:$$PATH" .venv/bin/lint-imports --no-cache
	@.venv/bin/pyright
	@$(PY) -m pytest -q $(SPREAD) tests/unit

test: setup check
	@$(PY) -m pytest -q $(SPREAD) --durations=15 $(LONGEST) tests --ignore=tests/unit

format: .venv/.ready
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

lock:
	@scripts/lock

clean:
	rm -rf .venv .synapse .demo
