"""What a log line may hold of an address."""

import logging

import pytest

from accounts.first_password import token_for
from config.logs import NoHealth, NoTokens
from tests.factories import accounts


def said(message: str, *args: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    assert NoTokens().filter(record)
    return record.getMessage()


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["/answer/", "/invitations/", "/first-password/", "/unsubscribe/"])
def test_the_token_of_a_link_is_left_out(door) -> None:
    token = token_for(accounts.user())
    for after in ("", "/", "/again/", "/?next=/"):
        assert said("%s: %s", "Gone", f"{door}{token}{after}") == f"Gone: {door}[token]{after}"
    assert token not in said(f'Bad request: "{door}{token}/"')


@pytest.mark.parametrize(
    "address",
    [
        "/events/12/",
        "/plans/e08000001-nhp-2026/papers/activity/add/",
        "/events/log/00000000-0000-4000-8000-00000000000a/what/",
        "/organisations/?q=a+very+long+search+of+somebody+who+types+a+whole+sentence",
    ],
)
def test_any_other_address_stays(address) -> None:
    assert said("%s: %s", "Not Found", address) == f"Not Found: {address}"


@pytest.mark.parametrize(
    ("message", "address", "stays"),
    [
        ("Service Unavailable: %s", "/healthz", False),
        ("Service Unavailable: %s", "/", True),
        ("Not Found: %s", "/healthz/", True),
    ],
)
def test_that_the_service_is_not_whole_yet_is_said_by_the_answer_alone(
    message, address, stays
) -> None:
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, message, (address,), None)
    assert NoHealth().filter(record) is stays
