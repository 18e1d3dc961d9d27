"""What must be true of a record whatever the register says."""

import datetime as dt

import pytest

from engagement.rules.record import (
    Attendance,
    Record,
    outside_period,
    people_in_two_capacities,
    refusals,
)

TODAY = dt.date(2016, 9, 12)


def attendance(outcome: str = "attended", **differs) -> Attendance:
    facts = {"organisation_id": 1, "person_id": None, "capacity": "provider", "outcome": outcome}
    return Attendance(**{**facts, **differs})


def record(**differs) -> Record:
    facts = {
        "plan_ids": (1,),
        "title": "Meeting",
        "held_on": TODAY,
        "channel": "meeting",
        "status": "happened",
        "level": "consult",
        "attendances": (attendance(),),
    }
    return Record(**{**facts, **differs})


@pytest.mark.parametrize(
    ("differs", "codes"),
    [
        ({}, []),
        ({"plan_ids": ()}, ["no_plan"]),
        ({"held_on": TODAY + dt.timedelta(1)}, ["not_yet"]),
        ({"attendances": ()}, ["nobody"]),
        ({"attendances": (attendance("apologised"),)}, ["nobody"]),
        ({"attendances": (attendance("informed"),)}, []),
        ({"attendances": (attendance("responded"),)}, []),
        ({"status": "planned", "attendances": ()}, []),
        ({"status": "planned", "held_on": TODAY + dt.timedelta(1), "attendances": ()}, []),
        ({"status": "planned"}, ["impossible_outcome"]),
        ({"status": "tried", "attendances": (attendance("attempted"),)}, []),
        ({"status": "cancelled", "attendances": (attendance("no_show"),)}, ["impossible_outcome"]),
        ({"plan_ids": (), "attendances": ()}, ["no_plan", "nobody"]),
    ],
)
def test_refusals(differs: dict, codes: list[str]) -> None:
    assert refusals(record(**differs), today=TODAY) == codes


def test_one_person_cannot_speak_for_two_sides() -> None:
    torn = (
        attendance(person_id=5),
        attendance(person_id=5, organisation_id=2, capacity="commissioner"),
        attendance(person_id=6),
        attendance(person_id=6, organisation_id=2),
    )
    assert people_in_two_capacities(torn) == {5}
    assert refusals(record(attendances=torn), today=TODAY) == ["two_capacities"]


def test_organisations_without_a_name_may_be_there_in_several_capacities() -> None:
    assert not people_in_two_capacities((attendance(), attendance(capacity="expert")))


@pytest.mark.parametrize(
    ("day", "side"),
    [
        (dt.date(2016, 1, 14), "before_start"),
        (dt.date(2016, 1, 15), ""),
        (dt.date(2016, 10, 21), ""),
        (dt.date(2016, 10, 22), "after_submission"),
    ],
)
def test_outside_period(day: dt.date, side: str) -> None:
    found = outside_period(day, starts_on=dt.date(2016, 1, 15), submission_on=dt.date(2016, 10, 21))
    assert found == side
