# Everything a person does with this checkout. PORT and SANGKROH_STATE let several stand side by side.
.PHONY: run test setup lint fmt docs check-long bench messages
.DEFAULT_GOAL := run
python := .venv/bin/python
# The shell becomes the programme, and the programme ends with make, even when make is killed.
become := exec env SANGKROH_PARENT=$$PPID

run: setup
	@DEMO=$${DEMO-1} $(become) $(python) manage.py up

setup:
	@sh scripts/setup.sh
