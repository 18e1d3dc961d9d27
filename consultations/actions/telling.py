"""Those who answered are told: that it came, with the address of its receipt, and what became of it.

Nothing that a stranger typed stands in a mail, not even a name: whoever types somebody else's
address must not be able to make us write to them in words of their own.
"""

import datetime as dt
import hashlib

from consultations.models import Response, SavedForm
from consultations.queries.receipts import moved_since, responses_told_of
from mail.actions import Post, Recipient, post_all

RECEIVED, SAVED, MOVED = "response-received", "response-saved", "response-moved"
LOOKS_BACK = dt.timedelta(days=30)
"""How far back a decision may lie of which somebody was not told yet: days without a worker are
made good. Nobody is told twice."""
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


def tell_moved(*, now: dt.datetime) -> int:
    """Everybody about whose words something was decided or published since they were last told,
    once for all of it. How many are told now."""
    moments = moved_since(now - LOOKS_BACK)
    posts = []
    for response in responses_told_of(moments):
        to = recipient_of(response)
        if to is not None:
            posts.append(
                Post(
                    matter=f"{MOVED}:{response.pk}:{moments[response.pk]:%Y%m%d%H%M%S}",
                    to=to,
                    about=response,
                    context={"response": response.pk},
                )
            )
    return post_all(posts, kind=MOVED, now=now)


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
