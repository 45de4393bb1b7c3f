# Every target does its own set-up: nothing but make and Python 3.11+ is needed.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
ROOMS := bot handlers integrations blocks questions workflows catalog_store domain playground
CODE := $(ROOMS) tests bench .ci
# The suite is safe in parallel; two workers suit the smallest machine that CI runs on.
WORKERS ?= 2

.PHONY: help install demo test check bench clean lock

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

# One stamp a set: the runtime alone for the demo, everything for tests.
$(VENV)/.runtime: requirements.txt pyproject.toml
	@$(MAKE) --no-print-directory _venv LOCK=requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml
	@$(MAKE) --no-print-directory _venv LOCK=requirements-dev.txt
	@touch $@ $(VENV)/.runtime

.PHONY: _venv
_venv:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo "idp needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.12 …"; exit 2; }
	@echo "installing $(LOCK) into $(VENV) …"
ifdef UV
	@test -d $(VENV) || $(UV) venv -q --python $(PYTHON) $(VENV)
	@$(UV) pip install -q --compile-bytecode --require-hashes --python $(BIN)/python -r $(LOCK)
	@$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(LOCK)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
endif

install: $(VENV)/.dev ## Set up .venv with everything, development tools included

demo: $(VENV)/.runtime ## Start a Slack workspace on this machine, with the bot in it
	@$(BIN)/idp demo

test: $(VENV)/.dev ## Run the whole test suite
	@$(BIN)/python -m pytest -n $(WORKERS)

check: $(VENV)/.dev ## What CI runs: format, lint, types, import contracts, size budget, tests
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python .ci/size_budget.py
	@$(MAKE) --no-print-directory test

bench: $(VENV)/.dev ## Measure the promised figures and print them as a table
	@$(BIN)/python -m bench

lock: ## Compile the two requirements files anew (needs uv)
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links --group build --extra gitlab --extra kubernetes pyproject.toml -o requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links --group dev --extra postgres --extra kubernetes --extra gitlab pyproject.toml -o requirements-dev.txt

clean: ## Remove the environment, caches and the demo's data
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .idp dist *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
