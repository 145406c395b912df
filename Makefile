# Everything a person does with this checkout. PORT and SANGKROH_STATE let several stand side by side.
.PHONY: run test check-long check-figures setup lint types contracts fresh language messages fmt docs bench audit
.DEFAULT_GOAL := run
python := .venv/bin/python
# The shell becomes the programme, and the programme ends with make, even when make is killed.
become := exec env SANGKROH_PARENT=$$PPID
# What needs no database still reads the settings.
offline := env -u DATABASE_OWNER_URL SECRET_KEY=offline DATABASE_URL=postgres://nobody@127.0.0.1:1/nothing $(python) -W ignore::RuntimeWarning manage.py
# What scratch databases are made like.
scratch := $(python) manage.py migrate --verbosity 0; $(python) manage.py load_places --verbosity 0; $(python) manage.py load_law --verbosity 0
N ?= 100000

run: setup                ## everything, at http://127.0.0.1:8000, with demonstration data; Ctrl-C stops it
	@DEMO=$${DEMO-1} $(become) $(python) manage.py up

test: setup               ## the whole gate; ARGS="tests/accounts -k duty" narrows the tests
	@$(MAKE) --no-print-directory -j 2 -O lint types contracts fresh language
	@sh scripts/browser.sh
	@$(become) $(python) manage.py up --temporary --careless -- .venv/bin/pytest -n 2 -m "not long" $(ARGS)

check-long: setup         ## what takes a minute or more: killed processes, long fuzzing
	@sh scripts/browser.sh
	@sh scripts/libreoffice.sh
	@$(become) $(python) manage.py up --temporary -- .venv/bin/pytest -m long $(ARGS)

check-figures: setup      ## every figure counted a second way, over N made-up complaints (N=100000) that hold everything
	@$(become) $(python) manage.py up --temporary --careless -- sh -ec '$(scratch); $(python) -m bench.check $(N)'

setup:
	@sh scripts/setup.sh

lint: setup
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/djlint --lint --quiet templates
	@git ls-files 'templates/*.html' | xargs .venv/bin/djade --check --target-version 5.2

types: setup
	@.venv/bin/mypy

contracts: setup
	@.venv/bin/lint-imports --no-logo

fresh: setup              ## what is generated says what the code says
	@$(offline) makemigrations --check --dry-run --verbosity 0
	@$(offline) write_workflows --check
	@$(offline) write_roles --check
	@$(offline) write_schema --check

docs: setup               ## write what is generated: steps, roles, the API's schema
	@$(offline) write_workflows
	@$(offline) write_roles
	@$(offline) write_schema

messages: setup           ## bring locale/ up to date with pages and code; new words stand there empty
	@$(python) scripts/language.py --write

language: setup           ## every word has its Khmer
	@$(python) scripts/language.py

fmt: setup
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .
	@git ls-files 'templates/*.html' | xargs .venv/bin/djade --target-version 5.2 || true

bench: setup              ## how fast it is beside its goals, on scratch databases; BENCH="pages" is one of bench/
	@$(become) $(python) manage.py up --temporary -- sh -ec '$(scratch); $(python) -m bench $(BENCH)'

audit: setup              ## known weaknesses of the locked packages
	@.venv/bin/pip-audit --skip-editable --progress-spinner off
