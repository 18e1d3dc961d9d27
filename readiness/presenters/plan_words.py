"""How plans and their parts are called on screens and in files."""

import datetime as dt

from django.utils import timezone

from plans.models import Plan
from readiness.models import Severity
from readiness.presenters import addresses
from readiness.queries.pages.board import PLAN_TYPES
from ui.shapes import Link
from ui.words import day_span, nhs_date, nhs_datetime

SEVERITY_WORDS = {
    Severity.URGENT.value: "Urgent",
    Severity.HIGH.value: "High",
    Severity.RAISED.value: "Raised",
    Severity.NOTICE.value: "Notice",
}
SEVERITY_COLOURS = {
    Severity.URGENT.value: "red",
    Severity.HIGH.value: "orange",
    Severity.RAISED.value: "yellow",
    Severity.NOTICE.value: "grey",
}
SEVERITIES_WORST_FIRST = tuple(SEVERITY_WORDS)


def plan_type(value: str) -> str:
    """`STP 2016`; an unknown round is shown as it is stored."""
    return PLAN_TYPES.get(value, value)


def submission(on: dt.date, today: dt.date) -> str:
    """`Submission on 21 October 2016, in 39 days`, or that it has passed."""
    if on < today:
        days = (today - on).days
        return (
            f"Submission was due on {nhs_date(on)}, {days:,} {'day' if days == 1 else 'days'} ago"
        )
    return f"Submission on {nhs_date(on)}, {day_span(on, today)}"


def as_at_words(as_at: dt.date, computed_at: dt.datetime) -> str:
    """`As at 12 September 2016, 6:40am.`, or when an older day was worked out."""
    computed = timezone.localtime(computed_at)
    if computed.date() == as_at:
        return f"As at {nhs_datetime(computed)}."
    return f"As at {nhs_date(as_at)}, worked out {nhs_datetime(computed)}."


def place_name(name: str) -> str:
    """A locality as people call it: `NHS Wigan Borough CCG` is Wigan Borough."""
    return name.removeprefix("NHS ").removesuffix(" CCG")


def crumbs(plan: Plan, **moment: str) -> list[Link]:
    """The way back from a page below a plan; ``moment`` keeps the day of the page."""
    return [
        Link("Home", addresses.home()),
        Link(plan.footprint.name, addresses.dossier(plan.code, **moment)),
    ]
