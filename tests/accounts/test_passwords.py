"""Which passwords are taken and which refused, and how one is changed."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.roles import Role
from stakeholders.models import Representative
from tests.factories import accounts, plans, stakeholders

pytestmark = pytest.mark.django_db

GOOD = "three purple herons"
CHANGE, FORGOTTEN = "/account/password/", "/sign-in/forgotten/"


@pytest.fixture
def lead() -> User:
    person = accounts.user(Role.REPRESENTATIVE, name="Jo Lee")
    bolton = stakeholders.organisation(name="Bolton Local Medical Committee")
    Representative.objects.create(user=person, organisation=bolton, valid_from=accounts.LONG_AGO)
    return person


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "x7!kQ2#mV9zt",
        "7392!4839#2z(5)8",
        "correct horse battery staple",
        "practice makes a perfect ostrich",
        "gpaper wombat 7",
        "żółw i jaskółka",
        "h" * 64 + "erons" + "y" * 64,  # 133 letters
        "   spaces before words",
    ],
)
def test_a_good_password_is_taken(password, lead):
    validate_password(password, user=lead)


@pytest.mark.parametrize(
    ("password", "because"),
    [
        ("short heron", "too short"),
        ("123456789123", "too common"),
        ("passwordpassword", "guessed first"),
        ("nhs-lmc-2026-2026", "guessed first"),
        ("NHS England 2026!", "guessed first"),
        ("Welc0me-N0vember", "guessed first"),
        ("widen-the-tent", "guessed first"),
        ("bolton bolton 1!", "guessed first"),
        ("LMC-Bolton-Lead-99", "guessed first"),
        ("telechargement", "too common"),
        ("jo.lee@example.org", "too similar"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused_in_words(password, because, lead):
    lead.email = "jo.lee@example.org"
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user=lead)
    assert because in " ".join(refused.value.messages)


def test_the_names_of_a_manager_s_footprint_and_region_are_guessed_first():
    footprint = plans.footprint(name="Westmorland")
    manager = plans.manager(footprint)

    with pytest.raises(ValidationError):
        validate_password("westmorland 1234", user=manager)
    validate_password("westmorland 1234", user=accounts.user())


def test_a_password_is_changed_by_who_knows_the_present_one(client, lead):
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.force_login(lead)

    answer = client.post(CHANGE, {"current": accounts.PASSWORD, "password": GOOD})

    assert answer.headers["Location"] == "/account/"
    page = client.get("/account/")
    assert "Your password is changed." in page.text
    lead.refresh_from_db()
    assert lead.check_password(GOOD)
    assert elsewhere.get("/account/").status_code == 302
    entry = AuditEntry.objects.get(verb="changed their password")
    assert (entry.actor, entry.was, entry.became) == (lead, {}, {})
    (told,) = mail.outbox
    assert told.to == [lead.email]
    assert "was changed" in told.subject


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"current": "wrong", "password": GOOD}, "That is not your password"),
        ({"current": "", "password": GOOD}, "Enter your password as it is now"),
        ({"current": accounts.PASSWORD, "password": ""}, "Choose a password"),
        ({"current": accounts.PASSWORD, "password": "bolton-lmc-2026"}, "guessed first"),
        ({"current": accounts.PASSWORD, "password": "x" * 5000}, "4,096 characters or fewer"),
        ({"current": "x" * 5000, "password": GOOD}, "4,096 characters or fewer"),
        ({"current": "\0", "password": "\0" * 20}, "There is a problem"),
    ],
)
def test_nothing_is_changed_by_a_slip_and_the_slip_is_named(client, lead, given, said):
    client.force_login(lead)

    answer = client.post(CHANGE, given)

    assert answer.status_code == 200
    assert said in answer.text
    assert "bolton-lmc" not in answer.text
    lead.refresh_from_db()
    assert lead.check_password(accounts.PASSWORD)
    assert mail.outbox == []


def link_in(letter) -> str:
    (link,) = re.findall(r"https://tent\.example\.org(/sign-in/new-password/\S+)", letter.body)
    return link


def test_a_forgotten_password_is_replaced_by_the_link_in_a_mail_once(client, lead):
    elsewhere = Client()
    elsewhere.force_login(lead)
    client.post(FORGOTTEN, {"email": lead.email.upper()})
    link = link_in(mail.outbox[0])

    for _ in range(3):  # a scanner of mails opens it
        opened = Client().get(link, follow=True)
        assert "Choose a new password" in opened.text
    page = client.get(link, follow=True)
    done = client.post(page.request["PATH_INFO"], {"password": GOOD}, follow=True)

    assert "Your password is saved" in done.text
    lead.refresh_from_db()
    assert lead.check_password(GOOD)
    assert client.get("/account/").status_code == 302, "it signs nobody in"
    assert elsewhere.get("/account/").status_code == 302
    assert "no longer works" in Client().get(link, follow=True).text
    assert AuditEntry.objects.filter(verb="was sent a link to a new password").count() == 1
    assert AuditEntry.objects.get(verb="changed their password").actor == lead
    assert [letter.subject for letter in mail.outbox] == [
        "Choose a new password for Widen the Tent",
        "Your password for Widen the Tent was changed",
    ]


def test_the_link_unlocks_an_address_that_a_guesser_locked(client, lead):
    for _ in range(11):
        locked = client.post("/sign-in/", {"email": lead.email, "password": "no"})
    assert "closed for an hour" in locked.text
    client.post(FORGOTTEN, {"email": lead.email})
    page = client.get(link_in(mail.outbox[0]), follow=True)
    client.post(page.request["PATH_INFO"], {"password": GOOD})

    answer = client.post("/sign-in/", {"email": lead.email, "password": GOOD})

    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    "broken",
    ["/sign-in/new-password/1/x/", "/sign-in/new-password/zzzzzzzzzzzzz/x-y/",
     "/sign-in/new-password/%00/%00/", "/sign-in/new-password/1/set-password/",
     f"/sign-in/new-password/{'9' * 400}/{'x' * 4000}/", "/sign-in/new-password/健/康/"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_none_is_a_page_and_a_way_on(client, lead, broken, method):
    answer = getattr(client, method)(broken, {"password": GOOD})

    assert answer.status_code == 200
    assert "This link no longer works" in answer.text
    assert "Send me a new link" in answer.text


def test_the_link_of_somebody_who_was_suspended_meanwhile_works_no_more(client, lead):
    client.post(FORGOTTEN, {"email": lead.email})
    User.objects.update(is_active=False)

    assert "no longer works" in client.get(link_in(mail.outbox[0]), follow=True).text


def test_who_has_no_password_chooses_one_by_mail(client, lead):
    lead.set_unusable_password()
    lead.save()
    client.force_login(lead)

    assert "you sign in without one" in client.get("/account/").text
    assert client.get(CHANGE).headers["Location"] == FORGOTTEN
