"""The page of one response: who reads what of it, and what its managers do."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.models import RoleGrant
from accounts.roles import Role
from consultations.models import RespondentKind, Response
from plans.models import FootprintGrant, Plan
from tests.engagement.area import bolton
from tests.factories import accounts, plans, stakeholders
from tests.factories import consultations as make

pytestmark = pytest.mark.django_db

WORDS = "Our practice cannot recruit. Dr Vale is hopeless. We need a nurse."


@pytest.fixture
def asked():
    made = make.consultation(plans.plan(plans.footprint()))
    make.survey(made, "What do you need?")
    return made


@pytest.fixture
def manager(asked):
    return plans.manager(asked.plan.footprint)


def sent_by(asked, **facts):
    who = make.respondent(asked, name="Ruth Vale", email="ruth.vale@example.org", **facts)
    return make.waiting(asked, WORDS, by=who)


def press(client, sent, do, **more):
    sent.refresh_from_db()
    address = f"/responses/{sent.pk}/"
    found = client.post(address, {"version": sent.version, "do": do, **more}, follow=True)
    sent.refresh_from_db()
    return found.text


def test_who_sent_it_is_read_by_managers_and_the_words_by_reviewers_too(client, asked, manager):
    sent = sent_by(asked)
    pages = {}
    for name, user in (("manager", manager), ("reviewer", accounts.user(Role.REVIEWER))):
        client.force_login(user)
        pages[name] = client.get(f"/responses/{sent.pk}/").text

    assert all(WORDS in page for page in pages.values())
    assert "Ruth Vale" in pages["manager"]
    assert "ruth.vale@example.org" in pages["manager"]
    assert "Ruth" not in pages["reviewer"]
    assert "ruth.vale" not in pages["reviewer"]
    assert 'name="do"' not in pages["reviewer"]


def test_a_name_that_anybody_can_type_is_told_from_who_signed_in(client, asked, manager):
    lmc = make.for_organisation(asked, stakeholders.organisation())
    client.force_login(manager)
    said = {}
    for by in (None, manager):
        sent = make.waiting(asked, WORDS, by=lmc, recorded_by=by)
        page = client.get(f"/responses/{sent.pk}/").text
        said[by] = "Nobody: whoever sent it typed the name" in page
        assert ("Somebody of theirs, signed in" in page) == (by is not None)
    assert said == {None: True, manager: False}


def test_who_manages_elsewhere_and_answers_for_somebody_here_reads_no_response(client):
    """Two hats, and neither of them reads what others sent."""
    here = bolton()
    asked = make.consultation(here.plan)
    make.survey(asked)
    sent = sent_by(asked)
    both = stakeholders.representative(here.lmc)
    RoleGrant.objects.create(user=both, role=Role.MANAGER, valid_from=accounts.LONG_AGO)
    FootprintGrant.objects.create(
        user=both, footprint=plans.footprint(), valid_from=accounts.LONG_AGO
    )
    client.force_login(both)

    for address in (f"/responses/{sent.pk}/", f"/consultations/{asked.pk}/responses/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {"do": "clear"}).status_code in (403, 405)


def test_clearing_holding_back_and_putting_back(client, asked, manager):
    sent = sent_by(asked)
    client.force_login(manager)

    press(client, sent, "clear")
    assert (sent.moderation, sent.moderated_by) == ("cleared", manager)
    assert "Choose why it is held back" in press(client, sent, "hold")
    press(client, sent, "hold", why="patient")
    assert (sent.moderation, sent.moderation_reason) == ("held", "A patient could be recognised")
    assert sent.done_at is not None
    press(client, sent, "clear")
    assert (sent.moderation, sent.moderation_reason, sent.done_at) == ("cleared", "", None)
    press(client, sent, "back")
    assert (sent.moderation, sent.moderated_by) == ("waiting", None)
    Response.objects.update(moderation="cleared", done_at=timezone.now(), done_by=manager)
    press(client, sent, "reopen")
    assert sent.done_at is None


def test_a_decision_on_what_somebody_else_changed_is_refused_and_kept(client, asked, manager):
    sent = sent_by(asked)
    client.force_login(manager)
    press(client, sent, "clear")

    page = press(client, sent, "hold", version=1, why="other", note="Not about us")

    assert "it is cleared. That stands" in page
    assert 'value="Not about us"' in page
    assert sent.moderation == "cleared"


@pytest.mark.parametrize(
    ("words", "ticked", "said"),
    [
        ("We need a doctor.", True, "These words do not stand so in the answer"),
        ("We need a nurse.", False, "Tick the box when you have read the words"),
        ("We need a nurse.", True, ""),
        ("Our practice cannot recruit. \u2026 We need a nurse.", True, ""),
    ],
)
def test_words_are_published_as_they_were_written_and_read(
    words, ticked, said, client, asked, manager
):
    sent = sent_by(asked)
    answer = sent.answers.get()
    client.force_login(manager)
    filled = {f"a{answer.pk}-words": words, **({f"a{answer.pk}-is_read": "on"} if ticked else {})}

    press(client, sent, "clear")
    page = press(client, sent, f"quote:{answer.pk}", **filled)
    answer.refresh_from_db()

    assert said in page
    assert answer.quote == ("" if said else words)
    assert answer.text == WORDS
    if not said:
        press(client, sent, f"quote:{answer.pk}")
        answer.refresh_from_db()
        assert (answer.quote, answer.quoted_by) == ("", None)


def test_words_with_a_number_or_abuse_are_not_published(client, asked, manager):
    sent = make.response(asked, "Ring 0161 496 0000, you idiots")
    answer = sent.answers.get()
    client.force_login(manager)

    page = press(
        client, sent, f"quote:{answer.pk}",
        **{f"a{answer.pk}-words": "Ring 0161 496 0000, you idiots", f"a{answer.pk}-is_read": "on"},
    )  # fmt: skip

    assert "The words hold a telephone number and words that may be abuse" in page
    assert not answer.quote


def test_an_organisation_is_searched_and_chosen_and_never_guessed(client, asked, manager):
    typed = {"kind": RespondentKind.ORGANISATION, "organisation_name": "The Surgery"}
    sent = sent_by(asked, **typed)
    first = stakeholders.practice(name="The Surgery")
    second = stakeholders.practice(name="The Surgery Annexe")
    gone = stakeholders.practice(name="The Old Surgery", closed_on=dt.date(2015, 3, 31))
    client.force_login(manager)
    address = f"/responses/{sent.pk}/"

    assert first.code not in client.get(address).text
    page = client.get(address, {"find": "the surgery"}).text
    assert first.code in page
    assert second.code in page
    assert "Nothing in the register begins with" in client.get(address, {"find": "zzzz"}).text

    page = press(client, sent, "match", organisation=gone.code)
    assert "was not open on the day on which this response came" in page
    assert "No organisation has that code" in press(client, sent, "match", organisation="NOPE")
    change = Plan.objects.get().change_no
    press(client, sent, "match", organisation=first.code)
    who = sent.respondent
    who.refresh_from_db()
    assert (who.organisation, who.matched_by, who.organisation_name) == (
        first, manager, "The Surgery",
    )  # fmt: skip
    assert Plan.objects.get().change_no > change
    stale = press(client, sent, "match", organisation=second.code, matched="")
    assert "Somebody else has said meanwhile that it is The Surgery." in stale
    assert f'name="matched" value="{first.code}"' in stale
    assert "meanwhile" in press(client, sent, "unmatch")
    press(client, sent, "unmatch", matched=first.code)
    who.refresh_from_db()
    assert (who.organisation, who.matched_at) == (None, None)


def test_no_words_are_published_of_what_nobody_has_cleared(client, asked, manager):
    sent = sent_by(asked)
    answer = sent.answers.get()
    client.force_login(manager)

    filled = {f"a{answer.pk}-words": "We need a nurse.", f"a{answer.pk}-is_read": "on"}
    page = press(client, sent, f"quote:{answer.pk}", **filled)

    answer.refresh_from_db()
    assert "Clear the response first" in page
    assert not answer.quote


def test_junk_is_answered_in_words(client, asked, manager):
    sent = sent_by(asked)
    client.force_login(manager)

    for do in ("", "quote:x", "quote:99", f"quote:{10**30}", "nothing", "\0"):
        assert client.post(f"/responses/{sent.pk}/", {"do": do}, follow=True).status_code == 200
    assert client.get(f"/responses/{sent.pk}/", {"find": "\0" * 200}).status_code == 200


def test_the_page_takes_as_many_queries_for_few_as_for_many(
    client, asked, manager, django_assert_num_queries
):
    client.force_login(manager)
    for number in (1, 6):
        words = "The same words by everybody who was asked to send them in to us here, please"
        who = make.respondent(asked, key=uuid.uuid4().hex)
        for _ in range(number):
            sent = make.response(asked, words, by=who, fingerprint="f" * 64)
            make.question(asked.consultations_survey)
            for theme in (make.theme(asked.plan) for _ in range(number)):
                make.coding(sent.answers.first(), theme)
        with django_assert_num_queries(15):
            assert client.get(f"/responses/{sent.pk}/?find=surgery").status_code == 200
