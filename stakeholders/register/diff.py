"""Facts of a file against the stored register: what would be written. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stakeholders.register.changes import Changes, Detail, NewTie
from stakeholders.register.facts import LeftFact, OrganisationFact, Parsed, TieFact
from stakeholders.register.naming import presentable
from stakeholders.register.problems import Problem
from stakeholders.register.stored import Stored, StoredOrganisation
from stakeholders.register.timeline import ONE_DAY, Moment, Wish, end_others, follow
from ui.words import nhs_date

LARGE_SHARE = 0.05
LARGE_NUMBER = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How a kind of file is compared.

    ``names_all``: the category of which it names every one, so that one it does not name is
    missing. ``asks_before_large_change``: where more than a twentieth of those would close, or is
    missing, a person must agree. ``needs``: what an unknown end of a tie should have been ("commissioner"); the whole
    row is then wrong. Without it the tie is left out and counted. ``ends_other_ties``: the ties
    of an organisation that the file names are exactly those in the file.
    """

    names_all: str = ""
    asks_before_large_change: bool = False
    needs: str = ""
    ends_other_ties: bool = False


def compare(parsed: Parsed, stored: Stored, moment: Moment, rules: Rules) -> Changes:
    """What would be written, what is wrong with rows, and what a reader should know."""
    changes = Changes(problems=list(parsed.problems), notes=list(parsed.notes))
    changes.skipped.update(parsed.skipped)
    facts = _sound(parsed, stored, rules, changes)
    for fact in facts:
        _organisation(fact, stored, changes, as_history=moment.as_history)
    _periods(facts, stored, moment, changes)
    _left(parsed.left, stored, moment, changes)
    bad = {problem.row for problem in changes.problems}
    _ties([tie for tie in parsed.ties if tie.row not in bad], stored, moment, rules, changes)
    _list_sizes(parsed, stored, changes)
    if any(fact.category == rules.names_all for fact in facts) and not moment.as_history:
        codes = _missing(parsed, stored, moment, rules.names_all, changes)
        if rules.asks_before_large_change:
            _ask_if_large(codes, parsed, stored, changes)
    return changes


def _sound(
    parsed: Parsed, stored: Stored, rules: Rules, changes: Changes
) -> list[OrganisationFact]:
    """The organisations whose whole row can be loaded; the rest become problems."""
    known = stored.organisations.keys() | {fact.code for fact in parsed.organisations}
    wrong: set[int] = set()
    for tie in parsed.ties if rules.needs else ():
        unknown = [code for code in (tie.source, tie.target) if code not in known]
        if unknown and tie.until is None:
            wrong.add(tie.row)
            changes.problems.append(_unknown(tie, unknown[0], rules.needs))
    sound = []
    for fact in parsed.organisations:
        other = stored.organisations.get(fact.code)
        if other is not None and other.category != fact.category:
            changes.problems.append(_reused(fact, other))
        elif fact.row not in wrong:
            sound.append(fact)
    return sound


def _unknown(tie: TieFact, code: str, what: str) -> Problem:
    message = f"No {what} with this code is in the register: load the file that has it first."
    column = "code" if "," in what else what
    return Problem(tie.row, column, code, message)


def _reused(fact: OrganisationFact, other: StoredOrganisation) -> Problem:
    message = (
        f"This code already belongs to {other.name}, which is of another kind. Codes are never "
        "used twice: check the file."
    )
    return Problem(fact.row, "code", fact.code, message)


def _organisation(
    fact: OrganisationFact, stored: Stored, changes: Changes, *, as_history: bool
) -> None:
    known = stored.organisations.get(fact.code)
    if known is None:
        changes.created.append(fact)
        changes.counts["added"] += 1
        return
    if as_history or not fact.is_authority:
        return
    name = presentable(fact.name)[:200]
    address = presentable(fact.address)[:250] or known.address
    postcode = fact.postcode[:10] or known.postcode
    if (name, address, postcode) == (known.name, known.address, known.postcode):
        return
    detail = Detail(
        pk=known.pk,
        code=known.code,
        old_name=known.name,
        name=name,
        address=address,
        postcode=postcode,
    )
    changes.details.append(detail)
    changes.counts["renamed" if detail.is_renamed else "moved to another address"] += 1


def _periods(
    facts: Iterable[OrganisationFact], stored: Stored, moment: Moment, changes: Changes
) -> None:
    for fact in facts:
        spans = stored.periods.get(fact.code, [])
        if fact.code in stored.organisations and not fact.is_authority:
            continue
        wish = Wish("", fact.opened_on, fact.closed_on)
        steps = follow(spans, [wish], moment, one_at_a_time=True)
        for opened in steps.opened:
            changes.periods_opened[fact.code, opened.start or moment.as_at] = opened.end
            if spans:
                changes.counts["opened again"] += 1
        for span, last in steps.ended:
            changes.periods_ended[span.pk] = last
            changes.counts["open again after all" if last is None else "closed"] += 1
        if steps.later_than_said:
            changes.counts["counted as open from the file's day"] += 1
            changes.notes.append(_late(fact, moment))
        if steps.unknown_past:
            changes.skipped["closed, and never known as open"] += 1


