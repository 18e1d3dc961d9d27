"""What stands with one criterion of a dossier: events, who would do, exception, dispute, papers."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from plans.actions import mark_changed
from plans.queries.moment import Moment
from readiness.models import Assessment, Criterion, CriterionResult, Policy
from readiness.presenters.dossier_criteria import criterion_line, groups, threshold_in_short
from readiness.presenters.dossier_evidence import Told, event_ids, organisation_ids
from readiness.queries.pages.evidence import CountedEvent, NamedOrganisation
from readiness.rules.states import State
from tests.factories import deciding, engagement, plans
from tests.readiness.country import NOW, TODAY, country
from tests.readiness.pages.conftest import assessed, signed_in, words


def url(place) -> str:
    return reverse("readiness:dossier", args=[place.plan.code])


def anew(place) -> None:
    """Count what was just recorded."""
    mark_changed(plan_ids=[place.plan.pk], now=NOW)
    assessed(place)


def part_of(page: str, key: str) -> str:
    """The criterion's own part of the page."""
    return re.search(rf'<li class="wt-crit" id="{key}">(.*?)</li> (?:<li class|</ul>)', page)[1]


def result(state: State, key: str = "gp_breadth", strength: str = "must", **evidence):
    """A result in memory, as both a stored and a computed one look."""
    policy = Policy(plan_type="stp_2016", version=3)
    criterion = Criterion(
        policy=policy, key=key, title=f"Title of {key}", short_title=key, strength=strength,
        target="40%", review_on=TODAY, parameters={"amber_below": 40},
    )  # fmt: skip
    return CriterionResult(
        key=key,
        state=state,
        figure="1 of 5",
        would_clear="Hear 1 more practice." if state != State.MET else "",
        criterion=criterion,
        assessment=Assessment(policy=policy, as_at=TODAY),
        evidence=evidence,
    )


@pytest.fixture
def plan(place):
    return place.plan


def told(**facts) -> Told:
    return Told(moment=Moment(today=TODAY), **facts)


def test_a_criterion_names_the_events_that_count(reviewer, place):
    held = place.meeting(place.practices[1], held_on=dt.date(2016, 6, 3), title="Evening forum")
    anew(place)

    page = part_of(words(reviewer.get(url(place))), "gp_breadth")

    assert "Events counted, newest first:" in page
    assert (
        f'<li>3 June 2016: <a href="{reverse("engagement:event", args=[held.pk])}">Evening forum</a></li>'
        in page
    )
    assert page.index("1 July 2016:") < page.index("3 June 2016:")


def test_the_newest_ten_events_are_named_and_the_rest_is_a_link_away(plan):
    many = result(State.NOT_MET, events=list(range(1, 31)), events_total=250)
    found = {
        pk: CountedEvent(id=pk, title=f"Event {pk}", held_on=TODAY - dt.timedelta(30 - pk))
        for pk in range(1, 31)
    }

    line = criterion_line(plan, many, told(events=found))

    assert event_ids([many]) == set(range(21, 31))
    assert [one.text for one in line.events] == [f"Event {pk}" for pk in range(30, 20, -1)]
    assert line.events_note == "The newest 10 of 250 events."
    assert "250 events counted" in [link.text for link in line.links]


def test_who_may_not_open_an_event_is_told_its_number_only(lead, place):
    place.meeting(place.lmc, held_on=dt.date(2016, 6, 1), title="With the LMC")
    place.meeting(place.practices[1], held_on=dt.date(2016, 6, 3), title="Trust's own forum")
    other = country()
    place.plan.footprint.memberships.create(
        organisation=other.commissioner, valid_from=plans.LONG_AGO
    )
    place.meeting(other.practices[0], held_on=dt.date(2016, 6, 4), title="Of another LMC")
    anew(place)

    page = part_of(words(lead.get(url(place))), "gp_breadth")

    assert "Of another LMC" not in page
    assert "do not name you" in page or "does not name you" in page


def test_the_fewest_that_would_do_are_named(plan):
    asked = result(State.NOT_MET, fewest=list(range(1, 78)), missing=list(range(1, 400)))
    names = {
        pk: NamedOrganisation(
            id=pk, code=f"P{pk}", name=f"Surgery {pk}", category="gp_practice", patients=9_000 + pk
        )
        for pk in range(1, 78)
    }

    line = criterion_line(plan, asked, told(organisations=names))

    assert organisation_ids([asked]) == set(range(1, 11))
    assert [one.text for one in line.fewest] == [f"Surgery {pk}" for pk in range(1, 11)]
    assert line.fewest[0].note == "9,001 patients"
    assert line.fewest_link.text == "and 67 more"
    assert line.fewest_link.url.endswith("/missing/?fewest=1")
    assert "399 not heard" in [link.text for link in line.links]


