"""What a plan has on paper, with the facts that a test is not about filled in."""

import datetime as dt
from itertools import count
from typing import Any

from django.utils import timezone

from plans.models import Opinion, OpinionKind, Plan, PlanVersion, Sharing
from plans.queries.papers import MODELS
from plans.rules.mentions import counted
from stakeholders.models import Category, Organisation

ON_DAY = dt.date(2016, 6, 1)
_numbers = count(1)


def paper(kind: str, plan: Plan, *, on_day: dt.date = ON_DAY, **facts: Any) -> Any:
    """A row of this kind; ``on_day`` is the day of everything in it, and of its recording."""
    number = next(_numbers)
    usual: dict[str, dict[str, Any]] = {
        "version": {"title": f"Draft {number}", "dated_on": on_day},
        "sharing": {"shown_on": on_day, "how": "By email"},
        "opinion": {"kind": OpinionKind.OPINION, "given_on": on_day, "reference": "Minute 7"},
        "reason": {"category": Category.TRUST, "reason": "Has none here", "given_on": on_day},
        "activity": {"title": f"Visit {number}", "owner": "Programme director", "due_on": on_day},
        "advice": {"specialty": f"Field {number}", "needed_from": on_day},
        "triage": {"decided_on": on_day, "formal_needed": False, "reason": "Nothing closes",
                   "decided_by": "Programme board"},
        "consultation": {"title": f"Consultation {number}", "is_formal": True, "opens_on": on_day,
                         "closes_on": on_day + dt.timedelta(42)},
        "commitment": {"text": f"Promise {number}", "owner": "Programme director",
                       "made_on": on_day, "due_on": on_day},
    }  # fmt: skip
    recorded_at = timezone.make_aware(dt.datetime.combine(on_day, dt.time(12)))
    values = {"recorded_at": recorded_at, **usual[kind], **facts}
    if values.get("text") and kind == "version":
        values["mentions"] = counted(values["text"])
    return MODELS[kind].objects.create(plan=plan, **values)


def version(plan: Plan, **facts: Any) -> PlanVersion:
    return paper("version", plan, **facts)


def shown(version_of_plan: PlanVersion, to: Organisation, **facts: Any) -> Sharing:
    """The version was shown to ``to``."""
    facts = {"on_day": version_of_plan.dated_on, **facts}
    return paper("sharing", version_of_plan.plan, version=version_of_plan, organisation=to, **facts)


def opinion(plan: Plan, of: Organisation, **facts: Any) -> Opinion:
    return paper("opinion", plan, organisation=of, **facts)
