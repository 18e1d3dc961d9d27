"""A fresh database knows the first policies: without them no plan could be assessed."""

import datetime as dt

from django.db import migrations

from readiness.policies import shipped

FIRST_VERSION = 1


def bring_policies(apps, schema_editor):
    policy_model = apps.get_model("readiness", "Policy")
    criterion_model = apps.get_model("readiness", "Criterion")
    for policy in shipped():
        if policy["version"] != FIRST_VERSION:
            continue
        criteria = policy.pop("criteria")
        policy["effective_from"] = dt.date.fromisoformat(policy["effective_from"])
        made = policy_model.objects.create(**policy)
        for criterion in criteria:
            criterion["review_on"] = dt.date.fromisoformat(criterion["review_on"])
            criterion_model.objects.create(policy=made, **criterion)


class Migration(migrations.Migration):
    dependencies = [("readiness", "0001_initial")]

    operations = [migrations.RunPython(bring_policies, migrations.RunPython.noop)]
