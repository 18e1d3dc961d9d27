"""Attendance lists from the file to the record: what is matched, what is not, and that once is once."""

import csv
import datetime as dt
import io
import re
import uuid
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry
from engagement.actions import attendance_lists, attendance_writing
from engagement.models import AttendanceImport, Event, Outcome, Participation, Question, Status
from plans.models import Plan
from stakeholders.models import Organisation, Post
from tests.engagement.area import bolton, days_ago
from tests.engagement.lists import Sending
from tests.factories import accounts, engagement, plans, stakeholders
from tests.files.workbooks import number, table, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return bolton()


@pytest.fixture
def sending(client, area):
    return Sending(client, area)


def rows(*lines: str, head: str = "Event,Date,Code,Organisation,Postcode,Attendance") -> bytes:
    return "\n".join([head, *lines]).encode()


DAY = days_ago(20)
OF = f"Forum,{DAY.isoformat()}"


def test_a_list_of_two_events_comes_into_the_record(sending, area):
    data = rows(
        f"{OF},P80000,,,present",
        f"{OF},p80001 ,,,apologies",
        f"{OF},,Surgery 2,bl9 9xy,in attendance",
        f"Board,{days_ago(9):%d/%m/%Y},00T,,,deputy",
        "",
        f"{OF},,Surgery 3,,present",
        f"{OF},P99999,,,present",
        ",,P80003,,,present",
        "Total,,,4,,",
    )
    sending.send(data)
    assert sending.sent.state == "mapping"
    assert not Event.objects.exists()
    sending.columns()
    assert [result for _, result in sending.results()] == [
        *["matched"] * 4, "unmatched", "unmatched", "refused", "refused",
    ]  # fmt: skip
    assert [at for at, _ in sending.results()] == [2, 3, 4, 5, 7, 8, 9, 10]
    assert not Event.objects.exists()

    sending.confirm()

    assert sending.sent.state == "done"
    forum, board = Event.objects.order_by("held_on")
    assert (forum.title, forum.held_on, forum.channel, forum.level) == (
        "Forum",
        DAY,
        "board",
        "consult",
    )
    assert dict(forum.participations.values_list("organisation__code", "outcome")) == {
        "P80000": "attended", "P80001": "apologised", "P80002": "attended",
    }  # fmt: skip
    (part,) = board.participations.all()
    assert (part.capacity, part.held_on) == ("commissioner", board.held_on)
    assert [one.plan for one in forum.credits.all()] == [area.plan]
    assert Question.objects.count() == 4
    verbs = AuditEntry.objects.values_list("verb", flat=True)
    assert verbs.filter(verb="event recorded").count() == 2
    assert verbs.filter(verb="attendance imported").count() == 1
    assert Plan.objects.get(pk=area.plan.pk).change_no > area.plan.change_no


def test_a_code_that_nobody_knows_keeps_the_name_beside_it_and_is_no_name_itself(sending, client):
    sending.send(rows(f"{OF},ZZ9999,Locality board,,present", f"{OF},ZZ9998,,,present"))
    sending.columns()
    form = client.get(sending.url + "organisations/").context["form"]
    fields = {form.names[field][1]: field for field in form.names}
    assert set(fields) == {"Locality board (ZZ9999)", "ZZ9998"}
    offered = {
        name: "new:vcse" in str(form.fields[f"pick-{field}"].choices)
        for name, field in fields.items()
    }
    assert offered == {"Locality board (ZZ9999)": True, "ZZ9998": False}

    named = f"pick-{fields['Locality board (ZZ9999)']}"
    client.post(sending.url + "organisations/", {named: "new:vcse"})
    sending.work()

    assert Organisation.objects.get(name="Locality board").category == "vcse"
    assert [result for _, result in sending.results()] == ["matched", "unmatched"]


def test_what_is_not_taken_comes_back_to_be_corrected_and_is_sent_again(sending, client):
    sending.all_of_it(rows(f"{OF},P80000,,,present", f"{OF},P8OOO1,=x,,present"))
    answer = client.get(sending.url + "unmatched.csv")
    data = answer.getvalue()
    told = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert told[0][-2:] == ["Row it came from", "What to put right"]
    assert told[1][:4] == ["Forum", DAY.isoformat(), "P8OOO1", "'=x"]
    assert told[1][-2] == "3"
    assert "No organisation has the code “P8OOO1”" in told[1][-1]

    mended = data.replace(b"P8OOO1", b"P80001")
    sending.all_of_it(mended)

    assert Event.objects.count() == 1
    assert Participation.objects.count() == 2
    assert Event.objects.get().version == 2
    amended = AuditEntry.objects.get(verb="event amended")
    assert len(amended.before["attendances"]) == 1
    assert len(amended.after["attendances"]) == 2


