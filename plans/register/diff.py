"""Footprints of a file against those stored: what would be written. Pure but for its types."""

import datetime as dt
from collections import Counter

from plans.models import Extent, FootprintKind
from plans.register.changes import PlanChanges, StoredPlans
from plans.register.facts import MembershipFact, Merger, PlanParsed
from stakeholders.register.problems import Problem
from stakeholders.register.timeline import ONE_DAY, Moment, Span, Steps, Wish, end_others, follow


def compare_plans(
    parsed: PlanParsed,
    stored: StoredPlans,
    known: set[str],
    moment: Moment,
    changes: PlanChanges,
) -> None:
    """Add to ``changes`` what concerns footprints; ``known``: codes of all organisations."""
    _footprints(parsed, stored, moment, changes)
    _regions(parsed, stored, moment, changes)
    sound = [fact for fact in parsed.memberships if _is_sound(fact, stored, known, changes)]
    _memberships(sound, parsed, stored, moment, changes)
    mergers = list(parsed.mergers)
    if parsed.closes_emptied and not moment.as_history:
        mergers += _emptied(sound, parsed, stored, moment)
    for merger in mergers:
        _merge(merger, stored, parsed.names_all, changes)
    changes.problems[:] = dict.fromkeys(changes.problems)
    changes.count()


def _footprints(
    parsed: PlanParsed, stored: StoredPlans, moment: Moment, changes: PlanChanges
) -> None:
    changes.regions.update(
        {code: name for code, name in parsed.regions.items() if code not in stored.regions}
    )
    for fact in parsed.footprints:
        known = stored.footprints.get(fact.code)
        if known is None:
            opened = fact.opened_on or moment.as_at
            changes.footprints.setdefault(fact.code, (fact.name[:120], opened))
        elif fact.renames and known.name != fact.name[:120] and not moment.as_history:
            changes.footprint_names[fact.code] = fact.name[:120]


def _regions(parsed: PlanParsed, stored: StoredPlans, moment: Moment, changes: PlanChanges) -> None:
    """Where a footprint lies; a move that is already known for later is left as it is."""
    wishes: dict[str, list[Wish]] = {}
    for stay in parsed.region_stays:
        wishes.setdefault(stay.footprint, []).append(Wish(stay.region, stay.since, stay.until))
    for code, wished in wishes.items():
        spans = stored.region_stays.get(code, [])
        new = [wish for wish in wished if not _is_planned(spans, wish, moment)]
        steps = follow(spans, new, moment, one_at_a_time=True)
        for opened in steps.opened:
            start = opened.start or moment.as_at
            changes.stays[code, start] = (str(opened.key), opened.end)
        changes.stays_ended.update({span.pk: last for span, last in steps.ended})


def _is_planned(spans: list[Span], wish: Wish, moment: Moment) -> bool:
    """Whether the stored rows already say this of some day from the file's day on."""
    return any(span.key == wish.key and span.last >= moment.as_at for span in spans)


def _is_sound(
    fact: MembershipFact, stored: StoredPlans, known: set[str], changes: PlanChanges
) -> bool:
    if fact.organisation not in known:
        message = "No organisation with this code is in the register: load the file that has it."
        changes.problems.append(
            Problem(fact.row, "organisation", fact.organisation, message, fact.sheet)
        )
        return False
    if fact.footprint not in stored.footprints and fact.footprint not in changes.footprints:
        message = "No footprint with this code is in the register: load the footprints first."
        changes.problems.append(Problem(fact.row, "footprint", fact.footprint, message, fact.sheet))
        return False
    return True


def _memberships(
    facts: list[MembershipFact],
    parsed: PlanParsed,
    stored: StoredPlans,
    moment: Moment,
    changes: PlanChanges,
) -> None:
    by_organisation: dict[str, list[MembershipFact]] = {}
    for fact in facts:
        by_organisation.setdefault(fact.organisation, []).append(fact)
    for code, of_one in by_organisation.items():
        spans = stored.memberships.get(code, [])
        steps = Steps(spans)
        for fact in of_one:
            _membership(fact, spans, stored, moment, changes)
        if parsed.ends_others:
            end_others(_in_systems(spans, stored), {f.footprint for f in of_one}, moment, steps)
            changes.members_ended.update({span.pk: last for span, last in steps.ended})
    _unnamed(set(by_organisation), parsed, stored, moment, changes)


def _membership(
    fact: MembershipFact,
    spans: list[Span],
    stored: StoredPlans,
    moment: Moment,
    changes: PlanChanges,
) -> None:
    if fact.weak and any(s.key == fact.footprint and s.covers(moment.as_at) for s in spans):
        return
    if _is_of_another_time(fact, stored, moment):
        changes.skipped["memberships of a footprint that was not there on the file's day"] += 1
        return
    wish = Wish(fact.footprint, fact.since, fact.until)
    same = [span for span in spans if span.key == fact.footprint]
    steps = follow(same, [wish], moment, one_at_a_time=False)
    for opened in steps.opened:
        key = (fact.footprint, fact.organisation, opened.start or moment.as_at)
        changes.members[key] = (fact.extent, opened.end)
    changes.members_ended.update({span.pk: last for span, last in steps.ended})
    for span in same:
        differs = stored.extents[span.pk] != fact.extent
        if span.covers(moment.as_at) and differs and not moment.as_history:
            _other_extent(fact, span, moment.as_at, changes)


