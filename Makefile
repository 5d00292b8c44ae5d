# Rota: everything there is to run. `make` alone lists it.

# The team and the quarter that `make rotation` plans.
TEAM    ?= 2i2c
QUARTER ?= 2027-Q1

# Passed to pytest, for example: make test ARGS="-k feeds -x"
ARGS ?=

# Debian's names for what `make programs` installs. Tests of what is absent skip, but not in CI.
PROGRAMS := chromium fonts-dejavu-core fonts-noto-color-emoji gcc khal libical-dev minizinc \
	pkg-config postgresql systemd vdirsyncer

VENV   := .venv
PYTHON := $(VENV)/bin/python
ROTA   := $(VENV)/bin/rota
OUT    := out/$(TEAM)
CODE   := $(wildcard scheduler tests examples benchmarks)
PIP    := $(PYTHON) -m pip install -qq --no-input --disable-pip-version-check

BENCH    := $(PYTHON) -m benchmarks.run
TIMEFOLD := out/bench/timefold

# One worker a core: most of the time goes to solving, and that spreads well.
PYTEST := $(PYTHON) -m pytest -n auto

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help rotation test check check-long programs bench bench-smoke format lock clean

help: ## what there is to run
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ------------------------------------------------------------------------------ what to run

rotation: $(VENV)/.runtime ## plan and publish a real team's quarter, with feeds and a table, in out/
	@test -d rosters/$(TEAM) || { echo "There is no roster in rosters/$(TEAM)."; exit 2; }
	@rm -rf $(OUT) && mkdir -p out && cp -R rosters/$(TEAM) $(OUT)
	$(ROTA) check $(OUT)
	$(ROTA) plan $(OUT) --quarter $(QUARTER) --write
	$(ROTA) publish $(OUT) --quarter $(QUARTER)
	$(ROTA) feeds $(OUT) --out $(OUT)/feeds
	$(ROTA) show $(OUT) --quarter $(QUARTER)
	@$(ROTA) show $(OUT) --quarter $(QUARTER) --csv > $(OUT)/$(QUARTER).csv
	@$(ROTA) show $(OUT) --quarter $(QUARTER) --markdown > $(OUT)/$(QUARTER).md
	@echo
	@echo "$(TEAM) is planned for $(QUARTER) and published, in a copy of its roster:"
	@echo "  $(OUT)/rotations/$(QUARTER).yaml"
	@echo "      the rotation: who does what, and which seats could not be filled"
	@echo "  $(OUT)/feeds/"
	@echo "      calendars: one a member, duty and upstream, and one for the team"
	@echo "  $(OUT)/$(QUARTER).md and $(OUT)/$(QUARTER).csv"
	@echo "      the same as a table"
	@echo "Next:"
	@echo "  open a file of $(OUT)/feeds/ in your calendar"
	@echo "  change a line of $(OUT)/roster.yaml and see what follows (writes nothing):"
	@echo "      $(ROTA) plan $(OUT) --quarter $(QUARTER)"
	@echo "  start with your own team:"
	@echo "      $(ROTA) init my-team"

test: $(VENV)/.dev ## the tests; make test ARGS="-k word" runs some of them
	$(PYTEST) $(ARGS)

check: $(VENV)/.dev ## everything that CI checks: format, lint, types, floors, tests
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy $(CODE)
	$(VENV)/bin/lint-imports --no-logo
	$(PYTEST) $(ARGS)

bench: $(VENV)/.dev $(TIMEFOLD)/.made ## compare solvers on the same work, in minutes; SIZES, RUNS, SECONDS, PLANNERS
	$(BENCH) $(if $(SIZES),--items "$(SIZES)") $(if $(PLANNERS),--planners "$(PLANNERS)") \
	  $(if $(RUNS),--runs "$(RUNS)") $(if $(SECONDS),--seconds $(SECONDS)) $(ARGS)

bench-smoke: $(VENV)/.dev ## the same in seconds: one small team, one run of each, without Timefold
	$(BENCH) --items team --runs 1 --seconds 2 --out out/bench-smoke \
	  --planners ours,round_robin,greedy,plain_cp_sat,milp,minizinc,fast,replan

check-long: $(VENV)/.dev ## what takes minutes: hundreds of faults while reminders go out, and a burst
	$(PYTEST) -m long $(ARGS)

programs: ## what some tests run beyond Python, on Debian and as root: calendar clients, a browser, servers
	apt-get update -qq
	apt-get install -qq -y --no-install-recommends $(PROGRAMS) > /dev/null
	command -v npm > /dev/null || apt-get install -qq -y --no-install-recommends nodejs npm > /dev/null
	cd tests/programs && npm ci --no-audit --no-fund --silent
	$(MAKE) $(TIMEFOLD)/.made

format: $(VENV)/.dev ## put the code in order, as `make check` wants it
	$(PYTHON) -m ruff check --fix-only .
	$(PYTHON) -m ruff format .

lock: $(VENV)/.made ## write the lock files anew; UPGRADE=--upgrade takes the newest releases
	$(PIP) uv
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --constraints requirements.lock --output-file requirements-dev.lock

clean: ## remove what was built: .venv, out and the caches
	rm -rf $(VENV) out build dist *.egg-info
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find scheduler tests examples benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# ------------------------------------------------------------------------------ environments

# Timefold's last release for Python, in an environment of its own: it needs Java 17, and packages
# that nothing else does. Where either is lacking, the report names it and goes on.
$(TIMEFOLD)/.made: | $(VENV)/.made
	@$(PYTHON) -m venv --clear $(TIMEFOLD) && \
	$(TIMEFOLD)/bin/python -m pip install -qq --no-input --disable-pip-version-check \
	  timefold==1.24.0b0 && touch $@ || echo "Timefold cannot be installed; going on without it."

# One file for every system and Python from 3.11 on, with hashes, and without the address of any
# index: where packages come from is the business of the machine that installs them.
LOCK := $(VENV)/bin/uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
	--generate-hashes --no-config --no-header --no-emit-index-url --no-emit-find-links --quiet $(UPGRADE)

# A Python counts when it runs (pyenv has names that do not), is new enough for the code, not too
# new for the lock, and can make environments (Debian's own needs python3-venv for that).
USABLE := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))

$(VENV)/.made:
	@for python in $(BASE) python3.13 python3.12 python3.11 python3 python3.14; do \
	  if $$python -c '$(USABLE)' 2>/dev/null; then \
	    echo "Making $(VENV) with $$($$python --version)."; \
	    $$python -m venv --clear $(VENV) && touch $@ && exit 0 || exit 1; \
	  fi; \
	done; \
	echo "Rota needs Python 3.11, 3.12, 3.13 or 3.14 that can make environments (on Debian:"; \
	echo "apt install python3-venv), and found none. Name yours with: make BASE=/path/to/python3"; \
	exit 1

# Installed again only when a lock file or pyproject.toml has changed. setuptools comes from the lock.
$(VENV)/.runtime: $(VENV)/.made requirements.lock pyproject.toml
	@echo "Installing what Rota needs."
	@$(PIP) --require-hashes --no-deps -r requirements.lock
	@$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.made requirements-dev.lock pyproject.toml
	@echo "Installing what Rota and its checks need."
	@$(PIP) --require-hashes --no-deps -r requirements-dev.lock
	@$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@ $(VENV)/.runtime
