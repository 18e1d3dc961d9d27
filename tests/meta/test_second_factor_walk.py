"""Nobody who must have a second factor opens any page of the service without it."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client

from accounts.second_factor import OPEN
from tests.meta.test_permissions import address, lines, world  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db

MUST = [("MGR", False), ("REV", False), ("ADM", False), ("REV", True)]
"""Who walks, and whether they have a factor that this visit has not shown."""
LEADS_TO = ("/account/second-factor/", "/account/confirm/code/")
HOME = ("/", "/sign-in/")
"""Where the steps of the sign-in send somebody who is signed in: back to the beginning."""


@pytest.mark.parametrize(("person", "has_one"), MUST)
def test_no_address_opens_without_the_factor(world, settings, person, has_one):  # noqa: F811
    """Every line of the matrix that would open to them is the set-up, the question or a public page."""
    settings.SECOND_FACTOR_REQUIRED = True
    opened = []
    client = Client(raise_request_exception=False)
    client.force_login(world.people[person])
    if has_one:
        Authenticator.objects.create(user=world.people[person], type="totp", data={"secret": "x"})
    for line in lines():
        is_open = line["route"].rpartition(":")[2] in OPEN
        is_public = line["ANON"] != "L"
        if is_open or is_public or line["SUS"] == "Y":
            continue
        with transaction.atomic():
            answer = getattr(client, line["method"].lower())(address(line, world))
            transaction.set_rollback(True)
        where = answer.headers.get("Location", "")
        if not (where in HOME or where.startswith(LEADS_TO)):
            opened.append(f"{person} {line['method']} {line['route']}: {answer.status_code}")
    assert not opened


def test_the_walk_covers_most_of_the_matrix():
    """What is open without it is a short list."""
    public = {line["route"] for line in lines() if line["ANON"] != "L"}
    every = {line["route"] for line in lines()}

    assert len(every - public) > 80
