"""What was typed when a visit had ended, carried in the session through the steps of the sign-in."""

from django.http import HttpRequest

from ui import kept

KEY = "carried"


def keep(request: HttpRequest, sealed: str, action: str) -> None:
    """Carry the sealed fields of a form for ``action``; nothing, and nobody else's, without them."""
    if kept.opened(sealed):
        request.session[KEY] = {"fields": sealed, "action": action or "/"}
    else:
        request.session.pop(KEY, None)


def waiting(request: HttpRequest) -> tuple[kept.Fields, str] | None:
    """The fields and the address they were meant for, or None."""
    carried = request.session.get(KEY)
    return (kept.opened(carried["fields"]), carried["action"]) if carried else None


def drop_if_sent(request: HttpRequest) -> None:
    """Forget the fields once they have been sent on to where they were meant for."""
    carried = request.session.get(KEY) if request.method == "POST" else None
    if carried and carried["action"].partition("?")[0] == request.path:
        del request.session[KEY]
