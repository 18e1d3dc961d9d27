"""Exports of survey tools: every shape that was seen, nobody merged, nothing added twice."""

import csv
import io
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry
from consultations.actions import response_imports, response_writing
from consultations.models import Answer, Question, Respondent, Response, ResponseImport
from consultations.rules.response_columns import header_row, meaning, question_text, usual_group
from jobs.models import RowError
from plans.models import PlanType
from tests.factories import accounts, consultations, plans

pytestmark = pytest.mark.django_db
STEPS = {
    "responses-read": response_imports.read,
    "responses-check": response_imports.check,
    "responses-write": response_writing.write,
}
HEAD = (
    "Ident 1,Ident 2,Ident 3,Ident 4,Ident 5,Ident 6\n"
    "ID,Respondent type - Respondent type,Organisation type - Organisation type,Organisation name,"
    "Prop 1 Q1 - Do you agree with the proposal?,Prop 1 Q2 - What would you change?\n"
    "\n"
)
ROWS = (
    "1,Individual,Member of the public,,Agree,\n"
    "2,Organisation,GP practice,Castle Surgery,Disagree,Nobody asked us before this was written\n"
    '3,organisation,GP practice,CASTLE  surgery,Agree,"Call me on 07700 900123,\nplease"\n'
    "4,Individual,Member of the public,,,\n"
    "2,Individual,Member of the public,,Agree,Again\n"
)


@pytest.fixture
def asked():
    return consultations.consultation(
        plans.plan(plans.footprint(name="Bolton"), plan_type=PlanType.STP_2016)
    )


@pytest.fixture
def sent(client, asked):
    client.force_login(plans.manager(asked.plan.footprint))
    return Sent(client, asked)


class Sent:
    """Somebody who sends a file, with the worker's part done at once."""

    def __init__(self, client, asked) -> None:
        self.client, self.asked = client, asked

    @property
    def one(self) -> ResponseImport:
        return ResponseImport.objects.order_by("-pk")[0]

    @property
    def url(self) -> str:
        return f"/response-imports/{self.one.pk}/"

    def work(self) -> None:
        if not ResponseImport.objects.exists():
            return
        kinds = {
            "reading": ("responses-check" if self.one.mapping else "responses-read"),
            "writing": "responses-write",
        }
        kind = kinds.get(self.one.state)
        if kind:
            STEPS[kind](run_id=self.one.run_id, now=timezone.now())

    def send(self, data: str | bytes, name: str = "export.csv"):
        raw = data.encode() if isinstance(data, str) else data
        address = f"/consultations/{self.asked.pk}/responses/import/"
        answer = self.client.post(address, {"file": SimpleUploadedFile(name, raw)})
        self.work()
        return answer

    def columns(self, **differs: str):
        form = self.client.get(self.url + "?columns=1").context["form"]
        data = {name: form[name].value() for name in form.fields}
        answer = self.client.post(self.url, {**data, "do": "columns", **differs})
        self.work()
        return answer

    def confirm(self):
        answer = self.client.post(self.url, {"do": "confirm"})
        self.work()
        return answer


def test_an_export_as_survey_tools_write_it(sent, client):
    sent.send(HEAD + ROWS)
    assert sent.one.state == "mapping"
    sent.columns()
    assert sent.one.state == "preview"
    assert sent.one.found["counts"] == {
        "new": 3, "there": 0, "differ": 0, "refused": 2, "doubtful": 0, "organisations": 1, "late": 0, "concerns": 1,
    }  # fmt: skip
    assert not Response.objects.exists()
    page = client.get(sent.url).content.decode()
    assert "It answers no question" in page
    told = list(
        csv.reader(io.StringIO(client.get(sent.url + "errors.csv").getvalue().decode("utf-8-sig")))
    )
    assert [row[1] for row in told[1:]] == ["7", "8"]
    assert "The same number as row 5" in told[2][-1]

    sent.confirm()

    assert sent.one.state == "done"
    first, second, third = Response.objects.order_by("pk")
    assert (first.source_ident, first.respondent.group, first.respondent.kind) == (
        "1",
        "patient",
        "individual",
    )
    assert first.moderation == "waiting"
    assert second.respondent.organisation_name == "Castle Surgery"
    assert (third.respondent, third.repeat_of) == (second.respondent, second)
    assert third.concerns == ["phone"]
    assert [(one.number, one.text, one.kind) for one in Question.objects.order_by("number")] == [
        (1, "Do you agree with the proposal?", "choice"),
        (2, "What would you change?", "text"),
    ]
    assert AuditEntry.objects.filter(verb="responses imported").count() == 1
    assert "Nobody asked" not in str(list(AuditEntry.objects.values_list("after", "personal")))


