"""The analysis of a consultation: the page, the tables to take away and the draft report."""

import csv
import datetime as dt
import io
import uuid
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn

from consultations.models import Group, Moderation, Question, Respondent, Response, Theme
from consultations.presenters import analysis as presenter
from consultations.queries.analysis import analysis_of
from plans.models import Consultation
from tests.factories import consultations as make
from tests.factories import papers, plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Consultation:
    """A text question, one with choices, a scale, and one about the process."""
    found = make.consultation(plans.plan(plans.footprint()), title="Care near home")
    form = make.survey(found, "What is missing?", is_open=True)
    make.question(form, text="Will it work?", kind="choice", choices=["Yes", "No"])
    make.question(form, text="How clear is it?", kind="scale")
    make.question(form, text="Was there time?", is_about_process=True)
    return found


@pytest.fixture
def desk(asked, client):
    """The browser of the plan's manager."""
    client.force_login(plans.manager(asked.plan.footprint))
    return client


def questions(asked: Consultation) -> list[Question]:
    return list(Question.objects.filter(survey__consultation=asked).order_by("number"))


def answered(asked: Consultation, *texts: str, choice: str = "", **facts) -> Response:
    """A response with words to the first question and to the last, and a choice."""
    sent = make.response(asked, by=make.respondent(asked, **facts.pop("who", {})), **facts)
    first, picked, _, last = questions(asked)
    for question, text in zip((first, last), texts, strict=False):
        make.answer(sent, question, text=text)
    if choice:
        make.answer(sent, picked, choice=choice)
    return sent


def page(desk, asked: Consultation) -> str:
    return desk.get(reverse("consultations:analysis", args=[asked.pk])).text


def analysis_page(asked: Consultation):
    return presenter.page(analysis_of(asked), handles=True)


def words(text: str) -> str:
    return " ".join(text.split())


def coded(sent: Response, theme: Theme, place: int = 0, **facts):
    return make.coding(list(sent.answers.order_by("question__number"))[place], theme, **facts)


def test_only_what_stands_is_counted_and_the_process_by_itself(asked):
    workload, time = make.theme(asked.plan, "Workload"), make.theme(asked.plan, "Too little time")
    body = {"kind": "organisation", "group": Group.PCN, "organisation_name": "Castle Network"}
    for sent in (
        answered(asked, "Too much.", "Too short.", choice="No"),
        answered(asked, "Far too much.", "Short.", choice="No", who=body),
    ):
        coded(sent, workload)
        coded(sent, time, -1)
    undone = answered(asked, "Nothing.", choice="Yes")
    coded(undone, workload, undone_at=timezone.now())
    for state in (Moderation.WAITING, Moderation.HELD):
        reason = "Names a patient" if state == Moderation.HELD else ""
        sent = answered(asked, "Rude.", choice="No", moderation=state, moderation_reason=reason)
        coded(sent, workload)
    found = analysis_of(asked)
    assert (found.counted.organisations, found.counted.people) == (1, 2)
    assert (found.received.cleared, found.received.waiting, found.received.held) == (3, 1, 1)
    assert {found.names[key].name: split.tally.once for key, split in found.themes.items()} == {
        "Workload": 2
    }
    assert {found.names[key].name: split.by_group for key, split in found.process.items()} == {
        "Too little time": {"gp": 1, "pcn": 1}
    }
    by_text = {one.question.text: one for one in found.asked}
    assert {
        choice: split.tally.once for choice, split in by_text["Will it work?"].choices.items()
    } == {"No": 2, "Yes": 1}
    assert (found.in_words, found.themed) == (3, 2)


def test_a_question_that_is_no_longer_asked_is_shown_only_where_it_was_answered(asked):
    first, _, scale, _ = questions(asked)
    answered(asked, "Too much.")
    Question.objects.filter(pk__in=(first.pk, scale.pk)).update(withdrawn_at=timezone.now())
    shown = [one.question.text for one in analysis_of(asked).asked]
    assert shown == ["What is missing?", "Will it work?", "Was there time?"]


