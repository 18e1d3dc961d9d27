"""manage.py describe_criteria: the policies in force as the page docs/criteria.md."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from readiness.presenters.criteria_document import criteria_document
from readiness.queries.policies import policies_in_force


class Command(BaseCommand):
    """Print every criterion in force today with its definition, default and source."""

    help = (
        "Prints every criterion of every policy in force today as Markdown: what is counted, the "
        "default, whether that is an official number, and the source. docs/criteria.md is what it "
        "prints for the policies that come with the service."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        in_force = policies_in_force(as_at=timezone.localdate())
        newest_first = sorted(in_force.values(), key=lambda one: one.policy.plan_type, reverse=True)
        self.stdout.write(criteria_document(newest_first), ending="")