def test_the_same_file_is_recognised_and_adds_nothing(sending, client):
    data = rows(f"{OF},P80000,,,present")
    first = sending.all_of_it(data)
    answer = sending.send(data, name="another name.csv")
    assert answer.url == f"/attendance/{first.pk}/?same=1"
    assert "sent this file before" in client.get(answer.url).content.decode()
    assert AttendanceImport.objects.count() == 1

    client.post(f"/attendance/{first.pk}/", {"do": "again"})
    sending.work()
    assert sending.sent.pk != first.pk
    assert "very same file was sent" in client.get(sending.url).content.decode()
    sending.columns()
    assert sending.results() == [(2, "duplicate")]
    assert "nothing to add" in client.get(sending.url).content.decode()


def test_the_same_row_in_another_file_is_a_duplicate(sending):
    sending.all_of_it(rows(f"{OF},P80000,,,present"))
    sending.send(rows(f"{OF},P80000,,,present", f"{OF},P80001,,,present"))
    sending.columns()
    assert sending.results() == [(2, "duplicate"), (3, "matched")]


def test_what_was_confirmed_twice_or_comes_twice_is_written_once(sending, client):
    sending.send(rows(f"{OF},P80000,,,present"))
    sending.columns()
    run = client.post(sending.url, {"do": "confirm"}) and sending.sent.run_id
    client.post(sending.url, {"do": "confirm"})
    for _ in range(3):
        attendance_writing.write(run_id=run, now=timezone.now())
        attendance_lists.match(run_id=run, now=timezone.now())
        attendance_lists.read(run_id=run, now=timezone.now())
    assert Participation.objects.count() == 1
    assert sending.sent.state == "done"


def test_a_form_sent_twice_makes_one_list(sending):
    key = str(uuid.uuid4())
    sending.send(rows(f"{OF},P80000,,,present"), form_key=key)
    sending.send(rows(f"{OF},P80000,,,present"), form_key=key)
    assert AttendanceImport.objects.count() == 1


def test_the_list_of_a_planned_event_says_what_came_of_it(client, area):
    event = engagement.event(
        area.plan, held_on=days_ago(2), status=Status.PLANNED, recorded_by=area.manager
    )
    invited = engagement.took_part(area.practices[0], event, outcome=Outcome.INVITED)
    engagement.took_part(area.practices[1], event, outcome=Outcome.INVITED)
    sending = Sending(client, area, event=event.pk)
    sending.all_of_it(b"Code,Attendance\nP80000,Yes\nP80002,No\n")
    event.refresh_from_db()
    invited.refresh_from_db()
    assert (event.status, event.version, invited.outcome) == ("happened", 2, "attended")
    assert sorted(event.participations.values_list("outcome", flat=True)) == [
        "attended", "invited", "no_show",
    ]  # fmt: skip


def test_nobody_overwrites_what_the_record_says(client, area):
    event = engagement.event(area.plan, held_on=days_ago(2), recorded_by=area.manager)
    engagement.took_part(area.practices[0], event, outcome=Outcome.APOLOGISED)
    sending = Sending(client, area, event=event.pk)
    sending.send(b"Code,Attendance\nP80000,Yes\n")
    sending.columns()
    assert sending.results() == [(2, "duplicate")]
    assert "another outcome" in sending.sent.rows.get().message


def test_people_are_known_again_and_new_ones_have_a_post(client, area):
    event = engagement.event(area.plan, held_on=days_ago(2), recorded_by=area.manager)
    known = stakeholders.person("Ann José", at=area.practices[0])
    sending = Sending(client, area, event=event.pk)
    sending.all_of_it(
        "Code,First name,Surname,Job title\n"
        "P80000,ANN,JOSE\u0301,GP\nP80000,Bo,Li,Nurse\nP80000,bo, LI,Nurse\nP80000,B,Li,Nurse\n".encode()
    )
    parts = event.participations.order_by("person__name")
    assert [one.person.name for one in parts] == ["Ann José", "B Li", "Bo Li"]
    assert parts[0].person == known
    assert Post.objects.get(person__name="Bo Li").title == "Nurse"
    messages = dict(sending.sent.rows.values_list("number", "message"))
    assert "Perhaps the same person as" in messages[5]
    assert "same person as in row 3" in messages[4]


