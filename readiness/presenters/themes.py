"""What the criteria are about: the columns of the board stand together by it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol, TypeVar


class Keyed(Protocol):
    """Whatever names a criterion."""

    @property
    def key(self) -> str: ...


Criterion = TypeVar("Criterion", bound=Keyed)

THEMES: Mapping[str, Sequence[str]] = {
    "GPs were heard": (
        "lmc_reached",
        "no_proxy",
        "gp_breadth",
        "gp_depth",
        "early_throughout",
        "recent",
        "attestation",
    ),
    "GPs in the plan": (
        "lmc_saw_plan",
        "gp_support_shown",
        "gpfv_delivery",
        "omission",
        "gp_seat",
    ),
    "Everybody else": ("required_groups", "engagement_plan", "hwb"),
    "Consultation": ("consultation_triage", "formal_consultation"),
}
"""Each theme with its criteria in the order in which a reviewer reads them."""

OTHERS = "Others"
"""Criteria that no theme names: a new one needs no line here."""

_PLACES = {
    key: (place, position)
    for place, keys in enumerate(THEMES.values())
    for position, key in enumerate(keys)
}
_LAST = len(THEMES)


BREAKS = ("Consul|tation", "Engage|ment", "Well|being", "Re|quired", "bound|aries", "Neigh|bours")
"""Where long words of a heading may break: a browser without a dictionary does not know."""


def narrow(heading: str) -> str:
    """The heading of a narrow column: the same words, which may break at a soft hyphen."""
    for parts in BREAKS:
        for one in (parts, parts[0].swapcase() + parts[1:]):
            heading = heading.replace(one.replace("|", ""), one.replace("|", "\u00ad"))
    return heading


@dataclass(frozen=True, kw_only=True)
class Theme:
    """Neighbouring columns under one heading."""

    name: str
    width: int


def by_theme(criteria: Iterable[Criterion]) -> list[Criterion]:
    """The same criteria, those of a theme together; what no theme names stays in its order, last."""
    return sorted(criteria, key=lambda one: _PLACES.get(one.key, (_LAST, 0)))


def themes_of(criteria: Iterable[Keyed]) -> list[Theme]:
    """The headings above columns that stand in the order of ``by_theme``."""
    names = [*THEMES, OTHERS]
    places = (_PLACES.get(one.key, (_LAST, 0))[0] for one in criteria)
    return [Theme(name=names[place], width=len(list(same))) for place, same in groupby(places)]
