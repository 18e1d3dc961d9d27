"""Runs every test (make test), or one leg with pytest's own arguments:

    .venv/bin/python -m tools.test journeys tests/system/test_sign_in.py -k manager

Servers and browser are the machine's or our own (see .env.example); a missing one fails the run.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from tools import chromium, servers
from tools.steps import PYTHON, ROOT, end_on_term, environment, say
from tools.supervisor import end_with_parent

LIMIT = 40 * 60
"""Seconds that a leg may take, several times what it needs on an idle machine."""

PATIENCE = 10
"""Seconds in which a leg that was ended tells where it stood."""

# A process that ended in the middle of a test is not replaced: the next would end in the same one.
BOTH_CORES = ("--numprocesses", "2", "--dist", "loadfile", "--max-worker-restart", "0")
# What starts servers, workers and browsers takes its time on a machine that does other things too.
LONG = ("--timeout", "600", "-o", "faulthandler_timeout=590")
BROKER = ("-m", "broker", *LONG)
SERVICE = ("-m", "service", *LONG)
JOURNEYS = ("-m", "system", *LONG, "--screenshot", "only-on-failure", "--output", "test-results")


@dataclass(frozen=True)
class Leg:
    """One run of pytest: on which database and broker, and which tests."""

    options: Sequence[str]
    where: str = "tests"
    database: str = ""
    broker: str = ""
    real_broker: bool = False
    more: Mapping[str, str] = field(default_factory=dict)

    def variables(self) -> dict[str, str]:
        """Nothing of the reader's own database, broker or state may be touched."""
        mine = {"DATABASE_URL": self.database, "REDIS_URL": self.broker}
        real = {"TEST_REAL_BROKER": "on" if self.real_broker else "off"}
        inherited = environment(**mine, **real, **self.more)
        return {name: value for name, value in inherited.items() if name not in OWN_STATE}


OWN_STATE = {"VAR_DIR", "SECRET_KEY", "DEMONSTRATION", "DEBUG", "HTTPS", "COLLECTED_STATIC", "PORT"}
# Playwright keeps a loop in the test's own thread, which Django takes for an asynchronous view.
BROWSER_NEEDS = {"DJANGO_ALLOW_ASYNC_UNSAFE": "true"}


def legs(stack: ExitStack, wanted: Sequence[str]) -> dict[str, Leg]:
    """The legs by name, with the servers that the wanted ones need started."""
    server = "" if wanted == ["sqlite"] else stack.enter_context(servers.postgres())
    redis = valkey = ""
    if {"worker-redis", "journeys"} & set(wanted):
        redis = stack.enter_context(servers.redis(servers.redis_program()))
    if "worker-valkey" in wanted:
        valkey = stack.enter_context(servers.redis(servers.valkey_program()))
    browser = {}
    if "journeys" in wanted:
        browser = (
            BROWSER_NEEDS | {"TEST_CHROMIUM": chromium.chromium()} | chromium.playwright_node()
        )
    return {
        "sqlite": Leg(BOTH_CORES),
        "postgresql": Leg((*BOTH_CORES, "--on-database-only"), database=server),
        "worker-files": Leg(BROKER, "tests/broker", real_broker=True),
        "worker-redis": Leg(
            BROKER, "tests/broker", database=server, broker=redis, real_broker=True
        ),
        "worker-valkey": Leg(
            BROKER, "tests/broker", database=server, broker=valkey, real_broker=True
        ),
        "service": Leg(SERVICE, "tests/service"),
        "journeys": Leg(
            JOURNEYS, "tests/system", database=server, broker=redis, real_broker=True, more=browser
        ),
    }


NAMES = (
    "sqlite", "postgresql", "worker-files", "worker-redis", "worker-valkey", "service", "journeys",
)  # fmt: skip


def run(leg: Leg, more: Sequence[str]) -> bool:
    """Whether every test of the leg passed, in time. Nothing that it started outlives it."""
    where = [] if any(word.startswith("tests") for word in more) else [leg.where]
    command = [str(PYTHON), "-m", "pytest", "--quiet", *leg.options, *where, *more]
    return ends_well(command, leg.variables(), limit=LIMIT)


def ends_well(command: Sequence[str], variables: Mapping[str, str], *, limit: float) -> bool:
    """Whether the program said that all is well within ``limit`` seconds.

    It runs in a group of its own, so that its children end with it however it ends.
    """
    started = subprocess.Popen(
        command, cwd=ROOT, env=variables, start_new_session=True, preexec_fn=end_with_parent
    )
    try:
        return not started.wait(limit)
    except subprocess.TimeoutExpired:
        say(f"Not done after {limit / 60:.0f} minutes, so it is ended. This is where it stood:")
        _tell(started, signal.SIGABRT)  # pytest answers with the stack of every thread
        return False
    except KeyboardInterrupt:
        _tell(started, signal.SIGINT)
        raise
    finally:
        _tell(started, signal.SIGKILL)


def _tell(started: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """The whole group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(started.pid, number)
    with contextlib.suppress(subprocess.TimeoutExpired):
        started.wait(PATIENCE)


def main(arguments: Sequence[str]) -> int:
    """Run the legs named first (all by default), each to its end, and tell how they went."""
    wanted = [name for name in arguments[:1] if name in NAMES] or list(NAMES)
    more = arguments[1:] if list(arguments[:1]) == wanted else arguments
    results: dict[str, tuple[bool, float]] = {}
    with ExitStack() as stack:
        for name, leg in legs(stack, wanted).items():
            if name in wanted:
                say(f"Tests: {name}")
                began = time.monotonic()
                results[name] = run(leg, more), time.monotonic() - began
    for name, (passed, seconds) in results.items():
        print(f"{'passed' if passed else 'FAILED'}  {name}  {seconds:.0f} s")
    if not os.environ.get("REGISTER_DATA"):
        print("REGISTER_DATA is not set: the tests on the official register were left out.")
    return 0 if all(passed for passed, _ in results.values()) else 1


if __name__ == "__main__":
    end_on_term()
    sys.exit(main(sys.argv[1:]))
