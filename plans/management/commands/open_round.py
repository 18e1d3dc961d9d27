"""manage.py open_round: one plan of a type for every footprint, with its days and phases."""

import datetime as dt
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from plans.actions.rounds import Round, RoundRefusedError, open_round
from plans.models import PlanType
from ui.arguments import day
from ui.words import nhs_date, plural

ONE_PHASE = "Making the plan"


class Command(BaseCommand):
    """Opening the same round again adds only the plans that were missing."""

    help = "Open a round of plans for every footprint, or for those named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plan_type", choices=PlanType.values)
        parser.add_argument("--starts", type=day, required=True, help="2016-01-15")
        parser.add_argument("--first-draft", type=day, help="2016-06-30")
        parser.add_argument("--submission", type=day, required=True, help="2016-10-21")
        parser.add_argument(
            "--phase",
            type=_phase,
            action="append",
            default=[],
            help="NAME=FIRST DAY, repeated in order; the first begins with the round",
        )
        parser.add_argument("--footprint", action="append", default=[], help="a code; repeated")

    def handle(self, **options: Any) -> None:
        facts = Round(
            plan_type=PlanType(options["plan_type"]),
            starts_on=options["starts"],
            first_draft_on=options["first_draft"],
            submission_on=options["submission"],
            phases=tuple(options["phase"]) or ((ONE_PHASE, options["starts"]),),
        )
        try:
            plans = open_round(
                by=None, facts=facts, footprint_codes=options["footprint"], now=timezone.now()
            )
        except RoundRefusedError as refused:
            raise CommandError(str(refused), returncode=2) from refused
        self.stdout.write(
            f"{plural(len(plans), 'plan')} opened, to be submitted on"
            f" {nhs_date(facts.submission_on)}."
        )


def _phase(text: str) -> tuple[str, dt.date]:
    name, sign, first = text.partition("=")
    if not sign or not name.strip():
        message = f"{text} is no phase: write it as Drafting=2016-04-01."
        raise ArgumentTypeError(message)
    return name.strip(), day(first)
