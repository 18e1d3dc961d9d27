"""What can be answered about somebody who took part, and what the usual answer is.

Pure. The words are the stored values of the models, which this module may not import; a test
holds the two together.
"""

from engagement.rules.ladder import TOOK_PART

REACHED = TOOK_PART | {"informed"}
"""Outcomes that make an event one that happened for somebody."""

COMMISSIONERS = frozenset({"commissioner", "icb", "region"})
"""Categories whose people speak as commissioners."""

OUTCOMES_BY_STATUS = {
    "happened": (
        "attended",
        "responded",
        "apologised",
        "no_show",
        "informed",
        "invited",
        "attempted",
    ),
    "planned": ("invited", "attempted", "apologised", "informed"),
    "cancelled": ("invited", "attempted", "apologised", "informed"),
    "tried": ("attempted", "invited", "apologised", "informed", "asked_us"),
}
"""What can have come of asking somebody, likeliest first; nobody attends what did not happen."""

USUAL_OUTCOME_BY_CHANNEL = {
    "newsletter": "informed",
    "social": "informed",
    "letter": "informed",
    "survey": "responded",
    "email": "",
}
"""What the channel itself says of its readers; an e-mail may be answered or not, so one chooses."""

CAPACITY_BY_CATEGORY = {
    "lmc": "representative",
    "commissioner": "commissioner",
    "icb": "commissioner",
    "region": "commissioner",
    "royal_college": "expert",
    "patient_group": "public",
}


def usual_capacity(category: str, *, holds_commissioner_post: bool) -> str:
    """For whom somebody of this kind of body usually speaks; empty when only the logger can know.

    A GP who also sits on a commissioner's board may have spoken as either.
    """
    capacity = CAPACITY_BY_CATEGORY.get(category, "provider")
    return "" if holds_commissioner_post and capacity != "commissioner" else capacity


def usual_outcome(*, status: str, channel: str) -> str:
    """What most of the people on the list will have done; empty when one has to choose."""
    if status == "happened":
        return USUAL_OUTCOME_BY_CHANNEL.get(channel, "attended")
    return OUTCOMES_BY_STATUS[status][0]


def status_of(answer: str, cancel_reason: str) -> str:
    """The status behind the answers "planned", "happened" and "not", with its coded reason.

    Nobody replied: it was tried. Anything else: it was cancelled.
    """
    if answer != "not":
        return answer
    return "tried" if cancel_reason == "no_response" else "cancelled"
