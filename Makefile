# Each target sets up what it needs. `make demo` shows the main job, `make test` runs every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/set-up

.PHONY: demo setup test lint bench screenshots simulate mutants soak

demo: setup
	@$(BIN)/tieout demo

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@sh scripts/setup.sh $(PYTHON) $(VENV)
	@touch $@

test: setup
	@sh scripts/test.sh

lint: setup
	@sh scripts/lint.sh

bench: setup
	@$(BIN)/python bench/import_10000.py

# SEEDS=n lives that many histories; SEED=n, and STEPS=3,8,21, lives one again.
SEEDS ?= 100
simulate: setup
	@$(BIN)/python -m tests.simulation $(if $(SEED),--seed $(SEED) $(if $(STEPS),--steps $(STEPS)),--histories $(SEEDS))

# MUTANTS="a b" names some of them; TABLE=yes writes what caught them into docs/simulation.md.
mutants: setup
	@$(BIN)/python -m tests.simulation.mutants $(MUTANTS) $(if $(TABLE),--table)

# What takes hours.
STORMS := BLACK_BOX_STORMS=200 BLACK_BOX_DOCUMENTS=2000
soak: setup
	@$(BIN)/python -m tests.simulation --histories 100000
	@$(STORMS) $(BIN)/pytest -q tests/end_to_end/test_black_box.py
	@$(STORMS) $(BIN)/python scripts/postgres.py $(BIN)/pytest -q tests/end_to_end/test_black_box.py
	@TIEOUT_SOAK_DAYS=400 $(BIN)/pytest -q -s tests/soak

screenshots: setup
	@$(BIN)/python scripts/screenshots.py
