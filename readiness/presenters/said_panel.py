"""Where one reads on from a dossier: what was said about the plan, and what changed because of it."""

from collections.abc import Collection
from urllib.parse import urlencode

from django.urls import reverse

from accounts.roles import Permission
from ui.shapes import Link


def links(code: str, may: Collection[Permission]) -> list[Link]:
    """The pages about the plan that a reader with these permissions may open."""
    every = [
        ("You said, we did", "engagement:you-said"),
        ("Whom its text leaves out", "plans:omissions"),
        ("Who was shown which version", "plans:shown"),
    ]
    of_readers = [
        ("Every point that was made", "engagement:points"),
        ("Themes", "engagement:themes"),
    ]
    named = [*every[:1], *(of_readers if Permission.READ_RESPONSES in may else ()), *every[1:]]
    register = f"{reverse('consultations:register')}?{urlencode({'plan': code})}"
    return [
        Link("Consultations on this plan", register),
        *(Link(words, reverse(name, args=[code])) for words, name in named),
    ]
