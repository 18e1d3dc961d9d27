"""The chain, redactions and holds in words."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import AuditEntry, LegalHold, Redaction, User
from accounts.presenters.words import noun_of
from accounts.queries.chain import Head
from accounts.queries.redactions import holds_in_the_way, values_holding
from ui.words import nhs_date, nhs_datetime, plural

SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class HeadWords:
    """Where the chain ends: a sentence, and the hash to compare."""

    sentence: str
    hash: str
    printed: str


@dataclass(frozen=True, kw_only=True)
class RedactionLine:
    """One request, and where it stands."""

    url: str
    about: str
    asked: str
    reason: str
    state: str
    colour: str
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A value that would be taken out: where it stands and what it says."""

    about: str
    when: str
    value: str


@dataclass(frozen=True, kw_only=True)
class RedactionPage:
    """Everything the second person needs to decide; ``why_not`` when they cannot."""

    line: RedactionLine
    words: str
    taken: list[Taken]
    more: str
    holds: list["HoldLine"]
    why_not: str


@dataclass(frozen=True, kw_only=True)
class HoldLine:
    """One hold."""

    about: str
    reason: str
    placed: str
    lifted: str
    lift_url: str


def head(found: Head) -> HeadWords:
    """12,345 entries are sealed, the last on 3 April 2016 at 10:42am."""
    if found.at is None:
        return HeadWords(sentence="Nothing is sealed yet.", hash="", printed="")
    when = nhs_datetime(found.at)
    return HeadWords(
        sentence=f"{plural(found.count, 'entry is', 'entries are')} sealed, the last on {when}.",
        hash=found.hash,
        printed=f"History checkpoint: sequence {found.sequence}, hash {found.hash}",
    )


def about(entry: AuditEntry) -> str:
    """What an entry is about: "event: Spring forum"."""
    return f"{noun_of(entry.object_type)}: {entry.label}"


def redaction_line(one: Redaction, *, reader: User) -> RedactionLine:
    """As the list shows it. The words themselves are only on its own page, while it is open."""
    state, colour = _state(one)
    where = f"{noun_of(one.object_type)} {one.object_key}" if one.object_type else ""
    return RedactionLine(
        url=reverse("accounts:redaction", args=[one.pk]),
        about=where or "The whole history",
        asked=f"{nhs_date(one.asked_at)}, {one.asked_by.name}",
        reason=one.reason,
        state=state,
        colour=colour,
        is_open=not (one.done_at or one.refused_at),
    )


def redaction_page(one: Redaction, *, reader: User) -> RedactionPage:
    """What would be taken out now, and what stands in the way."""
    line = redaction_line(one, reader=reader)
    held = []
    if line.is_open:
        held = values_holding(one.words, object_type=one.object_type, object_key=one.object_key)
    standing = holds_in_the_way(held)
    return RedactionPage(
        line=line,
        words=one.words,
        taken=[
            Taken(
                about=about(item.entry),
                when=nhs_datetime(item.entry.recorded_at),
                value=item.value,
            )
            for item in held[:SHOWN]
        ],
        more=f"and {plural(len(held) - SHOWN, 'more')}" if len(held) > SHOWN else "",
        holds=[hold_line(hold) for hold in standing],
        why_not=_why_not(one, standing, reader),
    )


def taken_out(number: int) -> str:
    """What the page says once it is done."""
    return f"{plural(number, 'value')} taken out of the history. The chain still holds."


def hold_line(one: LegalHold) -> HoldLine:
    """As the list shows it."""
    lifted = ""
    if one.lifted_at:
        lifted = f"{nhs_date(one.lifted_at)}, {one.lifted_by.name if one.lifted_by else ''}"
    return HoldLine(
        about=f"{noun_of(one.object_type)} {one.object_key}",
        reason=one.reason,
        placed=f"{nhs_date(one.placed_at)}, {one.placed_by.name}",
        lifted=lifted,
        lift_url="" if one.lifted_at else reverse("accounts:hold-lift", args=[one.pk]),
    )


def _state(one: Redaction) -> tuple[str, str]:
    if one.done_at:
        by = one.done_by.name if one.done_by else ""
        return f"Taken out on {nhs_date(one.done_at)} by {by}", "grey"
    if one.refused_at:
        return f"Refused on {nhs_date(one.refused_at)}", "grey"
    return "Waits for a second person", "yellow"


def _why_not(one: Redaction, standing: list[LegalHold], reader: User) -> str:
    if one.done_at or one.refused_at:
        return "This is decided."
    if one.asked_by_id == reader.pk:
        return "You asked for this. A second person decides on it."
    if standing:
        return "A legal hold is on a record concerned. Nothing is taken out until it is lifted."
    return ""
