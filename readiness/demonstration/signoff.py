"""What has been done about flags and plans: two exceptions, some flags taken on, three decisions."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.db.models import F

from accounts.models import User
from plans.models import PlanType
from readiness.actions import acting, decisions, exceptions
from readiness.demonstration import users
from readiness.demonstration.dice import dice
from readiness.demonstration.rounds import PlanToTell
from readiness.demonstration.stories import RECENT
from readiness.models import Assessment, CriterionResult, Flag
from readiness.rules.deciding import AGREE, CONDITIONS, RETURN, ConditionFacts, Verdict

REVIEWER = "reviewer@example.org"
TAKEN_ON = 12


def grant_exceptions(
    plans: Sequence[PlanToTell], *, accounts: Mapping[str, User], now: dt.datetime
) -> None:
    """One in each round, for a plan that lacks recent contact. Before assessing."""
    for plan_type in PlanType:
        plan = next(
            one.plan
            for one in plans
            if one.plan.plan_type == plan_type and RECENT in one.story.lacks
        )
        exceptions.grant_exception(
            plan=plan,
            key=RECENT,
            reason="The two largest practices merge this month; a forum is booked for afterwards.",
            expires_on=now.date() + dt.timedelta(days=45),
            by=accounts[REVIEWER],
            now=now,
        )


def take_on_flags(
    *, accounts: Mapping[str, User], regions: Mapping[str, str], now: dt.datetime, seed: str
) -> None:
    """Some of the open flags have an owner; two of those have been offered help."""
    rng = dice(seed, "flags")
    flags = list(
        Flag.objects.filter(cleared_at__isnull=True, key__in=("gp_breadth", "lmc_reached"))
        .select_related("plan__footprint")
        .order_by("plan__code", "key")
    )
    for number, flag in enumerate(rng.sample(flags, min(TAKEN_ON, len(flags)))):
        code = flag.plan.footprint.code
        keeper = users.recorder(accounts, region=regions[code], footprint=code)
        acting.take_on(
            flag_id=flag.pk,
            owner=keeper,
            action="Ring the practices with the longest lists and book visits",
            due_on=now.date() + dt.timedelta(days=rng.randint(0, 20)),
            by=keeper,
            now=now,
        )
        if number < 2:
            acting.offer_support(
                flag_id=flag.pk,
                what="Two days of an engagement lead for practice visits",
                owner=accounts[REVIEWER],
                by=accounts[REVIEWER],
                now=now,
            )


def decide(*, accounts: Mapping[str, User], now: dt.datetime) -> None:
    """The board agreed a plan that is ready, agreed another with a condition, returned a thin one."""
    reviewer = accounts[REVIEWER]
    current = Assessment.objects.filter(is_current=True, plan__plan_type="stp_2016")
    ordered = list(
        current.select_related("plan").order_by(F("musts") - F("musts_met"), "plan__code")
    )
    _decide(ordered[0], reviewer, now, Verdict(outcome=AGREE, summary="Every must is met."))
    _decide(
        ordered[5],
        reviewer,
        now,
        Verdict(
            outcome=CONDITIONS,
            summary="Agreed, on the condition that what is still open is closed before publication.",
            reasons=_reasons(ordered[5]),
            conditions=(
                ConditionFacts(
                    text="Close what is still open and record it",
                    owner="Programme director",
                    due_on=now.date() + dt.timedelta(days=28),
                ),
            ),
        ),
    )
    _decide(
        ordered[-1],
        reviewer,
        now,
        Verdict(
            outcome=RETURN,
            summary="General practice was hardly heard. Come back when the missing list is shorter.",
        ),
    )


def _decide(assessment: Assessment, by: User, now: dt.datetime, verdict: Verdict) -> None:
    seen = decisions.Seen(assessment_id=assessment.pk, number=0, form_key=uuid.uuid4())
    decisions.decide(plan=assessment.plan, verdict=verdict, seen=seen, by=by, now=now)


def _reasons(assessment: Assessment) -> dict[str, str]:
    unmet = CriterionResult.objects.filter(
        assessment=assessment,
        criterion__strength="must",
        state__in=("not_met", "disputed", "no_data"),
    )
    keys = unmet.values_list("key", flat=True)
    return dict.fromkeys(keys, "Work on it is under way and is the condition of this decision.")