@pytest.mark.parametrize("route", ["analysis", "analysis-csv", "report"])
def test_many_responses_take_as_many_statements_as_few(
    asked, desk, route, django_assert_max_num_queries
):
    theme, url = make.theme(asked.plan), reverse(f"consultations:{route}", args=[asked.pk])
    numbers = []
    for size in (1, 6):
        for _ in range(size):
            sent = answered(asked, "Too much.", "Short.", choice="No")
            coded(sent, theme)
            sent.answers.update(quote="Too much.", quoted_at=timezone.now())
        with django_assert_max_num_queries(16) as captured:
            response = desk.get(url)
            assert response.status_code == 200
            b"".join(response)
        numbers.append(len(captured))
    assert numbers[0] == numbers[1]


def test_501_responses_of_one_organisation_are_one_organisation(asked, desk):
    body = make.respondent(asked, kind="organisation", organisation_name="Castle Surgery")
    now = timezone.now()
    Response.objects.bulk_create(
        Response(
            consultation=asked, respondent=body, route="form", received_on=now.date(),
            recorded_at=now, nonce=uuid.uuid4().hex, form_key=uuid.uuid4(), moderation="cleared",
            fingerprint="the same words",
        )
        for _ in range(501)
    )  # fmt: skip
    shown = words(page(desk, asked))
    assert "1 organisation answered." in shown
    assert "501 responses, 1 organisation." in shown
    assert "500 of the responses are further ones" in shown
    assert "campaign" not in shown.split("Who answered")[0]
    assert "no independent analyst is named" in shown
    asked.consultations_survey.analyst = "A company from outside"
    asked.consultations_survey.save()
    shown = words(page(desk, asked))
    assert "Independent analyst: A company from outside." in shown
    assert "no independent analyst" not in shown


def test_the_page_says_what_it_leaves_out_and_where_to_read_it(asked, desk):
    answered(asked, "Too much.", choice="<b>Maybe</b>", is_late=True)
    answered(asked, "Rude.", moderation=Moderation.WAITING)
    shown = words(page(desk, asked))
    assert "1 person answered." in shown
    assert "Not counted here: 1 waits to be read." in shown
    assert reverse("consultations:triage", args=[asked.pk]) in shown
    assert "&lt;b&gt;Maybe&lt;/b&gt;" in shown
    assert "1 came after the last day. It is counted and marked as late." in shown
    figures = [(one.number, one.label) for one in analysis_page(asked).figures]
    assert figures[1:3] == [("1", "person"), ("1", "response waits to be read")]
    assert "No theme has been found in the answers yet." in shown
    assert "working days" in shown


def test_a_campaign_is_said_and_counts_once(asked, desk):
    for _ in range(3):
        coded(answered(asked, "The same.", fingerprint="same"), _theme(asked, "Workload"))
    coded(answered(asked, "Mine."), _theme(asked, "Workload"))
    shown = words(page(desk, asked))
    assert "4 people answered." in shown
    assert "1 campaign: 3 responses have the same words" in shown
    assert "1 person, 1 campaign of 3 people" in shown


def _theme(asked: Consultation, name: str) -> Theme:
    return Theme.objects.filter(plan=asked.plan, name=name).first() or make.theme(asked.plan, name)


@pytest.mark.parametrize("waits", [True, False])
def test_without_a_cleared_response_it_says_what_to_do_next(asked, desk, waits):
    if waits:
        answered(asked, "Hello.", moderation=Moderation.WAITING)
    shown = words(page(desk, asked))
    assert "No response has been cleared yet." in shown
    assert ("Read the responses that wait" in shown) is waits
    assert ("No response has come in." in shown) is not waits
    assert "report.docx" not in shown


