"""A leg of the tests ends, whatever its tests do."""

import os
from pathlib import Path

import pytest

from tools import test as legs


@pytest.fixture
def line(tmp_path: Path):
    """What the program and its children write to it; empty at the end of the last of them."""
    os.mkfifo(tmp_path / "line")
    reading = os.open(tmp_path / "line", os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reading, True)
    yield tmp_path / "line", lambda: os.read(reading, 100)
    os.close(reading)


def ends_well(program: str, limit: float) -> bool:
    return legs.ends_well(["sh", "-c", program], {"PATH": os.environ["PATH"]}, limit=limit)


def test_a_leg_that_takes_too_long_has_failed_and_takes_its_children_with_it(line, capfd) -> None:
    where, read = line
    assert not ends_well(f"exec >{where}; echo begun; sleep 60 & wait", limit=6)
    assert (read(), read()) == (b"begun\n", b"")
    assert "so it is ended" in capfd.readouterr().out


def test_what_a_leg_leaves_running_ends_with_it(line) -> None:
    where, read = line
    assert ends_well(f"exec >{where}; echo begun; sleep 60 & exit 0", limit=60)
    assert (read(), read()) == (b"begun\n", b"")


def test_a_leg_that_says_no_has_failed() -> None:
    assert not ends_well("exit 1", limit=60)
