"""The board: rows, order, filters, trend, what is kept, and the file."""

import csv
import datetime as dt
import io
import json
import re

import pytest
from django.urls import reverse

from accounts.roles import Role
from plans.actions import mark_changed
from plans.models import Footprint, PlanType
from readiness.actions import assess_plans
from readiness.models import Assessment, Decision
from tests.factories import accounts, plans
from tests.readiness.complete import put_on_paper
from tests.readiness.country import NOW, TODAY, at, country
from tests.readiness.pages.conftest import assessed, signed_in, words

BOARD = "/board/"


def names(response) -> list[str]:
    """The plans of the board in its order."""
    return re.findall(
        r'<th scope="row" role="rowheader"><a href="[^"]*">([^<]*)</a>', response.content.decode()
    )


@pytest.fixture
def ready(db):
    """A country in which every practice and the LMC were heard all along, in every way, and that
    has everything else on paper."""
    made = country(practices=2)
    made.plan.footprint.name = "Allshire"
    made.plan.footprint.save()
    for month, channel in ((1, "meeting"), (3, "visit"), (5, "workshop"), (6, "phone")):
        held_on = TODAY.replace(month=month, day=25)
        last = made.meeting(
            made.lmc, *made.practices, held_on=held_on, level="involve", channel=channel
        )
    put_on_paper(made, heard_at=last)
    made.plan.seats.create(
        body="Board",
        title="GP",
        organisation=made.lmc,
        capacity="representative",
        valid_from=made.plan.starts_on,
    )
    assessed(made)
    return made


def test_board_shows_every_plan_to_a_reviewer_worst_first(reviewer, place, ready):
    found = names(reviewer.get(BOARD))

    assert found == [place.plan.footprint.name, "Allshire"]


def test_board_says_how_many_are_ready_and_how_many_thin(reviewer, place, ready):
    page = words(reviewer.get(BOARD))

    assert "1 of 2 STP 2016 plans meets every must." in page
    assert "1 has thin GP engagement" in page
    assert "112 days to the next submission on 21 October 2016 (2 plans)" in page
    assert "As at 1 July 2016, midday." in page
    assert "Policy: STP 2016, version 3." in page


def test_board_cells_say_state_in_words_and_lead_to_the_criterion(reviewer, place):
    page = reviewer.get(BOARD).content.decode()
    dossier = reverse("readiness:dossier", args=[place.plan.code])

    assert f'href="{dossier}#gp_breadth"' in page
    assert f'href="{dossier}#settled"' in page
    assert "is-not-met" in page
    assert "Not met" in page


def test_board_shows_managers_their_own_rows_only(manager, reviewer, place, ready):
    assert names(manager.get(BOARD)) == [place.plan.footprint.name]
    assert "Readiness board of your plans</h1>" in words(manager.get(BOARD))
    assert "National readiness board</h1>" in words(reviewer.get(BOARD))


@pytest.mark.parametrize("url", [BOARD, "/board.csv"])
def test_board_is_not_for_leads_and_administrators(lead, administrator, url):
    assert lead.get(url).status_code == 403
    assert administrator.get(url).status_code == 403


def test_board_without_plans_says_what_to_do(db):
    page = words(signed_in(accounts.user(Role.MANAGER)).get(BOARD))

    assert "No plans in your scope yet" in page
    assert "opened a round of plans and given you access to a footprint." in page


def test_board_of_a_plan_that_nobody_assessed(reviewer, place):
    plans.plan(plans.footprint(name="Newland"))

    response = reviewer.get(f"{BOARD}?sort=name")

    assert "Not assessed yet" in words(response)
    assert "Newland" in names(response)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("show=ready", ["Allshire"]),
        ("show=thin", ["thin"]),
        ("show=flagged", ["thin"]),
        ("show=four", ["thin"]),
        ("show=lmcs", []),
        ("sort=name", ["Allshire", "thin"]),
        ("sort=days", ["thin", "Allshire"]),
        ("sort=flags", ["thin", "Allshire"]),
        ("type=nhp_2026", []),
        ("type=stp_2016&sort=name", ["Allshire", "thin"]),
    ],
)
def test_board_filters_and_sorts(reviewer, place, ready, query, expected):
    Footprint.objects.filter(pk=place.plan.footprint_id).update(name="thin")

    assert names(reviewer.get(f"{BOARD}?{query}")) == expected


