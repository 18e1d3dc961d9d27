"""Those who answered are told: that it came, with the address of its receipt, and what became of it.

Nothing that a stranger typed stands in a mail, not even a name: whoever types somebody else's
address must not be able to make us write to them in words of their own.
"""

import datetime as dt
import hashlib

from consultations.models import Response, SavedForm
from mail.actions import Post, Recipient, post_all

RECEIVED, SAVED = "response-received", "response-saved"
CALLED = "respondent"
"""How somebody is addressed who has no account."""


def tell_received(response: Response, *, now: dt.datetime) -> None:
    """The receipt, to who left an address to be told by, or who sent it signed in."""
    to = recipient_of(response)
    if to is None:
        return
    post = Post(
        matter=f"{RECEIVED}:{response.pk}", to=to, about=response, context={"response": response.pk}
    )
    post_all([post], kind=RECEIVED, now=now)


def tell_saved(saved: SavedForm, *, email: str, now: dt.datetime) -> None:
    """The address to return by, once for each e-mail address and form."""
    box = hashlib.sha256(email.casefold().encode()).hexdigest()[:16]
    to = Recipient(email=email, name=CALLED)
    post = Post(matter=f"{SAVED}:{saved.pk}:{box}", to=to, context={"saved": saved.pk})
    post_all([post], kind=SAVED, now=now)


def recipient_of(response: Response) -> Recipient | None:
    """Who is told of this response: who sent it signed in, failing that the address they left."""
    respondent = response.respondent
    if not respondent.wants_news:
        return None
    if response.recorded_by and respondent.organisation_id and response.route in OWN_ROUTES:
        return Recipient(user=response.recorded_by)
    return Recipient(email=respondent.email, name=CALLED) if respondent.email else None


OWN_ROUTES = frozenset({"form", "collated"})
"""Where who recorded a response is who sent it, and not staff who typed it in."""
