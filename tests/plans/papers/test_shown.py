"""The shown-to ledger: who was shown what and how long before, and who was shown nothing."""

import datetime as dt

import pytest
from django.urls import reverse

from plans.presenters.shown import before_words, days_before
from tests.factories import papers, stakeholders
from tests.plans.papers.conftest import entered

DAY = dt.date(2016, 6, 1)


def url(plan, name: str = "shown", **query) -> str:
    asked = "?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else ""
    return reverse(f"plans:{name}", args=[plan.code]) + asked


def words(response) -> str:
    return " ".join(response.content.decode("utf-8-sig").split())


@pytest.fixture
def shown(plan, lmcs):
    """The first LMC was shown a draft; the submission is on 21 October 2016."""
    draft = papers.version(plan, on_day=DAY, title="Draft 1", text="One LMC")
    return papers.shown(draft, lmcs[0], on_day=dt.date(2016, 6, 30), in_confidence=True)


def test_the_manager_reads_who_saw_it_and_who_did_not(manager, plan, shown):
    page = words(manager.get(url(plan)))
    assert "1 organisation has been shown a version: 1 of 2 LMCs among them." in page
    assert "80 working days" in page
    assert "In confidence" in page
    assert "Local Medical Committee: 1 of 2 not shown a version" in page
    unseen = page.split('id="unshown"')[1]
    assert unseen.index("Salford LMC") < unseen.index("GP practice")
    assert "Bolton LMC" not in unseen
    assert reverse("plans:paper-add", args=[plan.code, "sharing"]) in page


def test_the_file_holds_the_same_lines(manager, plan, shown):
    file = manager.get(url(plan, "shown-csv"))
    assert file.headers["Content-Disposition"].endswith(f'"shown-{plan.code}-2016-07-01.csv"')
    header, line = file.content.decode("utf-8-sig").splitlines()
    assert header.startswith("Organisation code,Organisation,Category,Version")
    assert line == (
        "LMC000,Bolton LMC,Local Medical Committee,Draft 1,2016-06-01,2016-06-30,By email,Yes,80"
    )


def test_an_lmc_reads_its_own_lines_and_how_many_others(plan, lmcs, shown):
    papers.shown(shown.version, lmcs[1], on_day=DAY)
    page = words(entered(stakeholders.representative(lmcs[1])).get(url(plan)))
    assert "You have been shown 1 version of the plan." in page
    assert "1 other organisation was shown a version." in page
    assert "Bolton LMC" not in page
    assert "Who was shown no version" not in page
    reader = entered(stakeholders.representative(lmcs[1]))
    assert "Bolton LMC" not in words(reader.get(url(plan, "shown-csv")))


def test_of_a_past_day_what_came_later_is_not_shown(manager, plan, shown):
    page = words(manager.get(url(plan, **{"as-at": "2016-06-29"})))
    assert "Nobody is on record as shown a version of the plan." in page
    assert reverse("plans:paper-add", args=[plan.code, "sharing"]) not in page


@pytest.mark.parametrize(
    ("on", "words_before"),
    [(dt.date(2016, 10, 21), "0 working days"), (dt.date(2016, 10, 22), "after the submission")],
)
def test_what_is_shown_late_says_so(plan, on, words_before):
    assert before_words(on, plan.submission_on) == words_before
    assert before_words(on, None) == "no day of submission"
    assert days_before(on, None) is None


@pytest.mark.parametrize("number", [1, 8])
def test_the_ledger_takes_as_many_queries_for_few_as_for_many(
    manager, plan, lmcs, django_assert_num_queries, number
):
    for count in range(number):
        draft = papers.version(plan, on_day=DAY, title=f"Draft {count}")
        papers.shown(draft, lmcs[0])
        papers.shown(draft, stakeholders.lmc(name=f"LMC {count}"))
    with django_assert_num_queries(9):
        manager.get(url(plan))