def test_board_filters_by_region(reviewer, place):
    region = plans.region("North")
    other = country()
    other.plan.footprint.regions.create(region=region, valid_from=plans.LONG_AGO)

    page = reviewer.get(f"{BOARD}?region={region.code}")

    assert names(page) == [other.plan.footprint.name]
    assert "North" in words(page)


@pytest.mark.parametrize("junk", ["region=%00", "type=' OR 1=1", "show=" + "x" * 10_000, "sort=-1"])
def test_board_answers_junk_with_a_sentence(reviewer, junk):
    response = reviewer.get(f"{BOARD}?{junk}")

    assert response.status_code == 200
    assert "is not one of the choices. Everything is shown instead." in words(response)


def test_board_says_what_fits_no_filter(reviewer, place):
    page = words(reviewer.get(f"{BOARD}?show=ready"))

    assert "No plan fits these filters" in page


def test_board_says_that_changes_are_not_counted_yet(reviewer, place):
    mark_changed(plan_ids=[place.plan.pk], now=NOW)

    page = words(reviewer.get(BOARD))

    assert "1 plan has changes that are not counted yet" in page
    assert "changes not counted yet</span>" in page


@pytest.mark.parametrize(("met", "trend"), [(0, "up"), (9, "down"), (None, "new")])
def test_board_trend_is_against_four_weeks_ago(reviewer, place, met, trend):
    current = Assessment.objects.get(plan=place.plan)
    if met is not None:
        Assessment.objects.create(
            plan=place.plan,
            policy=current.policy,
            as_at=TODAY.replace(month=6, day=1),
            computed_at=at(TODAY.replace(month=6, day=1)),
            change_no=0,
            overall="not_met",
            musts=9,
            musts_met=met,
        )

    number = f" {abs(current.musts_met - met)}" if met is not None else ""

    assert f"{trend}{number}</td>" in reviewer.get(BOARD).content.decode()


def test_board_escapes_names(reviewer, place):
    Footprint.objects.filter(pk=place.plan.footprint_id).update(
        name="<script>alert(1)</script> & @url@"
    )

    page = reviewer.get(BOARD).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; @url@" in page


@pytest.fixture
def neighbourhood(place):
    """A second round, which ends a day after that of the place."""
    other = country()
    other.plan.footprint.name = "Nearby"
    other.plan.footprint.save()
    other.plan.plan_type = PlanType.NHP_2026
    other.plan.submission_on = place.plan.submission_on + dt.timedelta(1)
    other.plan.save()
    assess_plans(plan_ids=None, as_at=TODAY, now=NOW)
    return other


def test_board_shows_two_types_side_by_side(reviewer, neighbourhood):
    page = words(reviewer.get(f"{BOARD}?type=all"))

    assert "of 2 plans meet every must." in page
    assert "Neighbourhood 2026, " in page
    assert "STP 2016, " in page


def test_board_is_of_the_round_that_ends_next(reviewer, place, neighbourhood):
    response = reviewer.get(BOARD)

    assert names(response) == [place.plan.footprint.name]
    assert "0 of 1 STP 2016 plan meets every must." in words(response)
    assert '<option value="stp_2016" selected>' in words(response)
    assert "Clear filters" not in words(response)


def test_board_links_keep_the_round(reviewer, place, neighbourhood):
    page = words(reviewer.get(f"{BOARD}?type=nhp_2026&region="))

    assert "Nearby" in page
    assert "Clear filters" in page
    assert 'href="/board/?type=nhp_2026&amp;show=thin"' in page
    assert 'href="/flags/?type=nhp_2026"' in page
    assert 'href="/board.csv?type=nhp_2026"' in page


def test_board_file_is_of_the_same_round(reviewer, place, neighbourhood):
    rows = list(csv.DictReader(io.StringIO(reviewer.get("/board.csv").content.decode("utf-8-sig"))))

    assert [row["Plan"] for row in rows] == [place.plan.footprint.name]


