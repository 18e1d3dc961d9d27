"""The directory: organisations by word, category and whether they are open."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from stakeholders.models import OpenPeriod, Organisation
from stakeholders.rules import search_text


@dataclass(frozen=True, kw_only=True)
class DirectoryFilters:
    """What the reader asked for; empty text asks for everything. ``state`` is open or closed."""

    words: str = ""
    category: str = ""
    state: str = ""

    @property
    def any(self) -> bool:
        return self != DirectoryFilters()


def directory(filters: DirectoryFilters, *, today: dt.date) -> QuerySet[Organisation]:
    """The organisations asked for, each with ``is_open``. Words are looked up by their beginning."""
    open_today = Exists(OpenPeriod.objects.on(today).filter(organisation=OuterRef("pk")))
    found = with_words(Organisation.objects.all(), filters.words)
    if filters.category:
        found = found.filter(category=filters.category)
    if filters.state:
        found = found.filter(open_today if filters.state == "open" else ~open_today)
    return found.annotate(is_open=open_today)


def with_words(organisations: QuerySet[Organisation], typed: str) -> QuerySet[Organisation]:
    """Only organisations in whose name, code or postcode every word typed begins a word.

    Something typed without a single letter or digit finds nothing, rather than everything.
    """
    words = search_text(typed).split()
    if typed and not words:
        return organisations.none()
    for word in words:
        organisations = organisations.filter(search_text__contains=f" {word}")
    return organisations