@pytest.mark.parametrize(
    ("clear", "named"), [("Hear Bolton LMC.", []), ("Hear an LMC.", ["Bolton LMC"])]
)
def test_whom_the_remedy_names_is_not_named_twice(plan, clear, named):
    asked = result(State.NOT_MET, key="lmc_reached", fewest=[1])
    asked.would_clear = clear
    lmc = NamedOrganisation(id=1, code="L1", name="Bolton LMC", category="lmc", patients=None)

    line = criterion_line(plan, asked, told(organisations={1: lmc}))

    assert [one.text for one in line.fewest] == named


def test_an_exception_in_force_says_who_why_and_until_when(reviewer, place):
    granted = deciding.excepted(place.plan, "gp_breadth", reason="A rural footprint & few GPs")
    anew(place)

    page = words(reviewer.get(url(place)))
    part = part_of(page, "gp_breadth")

    assert "<span>Met by exception</span>" in part
    assert (
        f"Let pass by {granted.recorded_by.name} until 31 July 2016.</b> A rural footprint &amp; few GPs"
        in part
    )
    assert "Without the exception: not met." in part
    assert "Let it pass by exception" not in part
    assert page.index('id="settled"') < page.index('id="gp_breadth"')


def test_a_dispute_is_told_where_it_moves_a_figure(reviewer, place):
    held = place.meeting(*place.practices[1:3], held_on=dt.date(2016, 6, 3))
    engagement.dispute(place.practices[1], held)
    engagement.dispute(place.practices[2], held)
    anew(place)

    part = part_of(words(reviewer.get(url(place))), "gp_breadth")

    assert "<span>Disputed</span>" in part
    assert 'href="#answers"' in part
    assert "Not counted: 1 event that somebody named in the record disputes." in part


def test_only_a_reviewer_without_a_grant_is_offered_an_exception(reviewer, manager, place):
    offered = f"{reverse('readiness:exception-add', args=[place.plan.code])}?criterion=gp_breadth"

    assert offered in reviewer.get(url(place)).content.decode()
    assert offered not in manager.get(url(place)).content.decode()

    own = plans.manager(place.plan.footprint)
    own.role_grants.create(role="reviewer", valid_from=TODAY)
    assert offered not in signed_in(own).get(url(place)).content.decode()


def test_what_needs_attention_stands_worst_first_and_exceptions_before_what_is_met(plan):
    rows = [
        result(State.MET, "recent"),
        result(State.NO_DATA, "gp_seat"),
        result(State.EXCEPTION, "no_proxy"),
        result(State.NOT_APPLICABLE, "hwb"),
        result(State.DISPUTED, "gp_depth"),
        result(State.NOT_MET, "gp_breadth"),
        result(State.MET, "channels", strength="should"),
        result(State.NOT_MET, "openness", strength="should"),
    ]

    found = groups(plan, rows, told())

    assert [line.key for line in found.attention.lines] == ["gp_breadth", "gp_depth", "gp_seat"]
    assert [line.key for line in found.settled.lines] == ["no_proxy", "recent", "hwb"]
    assert [line.word for line in found.settled.lines] == [
        "Met by exception",
        "Met",
        "Not applicable",
    ]
    assert found.attention.label == "Needs attention (3)"
    assert found.attention.heading == "3 musts need attention"
    assert found.shoulds.heading == "1 of 2 shoulds met"


@pytest.mark.parametrize(("number", "has"), [(3, False), (4, True), (17, True)])
def test_a_long_list_begins_with_its_contents(plan, number, has):
    rows = [result(State.NOT_MET, f"key{place}") for place in range(number)]

    assert groups(plan, rows, told()).attention.has_contents is has


def test_contents_lead_to_each_criterion(reviewer, place):
    page = words(reviewer.get(url(place)))
    contents = re.search(r'<nav class="wt-crits__contents".*?</nav>', page)[0]

    for key in re.findall(r'href="#([a-z_]+)"', contents):
        assert f'<li class="wt-crit" id="{key}">' in page
    assert "GP breadth" in contents


@pytest.mark.parametrize(
    ("key", "words_of", "page"),
    [
        ("gp_seat", "Seats on the board", "plans:seats"),
        ("system_partners", "Formal arrangements", "plans:seats"),
        ("openness", "What is on paper", "plans:papers"),
        ("gp_support_shown", "Judgements", "readiness:judgements"),
    ],
)
def test_what_is_recorded_and_not_counted_links_to_where_it_is_recorded(plan, key, words_of, page):
    links = {
        link.text: link.url for link in criterion_line(plan, result(State.MET, key), told()).links
    }

    assert links[words_of] == reverse(page, args=[plan.code])


@pytest.mark.parametrize(
    ("key", "parameters", "official", "words_of"),
    [
        ("gp_breadth", {}, False, "Our threshold, not official."),
        ("gp_breadth", {}, True, "An official threshold."),
        ("gp_support_shown", {}, False, ""),
        ("of_tomorrow", {"days": 3}, False, "Our threshold, not official."),
    ],
)
def test_a_criterion_without_a_number_says_nothing_of_thresholds(
    key, parameters, official, words_of
):
    criterion = Criterion(key=key, parameters=parameters, official_threshold=official)

    assert threshold_in_short(criterion) == words_of
