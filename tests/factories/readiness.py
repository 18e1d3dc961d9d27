"""Assessments, flags and offers as rows, for tests of what people do about them."""

import datetime as dt

from django.utils import timezone

from accounts.roles import Role
from plans.models import Plan
from readiness.models import Assessment, Flag, Judgement, Policy, Severity, SupportOffer
from tests.factories import accounts


def assessment(plan: Plan, **changes) -> Assessment:
    """A stored assessment without results, current unless said otherwise."""
    now = timezone.now()
    values = {
        "policy": Policy.objects.filter(plan_type=plan.plan_type).order_by("-version").first(),
        "as_at": timezone.localtime(now).date(),
        "computed_at": now,
        "change_no": plan.change_no,
        "overall": "not_met",
        "musts": 1,
        "musts_met": 0,
        "is_current": not Assessment.objects.filter(plan=plan, is_current=True).exists(),
    }
    return Assessment.objects.create(plan=plan, **{**values, **changes})


def flag(plan: Plan, key: str = "gp_breadth", **changes) -> Flag:
    """An open flag of the plan."""
    now = changes.pop("raised_at", timezone.now() - dt.timedelta(days=3))
    values = {
        "severity": Severity.NOTICE,
        "figure": "1 of 5 practices; 20% of patients",
        "raised_at": now,
        "severity_since": now,
    }
    raised_by = changes.pop("raised_by", None) or assessment(plan, is_current=False)
    return Flag.objects.create(plan=plan, key=key, raised_by=raised_by, **{**values, **changes})


def cleared(flag: Flag, because: str = "The record was corrected.") -> Flag:
    """The same flag, cleared now."""
    flag.cleared_at = timezone.now()
    flag.cleared_in = flag.raised_by
    flag.cleared_because = because
    flag.save()
    return flag


def offer(flag: Flag, owner=None, **changes) -> SupportOffer:
    """An open offer of support."""
    person = owner or accounts.user()
    values = {"what": "Two days of help", "offered_at": timezone.now(), "offered_by": person}
    return SupportOffer.objects.create(flag=flag, owner=person, **{**values, **changes})


def judgement(plan: Plan, by=None, **changes) -> Judgement:
    """A reviewer found the plan explicit about the support of GPs."""
    now = timezone.now()
    values = {
        "subject": "gp_support",
        "section": "Section 4",
        "is_explicit": True,
        "words": "It names the support.",
        "judged_on": timezone.localtime(now).date(),
        "recorded_at": now,
        "recorded_by": by or accounts.user(Role.REVIEWER),
    }
    return Judgement.objects.create(plan=plan, **{**values, **changes})
