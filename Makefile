# make run    start everything on this machine (PORT=8123 make run moves it)
# make test   every test: SQLite, PostgreSQL, a real worker and broker, a real browser
# make bench  how fast it is, as ratios to floors of the same run; some minutes
#             (SIZE=S, M or L: on 2,000, 100,000 or a million events, made up once and kept)
# make mutate  remove each permission check in turn and see that a test notices; half an hour
# make check  lint, types, layers, missing migrations; never edits
# make fix    let ruff mend and format what it can
# make pictures  take the README's pictures anew, by walking two journeys
# make pins   compile requirements*.in into the pinned lists

PYTHON ?= python3
.PHONY: run test bench mutate check fix pictures pins

run:
	@$(PYTHON) -m tools.setup run
	@.venv/bin/python -m tools.run

test:
	@$(PYTHON) -m tools.setup test
	@.venv/bin/python -m tools.test

bench:
	@$(PYTHON) -m tools.setup test
	@.venv/bin/python -m tools.bench $(SIZE) $(DATABASE)

mutate:
	@$(PYTHON) -m tools.setup test
	@.venv/bin/python -m tools.mutate_checks

check:
	@$(PYTHON) -m tools.setup test
	@.venv/bin/python -m tools.check

fix:
	@$(PYTHON) -m tools.setup test
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format --quiet .

pictures:
	@$(PYTHON) -m tools.setup test
	@.venv/bin/python -m tools.test journeys tests/system/test_main_journey.py tests/system/test_reviewer_journey.py
	@mkdir -p docs/screenshots
	@for name in board decision log lmc; do cp build/screenshots/readme-$$name.png docs/screenshots/$$name.png; done

pins:
	@$(PYTHON) -m tools.setup test
	@.venv/bin/python -m tools.pins
