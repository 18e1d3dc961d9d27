"""The mail to somebody who was let in: a link to choose their first password."""

import datetime as dt

from django.urls import reverse

from accounts.first_password import LASTS, token_for
from mail.models import Message
from mail.writing import Letter, address, write
from ui.words import nhs_date


def first_password(message: Message, *, now: dt.datetime) -> Letter | None:
    """A link that ends with its use; pointless for who has a password or was suspended."""
    user = message.user
    if user is None or user.has_usable_password() or not user.is_active:
        return None
    link = reverse("accounts:first-password", args=[token_for(user)])
    context = {
        "name": user.name,
        "why": "You get this because an administrator of the service gave you an account.",
        "email": user.email,
        "link": address(link),
        "until": nhs_date(now + LASTS),
    }
    return write("plans/first_password", context, subject="Choose your password")