def test_the_same_file_and_the_same_rows_add_nothing(sent, client):
    sent.send(HEAD + ROWS)
    sent.columns()
    sent.confirm()
    sent.send(HEAD + ROWS, name="other.csv")
    assert ResponseImport.objects.count() == 1
    sent.send(HEAD + ROWS + "9,Individual,Carer,,Agree,One more\n")
    sent.columns()
    assert sent.one.found["counts"]["new"] == 1
    sent.confirm()
    assert Response.objects.count() == 4
    response_writing.write(run_id=sent.one.run_id, now=timezone.now())
    client.post(sent.url, {"do": "confirm"})
    assert Response.objects.count() == 4


def test_a_campaign_is_kept_whole_and_one_organisation_is_one(sent):
    letter = "We the undersigned think that the plan needs more money for general practice at once"
    rows = "".join(f"Organisation,Castle Surgery,{letter}\n" for _ in range(30))
    rows += "".join(f"Individual,,{letter}\n" for _ in range(5))
    sent.send("Respondent type,Organisation name,Q1 - What do you think?\n" + rows)
    sent.columns(**{"column-2": "text"})
    sent.confirm()
    assert Response.objects.count() == 35
    assert Respondent.objects.filter(kind="organisation").count() == 1
    assert Respondent.objects.filter(kind="individual").count() == 5
    assert Response.objects.values("fingerprint").distinct().count() == 1
    assert sent.one.found["counts"]["organisations"] == 1


def test_choices_scales_days_and_addresses(sent, asked):
    close = asked.closes_on
    head = (
        "Email,Date submitted,Q1 - Do you agree?,Q2 - How much?,Q3 - What else is there to say?\n"
    )
    rows = "".join(
        f"a{n}@example.org,{asked.opens_on:%d/%m/%Y} 10:15,{'Yes' if n % 2 else 'No'},{n % 5 + 1},x y z {n}\n"
        for n in range(14)
    )
    bad = "nowhere,31/02/2016,Yes,6,long\nb@example.org,,Yes,n/a,=1+1\n"
    long = f"c@example.org,,Yes,1,{'w ' * 25_000}\n"
    sent.send(head + rows + bad + long)
    sent.columns(**{"column-3": "scale"})
    sent.confirm()
    kinds = dict(Question.objects.values_list("text", "kind"))
    assert kinds == {
        "Do you agree?": "choice",
        "How much?": "scale",
        "What else is there to say?": "text",
    }
    assert Question.objects.get(kind="choice").choices == ["No", "Yes"]
    assert Answer.objects.filter(question__kind="scale").count() == 15
    assert Answer.objects.filter(text="=1+1").exists()
    assert (
        len(
            Answer.objects.get(
                response__respondent__email="c@example.org", question__kind="text"
            ).text
        )
        == 49_999
    )
    assert Response.objects.order_by("pk").first().received_on == asked.opens_on
    assert {one.received_on for one in Response.objects.order_by("-pk")[:2]} == {
        min(close, timezone.localdate())
    }
    assert sent.one.found["counts"]["doubtful"] == 3


def test_what_an_open_form_does_not_ask_is_kept_without_being_asked(sent, asked):
    consultations.survey(asked, "What would you change?")
    sent.send(HEAD + ROWS)
    sent.columns()
    sent.confirm()
    asked_now = {one.text: one.withdrawn_at is None for one in Question.objects.all()}
    assert asked_now == {
        "What would you change?": True, "Do you agree with the proposal?": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b"PK\x03\x04", "damaged"), (b"<html>", "web page"), (b"a,b\n\0", "row 2")],
)
def test_a_file_that_is_no_list_is_refused_on_the_form(sent, data, words):
    answer = sent.send(data)
    assert words in answer.content.decode()
    assert not ResponseImport.objects.exists()


def test_a_file_without_rows_and_columns_without_questions_are_said(sent, client):
    sent.send("ID,Q1 - What do you think?\n\n")
    assert "no rows below its headings" in client.get(sent.url).content.decode()
    sent.send("ID,Q1 - What do you think?\n1,That it is good\n")
    answer = sent.columns(**{"column-1": "leave"})
    assert "at least one column that is a question" in answer.content.decode()
    answer = sent.columns(**{"column-1": "ident"})
    assert "is “Number of the response” already" in answer.content.decode()


