"""Those who answered are told: that it came, with the address of its receipt, and what became of it."""

import datetime as dt

from consultations.models import Response
from mail.actions import Post, Recipient, post_all

RECEIVED = "response-received"


def tell_received(response: Response, *, now: dt.datetime) -> None:
    """The receipt, to who left an address to be told by."""
    respondent = response.respondent
    if not (respondent.wants_news and respondent.email):
        return
    to = Recipient(email=respondent.email, name=respondent.name)
    post = Post(
        matter=f"{RECEIVED}:{response.pk}", to=to, about=response, context={"response": response.pk}
    )
    post_all([post], kind=RECEIVED, now=now)
