"""The example in docs/how-to/add-a-criterion.md is a rule that works."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest

from readiness.models import Criterion
from readiness.policies import shipped
from readiness.rules.facts import Facts, Member
from readiness.rules.states import State

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "add-a-criterion.md"
TODAY = dt.date(2016, 9, 12)


@pytest.fixture(scope="module")
def rule() -> Any:
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    names: dict[str, Any] = {}
    exec(compile(code, PAGE.name, "exec"), names)  # noqa: S102 - our own page
    return names["networks_heard"]


def network(number: int, *, heard: bool) -> Member:
    return Member(
        id=number,
        code=f"U{number}",
        name=f"Network {number}",
        category="pcn",
        rung=4 if heard else 1,
        first_heard=TODAY if heard else None,
    )


@pytest.mark.parametrize(
    ("heard", "missed", "state", "figure"),
    [
        (0, 0, State.NO_DATA, "No network recorded for this footprint"),
        (3, 1, State.NOT_MET, "3 of 4 networks"),
        (4, 1, State.MET, "4 of 5 networks"),
    ],
)
def test_the_example_answers(rule, heard, missed, state, figure) -> None:
    members = tuple(network(n, heard=n < heard) for n in range(heard + missed))
    facts = Facts(plan_id=1, code="here", plan_type="stp_2016", members=members)
    result = rule(facts, {"minimum_percent": 80}, TODAY)
    assert (result.state, result.figure) == (state, figure)


def test_the_example_has_fewer_than_forty_lines(rule) -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    assert len(code.splitlines()) < 40


def test_the_row_has_what_a_policy_file_has_and_fits_its_columns() -> None:
    row = json.loads(
        re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    )
    newest = max(shipped(), key=lambda policy: (policy["plan_type"], policy["version"]))
    assert list(row) == list(newest["criteria"][0])
    assert row["position"] == len(newest["criteria"]) + 1
    Criterion(**row).clean_fields(exclude={"policy"})
