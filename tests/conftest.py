"""What every test shares: no silent skips, and the official register where there is one."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no finding: properties say what holds, never how fast.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parent.parent
_skipped: list[str] = []
_counts: list[str] = []


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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if _register_folder():
        return
    without = [item for item in items if item.get_closest_marker("register")]
    if without:
        items[:] = [item for item in items if item not in without]
        config.hook.pytest_deselected(items=without)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in _counts:
        terminalreporter.write_line(line)
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
