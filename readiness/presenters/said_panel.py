"""Where one reads on from a dossier: what was said about the plan, and what changed because of it."""

from urllib.parse import urlencode

from django.urls import reverse

from ui.shapes import Link


def links(code: str, *, reads_answers: bool, can_log: bool) -> list[Link]:
    """The pages about the plan that the reader may open: its managers and the reviewers read what
    people answered, and its managers send lists."""
    every = [
        ("You said, we did", "engagement:you-said"),
        ("Whom its text leaves out", "plans:omissions"),
        ("Who was shown which version", "plans:shown"),
    ]
    of_readers = [
        ("Every point that was made", "engagement:points"),
        ("Themes", "engagement:themes"),
    ]
    named = [*every[:1], *(of_readers if reads_answers else ()), *every[1:]]
    of_plan = urlencode({"plan": code})
    lists = [Link("Send an attendance list", f"{reverse('engagement:attendance-new')}?{of_plan}")]
    return [
        Link("Consultations on this plan", f"{reverse('consultations:register')}?{of_plan}"),
        *(Link(words, reverse(name, args=[code])) for words, name in named),
        *(lists if can_log else ()),
    ]