def _is_of_another_time(fact: MembershipFact, stored: StoredPlans, moment: Moment) -> bool:
    """Whether nothing says from when: the footprint is not yet there, or is there no more."""
    if fact.since is not None:
        return False
    known = stored.footprints.get(fact.footprint)
    ended = fact.until is not None and fact.until < moment.as_at
    return ended or (known is not None and known.opened_on > moment.as_at)


def _other_extent(fact: MembershipFact, span: Span, as_at: dt.date, changes: PlanChanges) -> None:
    """The same membership in another extent: from the file's day on, or wholly if it begins then."""
    if span.start >= as_at:
        changes.extents[span.pk] = fact.extent
    else:
        changes.members_ended[span.pk] = as_at - ONE_DAY
        changes.members[fact.footprint, fact.organisation, as_at] = (fact.extent, span.end)


def _unnamed(
    named: set[str],
    parsed: PlanParsed,
    stored: StoredPlans,
    moment: Moment,
    changes: PlanChanges,
) -> None:
    """End the memberships of those whom a file that names all no longer names."""
    for code, spans in stored.memberships.items():
        if code not in named and stored.categories[code] in parsed.names_all:
            steps = Steps(spans)
            end_others(_in_systems(spans, stored), set(), moment, steps)
            changes.members_ended.update({span.pk: last for span, last in steps.ended})


def _in_systems(spans: list[Span], stored: StoredPlans) -> list[Span]:
    """Without places inside a system, of which these files do not speak."""
    kinds = {code: footprint.kind for code, footprint in stored.footprints.items()}
    return [span for span in spans if kinds[str(span.key)] == FootprintKind.SYSTEM]


def _emptied(
    facts: list[MembershipFact], parsed: PlanParsed, stored: StoredPlans, moment: Moment
) -> list[Merger]:
    """Footprints that the file no longer has, each with the one that took its commissioners."""
    in_file = {fact.code for fact in parsed.footprints}
    mergers = []
    for code, footprint in stored.footprints.items():
        is_open = footprint.opened_on <= moment.as_at and footprint.closed_on is None
        if code in in_file or not is_open or footprint.kind != FootprintKind.SYSTEM:
            continue
        ours = {
            organisation
            for organisation, spans in stored.memberships.items()
            if any(s.key == code and s.covers(moment.as_at) for s in spans)
        }
        heirs = Counter(fact.footprint for fact in facts if fact.organisation in ours)
        if heirs:
            heir = heirs.most_common(1)[0][0]
            mergers.append(
                Merger(row=0, predecessor=code, successor=heir, happened_on=moment.as_at)
            )
    return mergers


def _merge(
    merger: Merger, stored: StoredPlans, named: tuple[str, ...], changes: PlanChanges
) -> None:
    """Close the predecessor; who belongs to it on the day belongs to the successor from then on.

    Categories in ``named`` are left out: the file itself says where each of them belongs.
    """
    day, old, new = merger.happened_on, merger.predecessor, merger.successor
    known = stored.footprints.get(old)
    if known is None:
        message = "No footprint with this code is in the register: load the footprints first."
        changes.problems.append(Problem(merger.row, "footprint", old, message))
        return
    if (old, new) not in stored.successions:
        changes.successions[old, new] = day
    if known.closed_on is None:
        changes.footprints_closed[old] = day - ONE_DAY
    for code, spans in stored.memberships.items():
        for span in spans if stored.categories[code] not in named else ():
            if span.key == old and span.covers(day):
                changes.members_ended[span.pk] = max(span.start, day - ONE_DAY)
                _join(new, code, stored, day, (stored.extents[span.pk], span.end), changes)
    _inherit_region(old, new, stored, day, changes)


def _join(
    footprint: str,
    code: str,
    stored: StoredPlans,
    day: dt.date,
    extent_and_end: tuple[str, dt.date | None],
    changes: PlanChanges,
) -> None:
    spans = stored.memberships.get(code, ())
    if any(span.key == footprint and span.covers(day) for span in spans):
        return
    key = (footprint, code, day)
    extent, end = extent_and_end
    before = changes.members.get(key, (Extent.PARTNER, None))[0]
    order = (Extent.WHOLE, Extent.PART, Extent.PARTNER)
    changes.members[key] = (min(before, extent, key=order.index), end)


def _inherit_region(
    old: str, new: str, stored: StoredPlans, day: dt.date, changes: PlanChanges
) -> None:
    """The successor lies where its predecessor lay, unless that is known already."""
    if stored.region_stays.get(new) or any(code == new for code, _ in changes.stays):
        return
    for span in stored.region_stays.get(old, ()):
        if span.last >= day:
            changes.stays[new, max(span.start, day)] = (str(span.key), span.end)
