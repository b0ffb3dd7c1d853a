# Everything a newcomer needs: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PORT ?= 8080

.PHONY: demo test lint bench torture lock clean

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: $(STAMP)
	@$(BIN)/ruhu demo --port $(PORT)

test: $(STAMP)
	@$(BIN)/python scripts/check_tools.py
	$(MAKE) --no-print-directory lint
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist worksteal

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m scripts.check_patterns

bench: $(STAMP)
	$(BIN)/ruhu bench

torture: $(STAMP)
	$(BIN)/python -m tests.torture.run $(ARGS)
	$(BIN)/python -m tests.patterns.growth
	$(BIN)/python -m tests.torture.storm $(STORM)

# needs uv; the lock carries versions and hashes, never addresses
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --extra dev --no-header -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
