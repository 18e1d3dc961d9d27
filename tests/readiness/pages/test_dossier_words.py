"""The words and the months of a dossier."""

import datetime as dt

import pytest

from readiness.models import Criterion
from readiness.presenters.dossier_charts import months_until
from readiness.presenters.dossier_criteria import not_counted_words, threshold_words


@pytest.mark.parametrize(
    ("reasons", "sentence"),
    [
        ({}, ""),
        ({"inform_only": 1}, "Not counted: 1 contact that only informed."),
        (
            {"inform_only": 2, "commissioner_capacity": 1, "outside_phases": 3},
            (
                "Not counted: 2 contacts that only informed, 1 contact with commissioners alone"
                " and 3 contacts outside every phase."
            ),
        ),
        (
            {"outside_period": 1, "disputed": 1, "withdrawn": 2},
            (
                "Not counted: 1 contact before the plan started, 1 event that somebody named in"
                " the record disputes and 2 events whose record was withdrawn."
            ),
        ),
        ({"a reason of tomorrow": 1}, ""),
    ],
)
def test_not_counted_words(reasons, sentence):
    assert not_counted_words(reasons) == sentence


@pytest.mark.parametrize(
    ("official", "words_of"),
    [
        (True, "The threshold is official; review 1 March 2017."),
        (False, "No official threshold exists: this one is ours (P. Nair), review 1 March 2017."),
    ],
)
def test_threshold_words(official, words_of):
    criterion = Criterion(
        official_threshold=official, author="P. Nair", review_on=dt.date(2017, 3, 1)
    )

    assert threshold_words(criterion) == words_of


@pytest.mark.parametrize(
    ("last", "first", "expected"),
    [
        (dt.date(2016, 3, 31), dt.date(2016, 1, 15), ["Jan", "Feb", "Mar"]),
        (dt.date(2016, 3, 1), dt.date(2016, 3, 1), ["Mar"]),
        (dt.date(2016, 1, 1), dt.date(2016, 3, 1), ["Jan"]),
    ],
)
def test_months_until(last, first, expected):
    assert [f"{month:%b}" for month in months_until(last, first)] == expected


def test_months_until_shows_the_newest_twelve():
    found = months_until(dt.date(2016, 7, 1), dt.date(2014, 1, 1))

    assert (found[0], found[-1], len(found)) == (dt.date(2015, 8, 1), dt.date(2016, 7, 1), 12)
