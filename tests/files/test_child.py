"""Reading in a process of its own: whatever the file does there, the service gets an answer."""

import pytest

from files import child

TASKS = "tests.files.hostile_tasks"


@pytest.fixture
def sent(tmp_path):
    path = tmp_path / "sent"
    path.write_bytes(b"twelve bytes")
    return path


def test_the_result_of_the_task_comes_back(sent) -> None:
    assert child.run(f"{TASKS}:length", sent, more=3) == {"bytes": 15}


def test_a_refusal_comes_back_in_its_own_words(sent) -> None:
    with pytest.raises(child.Refused, match="is not wanted"):
        child.run(f"{TASKS}:refuse", sent)


@pytest.mark.parametrize(
    ("task", "seconds", "words"),
    [
        ("for_ever", 2, child.TOO_LONG),
        ("asleep", 2, child.TOO_LONG),
        ("greedy", 30, child.TOO_BIG),
        ("endless_result", 30, child.TOO_BIG),
        ("aborting", 30, child.TOO_BIG),
        ("chatty", 30, child.TOO_BIG),
        ("crash", 30, child.BROKEN),
        ("fault", 30, child.BROKEN),
        ("no_such_task", 30, child.BROKEN),
    ],
)
def test_whatever_it_does_ends_with_a_sentence(sent, task, seconds, words) -> None:
    with pytest.raises(child.Refused) as refused:
        child.run(f"{TASKS}:{task}", sent, seconds=seconds, megabytes=1024)
    assert str(refused.value) == words


def test_the_child_is_told_nothing_of_the_service(sent, monkeypatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for a parser")
    monkeypatch.setenv("DATABASE_URL", "nor this")
    known = child.run(f"{TASKS}:curious", sent)
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(known)
    assert "PATH" in known


def test_it_leaves_nothing_behind(sent, tmp_path, monkeypatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(child.tempfile, "tempdir", str(folder))
    child.run(f"{TASKS}:length", sent)
    with pytest.raises(child.Refused):
        child.run(f"{TASKS}:asleep", sent, seconds=1)
    assert list(folder.iterdir()) == []


def test_a_file_that_never_changes_is_read_once_and_another_one_anew(sent, tmp_path) -> None:
    first = child.run_once(f"{TASKS}:length", sent, more=3)
    sent.write_bytes(b"nobody looks")
    assert child.run_once(f"{TASKS}:length", sent, more=3) is first
    other = tmp_path / "other"
    other.write_bytes(b"five!")
    assert child.run_once(f"{TASKS}:length", other, more=3) == {"bytes": 8}


def test_a_refusal_is_asked_for_again(sent) -> None:
    for _ in range(2):
        with pytest.raises(child.Refused, match="is not wanted"):
            child.run_once(f"{TASKS}:refuse", sent)
    assert child.run_once.cache_info().currsize <= 1
