"""Version 2 of both policies: every criterion of sign-off, in force from the day of version 1.

Plans that are there already are marked as changed, so that the next sweep judges them by it.
"""

import datetime as dt

from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Now

from readiness.policies import shipped

VERSION = 2
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
    dependencies = [("readiness", "0003_sign_off"), ("plans", "0002_papers")]

    operations = [
        migrations.AlterField(
            model_name="criterion",
            name="parameters",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.RunPython(bring_policies, migrations.RunPython.noop),
        migrations.RunPython(mark_plans, migrations.RunPython.noop),
    ]
