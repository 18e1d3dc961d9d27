"""What somebody typed into a page that could not be taken, kept until it can be sent again."""

from django.core import signing
from django.http import HttpRequest

LONGEST = 200_000
"""Characters; a page that holds more is not kept."""
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
SALT = "ui.kept"

Fields = list[tuple[str, str]]


def typed(request: HttpRequest) -> Fields:
    """The fields of a form that was sent, in order. Nothing of a form that asks for a password."""
    if "password" in request.POST:
        return []
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != TOKEN and isinstance(value, str)
    ]
    return fields if sum(len(name) + len(value) for name, value in fields) <= LONGEST else []


def sealed(fields: Fields) -> str:
    """The fields as one text that only this service can have written; empty for none."""
    return signing.dumps(fields, salt=SALT, compress=True) if fields else ""


def opened(text: str) -> Fields:
    """The fields in a sealed text; none where it is empty or not ours."""
    try:
        return [(name, value) for name, value in signing.loads(text, salt=SALT)] if text else []
    except signing.BadSignature:
        return []


def was_sent_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of this service."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
