"""The public form: anybody answers, on any device, once; nothing is shown before a person has read it."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.rules.doors import DOORS
from consultations.actions import responses as actions
from consultations.actions.saved_forms import drop_old_forms
from consultations.models import Respondent, Response, SavedForm
from consultations.queries import receipts, surveys
from consultations.rules.surveys import ANSWER_LENGTH, FormFacts, FormState, form_state, moved
from mail.actions import deliver
from mail.models import Message
from tests.engagement.area import bolton, days_ago
from tests.engagement.at_once import at_once
from tests.factories import consultations as made
from tests.factories import stakeholders

pytestmark = pytest.mark.django_db
CANARY = "canary of a respondent"


@pytest.fixture(autouse=True)
def _brakes_let_go():
    cache.clear()


@pytest.fixture
def area():
    return bolton()


@pytest.fixture
def asked(area):
    return made.consultation(area.plan, title="Urgent care in Bolton")


@pytest.fixture
def form(asked):
    """Three questions: in words, one of several, a scale about the consultation itself."""
    survey = made.survey(asked, "What would make urgent care better?", code="urgent")
    made.question(survey, text="Which option?", kind="choice", choices=["Keep it", "Move it"])
    made.question(survey, text="Was there time to answer?", kind="scale", is_about_process=True)
    return survey


class Filling:
    """The form as a browser without scripts sends it."""

    def __init__(self, survey, client=None, path=""):
        self.client = client or Client()
        self.survey = survey
        self.path = path or f"/respond/{survey.code}/answer/"
        self.key = str(uuid.uuid4())
        self.names = [f"q{one.pk}" for one in survey.questions.order_by("number")]

    def fields(self, **differs):
        usual = {
            self.names[0]: CANARY,
            "kind": "individual",
            "group": "gp",
            "form_key": self.key,
            "action": "send",
        }
        return {**usual, **differs}

    def post(self, **differs):
        return self.client.post(self.path, self.fields(**differs))


def test_where_the_form_stands_on_each_day():
    first, last = dt.date(2016, 5, 2), dt.date(2016, 6, 10)
    open_: dict[str, Any] = {"opens_on": first, "closes_on": last, "is_opened": True}
    day = dt.timedelta(1)
    cases: list[tuple[dict[str, Any], dt.date, FormState]] = [
        ({}, first - day, FormState.NOT_YET),
        ({}, first, FormState.OPEN),
        ({}, last, FormState.OPEN),
        ({}, last + day, FormState.LATE),
        ({}, last + 2 * day, FormState.CLOSED),
        ({"is_paused": True}, first, FormState.PAUSED),
        ({"is_paused": True}, first - day, FormState.NOT_YET),
        ({"is_paused": True}, last + 2 * day, FormState.CLOSED),
        ({"questions": 0}, first, FormState.PAUSED),
        ({"is_dropped": True}, first, FormState.DROPPED),
        ({"is_opened": False, "is_dropped": True}, first, FormState.NOWHERE),
    ]
    for differs, today, state in cases:
        assert form_state(FormFacts(**{**open_, **differs}), today=today) == state, (differs, today)


def test_the_order_of_questions():
    assert moved([1, 2, 3], 2, -1) == [2, 1, 3]
    assert moved([1, 2, 3], 2, 1) == [1, 3, 2]
    assert moved([1, 2, 3], 1, -1) == moved([1, 2, 3], 3, 1) == moved([1, 2, 3], 9, 1) == [1, 2, 3]


def test_the_first_page_says_who_asks_until_when_and_what_happens(form, asked):
    page = Client().get("/respond/urgent/")

    assert page.status_code == 200
    for words in (
        asked.title,
        "Who asks",
        "It closes in 32 days",
        "3 questions",
        "need no account",
    ):
        assert words in page.text
    assert 'href="/respond/urgent/answer/"' in page.text


def test_a_gp_answers_checks_sends_once_and_gets_a_receipt(form, mailoutbox):
    filling = Filling(form)
    said = {filling.names[1]: "Move it", filling.names[2]: "5", "email": "gp@example.org"}

    checked = filling.post(**said, action="check")
    assert "Nothing is sent yet" in checked.text
    assert CANARY in checked.text
    assert not Response.objects.exists()

    first, second = filling.post(**said), filling.post(**said)

    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    kept = Response.objects.get()
    assert (kept.route, kept.moderation, kept.is_late) == ("form", "waiting", False)
    assert list(kept.answers.values_list("text", "choice")) == [
        (CANARY, ""), ("", "Move it"), ("", "5"),
    ]  # fmt: skip
    receipt = Client().get(first["Location"])
    assert "Your answers have arrived" in receipt.text
    assert "Waiting to be read" in receipt.text
    assert receipt["X-Robots-Tag"] == "noindex, nofollow"
    assert receipt["Cache-Control"] == "no-store"
    assert deliver(now=timezone.now()) == {"sent": 1}
    [mail] = mailoutbox
    assert mail.to == ["respondent <gp@example.org>"]
    assert receipts.path_of(kept) in mail.body
    assert CANARY not in mail.body


def test_what_was_sent_stands_in_no_history_and_in_no_log(form, caplog):
    caplog.set_level("DEBUG")
    Filling(form).post(name="Canary Name", email="canary@example.org")

    entries = list(AuditEntry.objects.values_list("after", "personal", "object_label", "verb"))
    assert "response received" in {one[3] for one in entries}
    assert "anary" not in f"{entries}{caplog.text}"


def test_the_same_form_with_other_words_is_refused_and_gives_them_back(form):
    filling = Filling(form)
    filling.post()

    again = filling.post(**{filling.names[0]: "Something else"})

    assert again.status_code == 409
    assert "You have sent this form already" in again.text
    assert "Something else" in again.text
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"q0": ""}, "Answer one question at least"),
        ({"q0": " \u200b "}, "Answer one question at least"),
        ({"q0": "a\0b"}, "holds characters that cannot be read"),
        ({"q0": "a\x07b"}, "holds characters that cannot be read"),
        ({"q0": "x" * (ANSWER_LENGTH + 1)}, "must be 10,000 characters or fewer. It has 10,001"),
        ({"kind": ""}, "Choose whether you answer for yourself or for an organisation"),
        ({"kind": "own-1"}, "must be one of the choices listed"),
        ({"kind": "organisation"}, "Enter the name of the organisation"),
        ({"group": ""}, "Choose what you are, or that you would rather not say"),
        ({"group": "king"}, "must be one of the choices listed"),
        ({"q1": "Burn it"}, "Choose one of the answers listed to “Which option?”"),
        ({"q2": "6"}, "Choose one of the answers listed"),
        ({"q2": "n/a"}, "Choose one of the answers listed"),
        ({"email": "gp@example"}, "Enter an email address in the correct format"),
        (
            {"email": "gp@example.org\r\nBcc: x@example.org"},
            "Enter an email address in the correct",
        ),
        ({"email": f"{'x' * 250}@example.org"}, "Enter an email address"),
        ({"name": "x" * 121}, "Your name must be 120 characters or fewer"),
    ],
)
def test_what_cannot_be_taken_is_said_in_a_sentence_and_kept(form, differs, sentence):
    filling = Filling(form)
    named = {
        filling.names[int(name[1])] if name[0] == "q" else name: value
        for name, value in differs.items()
    }

    for action in ("check", "send"):
        page = filling.post(**named, action=action)
        assert page.status_code == 200
        assert "There is a problem" in page.text
        assert sentence in page.text.replace("&#x27;", "'")
        if filling.names[0] not in named:
            assert CANARY in page.text
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7*7 }}{% load x %}",
        "%s ${x} '; drop table x; --",
        "=cmd|' /C calc'!A0",
        "e" + "\u0301" * 1_000,
        "👩🏽‍⚕️ здоровье 健康 اردو Cymraeg",
        "\u202eright to left",
        "x" * ANSWER_LENGTH,
        "curly ‘quotes’ \u00a0and\ttabs",
    ],
)
def test_anything_that_can_be_typed_is_kept_as_typed_and_shown_as_text(form, words):
    filling = Filling(form)

    page = filling.client.get(filling.post(**{filling.names[0]: words})["Location"])

    assert Response.objects.get().answers.get().text == words.strip()
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    assert ("{{ 7*7 }}" in page.text) == ("{{ 7*7 }}" in words), "no word of it was worked out"


def test_a_question_that_was_changed_meanwhile_is_looked_at_once_more(form):
    filling = Filling(form)
    first = form.questions.get(number=1)
    seen = filling.client.get(filling.path).context["form"]["seen"].value()
    first.text = "What would make it worse?"
    first.save()

    refused = filling.post(seen=seen)

    assert "A question was changed since you began" in refused.text
    assert CANARY in refused.text
    assert filling.post(seen=refused.context["form"]["seen"].value()).status_code == 302


def test_an_answer_to_a_question_that_was_withdrawn_meanwhile_is_kept(form):
    filling = Filling(form)
    last = form.questions.get(number=3)
    last.withdrawn_at, last.is_required = timezone.now(), True
    last.save()

    assert "Was there time" not in filling.client.get(filling.path).text
    filling.post(**{filling.names[2]: "4"})
    filling.key = str(uuid.uuid4())
    filling.post()

    first, second = Response.objects.order_by("pk")
    assert (first.answers.count(), second.answers.count()) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_what_comes_at_the_same_moment_is_one_response_and_one_respondent():
    asked = made.consultation(bolton().plan)
    question = made.survey(asked).questions.get()
    key = uuid.uuid4()

    def send(form_key):
        said = actions.Said(question_id=question.pk, text="Nurses")
        sent = actions.Sent(
            route="form", received_on=asked.opens_on, form_key=form_key, answers=[said],
            kind="individual", email="gp@example.org",
        )  # fmt: skip
        return actions.receive(consultation=asked, sent=sent, by=None, now=timezone.now()).pk

    at_once(*[lambda: send(key)] * 4, *[lambda: send(uuid.uuid4())] * 2)

    assert Response.objects.count() == 3
    assert Respondent.objects.count() == 1
    assert Response.objects.filter(repeat_of__isnull=False).count() == 2


def test_names_are_kept_without_what_turns_their_direction(form):
    Filling(form).post(
        kind="organisation", organisation_name="\u202eCML yruB\u202c", name="\u2066Ann"
    )

    who = Respondent.objects.get()
    assert (who.organisation_name, who.name) == ("CML yruB", "Ann")


def test_junk_beside_the_fields_does_no_harm(form):
    filling = Filling(form)
    junk = {f"x{number}": "x" for number in range(900)}

    assert filling.post(**junk, form_key="no key").status_code == 302
    assert filling.post(**{f"y{number}": "x" for number in range(10_001)}).status_code in {400, 413}
    assert Client().get("/respond/urgent/answer/", {"for": "own-\0", "q": "x"}).status_code == 200
    invalid = Client().post(
        filling.path,
        data=b"kind=individual&group=gp&q0=%ff%fe%ed%a0%80&action=send",
        content_type="application/x-www-form-urlencoded",
    )
    assert invalid.status_code == 200, "No question has this number, so nothing was answered."


@pytest.mark.parametrize(
    ("facts", "heading"),
    [
        ({"opened": -3}, "You cannot answer yet"),
        ({"opened": 50, "lasts": 42}, "This consultation has closed"),
        ({"dropped_on": days_ago(1), "dropped_reason": "No money"}, "does not go forward"),
        ({"paused": True}, "Answers are not taken at the moment"),
    ],
)
def test_a_form_that_takes_no_answers_says_why_and_gives_back_what_was_typed(area, facts, heading):
    facts = dict(facts)
    paused_at = timezone.now() if facts.pop("paused", False) else None
    survey = made.survey(made.consultation(area.plan, **facts), code="shut", paused_at=paused_at)
    filling = Filling(survey)

    for page in (Client().get("/respond/shut/"), Client().get(filling.path)):
        assert page.status_code == 200
        assert heading in page.text
    refused = filling.post()
    assert refused.status_code == 409
    assert heading in refused.text
    assert CANARY in refused.text
    assert not Response.objects.exists()


def test_a_form_that_nobody_opened_or_made_is_nowhere(area):
    made.survey(made.consultation(area.plan), code="closed", is_open=False)

    pages = [Client().get(f"/respond/{code}/") for code in ("closed", "nothing")]

    assert {page.status_code for page in pages} == {404}
    bare = {re.sub(r'value="\w+"', "", page.text) for page in pages}
    assert len(bare) == 1
    typed = Client().post("/respond/nothing/answer/", {"q7": CANARY})
    assert typed.status_code == 404
    assert CANARY in typed.text


def test_the_day_after_the_last_is_late(area):
    survey = made.survey(made.consultation(area.plan, opened=43, lasts=42), code="late")

    assert "marked as late" in Client().get("/respond/late/").text
    Filling(survey).post()

    assert Response.objects.get().is_late is True


def test_somebody_saves_comes_back_by_the_address_and_sends(form, mailoutbox):
    filling = Filling(form)
    saved = filling.post(action="save", kind="", group="", email="gp@example.org")
    assert saved.status_code == 302
    back = saved["Location"].partition("?")[0]
    shown = Client().get(saved["Location"])
    assert back in shown.text
    assert "We have sent it to the email address" in shown.text
    assert shown["X-Robots-Tag"] == "noindex, nofollow"
    deliver(now=timezone.now())
    assert back in mailoutbox[0].body
    assert CANARY not in mailoutbox[0].body
    token = back.split("/")[-2]
    assert token not in str(list(SavedForm.objects.values_list()))

    other = Filling(form, path=back)
    assert CANARY in Client().get(back).text
    again = other.post(action="save", **{other.names[0]: "Better words"})
    assert again["Location"].partition("?")[0] == back
    assert SavedForm.objects.count() == 1
    assert "Better words" in Client().get(back).text

    assert other.post().status_code == 302
    assert not SavedForm.objects.exists()
    gone = Client().get(back)
    assert gone.status_code == 404
    assert "Begin again" in gone.text


def test_what_was_saved_goes_after_14_days(form):
    filling = Filling(form)
    back = filling.post(action="save")["Location"].partition("?")[0]
    until = timezone.localtime(SavedForm.objects.get().expires_at)
    assert until.date() == timezone.localdate() + dt.timedelta(14)
    assert (until.hour, until.minute) == (23, 59), "the whole of the day that people are told"
    SavedForm.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))

    late = Client().post(back, filling.fields())
    assert late.status_code == 404
    assert CANARY in late.text
    assert drop_old_forms(now=timezone.now()) == 1
    assert drop_old_forms(now=timezone.now()) == 0


@pytest.mark.parametrize("token", ["x", "1-2", "9" * 400, "1-%00.x", "1-abc:def", "٣-abc.def"])
def test_an_address_that_the_service_did_not_make_leads_nowhere(form, token):
    assert Client().get(f"/respond/urgent/back/{token}/").status_code == 404
    assert Client().get(f"/receipts/{token}/").status_code == 404


def test_the_address_of_one_form_opens_no_other(form, area):
    back = Filling(form).post(action="save")["Location"].partition("?")[0]
    made.survey(made.consultation(area.plan), code="other")

    assert Client().get(back.replace("/urgent/", "/other/")).status_code == 404


def test_further_answers_of_the_same_person_are_marked_and_change_nothing(form):
    filling = Filling(form)
    filling.post(email="gp@example.org", name="Ann Lee")
    Filling(form).post(email="GP@example.org", name="Somebody Else", group="patient")

    first, second = Response.objects.order_by("pk")
    assert second.repeat_of == first
    who = Respondent.objects.get()
    assert (who.name, who.group, who.wants_news) == ("Ann Lee", "gp", True)


def test_two_who_say_nothing_of_themselves_are_two(form):
    for _ in range(2):
        Filling(form).post()

    assert Respondent.objects.count() == 2
    assert not Response.objects.filter(repeat_of__isnull=False).exists()


def test_what_a_person_must_look_at_is_named(form):
    filling = Filling(form)
    filling.post(**{filling.names[0]: "Dr Lee is an idiot, ring 0161 496 0123"})

    assert Response.objects.get().concerns == ["phone", "abuse"]


def test_2000_in_a_minute_are_stopped_and_nothing_of_what_came_is_lost(form, settings):
    limit = int(DOORS["respond"].address.split("/")[0])
    client = Client()
    statuses = [client.get("/respond/nothing/").status_code for _ in range(limit)]
    assert set(statuses) == {404}

    refused = Filling(form, client).post()

    assert refused.status_code == 429
    assert "Retry-After" in refused.headers
    assert not Response.objects.exists()


def test_strangers_cannot_make_us_write_to_one_address_again_and_again(form):
    told = [
        Filling(form).post(email="victim@example.org", name="Buy now").url.endswith("&mailed")
        for _ in range(9)
    ]

    assert told == [True] * 6 + [False] * 3
    assert Response.objects.count() == 9
    assert Message.objects.filter(email="victim@example.org").count() == 6
    assert "Buy now" not in str(list(Message.objects.values_list()))


def test_a_representative_answers_for_their_organisation(form, area, mailoutbox):
    lead = stakeholders.representative(area.lmc)
    client = Client()
    client.force_login(lead)
    assert "Bolton LMC" in client.get("/respond/urgent/").text
    filling = Filling(form, client)

    assert filling.post(kind=f"own-{area.lmc.pk}", group="").status_code == 302

    kept = Response.objects.get()
    who = kept.respondent
    assert (kept.recorded_by, who.organisation, who.matched_by) == (lead, area.lmc, lead)
    assert (who.kind, who.group) == ("organisation", "lmc")
    deliver(now=timezone.now())
    assert mailoutbox[0].to == [f"{lead.name} <{lead.email}>"]


def test_nobody_else_answers_for_an_organisation(form, area):
    stranger, other = Client(), Client()
    other.force_login(stakeholders.representative(area.practices[0]))

    for client in (stranger, other):
        page = Filling(form, client).post(kind=f"own-{area.lmc.pk}")
        assert "must be one of the choices listed" in page.text
    Filling(form, stranger).post(kind="organisation", organisation_name="Bolton LMC", group="lmc")
    who = Respondent.objects.get()
    assert who.organisation is None


def test_who_answers_for_themselves_is_not_tied_to_their_account(form, area):
    client = Client()
    client.force_login(stakeholders.representative(area.lmc))

    Filling(form, client).post()

    assert Response.objects.get().recorded_by is None
    assert AuditEntry.objects.get(verb="response received").actor is None


def test_a_response_answers_its_own_consultation(form, area, asked):
    elsewhere = made.question(made.survey(made.consultation(area.plan), code="other"))
    said = actions.Said(question_id=elsewhere.pk, text="x")
    sent = actions.Sent(
        route="form", received_on=asked.opens_on, form_key=uuid.uuid4(), answers=[said],
        kind="individual",
    )  # fmt: skip

    with pytest.raises(ValueError, match="does not ask that"):
        actions.receive(consultation=asked, sent=sent, by=None, now=timezone.now())


@pytest.mark.parametrize("questions", [1, 12])
def test_the_pages_ask_as_few_queries_for_many_questions(
    area, questions, django_assert_max_num_queries
):
    survey = made.survey(made.consultation(area.plan), *(f"What {n}?" for n in range(questions)))
    filling = Filling(survey)
    Client().get(f"/respond/{survey.code}/")  # the counters of the brake are there

    with django_assert_max_num_queries(14):
        Client().get(f"/respond/{survey.code}/")
    with django_assert_max_num_queries(14):
        Client().get(filling.path)


def test_the_form_leads_from_the_consultation_only_while_it_takes_answers(form, asked):
    today = timezone.localdate()

    assert surveys.path_to_answer(asked.pk, today=today) == "/respond/urgent/"
    assert surveys.path_to_answer(asked.pk, today=asked.closes_on + dt.timedelta(9)) == ""
    assert surveys.path_to_answer(10**9, today=today) == ""
