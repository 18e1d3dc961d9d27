"""What became of something that was said: the decision that stands for it. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision about a point or a theme: ``disposition`` is its code, ``on`` the day it was made.

    ``version`` and ``section`` say where the plan changed, ``told_on`` when those who said it were
    told; each is empty where there is none.
    """

    disposition: str
    reason: str
    on: date | None = None
    version: str = ""
    section: str = ""
    told_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Fate:
    """Where a point stands in one plan. ``by_theme``: the decision is that of its theme."""

    theme: str = ""
    decided: Decided | None = None
    by_theme: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether there is a decision to read, with its reason."""
        return self.decided is not None


def fate(*, theme: str = "", own: Decided | None = None, of_theme: Decided | None = None) -> Fate:
    """A decision of the point's own stands before its theme's."""
    return Fate(theme=theme, decided=own or of_theme, by_theme=own is None and bool(of_theme))
