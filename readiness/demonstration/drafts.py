"""The text of the plans' drafts, written for the demonstration. Pure.

What they say is nobody's plan. Each has the same chapters in the order of a real one; how often
general practice is named, and whether at all, is the plan's story.
"""

from collections.abc import Sequence

FULL = (
    (
        "Chapter 1. Where we start from. {area} has grown older and busier. Patients wait longer in"
        " general practice and in hospital. This plan was written with GPs and our local medical"
        " committees, with NHS trusts, councils and their public health and social care teams, with the"
        " Health and Wellbeing Board, Healthwatch, patient groups and the voluntary sector."
    ),
    (
        "Chapter 2. Care near home. Each neighbourhood has one team. General practice leads it, with"
        " community nurses, social care and the voluntary sector beside it. Practices are paid for the"
        " hour a week that the team meets."
    ),
    (
        "Chapter 3. Hospitals. NHS trusts share rotas for urgent care at night. No ward is closed before"
        " the beds that it needs elsewhere are open."
    ),
    (
        "Chapter 4. How general practice is supported. Each practice may call on a pharmacist, a"
        " physiotherapist and a mental health worker. GPs who lead a neighbourhood have half a day a week"
        " for it. The premises of practices are surveyed in the first year."
    ),
    (
        "Chapter 5. Money. The plan needs more than it brings in until its third year. Councils and NHS"
        " trusts have agreed how the gap is shared."
    ),
    (
        "Chapter 6. How people were asked. Healthwatch and patient groups held meetings in every district."
        " What was said, and what came of it, stands in the annex."
    ),
)
SILENT = (
    (
        "Chapter 1. Where we start from. {area} has grown older and busier. Patients wait longer for care"
        " in and out of hospital. This plan was written with NHS trusts, councils and their public health"
        " and social care teams, with the Health and Wellbeing Board, Healthwatch, patient groups and the"
        " voluntary sector."
    ),
    (
        "Chapter 2. Care near home. Each neighbourhood has one team of community nurses, social care and"
        " the voluntary sector. Primary care works alongside it."
    ),
    (
        "Chapter 3. Hospitals. NHS trusts share rotas for urgent care at night. No ward is closed before"
        " the beds that it needs elsewhere are open."
    ),
    (
        "Chapter 4. People who work for us. NHS trusts and councils recruit together and share what they"
        " train."
    ),
    (
        "Chapter 5. Money. The plan needs more than it brings in until its third year. Councils and NHS"
        " trusts have agreed how the gap is shared."
    ),
    (
        "Chapter 6. How people were asked. Healthwatch and patient groups held meetings in every district."
        " What was said, and what came of it, stands in the annex."
    ),
)
"""Names every group but one, as the planning framework of 2025 did."""

LATER = {
    "until its third year": "until its fourth year",
    "Practices are paid for the hour a week that the team meets.": "Practices are paid for the hour a"
    " week that the team meets, and for the one in which they prepare for it.",
    "held meetings in every district": "held meetings in every district, two of them in the evening",
}
"""What the next draft says otherwise: the difference stands out when two are laid side by side."""


def text(area: str, *, is_silent: bool, is_later: bool) -> str:
    """A draft of the plan of an area; the later of two, or one that never names general practice."""
    return "\n\n".join(pages(area, is_silent=is_silent, is_later=is_later))


def pages(area: str, *, is_silent: bool, is_later: bool) -> Sequence[str]:
    """The same by chapters."""
    return [
        _changed(one.format(area=area)) if is_later else one.format(area=area)
        for one in (SILENT if is_silent else FULL)
    ]


def _changed(words: str) -> str:
    for before, after in LATER.items():
        words = words.replace(before, after)
    return words
