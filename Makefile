# make run    start everything on this machine (PORT=8123 make run moves it)
# make test   every test: SQLite, PostgreSQL, a real worker and broker, a real browser
# make check  lint, types, layers, missing migrations; never edits
# make fix    let ruff mend and format what it can
# make pins   compile requirements*.in into the pinned lists

PYTHON ?= python3
.PHONY: run test check fix pins

run:
	@$(PYTHON) -m tools.setup run
	@.venv/bin/python -m tools.run

test:
	@$(PYTHON) -m tools.setup test
	@.venv/bin/python -m tools.test

check:
	@$(PYTHON) -m tools.setup test
	@.venv/bin/python -m tools.check

fix:
	@$(PYTHON) -m tools.setup test
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format --quiet .

pins:
	@$(PYTHON) -m tools.setup test
	@.venv/bin/python -m tools.pins
