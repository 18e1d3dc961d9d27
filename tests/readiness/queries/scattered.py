"""Records of a small country at random, to hold two ways of counting to the same answers."""

import datetime as dt
import random

from django.utils import timezone

from engagement.models import Level, Outcome, Status
from plans.models import Capacity, PlanType
from stakeholders.models import Category, RelationshipKind
from tests.factories import accounts, engagement, plans, stakeholders

DAY = dt.date(2016, 5, 20)


def footprint_of(practices):
    """A plan whose commissioner has this many practices, all with one LMC."""
    ccg, lmc = stakeholders.commissioner(), stakeholders.lmc()
    stakeholders.tie(ccg, RelationshipKind.REPRESENTED_BY, lmc)
    surgeries = [stakeholders.practice(ccg) for _ in range(practices)]
    return plans.plan(plans.footprint(ccg)), ccg, lmc, surgeries


def scatter(seed):
    """A random country: shared events, every outcome and capacity, late and withdrawn records."""
    dice = random.Random(seed)  # noqa: S311 - a reproducible test
    rounds = [footprint_of(dice.randint(1, 4)) for _ in range(3)]
    country = [organisation for _, ccg, lmc, own in rounds for organisation in (ccg, lmc, *own)]
    network = stakeholders.organisation(Category.PCN)
    country += [network, stakeholders.organisation(Category.GP_FEDERATION)]
    country += [stakeholders.practice(rounds[0][1], network=network, patients=None)]
    country += [stakeholders.practice(rounds[1][1], closed_on=DAY - dt.timedelta(9))]
    place = plans.plan(plans.footprint(*country[2:4]), plan_type=PlanType.NHP_2026)
    every_plan = [plan for plan, *_ in rounds] + [place]
    author = accounts.user()
    for _ in range(25):
        held_on = DAY + dt.timedelta(dice.randint(-60, 20))
        recorded = held_on + dt.timedelta(dice.randint(-15, 15))
        held = engagement.event(
            *dice.sample(every_plan, dice.randint(1, 3)),
            held_on=held_on,
            level=dice.choice(Level.values),
            status=dice.choice([Status.HAPPENED] * 3 + Status.values),
            recorded_by=author,
            recorded_at=timezone.make_aware(dt.datetime.combine(recorded, dt.time(12))),
        )
        if dice.random() < 0.1:
            held.withdrawn_at, held.withdrawn_by = timezone.now(), author
            held.withdrawn_reason = "Wrong"
            held.save()
        for organisation in dice.sample(country, dice.randint(1, 5)):
            engagement.took_part(
                organisation,
                held,
                capacity=dice.choice(Capacity.values),
                outcome=dice.choice(Outcome.values),
            )
    return every_plan
