"""A handful of programs that live and die together.

Each runs in a session of its own, so that Ctrl-C reaches this program alone and every program is
then asked to end in the same way. No program is left behind: one that does not end in time is
killed with its children, and all are told by the kernel when this program itself is killed.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from types import FrameType

PATIENCE = 8.0
"""Seconds that programs get to end by themselves."""

_PR_SET_PDEATHSIG = 1


class Supervisor:
    """Starts programs, notices the end of one, and stops all."""

    def __init__(self) -> None:
        self.stopping = False
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start one program; its output goes where this program's goes."""
        self._running[name] = subprocess.Popen(
            list(command),
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )

    def ended(self) -> str | None:
        """The name of a program that has ended by itself, or None."""
        return next((name for name, run in self._running.items() if run.poll() is not None), None)

    def stop(self) -> None:
        """End every program: asked first, killed with its children when it takes too long."""
        self._signal_all(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self._any_alive():
            time.sleep(0.05)
        self._signal_all(signal.SIGKILL)
        for run in self._running.values():
            run.wait()

    def _any_alive(self) -> bool:
        return any(run.poll() is None for run in self._running.values())

    def _signal_all(self, number: signal.Signals) -> None:
        """To each program's whole group, which may outlive the program itself."""
        for run in self._running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(run.pid, number)

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True


def end_with_parent(number: signal.Signals = signal.SIGTERM) -> None:
    """In the child before it starts: ask Linux for this signal when the parent is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)
