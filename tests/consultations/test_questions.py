"""What a consultation asks: written, ordered, opened by the plan's managers; answers typed in."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from consultations.actions import surveys as actions
from consultations.models import Question, Respondent, Response, Survey
from consultations.queries import receipts
from consultations.rules.surveys import QUESTIONS
from mail.models import Message
from tests.engagement.area import bolton, days_ago
from tests.factories import consultations as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return bolton()


@pytest.fixture
def asked(area):
    return made.consultation(area.plan, title="Urgent care")


@pytest.fixture
def manager(area):
    client = Client()
    client.force_login(area.manager)
    return client


def url(asked, rest=""):
    return f"/consultations/{asked.pk}/questions/{rest}"


def question(**differs):
    return {"text": "What would help?", "hint": "", "kind": "text", "choices": "", **differs}


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_manager_writes_questions_orders_them_and_opens_the_form(manager, asked):
    assert "Nothing is asked yet" in manager.get(url(asked)).text
    manager.post(url(asked, "add/"), question())
    manager.post(
        url(asked, "add/"),
        question(text="Which\n option?", kind="choice", choices="Keep it\n\n Move it \nKeep it",
                 marks=["required"]),
    )  # fmt: skip
    manager.post(url(asked, "add/"), question(text="Enough time?", kind="scale", marks=["process"]))

    first, second, third = Question.objects.order_by("number")
    assert (second.text, second.choices, second.is_required) == (
        "Which option?", ["Keep it", "Move it"], True,
    )  # fmt: skip
    assert (third.kind, third.is_about_process, first.is_about_process) == ("scale", True, False)
    manager.post(url(asked), {"action": f"up-{third.pk}"})
    manager.post(url(asked), {"action": f"up-{first.pk}"})
    assert list(Question.objects.order_by("number")) == [first, third, second]

    survey = Survey.objects.get()
    assert Client().get(f"/respond/{survey.code}/").status_code == 404
    manager.post(url(asked), {"action": "open"})
    page = manager.get(url(asked)).text
    assert f"/respond/{survey.code}/" in page
    assert "Takes answers" in page
    assert Client().get(f"/respond/{survey.code}/").status_code == 200
    for action, word in (("pause", "Paused"), ("open", "Takes answers")):
        for _ in range(2):
            manager.post(url(asked), {"action": action})
        assert word in manager.get(url(asked)).text
    assert verbs() == [
        "form made", "question added", "question added", "question added", "question moved",
        "form opened", "form paused", "form goes on",
    ]  # fmt: skip


def test_the_same_question_sent_twice_is_one(manager, asked):
    for _ in range(2):
        manager.post(url(asked, "add/"), question())

    assert Question.objects.count() == 1


@pytest.mark.parametrize(
    "differs",
    [{"marks": ["required"]}, {"marks": ["process"]}, {"hint": "In short"}, {"choices": "A\nB\nC"}],
    ids=["required", "about the process", "hint", "choices"],
)
def test_the_same_words_with_other_settings_are_said_and_kept_beside_the_one_that_is_there(
    manager, asked, differs
):
    usual = question(kind="choice", choices="A\nB")
    manager.post(url(asked, "add/"), usual)
    one = Question.objects.get()

    page = manager.post(url(asked, "add/"), {**usual, **differs})

    assert "Question 1 asks this in the same words already, with other settings." in page.text
    assert "Change that one, or put this in other words" in page.text
    assert f'href="{url(asked, f"{one.pk}/")}">Change question 1</a>' in page.text
    assert page.context["form"].data.getlist("choices") == [differs.get("choices", "A\nB")]
    assert Question.objects.get() == one
    assert verbs() == ["form made", "question added"]

    made.waiting(asked, "A")
    page = manager.post(url(asked, "add/"), {**usual, **differs})
    assert f'href="{url(asked)}#question-{one.pk}">See question 1 in the list</a>' in page.text
    assert "Withdraw that one first, or put this in other words" in page.text


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"text": ""}, "Enter the question"),
        ({"text": "x" * 301}, "must be 300 characters or fewer"),
        ({"kind": "choice"}, "Enter 2 to 12 different answers, one on each line. There are 0 now"),
        ({"kind": "choice", "choices": "Yes\nYes"}, "There are 1 now"),
        ({"kind": "choice", "choices": "\n".join("abcdefghijklm")}, "There are 13 now"),
        ({"kind": "choice", "choices": f"{'x' * 201}\nb"}, "to 200 characters or fewer"),
        ({"kind": "essay"}, "must be one of the choices listed"),
        ({"hint": "a\0"}, "holds characters that cannot be read"),
    ],
)
def test_a_question_that_cannot_be_asked_is_said_in_a_sentence(manager, asked, differs, sentence):
    page = manager.post(url(asked, "add/"), question(**differs))

    assert sentence in page.text
    assert not Question.objects.exists()


def test_a_question_may_be_changed_until_somebody_answers_it(manager, asked, area):
    survey = made.survey(asked, "What wood help?")
    one = survey.questions.get()
    assert "What wood help?" in manager.get(url(asked, f"{one.pk}/")).text
    manager.post(url(asked, f"{one.pk}/"), question(text="What would help?"))
    one.refresh_from_db()
    assert one.text == "What would help?"

    made.waiting(asked, "Nurses")
    for method in (manager.get, manager.post):
        assert method(url(asked, f"{one.pk}/"), question(text="Else?")).status_code == 302
    one.refresh_from_db()
    assert one.text == "What would help?"
    assert "its words stay" in manager.get(url(asked)).text
    with pytest.raises(actions.AnsweredError):
        actions.change_question(
            question_id=one.pk,
            asked=actions.Asked(text="Else?"),
            by=area.manager,
            now=timezone.now(),
        )


def test_a_question_is_withdrawn_and_its_answers_stay(manager, asked):
    survey = made.survey(asked, "One?", "Two?", "Three?")
    made.waiting(asked, "1", "2", "3")
    two = survey.questions.get(text="Two?")

    for _ in range(2):
        manager.post(url(asked, f"{two.pk}/withdraw/"))

    standing = survey.questions.filter(withdrawn_at__isnull=True)
    assert list(standing.values_list("number", "text")) == [(1, "One?"), (2, "Three?")]
    assert Response.objects.get().answers.count() == 3
    assert "Two?" not in Client().get(f"/respond/{survey.code}/answer/").text
    assert "Two? (withdrawn on" in manager.get(url(asked)).text
    assert verbs().count("question withdrawn") == 1


def test_a_form_asks_40_questions_and_not_one_without_any_is_opened(manager, asked, area):
    manager.post(url(asked), {"action": "open"})
    assert "Add a question first" in manager.get(url(asked)).text
    assert not Survey.objects.filter(opened_at__isnull=False).exists()
    survey = actions.ensure_survey(consultation=asked, by=area.manager, now=timezone.now())
    for number in range(QUESTIONS):
        made.question(survey, text=f"What {number}?")

    page = manager.post(url(asked, "add/"), question())

    assert "as many as it can" in page.text
    assert Question.objects.count() == QUESTIONS


def test_buttons_that_cannot_be_read_change_nothing(manager, asked):
    made.survey(asked)
    for action in ("", "burn", "up-", "up-x", f"up-{10**30}", "up-\u0663", "down-0"):
        assert manager.post(url(asked), {"action": action}).status_code in {302, 404}
    assert verbs() == []


def test_what_the_first_page_says_is_the_managers_to_write(manager, asked):
    for _ in range(2):
        manager.post(
            url(asked, "words/"), {"introduction": "Why we ask.", "analyst": "A university"}
        )
    manager.post(url(asked, "add/"), question())
    manager.post(url(asked), {"action": "open"})

    page = Client().get(f"/respond/{Survey.objects.get().code}/").text
    assert "Why we ask." in page
    assert "A university" in page
    assert verbs().count("form described") == 1


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_asks_as_often_however_many_questions(
    manager, asked, number, django_assert_max_num_queries
):
    made.survey(asked, *(f"What {one}?" for one in range(number)))
    manager.get(url(asked))

    with django_assert_max_num_queries(12):
        manager.get(url(asked))


# --- typed in


def typed(survey, **differs):
    first = survey.questions.order_by("number").first()
    usual = {
        "route": "paper",
        "received_on": days_ago(2).isoformat(),
        "kind": "individual",
        "group": "gp",
        f"q{first.pk}": "More nurses",
        "form_key": str(uuid.uuid4()),
        "action": "save",
    }
    return {**usual, **differs}


def add_url(asked):
    return f"/consultations/{asked.pk}/responses/add/"


def test_staff_type_in_what_came_on_paper_and_hand_its_receipt_on(manager, asked, area):
    survey = made.survey(asked)
    sent = typed(survey, kind="organisation", organisation_name="Bolton LMC", group="lmc",
                 email="lmc@example.org", news=["news"])  # fmt: skip

    for _ in range(2):
        kept = manager.post(add_url(asked), sent)

    response = Response.objects.get()
    assert kept["Location"] == receipts.path_of(response)
    assert (response.route, response.received_on, response.is_late) == ("paper", days_ago(2), False)
    assert (response.moderation, response.recorded_by) == ("waiting", area.manager)
    who = Respondent.objects.get()
    assert (who.organisation, who.organisation_name, who.wants_news) == (None, "Bolton LMC", True)
    assert Message.objects.get().email == "lmc@example.org"
    assert "pass the address of this page on" in manager.get(kept["Location"]).text
    again = manager.post(add_url(asked), sent | {f"q{survey.questions.get().pk}": "Fewer"})
    assert "This form was saved already" in again.text


def test_save_and_add_another_keeps_the_day_and_the_way(manager, asked):
    survey = made.survey(asked)

    kept = manager.post(add_url(asked), typed(survey, action="another", name="Ann Lee"))

    page = manager.get(kept["Location"])
    assert page.context["form"]["received_on"].value() == days_ago(2).isoformat()
    assert page.context["form"]["route"].value() == "paper"
    assert "is kept and waits to be read" in page.text
    repeat = manager.post(add_url(asked), typed(survey, action="another", name="ANN LEE"))
    assert "has answered before" in manager.get(repeat["Location"]).text


def test_what_came_after_the_last_day_is_marked_late(manager, area):
    closed = made.consultation(area.plan, opened=50, lasts=40)
    survey = made.survey(closed)

    kept = manager.post(add_url(closed), typed(survey))

    assert Response.objects.get().is_late is True
    assert "marked as late" in manager.get(kept["Location"]).text


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"route": "pigeon"}, "must be one of the choices listed"),
        ({"received_on": ""}, "Enter the day on which it arrived"),
        ({"received_on": "31/11/2016"}, "must be a real date"),
        ({"received_on": (days_ago(-1)).isoformat()}, "must be today or earlier"),
        ({"received_on": days_ago(11).isoformat()}, "so it must have arrived then or later"),
        ({"kind": "organisation"}, "Enter the name of the organisation"),
        ({"news": ["news"]}, "Enter the email address to which the news are sent"),
        ({"q": ""}, "Answer one question at least"),
        ({"q": "x" * 50_001}, "must be 50,000 characters or fewer"),
    ],
)
def test_what_cannot_be_typed_in_is_said_in_a_sentence(manager, asked, differs, sentence):
    survey = made.survey(asked)
    first = f"q{survey.questions.get().pk}"
    sent = {first if name == "q" else name: value for name, value in differs.items()}

    page = manager.post(add_url(asked), typed(survey, **sent))

    assert page.status_code == 200
    assert sentence in page.text
    assert not Response.objects.exists()


def test_without_questions_the_page_leads_to_them(manager, asked):
    page = manager.get(add_url(asked))

    assert "asks nothing yet" in page.text
    assert url(asked, "add/") in page.text
    assert manager.post(add_url(asked), {"route": "paper"}).status_code == 200


def test_late_days_of_the_form_are_said_to_its_managers(manager, area):
    cases = [
        (-3, "Opens by itself"),
        (10, "Takes answers"),
        (43, "Takes late answers"),
        (60, "Closed"),
    ]
    for opened, word in cases:
        one = made.consultation(area.plan, opened=opened, lasts=42)
        made.survey(one)
        assert word in manager.get(url(one)).text
    never = made.consultation(area.plan, opened=60, lasts=42)
    made.survey(never, is_open=False)
    assert "Change its days first" in manager.get(url(never)).text.replace("\n", " ")
    dropped = made.consultation(area.plan, dropped_on=days_ago(1), dropped_reason="x")
    made.survey(dropped)
    assert "Does not go forward" in manager.get(url(dropped)).text