def test_a_name_is_chosen_once_for_all_its_rows(sending, client, area):
    sending.send(
        rows(
            *[f"{OF},,Surgery 3,,present"] * 2,
            f"{OF},,Carers of Bolton,,present",
            f"{OF},,Nobody,,present",
        )
    )
    sending.columns()
    page = client.get(sending.url + "organisations/")
    form = page.context["form"]
    by_name = {form.names[field][1]: field for field in form.names}
    picks = {
        f"pick-{by_name['Surgery 3']}": str(area.practices[3].pk),
        f"pick-{by_name['Carers of Bolton']}": "new:vcse",
        f"pick-{by_name['Nobody']}": "out",
    }
    wrong = client.post(
        sending.url + "organisations/", {**picks, f"code-{by_name['Nobody']}": "Q1"}
    )
    assert "No organisation has the code Q1" in wrong.content.decode()
    assert client.post(sending.url + "organisations/", {}).status_code == 200

    client.post(sending.url + "organisations/", picks)
    sending.work()

    assert [result for _, result in sending.results()] == [
        "matched",
        "duplicate",
        "matched",
        "unmatched",
    ]
    assert Organisation.objects.get(name="Carers of Bolton").category == "vcse"
    sending.confirm()
    assert Event.objects.get().participations.count() == 2


def test_outside_the_plans_time_needs_a_reason(sending, client):
    early = days_ago(300).isoformat()
    sending.send(rows(f"Forum,{early},P80000,,,present"))
    sending.columns()
    answer = sending.confirm()
    assert "Say why events outside" in answer.content.decode()
    assert sending.sent.state == "preview"
    sending.confirm(period_reason="It prepared the plan")
    assert Event.objects.get().period_reason == "It prepared the plan"


def test_a_record_that_was_withdrawn_meanwhile_is_looked_at_again(client, area):
    event = engagement.event(area.plan, held_on=days_ago(2), recorded_by=area.manager)
    sending = Sending(client, area, event=event.pk)
    sending.send(b"Code\nP80000\n")
    sending.columns()
    Event.objects.filter(pk=event.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=area.manager, withdrawn_reason="Wrong"
    )
    sending.confirm()
    sending.work()
    assert sending.sent.state == "preview"
    assert sending.results() == [(2, "refused")]
    assert not event.participations.exists()


