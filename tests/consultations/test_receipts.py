"""Whoever answered follows it to its end: by the receipt, and by mail when something was decided."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from consultations.actions.telling import tell_moved
from consultations.models import Coding, Response, Theme
from consultations.queries import receipts
from consultations.queries.responses import counts_of
from mail.actions import deliver
from mail.models import Message
from tests.engagement.area import bolton, days_ago
from tests.factories import accounts, papers, stakeholders
from tests.factories import consultations as made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _brakes_let_go():
    cache.clear()


@pytest.fixture
def area():
    return bolton()


@pytest.fixture
def asked(area):
    found = made.consultation(area.plan, title="Urgent care")
    made.survey(found, "What would make it better?", "What else?")
    return found


@pytest.fixture
def reader(asked):
    return made.respondent(asked, name="Ann Lee", email="ann@example.org", wants_news=True)


def page(response):
    return Client().get(receipts.path_of(response))


def themed(response, plan, **facts):
    """A theme in the first answer; decided and published unless told otherwise."""
    now = timezone.now()
    theme = made.decided(plan, **{"published_at": now, "published_by": accounts.user(), **facts})
    made.coding(response.answers.first(), theme)
    return theme


def test_what_waits_says_so_and_shows_no_theme(asked, area):
    response = made.waiting(asked, "More nurses", "Nothing")
    themed(response, area.plan, name="Workforce")

    text = page(response).text

    assert "Waiting to be read" in text
    assert "More nurses" in text
    assert "Workforce" not in text


def test_what_is_held_back_says_so_without_the_words_of_staff(asked):
    response = made.response(asked, "x", moderation="held", moderation_reason="Names Dr Lee")

    text = page(response).text

    assert "Held back" in text
    assert "Names Dr Lee" not in text


def test_each_answer_shows_its_themes_what_was_decided_why_and_what_changed(asked, area):
    response = made.response(asked, "More nurses", "Buses")
    version = papers.version(area.plan, on_day=days_ago(1), visibility="public", title="Draft 3")
    themed(
        response,
        area.plan,
        name="Workforce",
        disposition="partly",
        reason="There is money for two.",
        changed_in=version,
        section="Section 5.2",
        told_on=days_ago(2),
    )

    text = page(response).text

    for words in ("Answered", "Workforce", "Accepted in part", "There is money for two.",
                  "Section 5.2, in “Draft 3”", "Told on", "Not sorted by theme yet"):  # fmt: skip
        assert words in text
    assert "People asked who pays" not in text, "the sum of what others said is on the public page"


def test_a_reason_is_shown_once_a_second_person_has_looked_at_it(asked, area):
    response = made.response(asked, "More nurses")
    themed(response, area.plan, published_at=None, published_by=None, reason="Because of Dr Lee.")

    text = page(response).text

    assert "Accepted" in text
    assert "checked a second time" in text
    assert "Because of Dr Lee" not in text
    assert "Section 5" not in text


def test_a_version_that_is_not_public_is_not_named(asked, area):
    response = made.response(asked, "More nurses")
    secret = papers.version(area.plan, on_day=days_ago(1), title="Secret merger")
    themed(response, area.plan, changed_in=secret)

    text = page(response).text

    assert "a later draft that is not public yet" in text
    assert "Secret merger" not in text


@pytest.mark.parametrize(
    ("decided", "undecided", "state"),
    [(0, 0, "Read"), (0, 2, "Being considered"), (1, 1, "Partly answered"), (2, 0, "Answered")],
)
def test_the_state_of_the_whole(asked, area, decided, undecided, state):
    response = made.response(asked, "More nurses")
    for _ in range(decided):
        themed(response, area.plan)
    for _ in range(undecided):
        made.coding(response.answers.get(), made.theme(area.plan))
    undone = made.coding(response.answers.get(), made.theme(area.plan, "Taken back"))
    Coding.objects.filter(pk=undone.pk).update(undone_at=timezone.now())

    found = page(response)

    assert f">{state}<" in found.text.replace("\n", "")
    assert "Taken back" not in found.text


def test_what_was_merged_is_called_by_its_new_name(asked, area):
    response = made.response(asked, "More nurses")
    into = made.theme(area.plan, "Workforce")
    for name in ("Staff", "People"):
        made.coding(response.answers.get(), made.theme(area.plan, name, merged_into=into))

    text = page(response).text

    assert text.count("Workforce") == 1
    assert "Staff" not in text


@pytest.mark.parametrize("themes", [1, 9])
def test_a_receipt_asks_as_often_however_much_was_said(
    asked, area, themes, django_assert_max_num_queries
):
    response = made.response(asked, "More nurses", "Buses")
    for _ in range(themes):
        themed(response, area.plan)
    page(response)

    with django_assert_max_num_queries(28):  # most are the brake's counters
        page(response)


def test_whoever_wants_news_is_told_once_of_all_that_was_decided(asked, area, reader, mailoutbox):
    response = made.response(asked, "More nurses", by=reader)
    silent = made.response(asked, "Buses", by=made.respondent(asked, email="no@example.org"))
    held = made.waiting(
        asked, "x", by=made.respondent(asked, email="w@example.org", wants_news=True)
    )
    for one in (response, silent, held):
        themed(one, area.plan)
    themed(response, area.plan)

    assert [tell_moved(now=timezone.now()) for _ in range(3)] == [1, 0, 0]

    assert deliver(now=timezone.now()) == {"sent": 1}
    [mail] = mailoutbox
    assert mail.to == ["respondent <ann@example.org>"]
    assert receipts.path_of(response) in mail.body
    assert "nurses" not in mail.body
    Theme.objects.filter(pk=themed(response, area.plan).pk).update(
        decided_at=timezone.now() + dt.timedelta(minutes=1)
    )
    assert tell_moved(now=timezone.now()) == 1


def test_nobody_is_told_of_what_was_taken_back(asked, area, reader, mailoutbox):
    response = made.response(asked, "More nurses", by=reader)
    theme = themed(response, area.plan)
    tell_moved(now=timezone.now())
    Theme.objects.filter(pk=theme.pk).update(
        disposition="", decided_at=None, reason="", published_at=None
    )

    assert deliver(now=timezone.now()) == {"dropped": 1}
    assert mailoutbox == []


def test_a_lead_is_told_at_their_account(asked, area):
    lead = stakeholders.representative(area.lmc)
    ours = made.for_organisation(asked, area.lmc, wants_news=True)
    themed(made.response(asked, "x", by=ours, route="collated", recorded_by=lead), area.plan)
    typed = made.for_organisation(asked, area.practices[0], wants_news=True, email="p@example.org")
    themed(made.response(asked, "x", by=typed, route="paper", recorded_by=area.manager), area.plan)

    assert tell_moved(now=timezone.now()) == 2
    assert set(Message.objects.values_list("user", "email")) == {
        (lead.pk, ""),
        (None, "p@example.org"),
    }


def test_a_decision_of_last_month_is_not_told_again(asked, area, reader):
    long_ago = timezone.now() - dt.timedelta(40)
    theme = made.decided(area.plan, decided_at=long_ago, published_at=long_ago)
    answer = made.response(asked, "x", by=reader).answers.get()
    made.coding(answer, theme, coded_at=long_ago)

    assert tell_moved(now=timezone.now()) == 0


def test_who_said_what_had_been_decided_long_before_is_told_once_it_is_found(asked, area, reader):
    """A response that came late, or was read late: the answer to it was there before."""
    long_ago = timezone.now() - dt.timedelta(40)
    theme = made.decided(area.plan, decided_at=long_ago, published_at=long_ago)
    made.coding(made.response(asked, "x", by=reader).answers.get(), theme)

    assert [tell_moved(now=timezone.now()) for _ in range(2)] == [1, 0]


def test_only_what_was_cleared_is_counted_in_public(asked, area):
    lmc = made.for_organisation(asked, area.lmc)
    for words in ("One", "Two"):
        made.response(asked, words, by=lmc)
    made.response(asked, "Three")
    made.waiting(asked, "Four")
    empty = made.consultation(area.plan)

    public, everything = (
        counts_of([asked.pk, empty.pk], cleared_only=cleared) for cleared in (True, False)
    )

    assert (public[asked.pk].responses, public[asked.pk].organisations) == (3, 1)
    assert (public[asked.pk].people, everything[asked.pk].people) == (1, 2)
    assert everything[asked.pk].responses == Response.objects.count() == 4
    assert public[empty.pk].responses == 0
