"""Of which day a page of a plan speaks, and how much of what was recorded it knows."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone


@dataclass(frozen=True, kw_only=True)
class Moment:
    """The day that a page is about, and the last day of recording that it knows of.

    ``as_at`` and ``known_by`` are empty for "today" and for "everything that is recorded now".
    """

    today: dt.date
    as_at: dt.date | None = None
    known_by: dt.date | None = None

    @property
    def day(self) -> dt.date:
        """The day of which the page speaks."""
        return self.as_at or self.today

    @property
    def known(self) -> dt.datetime | None:
        """What was recorded before this moment is known; None: whatever is recorded now.

        The day named is known whole: it is the midnight that ends it, in London.
        """
        if self.known_by is None:
            return None
        return timezone.make_aware(
            dt.datetime.combine(self.known_by + dt.timedelta(days=1), dt.time())
        )

    @property
    def is_past(self) -> bool:
        """Whether the page looks back: it is then read only, and computed and not stored."""
        return self.as_at is not None

    @property
    def key(self) -> str:
        """Tells two drawings of one page apart."""
        return f"{self.as_at or ''}/{self.known_by or ''}"

    def query(self) -> dict[str, str]:
        """The query string's values, for the links inside the page; empty for today."""
        asked = {"as-at": self.as_at, "known": self.known_by}
        return {name: day.isoformat() for name, day in asked.items() if day}