REFUSED_ROWS = {
    "altered code": (f"{OF},50,,,present", "unmatched", "looks altered by the spreadsheet"),
    "altered code of Excel": (f"{OF},5E+01,,,present", "unmatched", "looks altered"),
    "a day to come": (f"Forum,{days_ago(-9).isoformat()},P80000,,,yes", "refused", "has not come yet"),
    "31 November": ("Forum,31/11/2016,P80000,,,yes", "refused", "“31/11/2016” is not a real date"),
    "before the time": ("Forum,1/1/1999,P80000,,,yes", "refused", "before 2013"),
    "day 60": ("Forum,60,P80000,,,yes", "refused", "“60” is no date"),
    "minus one": ("Forum,-1,P80000,,,yes", "refused", "“-1” is no date"),
    "a serial number": (f"Forum,{(DAY - dt.date(1899, 12, 30)).days},P80000,,,yes", "matched", ""),
    "no day": ("Forum,,P80000,,,yes", "refused", "has no date"),
    "no organisation": (f"{OF},,,,yes", "refused", "names no organisation"),
    "two faults at once": ("Forum,31/11/2016,,,,yes", "refused", "real date.*names no organisation"),
    "a name without a postcode": (f"{OF},,Surgery 1,,yes", "unmatched", "A name alone"),
    "a name at another postcode": (f"{OF},,Surgery 1,M1 1AA,yes", "unmatched", "at this postcode"),
    "a closed practice": (f"{OF},OLD1,,,yes", "refused", r"Old Surgery \(OLD1\) closed on 31 March 2015"),
    "another name": (f"{OF},P80000,Castle Practice,,yes", "matched", "register calls P80000"),
    "nobody came": (f"{OF},P80000,,,apologies", "refused", "Nobody"),
    "markup": (f"{OF},<script>alert(1)</script>,,,yes", "unmatched", "<SCRIPT>"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED_ROWS)
def test_each_row_says_what_is_wrong_and_what_to_do(sending, client, case):
    stakeholders.practice(code="OLD1", name="Old Surgery", closed_on=dt.date(2015, 3, 31))
    row, result, message = REFUSED_ROWS[case]
    sending.send(rows(row))
    sending.columns()
    found = sending.sent.rows.get()
    assert found.result == result

    assert re.search(message, found.message)
    assert "<script>alert" not in client.get(sending.url).content.decode()


FILES = {
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file"),
    "empty": (b"", "empty"),
    "web page": (b"<html><table>", "web page"),
    "NUL": (b"a,b\n\0,c", "row 2"),
    "too large": (b"a,b\n" * 2_700_000, "larger than 10 MB"),
    "macros": (workbook(table(["a"]), parts={"xl/vbaProject.bin": "x"}), "has macros"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_no_list_is_refused_on_the_form(sending, case):
    data, words = FILES[case]
    answer = sending.send(data)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not AttendanceImport.objects.exists()


def test_a_workbook_that_cannot_be_read_as_meant_is_refused_in_words(sending, client):
    sending.send(workbook(table(["Code", "Name"], ["a", '<c r="B2"><f>1+1</f></c>'])))
    assert sending.sent.state == "refused"
    assert "has a formula in B2" in client.get(sending.url).content.decode()
    sending.send(b"Code,Name\n")
    assert "no rows below its headings" in client.get(sending.url).content.decode()
    merged = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    list_ = table(["Code", "Event", "Date"], ["P80000", "x", "y"], ["", "x", "y"])
    sending.send(workbook(list_, after=merged))
    sending.columns()
    assert "merged cells among its rows (A2:A3)" in sending.sent.refusal


def test_headings_below_a_title_days_of_a_workbook_and_the_month_first(sending, client, area):
    serial = (DAY - dt.date(1899, 12, 30)).days
    sending.send(
        workbook(
            table(["Attendance, all events"], [], ["Code", "Meeting", "Date"],
                  ["P80000", "Forum", number("C4", serial, day=True)]),
            table(["Other"]),
        )
    )  # fmt: skip
    sending.columns()
    assert sending.results() == [(4, "matched")]
    assert sending.sent.rows.get().held_on == DAY

    us = rows("Forum,04/13/2016,P80000,,,yes", "Forum,04/03/2016,P80001,,,yes")
    sending.send(us)
    assert "04/13/2016" in client.get(sending.url).content.decode()
    assert "Choose in which order" in sending.columns().content.decode()
    sending.columns(order="mdy")
    assert [one.held_on for one in sending.sent.rows.order_by("number")] == [
        dt.date(2016, 4, 13), dt.date(2016, 4, 3),
    ]  # fmt: skip


def test_a_code_of_a_thousand_letters_is_no_code_and_is_kept_as_far_as_there_is_room(sending):
    sending.send(rows(f"{OF},{'x' * 1_000},,,yes", f"{OF},P80000,,,yes"))
    sending.columns()
    assert sending.results() == [(2, "unmatched"), (3, "matched")]
    assert len(sending.sent.rows.get(number=2).name) == 200


@pytest.mark.parametrize("cell", ["5²", "--5", "9" * 400, "²", "1.2.3.4"])
def test_a_number_that_is_no_day_is_said_of_its_row_alone(sending, cell):
    sending.send(rows(f"{OF},P80000,,,yes", f"Forum,{cell},P80001,,,yes"))
    sending.columns()
    assert sending.results() == [(2, "matched"), (3, "refused")]


def test_a_word_that_nobody_knows_is_asked_about(sending, client):
    sending.send(rows(f"{OF},P80000,,,kam", f"{OF},P80001,,,yes"))
    answer = sending.columns()
    assert "Say what “kam” means" in answer.content.decode()
    form = client.get(sending.url).context["form"]
    (field,) = [name for name, word in form.outcome_words.items() if word == "kam"]
    sending.columns(**{field: "leave"})
    assert sending.results() == [(2, "unmatched"), (3, "matched")]


def test_columns_that_cannot_be_are_said(sending):
    sending.send(rows(f"{OF},P80000,,,yes"))
    answer = sending.columns(**{"column-code": "0", "column-event_date": ""}).content.decode()
    assert "is “Organisation&#x27;s code” already" in answer
    assert "Choose the column with the date of the event" in answer


def test_others_events_and_cancelled_ones_are_left_alone(sending, area):
    other = plans.plan(plans.footprint(name="Wigan"))
    engagement.event(area.plan, other, held_on=DAY, title="forum")
    engagement.event(area.plan, held_on=days_ago(9), title="Board", status=Status.CANCELLED)
    sending.send(rows(f"{OF},P80000,,,yes", f"Board,{days_ago(9).isoformat()},P80000,,,yes"))
    sending.columns()
    assert [one.message for one in sending.sent.rows.order_by("number")] == [
        "This record counts for plans that you do not manage, so you cannot change it",
        "The record says that this event did not happen. Change the record first",
    ]


@pytest.mark.parametrize("by_name", [True, False])
def test_a_shared_event_is_changed_only_by_who_manages_every_plan_of_it(area, client, by_name):
    wigan = plans.footprint(name="Wigan")
    shared = engagement.event(area.plan, plans.plan(wigan), held_on=DAY, title="Forum")
    of_both, of_one = replace(area, manager=plans.manager(area.footprint, wigan)), area.manager
    sending = Sending(client, of_both, event=None if by_name else shared.pk)
    sending.send(rows(f"{OF},P80000,,,yes"))
    sending.columns()
    assert sending.results() == [(2, "matched")]

    client.force_login(of_one)
    refused = sending.confirm()
    assert refused.status_code == 403
    assert "every plan that this record counts for" in refused.content.decode()
    assert not shared.participations.exists()

    client.force_login(of_both.manager)
    sending.confirm()
    assert shared.participations.count() == 1


def test_the_pages_and_the_writing_take_as_many_queries_for_a_hundred_rows_as_for_ten(client):
    area = bolton(practices=100)
    stakeholders.representative(area.practices[0])
    counted = []
    for size in (10, 100):
        sending = Sending(client, area)
        data = rows(
            *(f"{size} {n % 5},{DAY.isoformat()},P8{n:04d},,,yes" for n in range(size)),
            f"x,{OF},a,,,b",
        )
        sending.send(data)
        sending.columns()
        with CaptureQueriesContext(
            connection,
        ) as page:
            client.get(sending.url)
        with CaptureQueriesContext(connection) as match:
            AttendanceImport.objects.filter(pk=sending.sent.pk).update(state="matching")
            sending.sent.rows.all().delete()
            attendance_lists.queue_match(sending.sent, by=area.manager, now=timezone.now())
            sending.work()
        client.post(sending.url, {"do": "confirm"})
        with CaptureQueriesContext(connection) as write:
            sending.work()
        with CaptureQueriesContext(connection) as names:
            client.get(sending.url + "organisations/")
        assert sending.sent.state == "done"
        counted.append((len(page), len(match), len(write), len(names)))
    assert counted[0] == counted[1]
    assert Question.objects.filter(organisation=area.practices[0]).count() == 2


def test_the_file_is_handed_out_as_it_came_and_only_to_managers(sending, client):
    data = rows(f"{OF},P80000,,,yes")
    sending.send(data)
    address = sending.url + "file/"
    assert b"".join(client.get(address).streaming_content) == data
    client.force_login(accounts.user("reviewer"))
    assert client.get(address).status_code == 403
    client.force_login(plans.manager(plans.footprint(name="Elsewhere")))
    assert client.get(address).status_code == 404


def test_the_part_that_is_fetched_while_a_list_is_worked_on_brings_its_heading(sending, client):
    sending.send(rows(f"{OF},P80000,,,present"))
    page = f"/attendance/{sending.sent.pk}/"
    part = client.get(page, headers={"hx-request": "true"}).content.decode()
    assert '<span id="list-heading" hx-swap-oob="true">What are its columns?</span>' in part
    assert "<title>What are its columns?: " in part
    assert part.count("list-heading") == 1
    whole = client.get(page).content.decode()
    assert '<span id="list-heading">What are its columns?</span>' in whole
    assert "hx-swap-oob" not in whole


def test_what_was_refused_says_that_nothing_was_added(sending, client):
    sending.send(rows())
    assert sending.sent.state == "refused"
    page = client.get("/attendance/").content.decode()
    assert "Nothing was added" in page
    assert "Not matched yet" not in page
