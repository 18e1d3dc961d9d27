"""The emailed link: whom it is for, once, seven days, safe against scanners, dead when it should be."""

import datetime as dt
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.signing import Signer
from django.db import IntegrityError, connection, connections
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, RoleGrant, User
from engagement.actions import answers, links, withdraw_event
from engagement.actions.asking import ask_about
from engagement.forms.answers import AnswerForm
from engagement.models import AnswerLink, Attestation, Event, Point, Question
from engagement.presenters.letters import record_named
from engagement.queries.links import path_of, token_of
from mail.models import Message
from stakeholders.models import Representative
from tests.engagement.area import bolton, days_ago, today
from tests.factories import accounts, engagement, stakeholders

WORDS = "Nobody of ours was there."
DISAGREE = {"answer": "disputed", "words": WORDS}
AGREE = {"answer": "confirmed", "words": ""}
NOW = timezone.now()


def world(*, account: bool = True):
    """Bolton LMC was named in a record and asked; and so was a practice that it may not read of."""
    area = bolton(practices=2)
    area_lead = stakeholders.representative(area.lmc) if account else None
    event = engagement.event(
        area.plan,
        held_on=days_ago(5),
        title="Meeting with Secret Surgery",
        recorded_by=area.manager,
    )
    person = stakeholders.person("Dr Tom Ashworth", at=area.lmc)
    person.email = "tom@example.org"
    person.save()
    engagement.took_part(area.lmc, event, capacity="representative", person=person)
    engagement.took_part(
        area.practices[0], event, person=stakeholders.person("Dr Secret", at=area.practices[0])
    )
    Point.objects.create(event=event, organisation=area.lmc, text="No money behind it")
    Point.objects.create(event=event, organisation=area.practices[0], text="A secret point")
    Event.objects.filter(pk=event.pk).update(summary="A secret summary", restricted_note="secret")
    ask_about(event=event, by=area.manager, now=NOW)
    return area, event, area_lead, AnswerLink.objects.get(question__organisation=area.lmc)


@pytest.fixture(autouse=True)
def _nobody_has_knocked(db):
    cache.clear()


@pytest.fixture
def asked(db):
    return world()


def opened(link, client=None):
    return (client or Client()).get(path_of(link))


def counts() -> Counter[str]:
    """Rows of every table of ours; the brake counts knocks and is no table of the record."""
    return Counter({model._meta.label: model.objects.count() for model in apps.get_models()})


def changed(link, **facts) -> AnswerLink:
    AnswerLink.objects.filter(pk=link.pk).update(**facts)
    link.refresh_from_db()
    return link


def test_it_shows_whom_it_is_for_and_what_the_record_says_of_them_and_of_nobody_else(asked):
    area, _, lead, link = asked
    page = opened(link).text

    for words in (lead.name, "Bolton LMC", area.manager.name, "Meeting", "Consult"):
        assert words in page
    assert "Dr Tom Ashworth attended as representative body" in page
    assert "No money behind it" in page
    assert "ecret" not in page
    assert area.practices[0].name not in page


def test_the_mail_says_the_same_and_holds_the_link(asked):
    area, _, lead, link = asked
    letter = record_named(Message.objects.get(), now=NOW)

    for text in (letter.text, letter.html):
        assert path_of(link) in text
        assert lead.name in text
        assert "Dr Tom Ashworth attended" in text
        assert "ecret" not in text
        assert area.practices[0].name not in text
    assert "Bolton LMC" in letter.subject


@pytest.mark.parametrize("end", [{"used_at": NOW}, {"revoked_at": NOW}, {"round": 9}])
def test_no_mail_goes_out_for_a_link_by_which_nobody_can_answer(asked, end):
    changed(asked[3], **end)
    assert record_named(Message.objects.get(), now=NOW) is None


def test_the_outbox_holds_no_token(asked):
    message = Message.objects.get()
    assert asked[3].nonce not in str(vars(message))


def test_headers_keep_it_private(asked):
    for client, link in ((Client(), asked[3]), (Client(), None)):
        answer = opened(link, client) if link else client.get("/answer/nothing/")
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "same-origin"


def test_a_scanner_that_opens_it_fifty_times_changes_nothing(asked):
    link, client = asked[3], Client()
    before, row = counts(), AnswerLink.objects.values().get(pk=link.pk)
    for _ in range(25):
        assert client.get(path_of(link)).status_code == 200
        assert client.head(path_of(link)).status_code == 200

    assert counts() == before
    assert AnswerLink.objects.values().get(pk=link.pk) == row