def _late(fact: OrganisationFact, moment: Moment) -> Problem:
    message = (
        f"It opened on {nhs_date(fact.opened_on)}, but the file of "
        f"{nhs_date(moment.known_until)} did not have it. It counts from {nhs_date(moment.as_at)}."
    )
    return Problem(fact.row, "open date", fact.code, message)


def _left(left: Iterable[LeftFact], stored: Stored, moment: Moment, changes: Changes) -> None:
    """Close what the file only says is open no more; the last day is the one before the file's."""
    for fact in left:
        spans = [s for s in stored.periods.get(fact.code, ()) if s.covers(moment.as_at)]
        if not spans:
            changes.skipped[f"{fact.reason}, and not known as open"] += 1
        elif not moment.as_history:
            day = max(spans[0].start, moment.as_at - ONE_DAY)
            if spans[0].end != day:
                changes.periods_ended[spans[0].pk] = day
                changes.counts["closed"] += 1
                message = f"It is {fact.reason} and has no closing day: closed on {nhs_date(day)}."
                changes.notes.append(Problem(fact.row, "status", fact.code, message))


def _ties(
    ties: Iterable[TieFact], stored: Stored, moment: Moment, rules: Rules, changes: Changes
) -> None:
    known = stored.organisations.keys() | {fact.code for fact in changes.created}
    by_source = defaultdict(list)
    for tie in ties:
        if tie.source not in known or tie.target not in known:
            changes.skipped["ties to an unknown organisation"] += 1
        elif tie.until is None and not _is_open(tie, stored, moment, changes):
            changes.skipped["ties of an organisation that is not open"] += 1
        else:
            by_source[tie.source, tie.kind].append(tie)
    for (source, kind), of_source in by_source.items():
        spans = stored.ties.get((source, kind), [])
        wishes = [Wish((tie.target, tie.partial), tie.since, tie.until) for tie in of_source]
        several = rules.ends_other_ties
        steps = follow(spans, wishes, moment, one_at_a_time=not several)
        if several:
            end_others(spans, {wish.key for wish in wishes}, moment, steps)
        taken = {(span.key[0], span.start) for span in spans}
        for wish in dict.fromkeys(steps.opened):
            target, partial = wish.key
            start = wish.start or moment.as_at
            if (target, start) in taken:
                changes.skipped["ties that began on the same day already"] += 1
                continue
            taken.add((target, start))
            changes.ties_opened.append(NewTie(source, kind, target, partial, start, wish.end))
        changes.ties_ended.update({span.pk: last for span, last in steps.ended})
    changes.counts["ties begun"] += len(changes.ties_opened)
    changes.counts["ties ended"] += len(changes.ties_ended)


def _is_open(tie: TieFact, stored: Stored, moment: Moment, changes: Changes) -> bool:
    """Whether the tie's organisation is open when it should begin, after this file."""
    day = max(moment.as_at, tie.since or moment.as_at)
    opened = changes.opened_codes
    return tie.source in opened or any(s.covers(day) for s in stored.periods.get(tie.source, ()))


def _list_sizes(parsed: Parsed, stored: Stored, changes: Changes) -> None:
    for fact in parsed.list_sizes:
        if fact.code not in stored.organisations:
            changes.skipped["list sizes of unknown practices"] += 1
            message = "No practice with this code is in the register: load the practices first."
            changes.notes.append(Problem(fact.row, "practice", fact.code, message))
        elif fact.code not in stored.list_sizes:
            changes.list_sizes_added[fact.code] = fact.patients
        elif stored.list_sizes[fact.code][1] != fact.patients:
            changes.list_sizes_changed[stored.list_sizes[fact.code][0]] = fact.patients
    changes.counts["list sizes added"] += len(changes.list_sizes_added)
    changes.counts["list sizes corrected"] += len(changes.list_sizes_changed)


def _missing(
    parsed: Parsed, stored: Stored, moment: Moment, category: str, changes: Changes
) -> list[str]:
    """Report what the file no longer names; gives the codes of all that were open."""
    codes = stored.open_codes(category, moment.as_at)
    for code in codes:
        if code not in parsed.named:
            message = f"{stored.organisations[code].name} is open here and not in the file."
            changes.notes.append(Problem(0, "", code, message))
            changes.counts["missing, not closed"] += 1
    return codes


def _ask_if_large(codes: Sequence[str], parsed: Parsed, stored: Stored, changes: Changes) -> None:
    missing = sum(code not in parsed.named for code in codes)
    ending = {pk for pk, last in changes.periods_ended.items() if last is not None}
    closing = sum(any(span.pk in ending for span in stored.periods[code]) for code in codes)
    for number, phrase in ((closing, "would close"), (missing, "are missing from the file")):
        if number > LARGE_NUMBER and number > LARGE_SHARE * len(codes):
            changes.large = (
                f"{number:,} of {len(codes):,} open organisations {phrase}, which is more than "
                f"{LARGE_SHARE:.0%}. Check that this is the right file and the whole of it."
            )
