"""The mail that asks a colleague to answer for an organisation."""

import datetime as dt

from django.urls import reverse

from mail.models import Message
from mail.writing import Letter, address, write
from stakeholders.queries.invitations import invitation_to_send, token_of
from ui.words import nhs_date


def invitation(message: Message, *, now: dt.datetime) -> Letter | None:
    """The invitation with its link; pointless once it was accepted, withdrawn or is too old."""
    found = invitation_to_send(message.about_key, now=now)
    if found is None:
        return None
    organisation = found.organisation.name
    link = reverse("stakeholders:invitation", args=[token_of(found)])
    context = {
        "name": found.name,
        "why": f"You get this because {found.sent_by.name} gave your address.",
        "inviter": found.sent_by.name,
        "organisation": organisation,
        "link": address(link),
        "until": nhs_date(found.expires_at),
    }
    subject = f"{found.sent_by.name} invites you to answer for {organisation}"
    return write("stakeholders/invitation", context, subject=subject)
