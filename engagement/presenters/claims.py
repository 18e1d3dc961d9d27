"""What organisations claim, in words: for them, for the managers, for the board."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from engagement.models import Claim, ClaimKind, ClaimState, Event
from ui.shapes import Row
from ui.words import nhs_date, nhs_datetime, plural

COLOURS = {
    ClaimState.OPEN: "blue",
    ClaimState.ACCEPTED: "green",
    ClaimState.LINKED: "green",
    ClaimState.DECLINED: "orange",
    ClaimState.TAKEN_BACK: "grey",
}
KINDS = {
    ClaimKind.MET: "Met or spoke",
    ClaimKind.SENT: "Sent views",
    ClaimKind.NO_REPLY: "Asked to be involved and heard nothing",
}
ENDED = {
    ClaimState.ACCEPTED: "Accepted into the record",
    ClaimState.LINKED: "Found to be in the record already",
    ClaimState.DECLINED: "Declined",
    ClaimState.TAKEN_BACK: "Taken back",
}
SHOWN = 5
"""Claims that a dossier lists in full; the rest are counted."""


@dataclass(frozen=True, kw_only=True)
class ClaimLine:
    """One claim in a list."""

    url: str
    title: str
    about: str
    state: str
    colour: str
    reason: str
    is_open: bool
    plan: str = ""


@dataclass(frozen=True, kw_only=True)
class ClaimsPanel:
    """The claims about one plan, for its dossier."""

    sentence: str
    lines: list[ClaimLine]
    more: str


@dataclass(frozen=True, kw_only=True)
class BehindLine:
    """A claim that stands behind a record."""

    sentence: str
    url: str


@dataclass(frozen=True, kw_only=True)
class CandidateLine:
    """A record that could be corrected to name the organisation."""

    url: str
    title: str
    about: str


def kind_words(claim: Claim) -> str:
    """``Met or spoke``; a response made of comments says so."""
    return KINDS[ClaimKind(claim.kind)]


def rows(claim: Claim, *, members: int) -> list[Row]:
    """What the organisation says, line by line."""
    said = [
        Row(key="Claimed by", value=claim.organisation.name),
        Row(key="What", value=claim.get_kind_display()),
        Row(key="When", value=nhs_date(claim.happened_on)),
        Row(key="How", value=claim.get_channel_display()),
    ]
    if claim.with_whom:
        said.append(Row(key="With whom", value=claim.with_whom))
    if members:
        said.append(
            Row(
                key="Put together from",
                value=plural(members, "comment of members,comments of members"),
            )
        )
    return said


def history(claim: Claim) -> list[str]:
    """Who did what, when; the newest last."""
    made = f"{claim.claimed_by.name} added it for {claim.organisation.name}"
    lines = [f"{made} on {nhs_datetime(claim.claimed_at)}."]
    if claim.decided_at and claim.decided_by:
        ended = ENDED[ClaimState(claim.state)]
        lines.append(f"{ended} by {claim.decided_by.name} on {nhs_datetime(claim.decided_at)}.")
    if claim.event and claim.event.withdrawn_at:
        lines.append(f"The record was withdrawn on {nhs_datetime(claim.event.withdrawn_at)}.")
    return lines


def reason_heading(claim: Claim) -> str:
    """Above the words with which the claim came to its end."""
    return "Why they took it back" if claim.state == ClaimState.TAKEN_BACK else "Why not"


def line(claim: Claim) -> ClaimLine:
    """One claim in a list: who says what, and what became of it."""
    return ClaimLine(
        url=reverse("engagement:claim", args=[claim.pk]),
        title=f"{kind_words(claim)}, {nhs_date(claim.happened_on)}",
        about=f"Claimed by {claim.organisation.name} on {nhs_date(claim.claimed_at)}",
        state=claim.get_state_display(),
        colour=COLOURS[ClaimState(claim.state)],
        reason=claim.reason,
        is_open=claim.state == ClaimState.OPEN,
    )


def lines(claims: Iterable[Claim]) -> list[ClaimLine]:
    """The same for each."""
    return [line(one) for one in claims]


def waiting(claims: Sequence[Claim], number: int) -> dict[str, Any]:
    """For the pages of a manager: the oldest of ``number`` claims that wait for a decision."""
    more = number - len(claims)
    heading = plural(number, "claim waits", "claims wait")
    return {
        "claims_waiting": [replace(line(one), plan=one.plan.title) for one in claims],
        "claims_heading": f"{heading} for you",
        "claims_more": f"{more:,} more: they come up here as you decide." if more > 0 else "",
    }


def panel(claims: Sequence[Claim]) -> ClaimsPanel | None:
    """What organisations say the record misses: what waits and what was declined, in full; what was
    taken in is counted. None where nobody claimed anything."""
    if not claims:
        return None
    waiting = [one for one in claims if one.state == ClaimState.OPEN]
    declined = [one for one in claims if one.state == ClaimState.DECLINED]
    taken_in = sum(one.state in {ClaimState.ACCEPTED, ClaimState.LINKED} for one in claims)
    shown = [*waiting, *declined]
    return ClaimsPanel(
        sentence=(
            f"Organisations added {plural(len(claims), 'contact')} that the record did not have:"
            f" {_counts(len(waiting), taken_in, len(declined), len(claims))}."
            " None counts for a figure by itself."
        ),
        lines=lines(shown[:SHOWN]),
        more=f"{len(shown) - SHOWN} more" if len(shown) > SHOWN else "",
    )


def _counts(waiting: int, taken_in: int, declined: int, number: int) -> str:
    back = number - waiting - taken_in - declined
    said = [
        f"{count} {words}"
        for count, words in (
            (waiting, "waiting for the managers"),
            (taken_in, "in the record now"),
            (declined, "declined"),
            (back, "taken back"),
        )
        if count
    ]
    return ", ".join(said)


def behind_lines(claims: Iterable[Claim]) -> list[BehindLine]:
    """On the page of an event: that an organisation claimed it."""
    how = {
        ClaimState.ACCEPTED: "accepted into the record",
        ClaimState.LINKED: "linked to this record",
    }
    return [
        BehindLine(
            sentence=f"Claimed by {one.organisation.name} on {nhs_date(one.claimed_at)},"
            f" {how[ClaimState(one.state)]} on {nhs_date(one.decided_at)}.",
            url=reverse("engagement:claim", args=[one.pk]),
        )
        for one in claims
    ]


def candidate_lines(events: Iterable[Event]) -> list[CandidateLine]:
    """Records of the same day that do not name the organisation, with where to correct them."""
    return [
        CandidateLine(
            url=reverse("engagement:event", args=[event.pk]),
            title=event.title,
            about=f"{nhs_date(event.held_on)}, {event.get_channel_display().lower()}",
        )
        for event in events
    ]
