"""What may be answered about an attendee, and what the usual answer is."""

import pytest

from engagement.models import CancelReason, Channel, Outcome, Status
from engagement.rules.answers import (
    CAPACITY_BY_CATEGORY,
    COMMISSIONERS,
    OUTCOMES_BY_STATUS,
    REACHED,
    USUAL_OUTCOME_BY_CHANNEL,
    status_of,
    usual_capacity,
    usual_outcome,
)
from plans.models import Capacity
from stakeholders.models import Category


def test_the_words_are_those_of_the_models() -> None:
    assert set(OUTCOMES_BY_STATUS) == set(Status.values)
    assert set().union(*OUTCOMES_BY_STATUS.values()) == set(Outcome.values)
    assert set(Outcome.values) >= REACHED
    assert set(USUAL_OUTCOME_BY_CHANNEL) <= set(Channel.values)
    assert set(CAPACITY_BY_CATEGORY) | COMMISSIONERS <= set(Category.values)
    assert set(CAPACITY_BY_CATEGORY.values()) <= set(Capacity.values)


@pytest.mark.parametrize(
    ("category", "capacity"),
    [
        ("gp_practice", "provider"),
        ("pcn", "provider"),
        ("gp_federation", "provider"),
        ("lmc", "representative"),
        ("commissioner", "commissioner"),
        ("icb", "commissioner"),
        ("region", "commissioner"),
        ("royal_college", "expert"),
        ("patient_group", "public"),
        ("trust", "provider"),
        ("council", "provider"),
        ("other", "provider"),
    ],
)
def test_usual_capacity_follows_the_kind_of_body(category: str, capacity: str) -> None:
    assert usual_capacity(category, holds_commissioner_post=False) == capacity


@pytest.mark.parametrize("category", ["gp_practice", "lmc", "trust"])
def test_usual_capacity_is_left_open_for_somebody_who_also_commissions(category: str) -> None:
    assert usual_capacity(category, holds_commissioner_post=True) == ""


def test_usual_capacity_of_a_commissioner_is_clear_whatever_else_they_hold() -> None:
    assert usual_capacity("commissioner", holds_commissioner_post=True) == "commissioner"


@pytest.mark.parametrize(
    ("status", "channel", "outcome"),
    [
        ("happened", "meeting", "attended"),
        ("happened", "phone", "attended"),
        ("happened", "newsletter", "informed"),
        ("happened", "letter", "informed"),
        ("happened", "survey", "responded"),
        ("happened", "email", ""),
        ("planned", "meeting", "invited"),
        ("planned", "email", "invited"),
        ("cancelled", "meeting", "invited"),
        ("tried", "phone", "attempted"),
    ],
)
def test_usual_outcome_follows_status_and_channel(status: str, channel: str, outcome: str) -> None:
    assert usual_outcome(status=status, channel=channel) == outcome


@pytest.mark.parametrize("status", ["planned", "cancelled", "tried"])
def test_nobody_attends_what_did_not_happen(status: str) -> None:
    assert not {"attended", "responded", "no_show"} & set(OUTCOMES_BY_STATUS[status])


@pytest.mark.parametrize(
    ("answer", "reason", "status"),
    [
        ("happened", "", "happened"),
        ("planned", "by_us", "planned"),
        ("not", "no_response", "tried"),
        *[
            ("not", reason, "cancelled")
            for reason in CancelReason.values
            if reason != "no_response"
        ],
    ],
)
def test_status_of_an_answer(answer: str, reason: str, status: str) -> None:
    assert status_of(answer, reason) == status
