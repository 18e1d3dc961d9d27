"""manage.py assess: what the rules find, as text or JSON."""

import datetime as dt
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from readiness.actions import assess_plans
from readiness.queries.assessments import plan_ids_by_code
from readiness.queries.findings import Findings, computed_findings, stored_findings
from ui.arguments import day

BAD_INPUT = 2


class Command(BaseCommand):
    """Assess, store and print. For a day in the past: compute and print, store nothing."""

    help = (
        "Assesses every plan (or one) as at today, stores the results and prints what the pages "
        "show. With --as-at and a day in the past it prints what the records now say of that day "
        "and stores nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--plan", metavar="CODE", help="only the plan with this code")
        parser.add_argument(
            "--as-at", metavar="DATE", type=day, help="2016-04-03 or 03/04/2016; default: today"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        as_at = options["as_at"] or today
        if as_at > today:
            raise _bad(f"{_said(as_at)} has not come yet: choose today or a day before it.")
        plan_ids = _plan_ids(options["plan"])
        if as_at == today:
            assess_plans(plan_ids=plan_ids, as_at=today, now=now)
            findings = stored_findings(plan_ids)
        else:
            findings = computed_findings(plan_ids, as_at=as_at)
        self.stdout.write(
            _as_json(findings, as_at) if options["json"] else _as_text(findings, as_at)
        )


def _plan_ids(code: str | None) -> list[int]:
    if code is None:
        return plan_ids_by_code(None)
    code = code.replace("\0", "")
    found = plan_ids_by_code(code)
    if not found:
        raise _bad(f"There is no plan with the code {code}.")
    return found


def _said(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _bad(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=BAD_INPUT)


def _as_json(findings: Findings, as_at: dt.date) -> str:
    plans = [{"code": code, "results": results} for code, results in findings]
    return json.dumps({"as_at": as_at.isoformat(), "plans": plans}, indent=2, ensure_ascii=False)


def _as_text(findings: Findings, as_at: dt.date) -> str:
    plans = "1 plan" if len(findings) == 1 else f"{len(findings)} plans"
    lines = [f"As at {_said(as_at)}: {plans}"]
    for code, results in findings:
        lines += ["", code]
        for result in results:
            state = result["state"].replace("_", " ")
            lines.append(f"  {state:<15} {result['key']:<20} {result['figure']}")
            if result["would_clear"]:
                lines.append(f"  {'':<36} To clear it: {result['would_clear']}")
    return "\n".join(lines)
