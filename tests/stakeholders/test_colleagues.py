"""A lead invites colleagues, the colleague accepts by the link, and either can be ended."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail as post
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions.grants import GrantRefused
from accounts.models import AuditEntry, RoleGrant, User
from accounts.permissions import roles_of
from accounts.roles import Role
from mail.models import Message
from stakeholders.access import organisations_represented_by
from stakeholders.actions import invitations as actions
from stakeholders.models import Invitation, Organisation, Person, Representative
from stakeholders.presenters.letters import invitation as letter
from stakeholders.queries.invitations import InvitationUnusable, token_of
from tests.accounts.test_access_actions import at_once
from tests.factories import accounts, stakeholders

NOW = dt.datetime(2016, 9, 12, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
WEEK = dt.timedelta(days=7)
GOOD = "a long and quiet phrase"
WHO = {"name": "Jo Lee", "email": "jo.lee@example.org"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def lmc(db) -> Organisation:
    return stakeholders.lmc(name="Bolton LMC", code="LMC901")


@pytest.fixture
def lead(lmc) -> User:
    return stakeholders.representative(lmc)


@pytest.fixture
def desk(lead) -> Client:
    opened = Client()
    opened.force_login(lead)
    return opened


def url(name: str, *args: object) -> str:
    return reverse(f"stakeholders:{name}", args=["LMC901", *args])


def invited(lmc: Organisation, lead: User, **facts: Any) -> Invitation:
    return actions.invite(organisation=lmc, by=lead, now=NOW, today=TODAY, **{**WHO, **facts})


def link_of(invitation: Invitation) -> str:
    return reverse("stakeholders:invitation", args=[token_of(invitation)])


def represents(user: User) -> set[Organisation]:
    return set(organisations_represented_by(user, today=timezone.localdate()))


def words(response) -> str:
    return " ".join(response.text.split())


# --- inviting


def test_the_invitation_is_sent_with_a_link_that_is_nowhere_stored(desk, lmc, lead):
    done = desk.post(url("invite"), WHO, follow=True)

    assert "Jo Lee is invited." in words(done)
    assert "Open until 19 September 2016" in words(done)
    invitation, message = Invitation.objects.get(), Message.objects.get()
    token = token_of(invitation)
    written = letter(message, now=NOW)
    assert written is not None
    for text in (written.text, written.html):
        assert f"https://tent.example.org/invitations/{token}/" in text
        assert "Bolton LMC" in text
    assert lead.name in written.text
    stored = [*Message.objects.values(), *Invitation.objects.values(), *AuditEntry.objects.values()]
    assert token not in str(stored)
    entry = AuditEntry.objects.get(verb="invited")
    assert (entry.actor, entry.on_behalf_of) == (lead, str(lmc))
    assert invitation.nonce not in str(list(AuditEntry.objects.values()))
    assert post.outbox == []


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": ""}, "Enter the name of your colleague"),
        ({"name": "\u202e\u200b"}, "Enter the name of your colleague"),
        ({"email": ""}, "Enter the email address of your colleague"),
        ({"email": "jo.lee"}, "Email address must look like name@example.org"),
        ({"email": "jo\r\nbcc: x@example.org"}, "Email address must look like name@example.org"),
        ({"email": "\0@example.org"}, "holds characters that cannot be read"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(desk, typed, says):
    page = words(desk.post(url("invite"), {**WHO, **typed}))

    assert says in page
    kept = {**WHO, **typed}
    assert f'value="{kept["name"]}"' in page or "name" in typed
    assert not Invitation.objects.exists()


def test_marks_that_turn_writing_round_are_left_out_of_a_name(desk):
    desk.post(url("invite"), {**WHO, "name": "Jo \u202eLee\u202c"})
    assert Invitation.objects.get().name == "Jo Lee"


def test_somebody_with_an_account_is_invited_like_anybody_else(desk):
    there = accounts.user(name="Known")
    known = desk.post(url("invite"), {"name": "One Name", "email": there.email}, follow=True)
    other = desk.post(url("invite"), {"name": "Two Name", "email": "new@example.org"}, follow=True)
    assert "One Name is invited." in words(known)
    assert "Two Name is invited." in words(other)


def test_who_answers_already_or_was_invited_or_asked_for_no_mail_is_not_invited(lmc, lead):
    quiet = stakeholders.person("Dr Quiet", at=lmc)
    Person.objects.filter(pk=quiet.pk).update(contact_permitted=False, email="quiet@example.org")
    invited(lmc, lead)
    for email, says in (
        (lead.email.upper(), "answers for Bolton LMC already"),
        ("JO.LEE@example.org", "Jo Lee was invited on 12 September 2016"),
        ("quiet@example.org", "Dr Quiet asked not to be written to"),
    ):
        with pytest.raises(GrantRefused, match=says) as refused:
            invited(lmc, lead, email=email)
        assert refused.value.field == "email"
    assert Invitation.objects.count() == 1


def test_no_more_than_twenty_invitations_are_open(lmc, lead):
    for number in range(20):
        invited(lmc, lead, email=f"person{number}@other.example.org")
    with pytest.raises(GrantRefused, match="20 invitations are open"):
        invited(lmc, lead)
    actions.withdraw(invitation=Invitation.objects.first(), by=lead, now=NOW, today=TODAY)
    invited(lmc, lead)


def test_it_is_sent_again_three_times_and_each_time_the_link_before_ends(desk, lmc, lead, client):
    invitation = invited(lmc, lead)
    for left in (2, 1, 0):
        before = link_of(Invitation.objects.get())
        page = words(desk.post(url("invitation-again", invitation.pk), follow=True))
        assert (f"sent again {left} time" if left else "Was sent as often as it can be.") in page
        old = client.get(before)
        assert (old.status_code, "There is a newer link" in old.text) == (410, True)
        assert client.get(link_of(Invitation.objects.get())).status_code == 200
    assert Message.objects.count() == 4
    refused = words(desk.post(url("invitation-again", invitation.pk), follow=True))
    assert "This was sent again 3 times." in refused
    assert Message.objects.count() == 4


# --- accepting


def test_reading_the_page_accepts_nothing_and_shows_whom_it_is_for_and_by_whom(client, lmc, lead):
    link = link_of(invited(lmc, lead))
    for method in (client.get, client.head, client.get):
        assert method(link).status_code == 200
    page = words(client.get(link))
    for shown in ("Jo Lee", "jo.lee@example.org", "Bolton LMC", lead.name, "19 September 2016"):
        assert shown in page
    assert not User.objects.filter(email=WHO["email"]).exists()
    assert Invitation.objects.get().accepted_at is None


def test_the_colleague_accepts_is_let_in_and_is_signed_in_by_nobody(client, lmc, lead):
    link = link_of(invited(lmc, lead))

    done = client.post(link, {"name": "Dr Jo Lee", "password": GOOD}, follow=True)

    assert done.redirect_chain == [("/sign-in/", 302)]
    assert "You answer for Bolton LMC now. Sign in" in words(done)
    assert client.get("/").status_code == 302
    made = User.objects.get(email=WHO["email"])
    assert (made.name, made.check_password(GOOD)) == ("Dr Jo Lee", True)
    assert roles_of(made, today=TODAY) == {Role.REPRESENTATIVE}
    assert represents(made) == {lmc}
    for held in (made.role_grants.get(), Representative.objects.get(user=made)):
        assert (held.granted_by, held.valid_from, held.valid_to) == (lead, TODAY, None)
    given = AuditEntry.objects.filter(verb="access accepted")
    assert {(one.actor, one.became["granted_by"]) for one in given} == {(made, lead.name)}


def test_a_weak_password_is_refused_and_the_name_is_kept(client, lmc, lead):
    page = words(
        client.post(link_of(invited(lmc, lead)), {"name": "Dr Lee", "password": "tiny-pass"})
    )
    assert "at least 12 characters" in page
    assert 'value="Dr Lee"' in page
    assert "tiny-pass" not in page
    assert not User.objects.filter(email=WHO["email"]).exists()


def test_from_outside_nobody_can_tell_whether_the_address_has_an_account(lmc, lead):
    def page_for(email: str) -> str:
        found = Client().get(link_of(invited(lmc, lead, email=email)))
        return found.text.replace(email, "").split("csrfmiddlewaretoken")[0]

    assert page_for(accounts.user().email) == page_for("nobody@example.org")


def test_who_has_an_account_signs_in_first_and_then_accepts_with_one_button(client, lmc, lead):
    known = accounts.user(name="Known Person")
    link = link_of(invited(lmc, lead, email=known.email.upper()))

    asked = words(client.post(link, {"name": "Somebody", "password": GOOD}))

    assert "Sign in to accept" in asked
    assert represents(known) == set()
    assert User.objects.get(pk=known.pk).check_password(accounts.PASSWORD)
    client.force_login(known)
    assert represents(known) == set(), "signing in accepts nothing"
    assert "Answer for Bolton LMC?" in words(client.get(link))
    done = client.post(link, follow=True)
    assert "You answer for Bolton LMC now." in words(done)
    assert represents(known) == {lmc}
    assert roles_of(User.objects.get(pk=known.pk), today=TODAY) == {Role.REPRESENTATIVE}


def test_somebody_else_who_is_signed_in_accepts_nothing(client, lmc, lead):
    other = accounts.user()
    client.force_login(other)
    link = link_of(invited(lmc, lead))
    for answer in (client.get(link), client.post(link, {"name": "X", "password": GOOD})):
        assert "This invitation is for somebody else" in answer.text
    assert represents(other) == set()


def _used(invitation, lead):
    actions.join_by_invitation(
        token=token_of(invitation), name="Jo", password=GOOD, now=NOW, today=TODAY
    )


def _withdrawn(invitation, lead):
    actions.withdraw(invitation=invitation, by=lead, now=NOW, today=TODAY)


def _too_old(invitation, lead):
    Invitation.objects.update(expires_at=NOW)


def _inviter_gone(invitation, lead):
    Representative.objects.filter(user=lead).update(valid_to=TODAY - dt.timedelta(1))


def _inviter_suspended(invitation, lead):
    User.objects.filter(pk=lead.pk).update(is_active=False)


@pytest.mark.parametrize(
    ("happened", "heading", "does"),
    [
        (_used, "This invitation was accepted", "sign in with your email address"),
        (_withdrawn, "This invitation was withdrawn", "They can invite you again"),
        (_too_old, "This invitation is too old", "Ask whoever invited you to send it again"),
        (_inviter_gone, "This invitation has ended", "Ask somebody else there"),
        (_inviter_suspended, "This invitation has ended", "Ask somebody else there"),
    ],
)
def test_a_link_that_has_had_its_day_says_so_and_what_to_do(
    client, lmc, lead, happened, heading, does
):
    invitation = invited(lmc, lead)
    link, before = link_of(invitation), User.objects.count()
    happened(invitation, lead)
    after = User.objects.count()

    for answer in (client.get(link), client.post(link, {"name": "Jo", "password": GOOD})):
        assert answer.status_code == 410
        assert heading in words(answer)
        assert does in words(answer)
    assert User.objects.count() == after
    assert after - before == (happened is _used)


def test_an_altered_link_is_not_found(client, lmc, lead):
    token = token_of(invited(lmc, lead))
    for wrong in (token[:-1], f"{token}a", token.swapcase(), "x", "a:b:c"):
        answer = client.get(reverse("stakeholders:invitation", args=[wrong]))
        assert answer.status_code == 404
        assert "Copy the whole link" in words(answer)


def test_the_letter_is_not_written_once_it_is_pointless(lmc, lead):
    invitation = invited(lmc, lead)
    message = Message.objects.get()
    assert letter(message, now=NOW + WEEK) is None
    _withdrawn(invitation, lead)
    assert letter(message, now=NOW) is None


@pytest.mark.django_db(transaction=True)
def test_the_same_invitation_accepted_twice_at_once_lets_in_once():
    lmc = stakeholders.lmc(name="Bolton LMC", code="LMC901")
    token = token_of(invited(lmc, stakeholders.representative(lmc)))

    def accept():
        try:
            return actions.join_by_invitation(
                token=token, name="Jo Lee", password=GOOD, now=NOW, today=TODAY
            )
        except InvitationUnusable as used:
            return used.why

    answers = at_once([accept, accept, accept])

    made = User.objects.get(email=WHO["email"])
    assert sorted(map(str, answers)) == sorted([str(made), "accepted", "accepted"])
    assert RoleGrant.objects.filter(user=made).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_invitations_of_one_address_accepted_at_once_make_one_account():
    tokens = []
    for code in ("LMC901", "LMC902"):
        lmc = stakeholders.lmc(code=code)
        tokens.append(token_of(invited(lmc, stakeholders.representative(lmc))))

    def accept(token):
        try:
            return actions.join_by_invitation(
                token=token, name="Jo Lee", password=GOOD, now=NOW, today=TODAY
            )
        except ValidationError as taken:
            return taken.message

    answers = at_once([lambda token=token: accept(token) for token in tokens])

    made = User.objects.get(email=WHO["email"])
    told = "jo.lee@example.org already has an account."
    assert sorted(map(str, answers)) == sorted([str(made), told])
    assert Invitation.objects.filter(accepted_at=None).count() == 1


# --- ending


def test_a_colleague_is_ended_with_a_reason_and_is_out_with_the_next_click(desk, lmc, lead):
    colleague = stakeholders.representative(lmc)
    held = Representative.objects.get(user=colleague)
    theirs = Client()
    theirs.force_login(colleague)
    assert theirs.get(url("invite")).status_code == 200

    assert "Enter why" in words(desk.post(url("colleague-end", held.pk), {"reason": ""}))
    done = desk.post(url("colleague-end", held.pk), {"reason": "Retired"}, follow=True)

    assert f"{colleague.name} does not answer for Bolton LMC any more." in words(done)
    assert theirs.post(url("invite"), WHO).status_code == 404, "in the middle of a form"
    assert not Invitation.objects.exists()
    entry = AuditEntry.objects.get(verb="access ended")
    assert (entry.actor, entry.on_behalf_of) == (lead, str(lmc))
    assert entry.became["reason"] == "Retired"
    assert desk.post(url("colleague-end", held.pk), {"reason": "x"}).status_code == 404


def test_the_last_who_answers_cannot_stop_and_one_of_two_can(desk, lmc, lead):
    mine = Representative.objects.get(user=lead)
    refused = words(desk.post(url("colleague-end", mine.pk), {"reason": "Retired"}))
    assert "Nobody would answer for Bolton LMC any more. Invite somebody first" in refused
    assert represents(lead) == {lmc}

    stakeholders.representative(lmc)
    done = desk.post(url("colleague-end", mine.pk), {"reason": "Retired"}, follow=True)

    assert "You do not answer for Bolton LMC any more." in words(done)
    assert represents(lead) == set()


@pytest.mark.django_db(transaction=True)
def test_two_leads_who_end_each_other_at_once_leave_one():
    lmc = stakeholders.lmc(name="Bolton LMC", code="LMC901")
    first, second = (stakeholders.representative(lmc) for _ in range(2))

    def end(whom, by):
        opened = Client()
        opened.force_login(by)
        held = Representative.objects.get(user=whom)
        return lambda: opened.post(url("colleague-end", held.pk), {"reason": "x"}).status_code

    answers = at_once([end(first, second), end(second, first)])

    assert 302 in answers
    assert sorted(len(represents(one)) for one in (first, second)) == [0, 1]


def test_an_administrator_reads_and_changes_nothing(client, lmc, lead):
    client.force_login(accounts.user(Role.ADMINISTRATOR))
    invited(lmc, lead)
    page = words(client.get(url("colleagues")))
    assert lead.name in page
    assert "Jo Lee" in page
    assert "Invite a colleague" not in page
    assert "Withdraw" not in page


def test_the_page_asks_as_much_of_the_database_for_many_as_for_few(
    desk, lmc, lead, django_assert_max_num_queries
):
    counts = []
    for number in (1, 12):
        for one in range(number):
            stakeholders.representative(lmc)
            invited(lmc, lead, email=f"n{number}-{one}@example.org")
        with django_assert_max_num_queries(25) as counted:
            assert desk.get(url("colleagues")).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]
