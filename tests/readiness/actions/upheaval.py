"""A small country in which everything happens that can move the summary of reach."""

import datetime as dt
import random
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from engagement.actions import (
    amend_event,
    close_planned_event,
    mark_counts_due,
    record_event,
    start_edit,
    withdraw_event,
)
from engagement.models import Attestation, Channel, Event, Level, Resolution
from engagement.rules.answers import OUTCOMES_BY_STATUS
from engagement.rules.record import Attendance, Record
from plans.actions import mark_changed
from plans.models import Capacity, Membership, PlanType
from stakeholders.models import Category, RegisterFile, Relationship, RelationshipKind
from tests.factories import accounts, engagement, plans, stakeholders

BEGINS = dt.date(2016, 5, 20)


class Upheaval:
    """Three systems and a place, who lives there, and what may happen to them."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - a reproducible test
        self.now = timezone.make_aware(dt.datetime.combine(BEGINS, dt.time(9)))
        self.by = accounts.user()
        self.footprints, self.organisations, self.plans = [], [], []
        for _ in range(3):
            self._system()
        network = stakeholders.organisation(Category.PCN)
        practice = stakeholders.practice(self.organisations[0], network=network)
        leaving = stakeholders.practice(self.organisations[0], closed_on=BEGINS + dt.timedelta(9))
        trust = stakeholders.organisation(Category.TRUST)
        plans.belong(trust, self.footprints[0], valid_to=BEGINS + dt.timedelta(12))
        plans.belong(trust, self.footprints[1], valid_from=BEGINS + dt.timedelta(13))
        federation = stakeholders.organisation(Category.GP_FEDERATION)
        self.organisations += [network, practice, leaving, trust, federation]
        place = plans.footprint(practice, self.organisations[3])
        self.plans.append(plans.plan(place, plan_type=PlanType.NHP_2026))

    def _system(self) -> None:
        ccg, lmc = stakeholders.commissioner(), stakeholders.lmc()
        stakeholders.tie(ccg, RelationshipKind.REPRESENTED_BY, lmc)
        surgeries = [stakeholders.practice(ccg) for _ in range(self.dice.randint(2, 4))]
        self.footprints.append(plans.footprint(ccg))
        self.organisations += [ccg, lmc, *surgeries]
        self.plans.append(plans.plan(self.footprints[-1]))

    @property
    def today(self) -> dt.date:
        return timezone.localdate(self.now)

    def happen(self) -> None:
        """One thing of those that can; some days nothing can be done."""
        self.now += dt.timedelta(minutes=self.dice.randint(1, 600))
        self.dice.choice(
            [self.log] * 8
            + [self.amend] * 3
            + [self.withdraw, self.give_up, self.settle]
            + [self.dispute, self.register_moves] * 2
        )()

    def record(self) -> Record:
        ahead = self.dice.random() < 0.2
        status = self.dice.choice(
            ["planned", "planned", "tried"] if ahead else ["happened"] * 6 + [*OUTCOMES_BY_STATUS]
        )
        days = self.dice.randint(1, 9) if ahead else self.dice.randint(-40, 0)
        some = self.dice.sample(self.organisations, self.dice.randint(2, 8))
        attendances = [
            Attendance(
                organisation_id=one.pk,
                person_id=None,
                capacity=self.dice.choice([Capacity.PROVIDER] * 4 + Capacity.values),
                outcome=self.dice.choice(sorted(OUTCOMES_BY_STATUS[status])),
            )
            for one in some
        ]
        if status == "happened":
            attendances[0] = replace(attendances[0], outcome="attended")
        return Record(
            plan_ids=tuple(p.pk for p in self.dice.sample(self.plans, self.dice.randint(1, 3))),
            title="Something",
            held_on=self.today + dt.timedelta(days),
            channel=self.dice.choice(Channel.values),
            status=status,
            level=self.dice.choice(Level.values),
            cancel_reason="other" if status in {"cancelled", "tried"} else "",
            attendances=tuple(attendances),
        )

    def log(self) -> None:
        record_event(by=self.by, record=self.record(), now=self.now)

    def amend(self) -> None:
        if event := self.some(Event.objects.filter(withdrawn_at=None)):
            draft = start_edit(
                by=self.by, event=event, seen_version=event.version, now=self.now, with_note=False
            )
            amend_event(
                by=self.by, draft=draft, record=self.record(), now=self.now, with_note=False
            )

    def withdraw(self) -> None:
        if event := self.some(Event.objects.filter(withdrawn_at=None)):
            withdraw_event(by=self.by, event_id=event.pk, reason="Wrong", now=self.now)

    def give_up(self) -> None:
        if event := self.some(Event.objects.filter(status="planned", withdrawn_at=None)):
            close_planned_event(
                by=self.by,
                event_id=event.pk,
                version=event.version,
                cancel_reason=self.dice.choice(["no_response", "by_us"]),
                now=self.now,
            )

    @transaction.atomic
    def dispute(self) -> None:
        event = self.some(Event.objects.filter(withdrawn_at=None, attestations=None))
        if part := event and self.some(event.participations.all()):
            mark_counts_due(event_id=event.pk)
            engagement.dispute(part.organisation, event, by=self.by)
            self.mark(event)

    @transaction.atomic
    def settle(self) -> None:
        if dispute := self.some(Attestation.objects.filter(resolved_at=None)):
            mark_counts_due(event_id=dispute.event_id)
            dispute.resolution, dispute.resolved_at = Resolution.TAKEN_BACK, self.now
            dispute.save()
            self.mark(dispute.event)

    def register_moves(self) -> None:
        """Somebody moves now, or on a day to come; the register that says so is loaded."""
        day = self.today + dt.timedelta(self.dice.randint(-3, 5))
        if self.dice.random() < 0.5:
            tie = self.some(Relationship.objects.filter(valid_to=None, valid_from__lt=day))
        else:
            tie = self.some(Membership.objects.filter(valid_to=None, valid_from__lt=day))
        if tie:
            tie.valid_to = day
            tie.save()
        newcomer = self.dice.choice(self.organisations)
        if not Membership.objects.filter(organisation=newcomer).exists():
            plans.belong(newcomer, self.dice.choice(self.footprints), valid_from=day)
        RegisterFile.objects.create(
            kind="footprints", shape="-", name="f.csv", as_at=day, loaded_at=self.now
        )
        mark_changed(plan_ids=None, now=self.now)

    def mark(self, event: Event) -> None:
        mark_changed(plan_ids=event.credits.values_list("plan_id", flat=True), now=self.now)

    def some(self, rows):
        found = list(rows.order_by("pk"))
        return self.dice.choice(found) if found else None
