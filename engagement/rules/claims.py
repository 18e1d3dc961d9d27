"""What an organisation adds to a record, and what may become of it. Pure.

The words are the stored values of the models, which this module may not import; a test holds the
two together.
"""

import datetime as dt

OUTCOME_BY_KIND = {"met": "attended", "sent": "responded", "no_reply": "asked_us"}
"""What the organisation's part in the event is likely to have been."""

NEAR = dt.timedelta(days=45)
"""Records this near the claimed day are offered as the ones that may be meant."""

LONGEST = 5_000
"""Characters of what an organisation writes in a claim by hand."""


def heard_nothing(kind: str) -> bool:
    """Whether the organisation says that nobody answered it: that is no contact of ours, and what
    is made of it may raise no rung."""
    return kind == "no_reply"


def title_for(kind: str, *, channel: str, organisation: str) -> str:
    """The title suggested for the event, such as ``Meeting with Bolton LMC``."""
    if heard_nothing(kind):
        words = f"{organisation} asked to be involved"
    elif kind == "sent":
        words = f"Views of {organisation}"
    else:
        words = f"{channel} with {organisation}"
    return words if len(words) <= TITLE_LENGTH else f"{words[: TITLE_LENGTH - 1]}…"


TITLE_LENGTH = 160
