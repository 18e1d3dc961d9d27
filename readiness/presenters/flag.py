"""The page of one flag: what it is, who acts on it, what help was offered, how it ended."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from plans.models import Plan
from readiness.models import Flag, SupportOffer
from readiness.presenters import addresses
from readiness.presenters.flags import overdue_words, title_of
from readiness.presenters.plan_words import SEVERITY_COLOURS, SEVERITY_WORDS, crumbs
from ui.shapes import Link, Row
from ui.words import day_span, nhs_date


@dataclass(frozen=True, kw_only=True)
class OfferLine:
    """One offer of support."""

    what: str
    owner: str
    offered: str
    closed: str
    outcome: str
    close_url: str


@dataclass(frozen=True, kw_only=True)
class FlagPage:
    """Everything on the page."""

    title: str
    caption: str
    severity: str
    colour: str
    is_open: bool
    facts: list[Row]
    taken_on: list[Row]
    overdue: str
    offers: list[OfferLine]
    take_on_url: str
    take_on_words: str
    support_url: str
    crumbs: list[Link]


def flag_page(
    flag: Flag,
    offers: Sequence[SupportOffer],
    *,
    today: dt.date,
    sees_events: bool,
    may_take_on: bool,
    may_offer: bool,
) -> FlagPage:
    """Buttons only for those who may press them, and only while the flag is open."""
    is_open = flag.cleared_at is None
    helped = any(offer.closed_at is None for offer in offers)
    return FlagPage(
        title=title_of(flag),
        caption=flag.plan.title,
        severity=SEVERITY_WORDS[flag.severity],
        colour=SEVERITY_COLOURS[flag.severity],
        is_open=is_open,
        facts=_facts(flag, today=today, sees_events=sees_events),
        taken_on=_taken_on(flag, today=today),
        overdue=overdue_words(flag, today=today),
        offers=[_offer(flag, offer, may_close=may_offer) for offer in offers],
        take_on_url=_url("flag-take-on", flag) if is_open and may_take_on else "",
        take_on_words="Change who does what" if flag.owner_id else "Take this flag on",
        support_url=_url("flag-support", flag) if is_open and may_offer and not helped else "",
        crumbs=[*crumbs(flag.plan), Link("Flags", addresses.flags(plan=flag.plan.code))],
    )


def form_context(plan: Plan, flag: Flag) -> dict[str, object]:
    """What the forms about a flag stand in."""
    return {"plan": plan, "flag_title": title_of(flag), "back_url": _url("flag", flag)}


def _facts(flag: Flag, *, today: dt.date, sees_events: bool) -> list[Row]:
    code = flag.plan.code
    due = f"{nhs_date(flag.plan.submission_on)}, {day_span(flag.plan.submission_on, today)}"
    rows = [
        Row(
            key="Figure",
            value=flag.figure,
            url=addresses.dossier(code, flag.key),
            action="See the criterion",
        ),
        Row(key="Open since", value=nhs_date(flag.raised_at)),
        Row(
            key="Severity",
            value=f"{SEVERITY_WORDS[flag.severity]} since {nhs_date(flag.severity_since)}",
        ),
        Row(key="Submission", value=due),
        Row(key="Raised by", value=str(flag.raised_by.policy)),
    ]
    if flag.cleared_at is not None:
        rows.append(Row(key="Cleared on", value=nhs_date(flag.cleared_at)))
        rows.append(_because(flag, sees_events=sees_events))
    if flag.previous is not None and flag.previous.cleared_at is not None:
        words = f"A flag that cleared on {nhs_date(flag.previous.cleared_at)}"
        rows.append(
            Row(key="Opens again", value=words, url=_url("flag", flag.previous), action="See it")
        )
    return rows


def _because(flag: Flag, *, sees_events: bool) -> Row:
    """Who may not open every event is told its day alone."""
    event = flag.cleared_by
    if event is None:
        return Row(key="Cleared by", value=flag.cleared_because)
    if not sees_events:
        return Row(key="Cleared by", value=f"An event on {nhs_date(event.held_on)}")
    return Row(
        key="Cleared by",
        value=flag.cleared_because,
        url=addresses.event(event.pk),
        action="See the event",
    )


def _taken_on(flag: Flag, *, today: dt.date) -> list[Row]:
    if flag.owner is None or flag.due_on is None or flag.acknowledged_at is None:
        return []
    by = flag.acknowledged_by.name if flag.acknowledged_by else "the service"
    return [
        Row(key="Who", value=flag.owner.name),
        Row(key="What", value=flag.action),
        Row(key="Due", value=f"{nhs_date(flag.due_on)}, {day_span(flag.due_on, today)}"),
        Row(key="Recorded", value=f"{nhs_date(flag.acknowledged_at)} by {by}"),
    ]


def _offer(flag: Flag, offer: SupportOffer, *, may_close: bool) -> OfferLine:
    closed = offer.closed_at
    return OfferLine(
        what=offer.what,
        owner=offer.owner.name,
        offered=f"{nhs_date(offer.offered_at)} by {offer.offered_by.name}",
        closed=f"Closed on {nhs_date(closed)}" if closed else "Open",
        outcome=offer.outcome,
        close_url=reverse("readiness:flag-support-close", args=[flag.pk, offer.pk])
        if may_close and closed is None
        else "",
    )


def _url(name: str, flag: Flag) -> str:
    return reverse(f"readiness:{name}", args=[flag.pk])