def test_a_consultation_without_a_form_has_an_empty_page(client):
    bare = make.consultation(plans.plan(plans.footprint()))
    client.force_login(plans.manager(bare.plan.footprint))
    assert "No response has come in." in page(client, bare)


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("themes", ["'=Workload", "the subject", "0", "1", "0", "0", "Not decided yet", ""]),
        ("questions", ["Will it work?", "the subject", "No", "0", "1", "0", "0"]),
        ("groups", ["GP", "0", "1", "0", "0", "1"]),
        ("days", [timezone.localdate().isoformat(), "1"]),
        ("nonsense", ["'=Workload", "the subject", "0", "1", "0", "0", "Not decided yet", ""]),
    ],
)
def test_each_table_can_be_taken_away(asked, desk, table, line):
    coded(answered(asked, "Too much.", choice="No"), make.theme(asked.plan, "=Workload"))
    url = reverse("consultations:analysis-csv", args=[asked.pk])
    response = desk.get(url, {"table": table})
    rows = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    assert line in [row[: len(line)] for row in rows[1:]]
    assert all(len(row) == len(rows[0]) for row in rows)
    kept = "themes" if table == "nonsense" else table
    assert f'filename="consultation-{asked.pk}-{kept}.csv"' in response["Content-Disposition"]


@pytest.mark.parametrize("days", [10, 100, 600])
def test_answers_over_time_are_drawn_by_day_week_or_month(asked, desk, days):
    answered(asked, "First.")
    answered(asked, "Second.")
    oldest = Response.objects.earliest("pk")
    oldest.received_on -= dt.timedelta(days=days)
    oldest.save()
    unit = {10: "day", 100: "week", 600: "month"}[days]
    assert f"by the {unit} of their first answer" in words(page(desk, asked))


def report(desk, asked: Consultation):
    response = desk.get(reverse("consultations:report", args=[asked.pk]))
    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert f'filename="what-we-heard-{asked.pk}-' in response["Content-Disposition"]
    return Document(io.BytesIO(response.content))


def everything(document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_report_holds_only_words_that_were_cleared(asked, desk):
    public = make.decided(
        asked.plan, "Workload", said="Too much work.", reason="We ask for less.",
        published_at=timezone.now(), told_on=timezone.localdate(),
    )  # fmt: skip
    hidden = papers.paper("version", asked.plan, title="UNREAD-VERSION", visibility="confidential")
    secret = make.decided(
        asked.plan, "Money", said="UNREAD-SAID", reason="UNREAD-REASON", section="UNREAD-SECTION",
        changed_in=hidden,
    )  # fmt: skip
    Theme.objects.filter(pk=public.pk).update(changed_in=hidden)
    sent = answered(asked, "Too much, says\x0b UNREAD-ANSWER.", "Too short.", choice="No")
    sent.answers.filter(text__startswith="Too much").update(
        quote="Too\x0b much", quoted_at=timezone.now()
    )
    sent.answers.filter(text="Too short.").update(quote="Too short.", quoted_at=timezone.now())
    coded(sent, public)
    coded(sent, secret)
    held = answered(
        asked, "UNREAD-HELD", moderation=Moderation.HELD, moderation_reason="UNREAD-WHY"
    )
    held.answers.update(quote="UNREAD-QUOTE", quoted_at=timezone.now())
    Respondent.objects.update(name="UNREAD-NAME", email="unread@example.org")
    text = everything(report(desk, asked))
    assert "UNREAD" not in text.upper().replace("UNREAD@", "UNREAD")
    assert "“Too much” GP" in text
    assert "What people said: Too much work." in text
    assert "Why: We ask for less." in text
    assert "a second time and published" in text
    assert "“Too short.” GP" in text.split("how they were asked")[1]
    assert "Where the plan changed: Section 5, in a later draft that is not public yet." in text
    assert "1 response was held back. It is not counted." in text


def test_the_report_can_be_read_by_a_screen_reader(asked, desk):
    coded(answered(asked, "Too much.", "Short.", choice="No"), make.decided(asked.plan, "Workload"))
    document = report(desk, asked)
    levels = [
        int(one.style.name.split()[-1])
        for one in document.paragraphs
        if one.style.name.startswith("Heading")
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert document.paragraphs[0].style.name == "Title"
    assert document.core_properties.language == "en-GB"
    assert document.core_properties.title == "What we heard: Care near home"
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    assert document.tables
    for table in document.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert len(table.rows) > 1
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == [
        "In short", "What people said and what was done", "Answers by question",
        "What people said about how they were asked", "Who answered", "Method and dates",
    ]  # fmt: skip


def test_an_empty_report_says_so(asked, desk):
    text = everything(report(desk, asked))
    assert "No response has been cleared yet." in text
    assert "No theme has been found in the answers yet." in text
