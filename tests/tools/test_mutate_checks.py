"""The script that removes checks finds them, notices one that is needed and tells one that is not."""

import ast

import pytest

from tools.mutate_checks import walked
from tools.mutation.finding import switched

SOURCE = """
@require(Permission.READ_EVENTS)
def page(request):
    found = plans_visible_to(request.user, today=today)
    if Permission.DECIDE in opened.may and not has_grant_in(request.user, plan, today=today):
        check(request, Permission.DECIDE)
    return found, sight.covers(1), may_change(request.user), unrelated(request)
"""


def test_every_shape_of_check_is_found_and_nothing_else() -> None:
    tree, sites = switched(SOURCE, "a/views.py")

    assert sorted((site.kind, site.text.split("(")[0]) for site in sites) == [
        ("decorator", "require"),
        ("everything", "plans_visible_to"),
        ("no", "has_grant_in"),
        ("nothing", "check"),
        ("yes", "Permission.DECIDE in opened.may"),
        ("yes", "may_change"),
        ("yes", "sight.covers"),
    ]
    assert "__check__('a/views.py:4:12', 'everything', lambda: plans_visible_to(" in ast.unparse(
        tree
    )


@pytest.mark.parametrize("line", ["allow = 3", "def check(): ...", "checked(request)"])
def test_what_only_looks_like_a_check_is_none(line: str) -> None:
    assert switched(line, "a/views.py")[1] == []


def test_a_check_that_is_needed_is_missed_and_one_that_only_draws_a_link_is_told() -> None:
    """The page of a plan's seats: who sees it, and whether it offers to change them."""
    found = walked("plans/", routes="plans:seats")["checks"]

    said = {
        check["text"].split("(")[0]: check["by"] for check in found.values() if check["reached"]
    }
    assert said["plans_visible_to"].startswith("matrix: GET plans:seats plan-")
    assert said["may_write"] == ""
