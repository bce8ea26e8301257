# `make demo` and `make test` are all that a newcomer needs: each sets itself up first (installer/setup/setup.sh).
SHELL := /bin/bash
export LANG ?= C.UTF-8
ifneq ($(PYTHON),)
export PYTHON
endif
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo run test check bench faults fuzz soak package package-test lock translations clean

help: ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## everything that running needs: system packages, .venv, map assets, translations
	@installer/setup/setup.sh runtime

setup-dev: ## the same for tests and checks
	@installer/setup/setup.sh dev

demo: setup ## a simulated district on a wall and a map; without a display it leaves demo.png
	@installer/setup/demo.sh

run: setup ## the console with your own cameras
	@$(BIN)/gwanje run

test: setup-dev ## all tests: in parallel first, then alone those that need the whole machine
	@installer/setup/test.sh

check: setup-dev ## format, lint, types, arrows between the rooms, translations, house rules
	@installer/setup/check.sh

bench: setup-dev ## measure walls of 9 to 64 tiles against plain decoding; a table (BENCH="--seconds 30" passes on)
	@$(BIN)/python -m tests.bench $(BENCH)

soak: setup-dev ## 8 hours of 25 tiles with a camera that comes and goes: does memory grow? (SOAK_MINUTES=30)
	@$(BIN)/python -m tests.soak --minutes $(or $(SOAK_MINUTES),480) --out $(or $(SOAK_FILE),soak.jsonl)

faults: setup-dev ## measure the fault table of docs/faults.md on this machine
	@$(BIN)/python -m tests.fault_table

fuzz: setup-dev ## 200,000 broken RTSP answers, SDPs and RTP packets for the decoder processes
	@$(BIN)/python -m tests.fuzz --count 200000

package: setup-dev ## dist/gwanje_<version>_amd64.deb
	@installer/debian/build.sh

package-test: package ## install the package in a clean Debian 12 and run its demo there (as root)
	@installer/debian/try.sh

lock: ## renew requirements/*.txt from pyproject.toml and requirements/*.in
	@installer/setup/lock.sh

translations: setup-dev ## bring resources/translations up to date with the source
	@$(BIN)/python installer/setup/translations.py update

clean: ## remove what was built; .venv too, so the next set-up starts from nothing
	rm -rf build dist .venv .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf resources/vendor resources/translations/*.qm *.egg-info demo.png demo.json
