"""Working through responses: whose one is, what a step does, and that nothing is lost."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from consultations.actions import coding, triage
from consultations.models import Coding, Moderation, Response, Suggestion, Theme
from consultations.presenters.triage import KEYS
from consultations.queries import triage as queries
from consultations.rules.triage import LEASE, UNDO_WITHIN
from plans.models import Consultation
from tests.engagement.at_once import at_once
from tests.factories import consultations as make
from tests.factories import plans

pytestmark = pytest.mark.django_db

WORDS = "We need more nurses in our practice and shorter waits for every appointment there"


@pytest.fixture
def asked():
    made = make.consultation(plans.plan(plans.footprint()))
    make.survey(made, "What do you need?", "What else?")
    return made


@pytest.fixture
def manager(asked):
    return plans.manager(asked.plan.footprint)


@pytest.fixture
def other(asked):
    return plans.manager(asked.plan.footprint)


def now():
    return timezone.now()


def moved(row):
    row.refresh_from_db()
    return row


def url(asked):
    return f"/consultations/{asked.pk}/triage/"


class Screen:
    """Somebody at the screen, who presses buttons as the last page showed them."""

    def __init__(self, client, user, asked, *, scripts=False):
        self.client, self.asked, self.user = client, asked, user
        self.headers = {"hx-request": "true"} if scripts else {}
        client.force_login(user)

    def press(self, do, **sent):
        page = self.client.get(url(self.asked)).text
        known = {
            name: (re.findall(rf'name="{name}" value="(\d*)"', page) or [""])[0]
            for name in ("response", "version", "answer")
        }
        self.page = self.client.post(
            url(self.asked), {**known, "do": do, **sent}, headers=self.headers, follow=True
        )
        return self.page.text

    def reads(self):
        return self.client.get(url(self.asked)).text


@pytest.fixture
def screen(client, manager, asked):
    return Screen(client, manager, asked)


# --- Whose it is -----------------------------------------------------------------------------------


def test_nobody_is_given_what_somebody_else_works_on(asked, manager, other):
    first, second = make.waiting(asked, "One"), make.waiting(asked, "Two")

    assert triage.take_next(consultation=asked, by=manager, now=now()) == first
    assert triage.take_next(consultation=asked, by=other, now=now()) == second
    assert (
        triage.take_next(consultation=asked, by=plans.manager(asked.plan.footprint), now=now())
        is None
    )
    assert not triage.take(response_id=first.pk, by=other, now=now())
    assert queries.in_hand(asked, user=manager, now=now()) == first


def test_a_response_is_free_again_after_a_while_or_when_somebody_lets_go(asked, manager, other):
    one, at = make.waiting(asked, "One"), now()
    triage.take_next(consultation=asked, by=manager, now=at)

    assert queries.in_hand(asked, user=manager, now=at + LEASE) == one
    later = at + LEASE + dt.timedelta(seconds=1)
    assert queries.in_hand(asked, user=manager, now=later) is None
    assert triage.take_next(consultation=asked, by=other, now=later) == one
    assert triage.release(consultation=asked, by=other, now=later) == 1
    assert triage.take_next(consultation=asked, by=manager, now=later) == one


def test_leaving_the_page_lets_go_of_what_stood_on_it_and_says_nothing(asked, screen, other):
    one, two, theirs = (make.waiting(asked, text) for text in ("One", "Two", "Three"))
    screen.press("next")
    triage.take(response_id=theirs.pk, by=other, now=now())

    for elsewhere in (two, theirs):
        sent = {"do": "left", "response": elsewhere.pk}
        assert screen.client.post(url(asked), sent).status_code == 204
    assert [moved(row).held_by for row in (one, two, theirs)] == [screen.user, None, other]
    sent = {"do": "left", "response": one.pk}
    assert screen.client.post(url(asked), sent).content == b""
    assert moved(one).held_by is None
    assert "Somebody else may take it now" not in screen.reads()


def test_the_next_one_comes_after_this_one_and_then_from_the_beginning(asked, manager):
    first, second, third = (make.waiting(asked, text) for text in ("One", "Two", "Three"))
    Response.objects.filter(pk=third.pk).update(done_at=now(), done_by=manager)

    def next_after(pk):
        return triage.take_next(consultation=asked, after=pk, by=manager, now=now())

    assert [next_after(pk) for pk in (0, first.pk, second.pk)] == [first, second, first]


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_moment_are_given_two_different_ones():
    asked = make.consultation(plans.plan(plans.footprint()))
    make.survey(asked)
    rows = {make.waiting(asked, f"Answer {number}").pk for number in range(6)}
    people = [plans.manager(asked.plan.footprint) for _ in range(6)]

    def takes(by):
        return lambda: triage.take_next(consultation=asked, by=by, now=now())

    found = at_once(*(takes(by) for by in people))

    assert {one.pk for one in found} == rows
    held = Response.objects.values_list("held_by", flat=True)
    assert set(held) == {by.pk for by in people}


@pytest.mark.django_db(transaction=True)
def test_the_same_theme_by_two_at_once_is_found_once_and_of_two_decisions_one_stands():
    asked = make.consultation(plans.plan(plans.footprint()))
    make.survey(asked)
    sent, theme = make.response(asked, "One"), make.theme(asked.plan)
    answer, people = sent.answers.get(), [plans.manager(asked.plan.footprint) for _ in range(2)]

    def gives(by):
        return lambda: coding.add_coding(answer=answer, theme=theme, by=by, now=now())

    given = at_once(*(gives(by) for by in people * 2))
    assert len({one.pk for one in given}) == Coding.objects.count() == 1

    version = moved(sent).version

    def holds(by):
        return lambda: coding.moderate(
            response=sent, moderation="held", reason=f"By {by.pk}", seen_version=version, by=by,
            now=now(),
        )  # fmt: skip

    found = at_once(*(holds(by) for by in people), told=coding.ChangedMeanwhileError)
    told = [one for one in found if isinstance(one, coding.ChangedMeanwhileError)]
    assert len(told) == 1
    assert moved(sent).moderation_reason == told[0].response.moderation_reason


# --- The screen ------------------------------------------------------------------------------------


def test_reading_the_page_takes_nothing_and_a_button_does(asked, screen, manager):
    one = make.waiting(asked, WORDS)

    assert "You have no response in hand" in screen.reads()
    assert moved(one).held_by is None
    page = screen.press("next")
    assert WORDS in page
    assert moved(one).held_by == manager


def test_a_response_is_cleared_themed_and_done_by_buttons_alone(asked, screen, manager):
    one, two = make.waiting(asked, WORDS, "Nothing"), make.waiting(asked, "Two")
    theme = make.theme(asked.plan, "Nurses")
    screen.press("next")

    assert "May others read it?" in screen.reads()
    assert "Clear the response first" in screen.press(f"theme:{theme.pk}")
    assert "Now give it its themes" in screen.press("clear")
    assert "“Nurses” is given" in screen.press(f"theme:{theme.pk}")
    page = screen.press("done")

    sent = moved(one)
    assert (sent.moderation, sent.moderated_by, sent.done_by) == ("cleared", manager, manager)
    assert [c.theme for c in Coding.objects.all()] == [theme]
    assert moved(two).held_by == manager
    assert "Worked through: 1 of 2" in page
    assert Consultation.objects.get().themes == 1
    said = set(AuditEntry.objects.filter(object_key=str(one.pk)).values_list("verb", flat=True))
    assert {"response cleared", "theme found", "response worked through"} <= said


def test_themes_go_to_the_answer_that_was_chosen(asked, screen):
    one = make.response(asked, WORDS, "Second answer")
    theme = make.theme(asked.plan, "Nurses")
    screen.press("next")
    second = one.answers.last()

    page = screen.client.get(f"{url(asked)}?answer={second.pk}").text
    assert f'name="answer" value="{second.pk}"' in page
    screen.press(f"theme:{theme.pk}", answer=second.pk)

    assert Coding.objects.get().answer == second


def test_a_typed_name_is_a_theme_that_is_there_or_is_asked_about_first(asked, screen):
    make.response(asked, WORDS)
    nurses = make.theme(asked.plan, "Practice nurses")
    screen.press("next")

    assert "“Practice nurses” is given" in screen.press("name", name="practice  NURSES")
    page = screen.press("name", name="District nurse")
    assert "No theme is called “District nurse” yet" in page
    assert f'value="theme:{nurses.pk}"' in page
    assert Theme.objects.count() == 1
    assert "“District nurse” is given" in screen.press("make", name="District nurse")
    assert "Type the name of a theme" in screen.press("name", name="  ")
    assert "60 characters or fewer" in screen.press("make", name="x" * 61)
    assert {theme.name for theme in Theme.objects.all()} == {"Practice nurses", "District nurse"}


def test_no_theme_is_made_for_what_nobody_has_cleared(asked, screen):
    make.waiting(asked, WORDS)
    screen.press("next")

    assert "Clear the response first" in screen.press("make", name="New")
    assert not Theme.objects.exists()


def test_what_is_held_back_has_its_reason_and_is_worked_through(asked, screen):
    one = make.waiting(asked, "He is a fool")
    screen.press("next")

    assert "Choose why it is held back" in screen.press("hold")
    page = screen.press("hold", why="other", note="")
    assert "Write down the reason" in page
    screen.press("hold", why="attack", note="The chair")

    assert moved(one).moderation_reason == "It attacks somebody personally: The chair"
    assert one.done_at is not None


def test_undo_takes_back_ones_own_steps_from_the_last_to_the_first(asked, screen, manager, other):
    theme = make.theme(asked.plan, "Nurses")
    one = make.waiting(asked, WORDS)
    two = make.response(asked, "Two", moderated_by=other)
    kept = make.coding(two.answers.get(), theme, coded_by=other)
    screen.press("next")
    screen.press("clear")
    screen.press(f"theme:{theme.pk}")
    screen.press("done")

    assert f"Undone in response {one.pk}: it is to be worked through again" in screen.press("undo")
    assert "“Nurses” is off again" in screen.press("undo")
    assert "it waits to be read again" in screen.press("undo")
    assert "There is nothing to undo" in screen.press("undo")
    sent = moved(one)
    assert (sent.moderation, sent.done_at, sent.held_by) == ("waiting", None, manager)
    assert [coding.pk for coding in Coding.objects.filter(undone_at__isnull=True)] == [kept.pk]


def test_undo_reaches_back_a_working_day_and_not_into_what_somebody_else_holds(
    asked, manager, other
):
    one, at = make.response(asked, WORDS), now()
    coding.add_coding(answer=one.answers.get(), theme=make.theme(asked.plan), by=manager, now=at)

    triage.take(response_id=one.pk, by=other, now=at)
    undone = triage.undo_last(consultation=asked, by=manager, now=at)
    assert undone.is_in_other_hands
    assert Coding.objects.filter(undone_at__isnull=True).exists()
    later = at + UNDO_WITHIN + dt.timedelta(seconds=1)
    assert triage.undo_last(consultation=asked, by=manager, now=later) is None


def test_undo_takes_back_nothing_that_somebody_else_did_since(asked, screen, other):
    one, theme = make.waiting(asked, WORDS), make.theme(asked.plan, "Nurses")
    screen.press("next")
    screen.press("clear")
    screen.press("stop")
    given = coding.add_coding(answer=one.answers.get(), theme=theme, by=other, now=now())
    triage.finish(response=one, seen_version=moved(one).version, by=other, now=now())

    page = screen.press("undo")

    assert f"{other.name} has changed it since. It was not undone" in page
    sent = moved(one)
    assert (sent.moderation, sent.done_by, sent.held_by) == ("cleared", other, None)
    assert Coding.objects.get(undone_at__isnull=True) == given


def test_what_was_typed_is_given_back_when_somebody_else_was_quicker(asked, screen, other):
    one = make.waiting(asked, WORDS)
    screen.press("next")
    Response.objects.update(held_until=now() - dt.timedelta(minutes=1))
    triage.take_next(consultation=asked, by=other, now=now())

    page = screen.press("hold", response=one.pk, version=one.version, why="other", note="My words")
    assert f"{other.name} works on response {one.pk} now" in page
    assert "You had typed: “My words”" in page
    assert moved(one).moderation == "waiting"

    coding.moderate(response=one, moderation="cleared", seen_version=1, by=other, now=now())
    triage.release(consultation=asked, by=other, now=now())
    page = screen.press("hold", response=one.pk, version=1, why="other", note="My words")
    assert f"{other.name} changed response {one.pk} while you had it open: it is cleared" in page
    assert 'value="My words"' in page
    assert moved(one).moderation == "cleared"


def test_the_themes_of_a_campaign_are_taken_over_by_one_press(asked, screen, manager):
    themes = [make.theme(asked.plan, name) for name in ("Nurses", "Waits")]
    first = make.response(asked, WORDS, fingerprint="f" * 64, done_at=now(), done_by=manager)
    for theme in themes:
        make.coding(first.answers.get(), theme)
    same = make.response(asked, WORDS, fingerprint="f" * 64)
    screen.press("next")

    assert "1 other response of this consultation says the same" in screen.reads()
    assert "2 themes taken over" in screen.press("echo")
    assert "No themes were taken over" in screen.press("echo")
    assert {one.theme for one in Coding.objects.filter(answer__response=same)} == set(themes)


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"do": "nothing"}, {"do": "theme:x"}, {"do": "off:999999"}, {"do": "accept:7"},
        {"do": "refuse:7"}, {"do": "clear", "response": "2" * 30}, {"do": "make\0"},
        {"do": "theme:1", "answer": "9"}, {"do": "done", "version": "-1"},
        {"do": "name", "name": "\0"}, {"do": "hold", "why": "x" * 9},
    ],
)  # fmt: skip
def test_junk_is_answered_in_words_and_changes_nothing(sent, asked, screen):
    one = make.waiting(asked, WORDS)
    screen.press("next")

    page = screen.press(**{"do": "", **sent})

    assert screen.page.status_code == 200
    assert page
    assert moved(one).moderation == Moderation.WAITING
    assert not Coding.objects.exists()


def test_a_suggestion_is_accepted_with_its_words_or_refused_and_nothing_more(asked, screen):
    nurses, waits = (make.theme(asked.plan, name) for name in ("Nurses", "Waits"))
    one = make.response(asked, WORDS)
    answer = one.answers.get()
    for theme, score in ((nurses, 0.9), (waits, 0.5)):
        Suggestion.objects.create(
            answer=answer, theme=theme, score=score, words=["nurses"], made_at=now()
        )
    screen.press("next")
    first, second = Suggestion.objects.order_by("-score")

    assert "because of “nurses”" in screen.reads()
    assert not Coding.objects.exists()
    assert "“Nurses” is given" in screen.press(f"accept:{first.pk}")
    assert "“Waits” is refused" in screen.press(f"refuse:{second.pk}")
    made = Coding.objects.get()
    assert (made.theme, made.evidence) == (nurses, ["nurses"])
    assert [moved(first).is_accepted, moved(second).is_accepted] == [True, False]
    assert "“Waits” is suggested again" in screen.press("undo")
    assert "“Nurses” is off again" in screen.press("undo")
    assert [moved(first).is_accepted, moved(second).is_accepted] == [None, None]


def test_every_key_of_the_help_presses_something_that_is_seen(asked, screen):
    """And no key presses two things."""
    for name in (
        "Nurses",
        "Waits",
        "Rooms",
        "IT",
        "Pay",
        "Access",
        "Trust",
        "Time",
        "Beds",
        "Buses",
    ):
        make.theme(asked.plan, name)
    first = make.response(asked, WORDS, "b", "c", fingerprint="f" * 64)
    make.response(asked, WORDS, fingerprint="f" * 64)
    make.question(asked.consultations_survey)
    answer = make.answer(first, asked.consultations_survey.questions.last(), text="Third")
    middle = first.answers.order_by("pk")[1]
    theme = Theme.objects.first()
    Suggestion.objects.create(answer=middle, theme=theme, score=1, words=["b"], made_at=now())
    empty = screen.reads()
    screen.press("next")
    page = screen.client.get(f"{url(asked)}?answer={middle.pk}").text
    shown = re.findall(r'data-key="(.)"', page)
    Response.objects.filter(pk=first.pk).update(moderation="waiting")
    waiting = re.findall(r'data-key="(.)"', screen.reads())

    assert answer.pk
    assert len(shown) == len(set(shown))
    promised = {key for one in KEYS for key in (one.key if one.key != "1 to 9" else "123456789")}
    assert promised == {*shown, *waiting, *re.findall(r'data-key="(.)"', empty)}


def test_with_scripts_the_part_that_changed_is_sent_and_says_what_was_done(client, manager, asked):
    make.waiting(asked, WORDS)
    screen = Screen(client, manager, asked, scripts=True)
    screen.press("next")

    page = screen.press("clear")

    assert "<html" not in page
    assert 'data-said="Cleared. Now give it its themes."' in page


def test_the_screen_takes_as_many_queries_for_few_as_for_many(
    client, manager, asked, django_assert_num_queries
):
    def fill(number):
        for one in range(number):
            sent = make.response(asked, WORDS, "Second")
            theme = make.theme(asked.plan, f"Theme {one} of {number}")
            for answer in sent.answers.all():
                make.coding(answer, theme)
                Suggestion.objects.create(
                    answer=answer, theme=make.theme(asked.plan), score=1, words=["x"], made_at=now()
                )

    screen = Screen(client, manager, asked)
    fill(2)
    screen.press("next")
    for more in (0, 12):
        fill(more)
        with django_assert_num_queries(11):
            screen.reads()
