"""The script that removes checks finds them, notices one that is needed and tells one that is not."""

import ast
from pathlib import Path

import pytest

from tools.mutate_checks import missed_by_tests, told, walked
from tools.mutation.drawing import DRAWS
from tools.mutation.finding import Site, switched
from tools.steps import ROOT

SOURCE = """
@require(Permission.READ_EVENTS)
def page(request):
    found = plans_visible_to(request.user, today=today)
    if Permission.DECIDE in opened.may and not has_grant_in(request.user, plan, today=today):
        check(request, Permission.DECIDE)
    plan = plan_in_scope(request.user, code, permission=Permission.READ_READINESS)
    return found, sight.covers(1), may_change(request.user), unrelated(request)
"""


def test_every_shape_of_check_is_found_and_nothing_else() -> None:
    tree, sites = switched(SOURCE, "a/views.py")

    assert sorted((site.kind, site.text.split("(")[0]) for site in sites) == [
        ("decorator", "require"),
        ("everything", "plans_visible_to"),
        ("no", "has_grant_in"),
        ("nothing", "check"),
        ("whatever", "plan_in_scope"),
        ("yes", "Permission.DECIDE in opened.may"),
        ("yes", "may_change"),
        ("yes", "sight.covers"),
    ]
    assert "__check__('a/views.py:4:12', 'everything', lambda: plans_visible_to(" in ast.unparse(
        tree
    )


@pytest.mark.parametrize(
    "line", ["allow = 3", "def check(): ...", "checked(request)", "check(password)"]
)
def test_what_only_looks_like_a_check_is_none(line: str) -> None:
    assert switched(line, "a/views.py")[1] == []


def test_a_check_that_is_needed_is_missed_and_one_that_only_draws_a_link_is_told() -> None:
    """The page of a plan's seats: who sees it, and whether it offers to change them."""
    found = walked("plans/", routes="plans:seats")

    said = {
        check["text"].split("(")[0]: check["by"] for check in found.values() if check["reached"]
    }
    assert said["plans_visible_to"].startswith("matrix: GET plans:seats plan-")
    assert said["access.plan_in_scope"].startswith("matrix: GET plans:seats plan-")
    assert said["access.may_write"] == ""


def test_a_test_of_an_app_misses_a_check_and_is_named(tmp_path: Path) -> None:
    """What the matrix does not try, the tests do: each runs again without what it reached."""
    places = [site.place for site in _sites("mail/views/wanting.py")]

    found = missed_by_tests(
        places, tests=["tests/mail/test_pages.py", "-k", "braked"], found=tmp_path / "found"
    )

    assert list(found) == places
    assert "braked" in found[places[0]]


def test_only_what_is_unnoticed_and_does_more_than_draw_ends_badly(monkeypatch, capsys) -> None:
    monkeypatch.setitem(DRAWS, ("a.py", "may_see(user)"), "Only a link.")
    drawn = {"a.py:1:0": {"text": "may_see(user)", "by": ""}}
    missed = {"b.py:1:0": {"text": "may_see(user)", "by": "tests/b.py::test_b"}}
    survivor = {"b.py:2:0": {"text": "may_see(user)", "by": ""}}

    assert told(drawn | missed, seconds=1) == 0
    assert told(drawn | missed | survivor, seconds=1) == 1
    assert "SURVIVED  b.py:2:0" in capsys.readouterr().out


def test_every_check_that_only_draws_is_still_there() -> None:
    for path, text in DRAWS:
        assert text in {site.text for site in _sites(path)}, path


def _sites(path: str) -> list[Site]:
    return switched((ROOT / path).read_text(), path)[1]
