"""Writes what every plan has on paper, and what its LMCs say of the records that name them."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import RoleGrant, User
from accounts.roles import Role
from engagement.models import Answer, Attestation, Level, Outcome, Participation, Status
from plans.models import (
    Activity,
    Commitment,
    Consultation,
    GroupReason,
    Opinion,
    PlanVersion,
    Sharing,
    SpecialistAdvice,
    Triage,
)
from readiness.demonstration import paperwork, promises, users
from readiness.demonstration.dice import dice
from readiness.demonstration.paperwork import ATTESTED, Desk
from readiness.demonstration.record import Logged
from readiness.demonstration.rounds import PlanToTell
from readiness.demonstration.scene import Cast
from readiness.demonstration.stories import LMC
from readiness.models import Judgement
from stakeholders.models import Category, Organisation, Representative

KINDS: tuple[tuple[type[Any], Callable[[Desk], Iterator[Any]]], ...] = (
    (Opinion, paperwork.opinions),
    (GroupReason, paperwork.group_reasons),
    (Activity, paperwork.activities),
    (SpecialistAdvice, paperwork.advice),
    (Triage, promises.triages),
    (Consultation, promises.consultations),
    (Commitment, promises.commitments),
    (Judgement, promises.judgements),
)
DISPUTED_SHARE = 0.05
WORDS = "We were told what had been decided. Nobody asked what we thought of it."
REPLY = "The notes of the meeting say that the floor was opened. We will send them."

Heard = Mapping[int, Sequence[tuple[int, int, dt.date]]]
"""Plan id -> event id, LMC id and the day, for every LMC heard in an event of the plan."""


def write(
    casts: Sequence[tuple[PlanToTell, Cast]],
    logged: Iterable[Logged],
    *,
    accounts: Mapping[str, User],
    regions: Mapping[str, str],
    now: dt.datetime,
    seed: str,
) -> None:
    """Papers and answers of every plan; call it when the events are in the database."""
    heard = _categories_heard(logged)
    desks = []
    for one, cast in casts:
        rng = dice(seed, "papers", one.plan.code)
        keeper = users.recorder(accounts, region=regions[one.footprint], footprint=one.footprint)
        desks.append(
            Desk(
                one=one,
                cast=cast,
                keeper=keeper,
                reviewer=accounts["reviewer@example.org"],
                now=now,
                rng=rng,
                lacks=paperwork.lacking(rng, len(one.story.lacks)),
                heard=heard[one.plan.pk],
            )
        )
    _write_versions(desks)
    for model, told in KINDS:
        model.objects.bulk_create([row for desk in desks for row in told(desk)])
    _write_answers(desks, now, seed)


def _categories_heard(logged: Iterable[Logged]) -> Mapping[int, frozenset[str]]:
    """Plan id -> categories of which somebody took part at consult or above."""
    categories = dict(Organisation.objects.values_list("pk", "category"))
    found: dict[int, set[str]] = defaultdict(set)
    for one in logged:
        happening = one.happening
        if happening.status != Status.HAPPENED or happening.level == Level.INFORM:
            continue
        present = {
            categories[part.organisation]
            for part in happening.parts
            if part.outcome in {Outcome.ATTENDED, Outcome.RESPONDED}
        }
        for plan in one.plans:
            found[plan.pk] |= present
    return defaultdict(frozenset, {pk: frozenset(groups) for pk, groups in found.items()})


def _write_versions(desks: Sequence[Desk]) -> None:
    told = [(desk, version) for desk in desks for version in paperwork.versions(desk)]
    PlanVersion.objects.bulk_create([version for _, version in told])
    Sharing.objects.bulk_create(
        [row for desk, version in told for row in paperwork.sharings(desk, version)]
    )


def _write_answers(desks: Sequence[Desk], now: dt.datetime, seed: str) -> None:
    """Each LMC that was heard agrees with the first record of each plan, unless the story lacks it.

    A few disagree with a later one; of one plan that hears all its LMCs, one LMC with all of them.
    """
    heard = _lmcs_heard()
    leads = _leads({lmc for rows in heard.values() for _, lmc, _ in rows}, now)
    contested = next(
        desk for desk in desks if ATTESTED in desk.lacks and LMC not in desk.one.story.lacks
    )
    answers: dict[tuple[int, int], Attestation] = {}
    for desk in desks:
        rng = dice(seed, "answers", desk.one.plan.code)
        rows = heard.get(desk.one.plan.pk, ())
        for row in _said(desk, rows, leads, rng, is_contested=desk is contested):
            answers.setdefault((row.event_id, row.organisation_id), row)
    Attestation.objects.bulk_create(answers.values())


def _said(
    desk: Desk,
    heard: Sequence[tuple[int, int, dt.date]],
    leads: Mapping[int, User],
    rng: random.Random,
    *,
    is_contested: bool,
) -> Iterator[Attestation]:
    """The answers about one plan. Where the story lacks them its first LMC says nothing, or, where
    the plan is contested, disagrees with every record that names it."""
    by_lmc: dict[int, list[tuple[int, dt.date]]] = defaultdict(list)
    for event, lmc, day in heard:
        by_lmc[lmc].append((event, day))
    silent = set(list(by_lmc)[:1]) if ATTESTED in desk.lacks else set()
    for lmc, events in by_lmc.items():
        for number, (event, day) in enumerate(events):
            if lmc in silent:
                if is_contested:
                    yield _answer(event, lmc, leads[lmc], day, desk.now, disputed=True)
            elif number == 0:
                yield _answer(event, lmc, leads[lmc], day, desk.now)
            elif rng.random() < DISPUTED_SHARE:
                row = _answer(event, lmc, leads[lmc], day, desk.now, disputed=True)
                row.reply, row.replied_by = REPLY, desk.keeper
                row.replied_at = desk.now - dt.timedelta(hours=20)
                yield row


def _answer(
    event: int, lmc: int, lead: User, day: dt.date, now: dt.datetime, *, disputed: bool = False
) -> Attestation:
    noon = now.replace(hour=12, minute=0)
    answered = noon + (day - now.date()) + dt.timedelta(days=9)
    return Attestation(
        event_id=event,
        organisation_id=lmc,
        answer=Answer.DISPUTED if disputed else Answer.CONFIRMED,
        words=WORDS if disputed else "",
        answered_at=min(answered, now - dt.timedelta(days=1)),
        answered_by=lead,
    )


def _lmcs_heard() -> Heard:
    rows = (
        Participation.objects.filter(
            organisation__category=Category.LMC,
            capacity="representative",
            outcome__in=(Outcome.ATTENDED, Outcome.RESPONDED),
            event__status=Status.HAPPENED,
            event__withdrawn_at__isnull=True,
        )
        .exclude(event__level=Level.INFORM)
        .order_by("held_on", "event", "pk")
        .values_list("event__credits__plan", "event", "organisation", "held_on")
    )
    found: dict[int, list[tuple[int, int, dt.date]]] = defaultdict(list)
    for plan, event, lmc, day in rows:
        found[plan].append((event, lmc, day))
    return found


def _leads(lmcs: Iterable[int], now: dt.datetime) -> Mapping[int, User]:
    """Who answers for each LMC: whoever does already, else somebody synthetic who cannot sign in."""
    standing = Representative.objects.filter(organisation__in=lmcs).select_related("user")
    leads = {one.organisation_id: one.user for one in standing}
    others = Organisation.objects.filter(pk__in=set(lmcs) - set(leads)).order_by("code")
    password = make_password(None)
    made = [
        User(
            email=f"lead.{one.code.lower()}@example.org",
            name=f"Lead of {one.name}"[:120],
            password=password,
            is_synthetic=True,
        )
        for one in others
    ]
    User.objects.bulk_create(made)
    since = now.date() - dt.timedelta(days=1000)
    RoleGrant.objects.bulk_create(
        [RoleGrant(user=user, role=Role.REPRESENTATIVE, valid_from=since) for user in made]
    )
    Representative.objects.bulk_create(
        [
            Representative(user=user, organisation=one, valid_from=since)
            for user, one in zip(made, others, strict=True)
        ]
    )
    return leads | {one.pk: user for one, user in zip(others, made, strict=True)}