@pytest.mark.parametrize(("said", "verb"), [(DISAGREE, "disputed"), (AGREE, "confirmed")])
def test_it_answers_once_in_the_name_of_its_holder(asked, said, verb):
    area, event, lead, link = asked
    client = Client()
    page = client.post(path_of(link), said, follow=True).text

    kept = Attestation.objects.get()
    assert (kept.answer, kept.answered_by, kept.link) == (verb, lead, link)
    assert (kept.event, kept.organisation) == (event, area.lmc)
    assert "Your answer is recorded" in page
    assert Question.objects.get(organisation=area.lmc).answered_at is not None
    entry = AuditEntry.objects.get(verb=f"record {verb}")
    assert (entry.actor, entry.on_behalf_of) == (lead, str(area.lmc))

    again = client.post(path_of(link), {**DISAGREE, "words": "Something else"}).text
    assert "Your answer is recorded" in again
    assert Attestation.objects.get() == kept
    area.plan.refresh_from_db()
    assert area.plan.change_no > area.plan.assessed_no


def test_somebody_without_an_account_answers_and_the_history_says_for_whom(db):
    area, _, _, link = world(account=False)
    Client().post(path_of(link), DISAGREE)

    kept = Attestation.objects.get()
    assert (kept.answered_by, kept.link, link.person.name) == (None, link, "Dr Tom Ashworth")
    entry = AuditEntry.objects.get(verb="record disputed")
    assert (entry.actor, entry.on_behalf_of) == (None, str(area.lmc))
    page = opened(link).text
    assert WORDS in page
    assert "by signing in" in page


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Choose whether you agree"),
        ({"answer": "disputed", "words": " "}, "Enter what is wrong with the record"),
        ({"answer": "maybe"}, "Choose whether you agree"),
        ({"answer": "disputed", "words": "x" * 2001}, "2,000"),
        ({"answer": "disputed", "words": "a\0b"}, "cannot be stored"),
        ({**DISAGREE, "links": "javascript:alert(1)"}, "javascript"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(asked, said, told):
    page = Client().post(path_of(asked[3]), said)

    assert page.status_code == 200
    assert not Attestation.objects.exists()
    assert AnswerLink.objects.get(pk=asked[3].pk).used_at is None
    assert "There is a problem" in page.text


def test_evidence_goes_along(asked):
    Client().post(path_of(asked[3]), {**DISAGREE, "links": "https://example.org/minutes"})
    assert Attestation.objects.get().evidence.get().url == "https://example.org/minutes"


def revoke(asked):
    links.revoke_link(link_id=asked[3].pk, reason="Left", by=asked[0].manager, now=NOW)


def suspend(asked):
    User.objects.filter(pk=asked[2].pk).update(is_active=False)


def end_representation(asked):
    Representative.objects.filter(user=asked[2]).update(valid_to=today() - dt.timedelta(1))


def end_role(asked):
    RoleGrant.objects.filter(user=asked[2]).update(valid_to=today() - dt.timedelta(1))


def expire(asked):
    changed(asked[3], expires_at=NOW - dt.timedelta(seconds=1))


def ask_again(asked):
    Question.objects.filter(pk=asked[3].question_id).update(round=2)


def withdraw(asked):
    withdraw_event(by=asked[0].manager, event_id=asked[1].pk, reason="Twice", now=NOW)


def answer_signed_in(asked):
    area, event, lead, _ = asked
    answers.answer_record(
        event_id=event.pk, organisation=area.lmc, answer="confirmed", words="", by=lead, now=NOW
    )


def replace_nonce(asked):
    AnswerLink.objects.filter(pk=asked[3].pk).update(nonce="another")


DEAD = {
    revoke: "This link was withdrawn",
    suspend: "This link does not work",
    end_representation: "This link does not work",
    end_role: "This link does not work",
    expire: "This link has run out",
    ask_again: "The record was corrected",
    withdraw: "There is nothing left to answer",
    answer_signed_in: "This has been answered",
    replace_nonce: "There is a newer link",
}


@pytest.mark.parametrize("how", DEAD, ids=lambda how: how.__name__)
def test_a_link_that_is_over_says_why_on_the_next_request_and_answers_nothing(asked, how):
    path = path_of(asked[3])
    how(asked)
    before = Attestation.objects.count()

    for answer in (Client().get(path), Client().post(path, DISAGREE)):
        assert answer.status_code == 200
        assert DEAD[how] in answer.text
        assert "Did it happen as the record says?" not in answer.text
    assert Attestation.objects.count() == before
    if how in {suspend, end_representation, end_role}:
        assert "Bolton" not in Client().get(path).text


@pytest.mark.parametrize("how", DEAD, ids=lambda how: how.__name__)
def test_a_form_that_was_open_when_the_link_ended_answers_nothing(asked, how):
    how(asked)
    before = Attestation.objects.count()
    if how is not replace_nonce:  # its address is looked at before the action is called
        with pytest.raises(answers.LinkNotOpenError):
            answers.answer_by_link(link_id=asked[3].pk, answer="confirmed", words="", now=NOW)
    assert Attestation.objects.count() == before


@pytest.mark.parametrize(
    "token",
    [
        "x", "1", "1-", "-", "1-abc", "1-abc.", ".", "..", "%00", "1-" + "a" * 32, "1-a.b.c",
        "x" * 10_000, "健康", "%ED%A0%80", "%C3%28",
        Signer(salt="another").sign("1-abc"), Signer(salt="engagement.answer-link", sep=".").sign("9" * 30 + "-a"),
        Signer(salt="engagement.answer-link", sep=".").sign("x-a"),
    ],
)  # fmt: skip
def test_an_address_that_we_did_not_make_is_not_found(asked, token):
    for method in ("get", "post"):
        answer = getattr(Client(), method)(f"/answer/{token}/")
        assert answer.status_code in {400, 404}, method


def test_every_altered_letter_of_an_address_is_noticed(asked):
    token = token_of(asked[3])
    client = Client()
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        altered = f"{token[:place]}{other}{token[place + 1 :]}"
        assert client.get(f"/answer/{altered}/").status_code == 404


def test_a_key_that_was_changed_leaves_the_links_of_the_former_one_working(asked, settings):
    path = path_of(asked[3])
    former, settings.SECRET_KEY = settings.SECRET_KEY, "a new key " * 6
    assert Client().get(path).status_code == 404
    settings.SECRET_KEY_FALLBACKS = [former]
    assert "Is this record right?" in Client().get(path).text


def test_somebody_else_who_is_signed_in_is_told_whom_it_is_for_and_cannot_answer(asked):
    area, _, lead, link = asked
    client = Client()
    client.force_login(area.manager)

    for answer in (opened(link, client), client.post(path_of(link), DISAGREE)):
        assert f"This link is for {lead.name}" in answer.text
        assert area.manager.name in answer.text
    assert not Attestation.objects.exists()
    client.force_login(lead)
    assert "Is this record right?" in opened(link, client).text


def test_a_new_link_goes_to_the_same_person_three_times_and_the_old_address_stays_dead(asked):
    link = asked[3]
    old = path_of(link)
    for sends in (2, 3, 4):
        changed(link, expires_at=NOW - dt.timedelta(seconds=1))
        path = path_of(link)
        assert "Send me a new link" in Client().get(path).text
        assert "We have sent a new link" in Client().post(f"{path}again/").text
        link.refresh_from_db()
        assert link.sends == sends
        assert "Is this record right?" in opened(link).text
        assert "There is a newer link" in Client().get(old).text
    assert Message.objects.count() == 4
    assert {one.user for one in Message.objects.all()} == {asked[2]}

    changed(link, expires_at=NOW - dt.timedelta(seconds=1))
    assert "Send me a new link" not in opened(link).text
    Client().post(f"{path_of(link)}again/")
    assert Message.objects.count() == 4


@pytest.mark.parametrize(
    "how", [how for how in DEAD if how is not expire], ids=lambda how: how.__name__
)
def test_only_a_link_that_has_run_out_is_sent_again(asked, how):
    path = path_of(asked[3])
    how(asked)
    before = Message.objects.count()
    Client().post(f"{path}again/")
    assert Message.objects.count() == before


def test_nobody_is_written_to_who_asked_not_to_be(db):
    _, _, _, link = world(account=False)
    link.person.contact_permitted = False
    link.person.save()
    changed(link, expires_at=NOW - dt.timedelta(seconds=1))

    assert "Send me a new link" not in opened(link).text
    Client().post(f"{path_of(link)}again/")
    assert Message.objects.count() == 1
    assert record_named(Message.objects.get(), now=NOW - dt.timedelta(days=1)) is None


def test_the_door_is_braked(asked):
    link, client = asked[3], Client()
    statuses = [client.post(path_of(link), {}).status_code for _ in range(25)]
    assert statuses[0] == 200
    assert statuses[-1] == 429
    assert not Attestation.objects.exists()


# --- What a manager does with it -----------------------------------------------------------------


def address(asked, deed) -> str:
    return f"/events/{asked[1].pk}/links/{asked[3].pk}/{deed}/"


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_manager_sees_who_was_asked_sends_again_and_takes_back(asked):
    area, event, lead, link = asked
    client = signed_in(area.manager)
    page = client.get(f"/events/{event.pk}/").text
    assert "Who was asked" in page
    assert f"Waiting to be sent to {lead.name}" in page
    assert "no answer" in page

    nonce = link.nonce
    assert f"Sent again to {lead.name}" in client.post(address(asked, "again"), follow=True).text
    link.refresh_from_db()
    assert (link.sends, link.nonce) == (2, nonce), "an address that still works goes on working"

    assert "Enter why the link is taken back" in client.post(address(asked, "revoke"), {}).text
    assert (
        "Taken back" in client.post(address(asked, "revoke"), {"reason": "Left"}, follow=True).text
    )
    link.refresh_from_db()
    assert link.revoked_by == area.manager
    entry = AuditEntry.objects.get(verb="link revoked")
    assert (entry.actor, entry.became["reason"]) == (area.manager, "Left")
    for deed in ("again", "revoke"):
        client.post(address(asked, deed), {"reason": "Again"})
    assert Message.objects.count() == 2
    assert AuditEntry.objects.filter(verb="link revoked").count() == 1


def test_an_answer_signed_in_leaves_no_button_beside_the_link(asked):
    answer_signed_in(asked)
    page = signed_in(asked[0].manager).get(f"/events/{asked[1].pk}/").text
    assert "Answered without this link" in page
    assert "Take the link back" not in page


def test_a_fourth_time_is_refused(asked):
    client = signed_in(asked[0].manager)
    for _ in range(5):
        client.post(address(asked, "again"))
    assert AnswerLink.objects.get(pk=asked[3].pk).sends == 4
    assert Message.objects.count() == 4


def test_who_manages_no_plan_of_it_sees_no_button_and_the_link_of_another_event_is_not_found(asked):
    reviewer = signed_in(accounts.user("reviewer"))
    page = reviewer.get(f"/events/{asked[1].pk}/").text
    assert "Who was asked" in page
    assert "Take the link back" not in page
    theirs = signed_in(asked[2]).get(f"/events/{asked[1].pk}/").text
    assert "Who was asked" not in theirs

    other = engagement.event(asked[0].plan, recorded_by=asked[0].manager)
    client = signed_in(asked[0].manager)
    for deed in ("again", "revoke"):
        assert client.post(f"/events/{other.pk}/links/{asked[3].pk}/{deed}/").status_code == 404


# --- Two at once ---------------------------------------------------------------------------------


def test_who_sent_it_a_moment_too_late_reads_which_answer_stands(asked, monkeypatch):
    link = asked[3]
    is_valid = AnswerForm.is_valid

    def somebody_is_quicker(form) -> bool:
        sound = is_valid(form)
        if sound:
            answers.answer_by_link(link_id=link.pk, **DISAGREE, now=NOW)
        return sound

    monkeypatch.setattr(AnswerForm, "is_valid", somebody_is_quicker)
    page = Client().post(path_of(link), AGREE).text

    assert "Your answer is recorded" in page
    assert WORDS in page
    assert Attestation.objects.get().answer == "disputed"


@pytest.mark.django_db(transaction=True)
def test_however_many_send_it_at_once_there_is_one_answer():
    _, _, _, link = world()

    def send(number: int) -> str:
        said = {**DISAGREE, "words": f"Words {number}"} if number % 2 else AGREE
        try:
            return answers.answer_by_link(link_id=link.pk, now=NOW, **said).answer
        except answers.LinkNotOpenError as late:
            return late.state
        finally:
            if several:
                connections.close_all()

    several = connection.features.test_db_allows_multiple_connections
    with ThreadPoolExecutor(8 if several else 1) as pool:
        # SQLite in memory has one connection: there one after the other, in this thread.
        found = list(pool.map(send, range(8)) if several else map(send, range(8)))

    kept = Attestation.objects.get()
    assert sorted(found) == sorted([kept.answer] + ["used"] * 7)
    assert AuditEntry.objects.filter(verb__startswith="record ").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_a_second_answer_by_one_link():
    area, event, _, link = world()
    facts = {"event": event, "answer": "confirmed", "answered_at": NOW, "link": link}
    Attestation.objects.create(organisation=area.lmc, **facts)
    with pytest.raises(IntegrityError):
        Attestation.objects.create(organisation=area.practices[0], **facts)
