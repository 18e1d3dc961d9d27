"""What the consultations of the demonstration are answered with, before any of it is written."""

from collections import Counter

import pytest

from consultations.rules.concerns import concerns
from consultations.rules.respondents import fingerprint
from plans.rules.mentions import GENERAL_PRACTICE, counted
from readiness.demonstration.answers import HELD, replies
from readiness.demonstration.dice import dice
from readiness.demonstration.drafts import text
from readiness.demonstration.scripts import CALL, NEAR_HOME, NETWORKS, Script

SCRIPTS = pytest.mark.parametrize(
    ("script", "number"), [(NETWORKS, 4_048), (CALL, 521), (NEAR_HOME, 34)]
)


def told(script: Script, number: int, seed: str = "1"):
    return replies(dice(seed), script, number, about="asked")


@SCRIPTS
def test_so_many_answer_and_the_same_dice_give_the_same(script, number):
    found = told(script, number)
    assert len(found) == number
    assert found == told(script, number)
    assert found != told(script, number, "2")


@SCRIPTS
def test_nobody_has_a_name_and_nobody_an_address_that_could_receive_mail(script, number):
    for one in told(script, number):
        assert not one.email or one.email.endswith("@example.org")
        assert not one.organisation or one.organisation.endswith("(synthetic)")


@SCRIPTS
def test_only_campaigns_have_the_same_words(script, number):
    prints = Counter(
        words
        for one in told(script, number)
        if one.again is None and not one.held
        and (words := fingerprint(said.text for said in one.answers))
    )  # fmt: skip
    shared = sorted(number for number in prints.values() if number > 1)
    assert len(shared) == len(script.campaigns)
    for size, campaign in zip(shared, sorted(one.people for one in script.campaigns), strict=True):
        assert size <= campaign <= size * 1.4


@SCRIPTS
def test_repeats_and_the_loudest_answer_after_their_first(script, number):
    found = told(script, number)
    places = {one.number: place for place, one in enumerate(found)}
    again = [one for one in found if one.again is not None]
    assert len(again) == script.repeats + script.loudest - 1
    assert all(places[one.again] < places[one.number] for one in again)
    assert sum(bool(one.held) for one in found) == script.held
    firsts = [one for one in found if one.again is None]
    assert len({one.organisation for one in firsts} - {""}) == script.organisations


@pytest.mark.parametrize(("why", "words", "found"), HELD)
def test_what_is_held_back_is_found_by_the_machine_where_it_says_so(why, words, found):
    assert set(found) <= set(concerns(words)), why


@pytest.mark.parametrize("is_later", [True, False])
def test_a_silent_draft_names_everybody_but_general_practice(is_later):
    full, silent = (
        counted(text("Bolton", is_silent=is_silent, is_later=is_later))
        for is_silent in (False, True)
    )
    assert full[GENERAL_PRACTICE] > 4
    assert silent[GENERAL_PRACTICE] == 0
    named = ("trust", "council", "hwb", "healthwatch", "vcse", "social_care", "patient_group")
    assert all(full[one] and silent[one] for one in named)
    assert text("Bolton", is_silent=True, is_later=True) != text(
        "Bolton", is_silent=True, is_later=False
    )
