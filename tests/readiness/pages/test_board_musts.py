"""The board of the full policy: themes, disputes, exceptions, and the file with the same columns."""

import csv
import io
import re
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils.html import escape

from engagement.models import Attestation, Event
from plans.actions import mark_changed
from plans.models import Footprint
from readiness.models import Criterion
from readiness.presenters.themes import THEMES, by_theme, narrow, themes_of
from readiness.rules.catalogue import CRITERIA
from tests.factories import deciding, engagement
from tests.readiness.country import NOW, country
from tests.readiness.pages.conftest import assessed, words
from ui.states import STATES

BOARD = "/board/"


@dataclass(frozen=True)
class Column:
    key: str


@pytest.fixture
def disputed(place):
    """The plan of the place with one record that its LMC disputes."""
    engagement.dispute(place.lmc, place.meeting(place.lmc, title="Contested"))
    engagement.dispute(place.lmc, engagement.event(place.plan, status="cancelled"))
    mark_changed(plan_ids=[place.plan.pk], now=NOW)
    assessed(place)
    return place


def anew(place) -> None:
    mark_changed(plan_ids=[place.plan.pk], now=NOW)
    assessed(place)


def test_every_theme_names_criteria_that_exist_and_each_once():
    named = [key for keys in THEMES.values() for key in keys]

    assert set(named) <= set(CRITERIA)
    assert len(named) == len(set(named))


def test_columns_of_a_theme_stand_together_and_what_is_new_stands_last():
    asked = [Column(key) for key in ("of_tomorrow", "hwb", "recent", "gp_seat", "lmc_reached")]

    ordered = by_theme(asked)

    assert [one.key for one in ordered] == [
        "lmc_reached",
        "recent",
        "gp_seat",
        "hwb",
        "of_tomorrow",
    ]
    assert [(theme.name, theme.width) for theme in themes_of(ordered)] == [
        ("GPs were heard", 2),
        ("GPs in the plan", 1),
        ("Everybody else", 1),
        ("Others", 1),
    ]


def test_the_headings_of_the_themes_cover_every_column(reviewer, place):
    page = reviewer.get(BOARD).content.decode()
    musts = Criterion.objects.filter(
        policy__plan_type="stp_2016", policy__version=3, strength="must"
    )
    widths = re.findall(r'class="wt-theme" colspan="(\d+)"', page)

    assert sum(map(int, widths)) == page.count('class="wt-must"') == musts.count() == 17
    for must in musts:
        assert f'class="wt-must">{escape(narrow(must.short_title))}</th>' in page


def test_a_long_word_of_a_heading_may_break_and_reads_the_same():
    assert narrow("Engagement plan") == "Engage\u00adment plan"
    assert narrow("Fair consultation") == "Fair consul\u00adtation"
    assert narrow("GP seat") == "GP seat"


def test_each_row_says_every_must_as_a_word(reviewer, place):
    page = reviewer.get(BOARD).content.decode()
    row = page[page.index('<tbody role="rowgroup">') :]

    said = re.findall(
        r'<td role="cell" class="is-[a-z-]+"><span class="wt-h"[^>]*>[^<]*</span>', row
    )
    found = re.findall(r"<span>(" + "|".join(one.word for one in STATES.values()) + ")<", row)

    assert len(said) == 18  # 17 musts and the shoulds
    assert len(found) == 17


def test_open_disputes_are_counted_in_the_row_and_lead_to_the_answers(reviewer, disputed):
    page = reviewer.get(BOARD).content.decode()
    dossier = reverse("readiness:dossier", args=[disputed.plan.code])

    assert f'<a href="{dossier}#answers">2<span' in page
    assert "<b>2</b>" in page or re.search(r">\s*2\s*</b>\s*open disputes", page)


@pytest.mark.parametrize(
    "over",
    [
        {"resolution": "upheld", "resolution_words": "Both stand.", "resolved_at": NOW},
        {"superseded_at": NOW},
    ],
)
def test_a_dispute_that_is_over_is_not_counted(reviewer, disputed, over):
    Attestation.objects.update(**over)
    anew(disputed)

    assert "#answers" not in reviewer.get(BOARD).content.decode()


def test_a_dispute_about_a_withdrawn_record_is_not_counted(reviewer, disputed):
    for event in Event.objects.filter(attestations__isnull=False):
        event.withdrawn_at, event.withdrawn_by, event.withdrawn_reason = NOW, event.recorded_by, "x"
        event.save()
    anew(disputed)

    assert "#answers" not in reviewer.get(BOARD).content.decode()


def test_an_exception_is_said_in_the_row_and_counted_apart(reviewer, place):
    deciding.excepted(place.plan, "gp_breadth")
    anew(place)

    page = words(reviewer.get(BOARD))

    assert re.search(r"\d+ of 1\d met, 1 by exception", page)
    assert "is-exception" in page
    assert "<span>Exception</span>" in page  # in the key


def test_reviewers_are_led_to_the_decision_and_managers_are_not(reviewer, manager, place):
    decide = f'class="wt-decide" href="{reverse("readiness:decide", args=[place.plan.code])}"'

    assert decide in reviewer.get(BOARD).content.decode()
    assert decide not in manager.get(BOARD).content.decode()


@pytest.mark.parametrize(
    ("show", "found"), [("disputed", ["Contested"]), ("excepted", ["Let pass"])]
)
def test_the_board_shows_only_disputed_or_excepted_plans(reviewer, disputed, show, found):
    other = country()
    deciding.excepted(other.plan, "gp_breadth")
    anew(other)
    Footprint.objects.filter(pk=disputed.plan.footprint_id).update(name="Contested")
    Footprint.objects.filter(pk=other.plan.footprint_id).update(name="Let pass")

    page = reviewer.get(f"{BOARD}?show={show}").content.decode()

    assert re.findall(r'role="rowheader"><a href="[^"]*">([^<]*)</a>', page) == found


def test_the_file_has_the_columns_of_the_board(reviewer, disputed):
    deciding.excepted(disputed.plan, "gp_breadth")
    anew(disputed)

    rows = list(csv.DictReader(io.StringIO(reviewer.get("/board.csv").content.decode("utf-8-sig"))))
    musts = by_theme(
        Criterion.objects.filter(policy__plan_type="stp_2016", policy__version=3, strength="must")
    )
    columns = [name for name in rows[0] if name in {one.short_title for one in musts}]

    assert columns == [one.short_title for one in musts]
    assert rows[0]["GP breadth"] == "Exception"
    assert rows[0]["Musts by exception"] == "1"
    assert rows[0]["Open disputes"] == "2"
    assert int(rows[0]["Musts"]) == sum(
        int(rows[0][name])
        for name in ("Musts met", "Musts by exception", "Musts not met", "Musts disputed", "Musts without data")
    )  # fmt: skip
