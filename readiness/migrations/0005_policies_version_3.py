"""Version 3 of both policies: consultations show the five tests and ask those who must be asked.

Plans that are there already are marked as changed, so that the next sweep judges them by it.
"""

import datetime as dt

from django.db import migrations
from django.db.models import F
from django.db.models.functions import Now

from readiness.policies import shipped

VERSION = 3
DAYS = ("last_reviewed_on", "review_on")


def bring_policies(apps, schema_editor):
    policy_model = apps.get_model("readiness", "Policy")
    criterion_model = apps.get_model("readiness", "Criterion")
    for policy in shipped():
        known = policy_model.objects.filter(
            plan_type=policy["plan_type"], version=policy["version"]
        )
        if policy["version"] != VERSION or known.exists():
            continue
        criteria = policy.pop("criteria")
        policy["effective_from"] = dt.date.fromisoformat(policy["effective_from"])
        made = policy_model.objects.create(**policy)
        for criterion in criteria:
            days = {name: dt.date.fromisoformat(criterion[name]) for name in DAYS}
            criterion_model.objects.create(policy=made, **{**criterion, **days})


def mark_plans(apps, schema_editor):
    plans = apps.get_model("plans", "Plan").objects
    plans.filter(change_no__lte=F("assessed_no")).update(changed_at=Now())
    plans.update(change_no=F("change_no") + 1)


class Migration(migrations.Migration):
    dependencies = [("readiness", "0004_policies_version_2")]

    operations = [
        migrations.RunPython(bring_policies, migrations.RunPython.noop),
        migrations.RunPython(mark_plans, migrations.RunPython.noop),
    ]