def test_board_of_a_manager_holds_every_round(place, neighbourhood):
    person = plans.manager(place.plan.footprint, neighbourhood.plan.footprint)

    assert len(names(signed_in(person).get(BOARD))) == 2


def test_board_draws_no_map_of_two_rounds(reviewer, place, neighbourhood):
    for column, footprint in enumerate(Footprint.objects.all()):
        footprint.tile_column, footprint.tile_row = column, 0
        footprint.save()
    for number in range(8):
        made = country(practices=1)
        Footprint.objects.filter(pk=made.plan.footprint_id).update(tile_column=number, tile_row=1)

    assert "Key to the map" in words(reviewer.get(BOARD))
    assert "Key to the map" not in words(reviewer.get(f"{BOARD}?type=all"))


def test_board_not_modified_while_nothing_changes(reviewer, place):
    first = reviewer.get(BOARD)
    reviewer.get(BOARD)  # the first page set the CSRF cookie, which the tag holds
    second = reviewer.get(BOARD)

    again = reviewer.get(BOARD, headers={"if-none-match": second["ETag"]})

    assert first["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first["Vary"]
    assert (again.status_code, again.content) == (304, b"")


def test_board_is_drawn_again_after_an_assessment(reviewer, place):
    reviewer.get(BOARD)
    before = reviewer.get(BOARD)
    place.meeting(*place.practices)
    mark_changed(plan_ids=[place.plan.pk], now=NOW)
    assessed(place)

    after = reviewer.get(BOARD, headers={"if-none-match": before["ETag"]})

    assert after.status_code == 200
    assert after.content != before.content


def test_board_says_what_was_decided_last_as_soon_as_it_is(reviewer, place):
    before = reviewer.get(BOARD)
    assert "Returned" not in words(before)
    current = place.plan.readiness_assessments.get(is_current=True)
    for number, outcome in enumerate(("refuse", "return"), start=1):
        Decision.objects.create(
            plan=place.plan,
            number=number,
            outcome=outcome,
            summary="Come back",
            decided_at=NOW,
            decided_by=accounts.user(Role.REVIEWER),
            assessment=current,
            snapshot="{}",
            sha256="0" * 64,
        )

    after = reviewer.get(BOARD, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "met. Returned" in words(after)
    assert ",Returned," in reviewer.get("/board.csv").content.decode()


def test_board_with_a_message_is_shown_and_never_kept(reviewer, place):
    reviewer.get(BOARD)
    kept = reviewer.get(BOARD)["ETag"]
    session = reviewer.session
    session["_messages"] = json.dumps([["__json_message", 0, 25, "Saved just now", ""]])
    session.save()

    told = reviewer.get(BOARD, headers={"if-none-match": kept})

    assert told.status_code == 200
    assert "Saved just now" in words(told)
    assert "ETag" not in told


def test_board_kept_for_one_person_is_never_given_to_another(reviewer, manager, place):
    country()
    reviewer.get(BOARD)
    theirs = reviewer.get(BOARD)

    ours = manager.get(BOARD, headers={"if-none-match": theirs["ETag"]})

    assert ours.status_code == 200
    assert len(names(ours)) == 1


@pytest.mark.parametrize("number", [2, 9])
def test_board_takes_as_many_queries_for_few_plans_as_for_many(
    reviewer, place, django_assert_num_queries, number
):
    assessed(*[country(practices=1) for _ in range(number)])

    with django_assert_num_queries(9):
        assert len(names(reviewer.get(BOARD))) == number + 1


def test_board_kept_takes_fewer_queries(reviewer, place, django_assert_num_queries):
    reviewer.get(BOARD)

    with django_assert_num_queries(6):
        reviewer.get(BOARD)


def test_board_file_holds_the_same_rows(reviewer, place, ready):
    Footprint.objects.filter(pk=place.plan.footprint_id).update(name="=1+1")

    response = reviewer.get("/board.csv?sort=worst")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert [row["Plan"] for row in rows] == ["'=1+1", "Allshire"]
    assert rows[0]["GP breadth"] == "Not met"
    assert rows[1]["Musts not met"] == "0"
    assert rows[1]["Days left"] == "112"
