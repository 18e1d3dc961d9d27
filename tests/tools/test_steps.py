"""Setting up does nothing twice, and everything again when what it depends on changes."""

from pathlib import Path

import pytest

from tools import steps


@pytest.fixture
def done(tmp_path: Path):
    """Runs the step for a pinned list with the given text and answers how often it ran in all."""
    calls: list[str] = []
    pinned = tmp_path / "list.txt"

    def done(text: str, about: str = "") -> int:
        pinned.write_text(text)
        stamp = tmp_path / "made" / ".done"
        steps.once(stamp, inputs=[pinned], about=about, do=lambda: calls.append(text))
        return len(calls)

    return done


def test_a_step_is_done_once_for_the_same_inputs(done) -> None:
    assert (done("a"), done("a"), done("a")) == (1, 1, 1)


def test_a_step_is_done_again_for_other_inputs_or_another_place(done) -> None:
    assert (done("a"), done("b"), done("b", about="elsewhere")) == (1, 2, 3)


def test_a_step_that_failed_is_not_taken_for_done(tmp_path: Path) -> None:
    def fail() -> None:
        raise SystemExit("no network")

    stamp = tmp_path / ".done"
    with pytest.raises(SystemExit):
        steps.once(stamp, inputs=[], do=fail)
    assert not steps.is_done(stamp, inputs=[])


def test_a_program_that_fails_ends_the_run_in_one_sentence() -> None:
    with pytest.raises(SystemExit, match="This failed, see above: false"):
        steps.call("false")
    with pytest.raises(SystemExit, match="Could not start no-such-program"):
        steps.call("no-such-program")
