"""A snapshot of any record bears out its own figures, and the order of reading leaves no trace."""

import datetime as dt
import json
import random
from dataclasses import replace

import pytest
from django.utils import timezone

from engagement.models import Answer, Attestation, Participation
from readiness.actions import ensure_policies
from readiness.queries.computed import computed
from readiness.queries.parts import parts_of
from readiness.queries.snapshots import frozen
from readiness.rules.canonical import canonical, plain
from readiness.rules.reach import contacts_from, members_reached
from readiness.rules.snapshot import (
    Known,
    Named,
    differences,
    facts_again,
    faults,
    rebuild,
    snapshot_of,
)
from tests.factories import accounts
from tests.readiness.queries.scattered import DAY, scatter
from tests.readiness.queries.test_reach_agrees import unreached

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(dt.datetime.combine(DAY, dt.time(17)))


def disputed_at_random(seed: int) -> None:
    """About every fifth organisation disputes its part in an event."""
    dice, author = random.Random(seed), accounts.user()  # noqa: S311 - a reproducible test
    pairs = {(p.event_id, p.organisation_id) for p in Participation.objects.order_by("pk")}
    for event, organisation in sorted(pairs):
        if dice.random() < 0.2:
            Attestation.objects.create(
                event_id=event,
                organisation_id=organisation,
                answer=Answer.DISPUTED,
                words="Not so",
                answered_at=NOW - dt.timedelta(days=2),
                answered_by=author,
            )


def snapshot(plan, day=DAY):
    ensure_policies()
    found = computed([plan.pk], as_at=day)[plan.pk]
    return frozen(plan, found, as_at=day, decided_at=NOW), found


@pytest.mark.parametrize("seed", range(40, 44))
@pytest.mark.parametrize("days", [-30, 0, 25])
def test_the_figures_of_any_record_follow_from_what_is_frozen(seed, days):
    plans = scatter(seed)
    disputed_at_random(seed)
    for plan in plans:
        kept, found = snapshot(plan, DAY + dt.timedelta(days))
        read = json.loads(canonical(kept))
        assert faults(read) == []
        assert plain(rebuild(read)) == plain(found.found)
        again = facts_again(read)
        assert again.next_planned_on == found.facts.next_planned_on
        day = DAY + dt.timedelta(days)
        assert set(again.disputed) == {
            part for part in found.facts.disputed if min(part.held_on, part.recorded_on) <= day
        }
        assert differences(read, read) == []


@pytest.mark.parametrize("seed", [50, 51])
def test_the_parts_are_those_by_which_the_figures_are_worked_out(seed):
    for plan in scatter(seed):
        _, found = snapshot(plan)
        parts = parts_of(plan.pk, as_at=DAY)
        members = map(unreached, found.facts.members)
        assert members_reached(members, parts, DAY) == found.facts.members
        assert contacts_from(parts, DAY) == found.facts.contacts


def test_the_order_in_which_it_was_read_leaves_no_trace():
    plan = scatter(60)[0]
    first, found = snapshot(plan)
    dice = random.Random(1)  # noqa: S311 - a reproducible test
    parts = parts_of(plan.pk, as_at=DAY)
    dice.shuffle(parts)
    members = list(found.facts.members)
    dice.shuffle(members)
    known = Known(
        plan=first["plan"],
        policy=first["policy"],
        register=first["register"],
        disputes=first["disputes"],
        organisations=[Named(**one) for one in reversed(first["organisations"])],
    )
    second = snapshot_of(
        facts=replace(found.facts, members=tuple(members)),
        parts=parts,
        found=found.found,
        known=known,
        as_at=DAY,
        decided_at=NOW,
    )
    assert canonical(second) == canonical(first)


def heard(kept):
    """A member of the frozen record that was heard."""
    return next(one for one in kept["facts"]["members"] if one["first_heard"])


@pytest.mark.parametrize(
    ("touch", "said"),
    [
        (lambda kept: kept["results"][0].update(figure="9 of 9"), "is frozen"),
        (lambda kept: kept["results"][0].update(missing=[1]), "is frozen"),
        (lambda kept: kept["assessment"].update(overall="met", musts=1), "overall state"),
        (lambda kept: kept["parts"].clear(), "do not follow"),
        (lambda kept: heard(kept).update(rung=1, first_heard=None), "members"),
        (lambda kept: kept.pop("facts"), "cannot be read"),
        (lambda kept: kept["policy"]["criteria"].pop(), "not those of the frozen policy"),
    ],
)
def test_whatever_is_touched_is_found(touch, said):
    kept = (json.loads(canonical(snapshot(plan)[0])) for plan in scatter(40))
    read = next(one for one in kept if any(m["first_heard"] for m in one["facts"]["members"]))
    assert faults(read) == []
    touch(read)
    assert said in " ".join(faults(read))
