"""The chooser: one line per plan, the most missing first."""

from collections.abc import Iterable
from dataclasses import dataclass

from readiness.presenters import addresses
from readiness.presenters.plan_words import plan_type
from readiness.queries.pages.missing import ListOfPlan
from ui.words import nhs_date


@dataclass(frozen=True, kw_only=True)
class ListLine:
    """One plan's missing lists."""

    name: str
    url: str
    plan_type: str
    submission: str
    practices: str
    practices_url: str
    share: float | None
    lmcs: str
    lmcs_url: str
    practices_about: str
    lmcs_about: str


def chooser_page(lists: Iterable[ListOfPlan]) -> list[ListLine]:
    """Each plan in words."""
    return [_line(one) for one in lists]


def _line(one: ListOfPlan) -> ListLine:
    return ListLine(
        name=one.name,
        url=addresses.dossier(one.code),
        plan_type=plan_type(one.plan_type),
        submission=nhs_date(one.submission_on),
        practices=_missing(one.practices, one.practices_heard),
        practices_url=addresses.missing(one.code),
        share=one.practices_heard / one.practices
        if one.practices and one.practices_heard is not None
        else None,
        lmcs=_missing(one.lmcs, one.lmcs_heard),
        lmcs_url=addresses.missing(one.code, category="lmcs"),
        practices_about=f" practices not heard in {one.name}",
        lmcs_about=f" LMCs not heard in {one.name}",
    )


def _missing(number: int | None, heard: int | None) -> str:
    if not number or heard is None:
        return "Not known yet"
    return f"{number - heard:,} of {number:,}" if heard < number else "Nobody"
