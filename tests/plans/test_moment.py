"""The day that a page of a plan is asked about."""

import datetime as dt

import pytest
from django.test import RequestFactory
from django.utils import timezone

from plans.forms.moment import moment_of
from plans.presenters.moment import banner
from plans.queries.moment import Moment

TODAY = dt.date(2016, 7, 1)
START = dt.date(2016, 1, 15)


def asked(query: str) -> tuple[Moment, list[str]]:
    request = RequestFactory().get(f"/plans/x/?{query}")
    return moment_of(request, today=TODAY, starts_on=START)


@pytest.mark.parametrize(
    ("query", "as_at", "known_by"),
    [
        ("", None, None),
        ("as-at=2016-04-03", dt.date(2016, 4, 3), None),
        ("as-at=3/4/2016&known=5 April 2016", dt.date(2016, 4, 3), dt.date(2016, 4, 5)),
        ("as-at=2016-04-03&known=2016-04-03", dt.date(2016, 4, 3), dt.date(2016, 4, 3)),
        ("as-at=2016-01-15", START, None),
        ("as-at=2016-07-01", None, None),
        ("as-at=2016-07-01&known=2016-07-01", None, None),
        ("as-at=2016-04-03&known=2016-07-01", dt.date(2016, 4, 3), None),
        ("as-at=&known=", None, None),
        ("as-at=%00", None, None),
    ],
)
def test_a_day_that_can_be_shown(query, as_at, known_by):
    moment, problems = asked(query)

    assert problems == []
    assert moment == Moment(today=TODAY, as_at=as_at, known_by=known_by)
    assert moment.is_past is (as_at is not None)
    assert moment.day == (as_at or TODAY)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("as-at=2016-07-02", "2 July 2016 lies in the future. Choose today or an earlier day."),
        (
            "as-at=2016-01-14",
            "Work on the plan began on 15 January 2016. Choose that day or a later one.",
        ),
        ("as-at=soon", "“soon” is not a date."),
        ("as-at=2016-02-30", "“2016-02-30” is not a date."),
        ("as-at=2016-04-03&known=yesterday", "“yesterday” is not a date."),
        ("known=2016-04-03", "Say also of which day the page should be: the address lacks as-at."),
        (
            "as-at=2016-04-03&known=2016-07-02",
            "What is recorded by 2 July 2016 lies in the future.",
        ),
        (
            "as-at=2016-04-03&known=2016-04-02",
            "What had been recorded by 2 April 2016 cannot say how things stood on 3 April 2016.",
        ),
    ],
)
def test_a_day_that_cannot_be_shown_is_told_and_the_page_is_of_today(query, sentence):
    moment, problems = asked(query)

    assert moment == Moment(today=TODAY)
    assert sentence in problems[0]
    assert problems[-1].endswith("The page below is of today.")


@pytest.mark.parametrize(
    ("known_by", "ends"),
    [
        (dt.date(2016, 7, 1), dt.datetime(2016, 7, 1, 23, tzinfo=dt.UTC)),
        (dt.date(2016, 12, 1), dt.datetime(2016, 12, 2, tzinfo=dt.UTC)),
    ],
)
def test_the_day_of_recording_is_known_whole_in_london(known_by, ends):
    moment = Moment(today=TODAY, as_at=START, known_by=known_by)

    assert moment.known == ends
    assert timezone.localtime(moment.known).time() == dt.time()


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (Moment(today=TODAY), None),
        (
            Moment(today=TODAY, as_at=dt.date(2016, 4, 3)),
            "As at 3 April 2016, as it is recorded now.",
        ),
        (
            Moment(today=TODAY, as_at=dt.date(2016, 4, 3), known_by=dt.date(2016, 4, 5)),
            "As at 3 April 2016, as it had been recorded by 5 April 2016.",
        ),
    ],
)
def test_the_banner_says_which_day_and_what_was_known(moment, words):
    told = banner(moment, url="/plans/x/")

    assert (told.words if told else None) == words


def test_only_what_was_recorded_later_is_told_of_the_register():
    known = Moment(today=TODAY, as_at=START, known_by=START)

    assert "The register is that of the day as it is recorded now." in banner(known, url="/").note
