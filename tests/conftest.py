"""What every test shares: no silent skips, and the official register where there is one."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no finding: properties say what holds, never how fast.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parent.parent
_skipped: list[str] = []
_counts: list[str] = []
_left_out = pytest.StashKey[int]()
ASK_FOR_A_DATABASE = {
    "_django_db_helper",
    "db",
    "django_db_setup",
    "live_server",
    "transactional_db",
}


def _register_folder() -> Path | None:
    """The folder of official files. A build server without it is broken, so it fails."""
    named = os.environ.get("REGISTER_DATA", "").strip()
    folder = (ROOT / named) if named else None
    if folder and not folder.is_dir():
        raise pytest.UsageError(f"REGISTER_DATA is {named!r}, which is no folder.")
    if not folder and os.environ.get("CI", "").lower() in {"true", "1"}:
        raise pytest.UsageError(
            "REGISTER_DATA is not set: on a build server the register tests must run."
        )
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "leave out the tests that never touch the database, which ran on another one"
    parser.addoption("--on-database-only", action="store_true", help=told)


def _may_touch_the_database(item: pytest.Item) -> bool:
    """Whether it is marked or asks for it. pytest-django refuses the database to every other test,
    so one that passes anywhere without has not touched it."""
    asked = ASK_FOR_A_DATABASE & set(getattr(item, "fixturenames", ASK_FOR_A_DATABASE))
    return bool(asked or item.get_closest_marker("django_db"))


def pytest_fixture_setup(fixturedef: pytest.FixtureDef, request: pytest.FixtureRequest) -> None:
    """The one way past that rule: to ask for the database by name in the middle of a test."""
    if fixturedef.argname == "_django_db_helper" and not _may_touch_the_database(request.node):
        pytest.fail("Mark this test with django_db: it asks for the database while it runs.")


def _leave_out_what_needs_no_database(config: pytest.Config, items: list[pytest.Item]) -> None:
    without = [item for item in items if not _may_touch_the_database(item)]
    items[:] = [item for item in items if _may_touch_the_database(item)]
    config.stash[_left_out] = len(without)
    config.hook.pytest_deselected(items=without)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Both processes of a leg left out the same."""
    node.config.stash[_left_out] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("on_database_only"):
        _leave_out_what_needs_no_database(config, items)
    if _register_folder():
        return
    without = [item for item in items if item.get_closest_marker("register")]
    if without:
        items[:] = [item for item in items if item not in without]
        config.hook.pytest_deselected(items=without)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in _counts:
        terminalreporter.write_line(line)
    if left_out := terminalreporter.config.stash.get(_left_out, 0):
        terminalreporter.write_line(
            f"{left_out:,} tests that never touch the database did not run on this one."
        )
    if not os.environ.get("REGISTER_DATA"):
        terminalreporter.write_line(
            "The tests on the official register did not run: REGISTER_DATA is not set."
        )


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are called by their argument: packed ones hold the time, and both processes of a leg
    must find the same names."""
    return argname if isinstance(val, bytes) else None


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """What was skipped, and what a test counted by ``record_property("counted", line)``."""
    if report.skipped:
        _skipped.append(report.nodeid)
    if report.when == "call":
        _counts.extend(str(line) for name, line in report.user_properties if name == "counted")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A test that is skipped proves nothing, so the run fails."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(_left_out, 0)
    if _skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print(f"\nSkipped tests fail the run: {', '.join(_skipped)}")  # noqa: T201


@pytest.fixture(scope="session")
def register_data() -> Path:
    """The folder of official register files, for tests marked ``register``."""
    folder = _register_folder()
    assert folder, "mark the test with @pytest.mark.register"
    return folder


@pytest.fixture(autouse=True, scope="session")
def _history_gives_way_between_tests() -> Iterator[None]:
    """A test that commits is followed by emptying every table, which the history refuses.

    Emptying ends with what follows `migrate`, so the next test finds the history protected again.
    """
    from django.core.cache import cache
    from django.db import connections
    from django.test import TransactionTestCase

    from config import protection

    emptied = TransactionTestCase._fixture_teardown

    def empty(self: TransactionTestCase) -> None:
        for alias in self._databases_names(include_mirrors=False):
            if connections[alias].settings_dict["NAME"]:
                protection.remove(alias)
        emptied(self)
        cache.clear()  # the brake of the public doors, which is a table that no model has

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield
