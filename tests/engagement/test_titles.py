"""A name for an event whose author gave none."""

import pytest

from engagement.rules.titles import LONGEST, title


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], "Meeting"),
        (["Bolton LMC"], "Meeting with Bolton LMC"),
        (["Bolton LMC", "Bolton LMC"], "Meeting with Bolton LMC"),
        (["Bolton LMC", "A"], "Meeting with Bolton LMC and 1 other"),
        (["Bolton LMC", "A", "B"], "Meeting with Bolton LMC and 2 others"),
    ],
)
def test_title_names_the_first_and_counts_the_rest(names: list[str], expected: str) -> None:
    assert title("Meeting", names) == expected


def test_title_is_never_longer_than_a_title_may_be() -> None:
    made = title("Webinar or video call", ["x" * 200, "other"])
    assert len(made) == LONGEST
    assert made.endswith("… and 1 other")
