"""Deny by default: whoever is not signed in sees the sign-in page, on every address."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter

OPEN = {
    "/healthz",
    "/sign-in/",
    "/sign-in/code/",
    "/sign-in/code/enter/",
    "/sign-in/forgotten/",
    "/sign-in/forgotten/sent/",
    "/sign-in/new-password/x/x/",
    "/sign-in/new-password/saved/",
    "/sign-in/second-factor/",
    "/sign-in/passkey/",
    "/sign-in/provider/",
    "/sign-in/provider/return/",
    "/accessibility/",
    "/components/",
    "/invitations/x/",
    "/first-password/x/",
    "/answer/x/",
    "/answer/x/again/",
    "/c/",
    "/c/x/",
    "/consultations/",
    "/consultations/1/",
    "/respond/x/",
    "/respond/x/answer/",
    "/respond/x/back/x/",
    "/receipts/x/",
    "/unsubscribe/x/",
    "/plans/x/you-said/",
}
"""Addresses for everybody. A new one is a decision: add it here with its reason.

/healthz tells machines whether the service is whole; /sign-in/ is where everybody begins, with a
password, by a code in a mail, by a passkey, through an identity provider, or to replace a forgotten
password; the second factor is asked for before anybody is signed in;
/accessibility/ must be readable by whoever cannot use the sign-in page; /components/ shows no data
and exists in demonstrations only; /invitations/ and /first-password/ let in who
holds a link that was sent to them; /answer/ lets whoever holds a link answer its one question; /c/
takes the comment of a member who was given a code; /consultations/ is the public register,
and sends a stranger to the sign-in page for what is not published; /respond/ takes the answers of anybody to a
consultation, and /receipts/ tells whoever holds its address what became of them; /unsubscribe/ stops the daily summaries for whoever
holds the link in one, because a mail that cannot be stopped without a password is a nuisance;
/plans/.../you-said/ is what the managers of a plan have published for everybody.
"""

EXAMPLES = {
    IntConverter: "1",
    SlugConverter: "x",
    StringConverter: "x",
    UUIDConverter: "00000000-0000-4000-8000-000000000000",
}


def addresses() -> list[str]:
    """Every address that the service answers, with an example in each place."""
    return sorted({address for _, address in named_addresses()})


def named_addresses() -> Iterator[tuple[str, str]]:
    """The name of every route ("accounts:sign-in") with such an address."""
    yield from _walk(get_resolver().url_patterns, "/")


def _walk(
    patterns: list[URLPattern | URLResolver], before: str, namespace: str = ""
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = str(pattern.pattern)
        for name, converter in pattern.pattern.converters.items():
            kind = next(k for k in EXAMPLES if isinstance(converter, k))
            route = route.replace(f"<{_spelling(route, name)}>", EXAMPLES[kind])
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, before + route, inner)
        else:
            yield f"{namespace}{pattern.name}", before + route


def _spelling(route: str, name: str) -> str:
    """ "slug:code" for code in "plans/<slug:code>/"."""
    inside = (part.split(">")[0] for part in route.split("<")[1:])
    return next(part for part in inside if part.split(":")[-1] == name)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_sends_a_stranger_to_the_sign_in_page(client: Client, method: str) -> None:
    found = addresses()
    assert set(found) >= OPEN
    let_in = []
    for address in found:
        answer = getattr(client, method)(address)
        if (
            address not in OPEN
            and answer.headers.get("Location") != f"/sign-in/?next={quote(address)}"
        ):
            let_in.append(f"{method} {address}: {answer.status_code}")
    assert let_in == []


@pytest.mark.django_db
def test_an_unknown_address_is_not_found_in_the_services_own_words(client: Client) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()