def test_the_writing_takes_as_many_queries_for_many_rows_as_for_few(sent):
    counted = []
    for size in (5, 60):
        rows = "".join(f"{size}-{n},Individual,Public,,Agree,Words {n}\n" for n in range(size))
        sent.send(HEAD + rows)
        form = sent.client.get(sent.url).context["form"]
        data = {name: form[name].value() for name in form.fields}
        sent.client.post(sent.url, {**data, "do": "columns"})
        with CaptureQueriesContext(connection) as check:
            sent.work()
        sent.client.post(sent.url, {"do": "confirm"})
        with CaptureQueriesContext(connection) as write:
            sent.work()
        counted.append((len(check), len(write)))
    more_questions = 1  # the first time the questions are made, the second time they are there
    assert abs(counted[0][1] - counted[1][1]) <= 8 * more_questions
    assert counted[0][0] == counted[1][0]


def test_the_part_that_is_fetched_while_a_file_is_worked_on_brings_its_heading(sent, client):
    sent.send("Question,Name\nWe need rooms,Dr Nobody\n")
    heading = client.get(sent.url).context["heading"]
    part = client.get(sent.url, headers={"hx-request": "true"}).content.decode()
    assert f'<span id="import-heading" hx-swap-oob="true">{heading}</span>' in part
    assert f"<title>{heading}: " in part
    assert "hx-swap-oob" not in client.get(sent.url).content.decode()


def test_others_do_not_see_it(sent, client):
    sent.send(HEAD + ROWS)
    client.force_login(accounts.user("reviewer"))
    assert client.get(sent.url).status_code == 403
    client.force_login(plans.manager(plans.footprint(name="Elsewhere")))
    assert client.get(sent.url).status_code == 404
    assert client.get("/response-imports/999999/").status_code == 404


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Respondent type - Respondent type", "kind"),
        ("Organisation type - Organisation type", "group"),
        ("Prop 1 Q1 - Do you agree with it", "text"),
        ("Email Address", "email"),
        ("What would you change about the plan?", "text"),
        ("Browser", "leave"),
        ("", "leave"),
    ],
)
def test_headings_are_guessed(heading, said):
    assert meaning(heading) == said


def test_the_line_of_idents_is_passed_over_and_questions_lose_their_numbers():
    assert header_row([["Ident 1", "Ident 2"], ["ID", "Q1 - Why?"], [], ["1", "x"]]) == 1
    assert header_row([["ID", "Q1 - Why?"], ["1", "x"]]) == 0
    assert question_text("Prop 1 Q1 - Do you agree?") == "Do you agree?"
    assert [usual_group(one) for one in ("GP", "Local authority", "A charity", "Cat", "")] == [
        "gp", "council", "vcse", "other", "unknown",
    ]  # fmt: skip


def test_numbers_of_another_survey_are_not_taken_for_those_that_are_there(sent, client):
    head = "ID,Respondent type,Q1 - What do you think?\n"
    long = "{} of us think that the plan needs more money for general practice at once"
    for number, name in (("Most", "one.csv"), ("Some", "two.csv")):
        sent.send(f"{head}1,Individual,{long.format(number)}\n2,Individual,Yes\n", name)
        sent.columns(**{"column-2": "text"})
        if name == "one.csv":
            sent.confirm()
    assert sent.one.found["counts"]["there"] == 2
    assert sent.one.found["counts"]["differ"] == 1
    page = client.get(sent.url).content.decode()
    assert "Have the number of a response that is there and say something else" in page
    assert "leave out their column" in page

    sent.columns(**{"column-0": "leave", "column-2": "text"})
    sent.confirm()
    assert Response.objects.count() == 4


TWICE = (
    "ID,Prop 1 Q2 - What would you change?,Prop 2 Q2 - What would you change?\n"
    "{0},More nurses please,Fewer forms\n"
)


def test_two_questions_of_the_same_words_stay_two_whatever_came_before(sent, asked):
    for ident, already in ((1, 2), (2, 2)):
        sent.send(TWICE.format(ident), f"{ident}.csv")
        sent.columns()
        sent.confirm()
        assert sent.one.state == "done"
        assert Question.objects.count() == already
    told = [[one.text for one in row.answers.all()] for row in Response.objects.order_by("pk")]
    assert told == [["More nurses please", "Fewer forms"]] * 2
    assert Answer.objects.filter(text="Fewer forms").values("question").distinct().count() == 1


@pytest.mark.parametrize("cell", ["9" * 400, f"x{' ' * 30_000}y"])
def test_what_is_no_day_does_not_hold_up_the_others(sent, asked, cell):
    sent.send(f"Date submitted,Q1 - What else?\n{cell},Rooms\n,Money\n")
    began = time.process_time()
    sent.columns()

    assert time.process_time() - began < 5
    assert sent.one.state == "preview"
    [error] = RowError.objects.all()
    assert error.message.startswith("Not a date until today")
