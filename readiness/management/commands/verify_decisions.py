"""manage.py verify_decisions: every snapshot hashed, judged again and compared with the record."""

import datetime as dt
import json
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from readiness.queries.assessments import plan_ids_by_code
from readiness.queries.verified import Verified, verified_decisions
from ui.words import nhs_datetime, plural

Entry = dict[str, Any]
"""What is said of one decision, as plain values."""

BAD_INPUT = 2
UNSOUND = 1


class Command(BaseCommand):
    """Exit 0 when every snapshot is sound, 1 when one is not; differences are information."""

    help = (
        "For every decision (or those on one plan): checks the SHA-256 of its snapshot, works every "
        "figure out again from the frozen records alone, and works the same day out of the record "
        "as it is now, naming each difference and what became of the records since. Exits with 1 "
        "if a snapshot is not sound; a difference from the record of now is no fault."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--plan", metavar="CODE", help="only decisions on the plan with this code"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["plan"]
        if code is not None:
            code = code.replace("\0", "")
            if not plan_ids_by_code(code):
                raise CommandError(f"There is no plan with the code {code}.", returncode=BAD_INPUT)
        # Each snapshot is let go before the next is read: they may be large.
        found = [_entry(one) for one in verified_decisions(code=code)]
        self.stdout.write(_as_json(found) if options["json"] else _as_text(found))
        unsound = sum(not one["sound"] for one in found)
        if unsound:
            message = f"{plural(unsound, 'snapshot')} not sound."
            raise CommandError(message, returncode=UNSOUND)


def _entry(one: Verified) -> Entry:
    return {
        "plan": one.decision.plan.code,
        "number": one.decision.number,
        "decided_at": one.decision.decided_at.isoformat(),
        "sha256": one.decision.sha256,
        "sound": one.is_sound,
        "faults": list(one.faults),
        "differences": [{"key": d.key, "words": d.words} for d in one.differences],
        "changes": [{"cause": c.cause.value, "words": c.words} for c in one.changes],
    }


def _as_json(found: Sequence[Entry]) -> str:
    return json.dumps({"decisions": found}, indent=2, ensure_ascii=False)


def _as_text(found: Sequence[Entry]) -> str:
    sound = sum(one["sound"] for one in found)
    lines = [f"{plural(len(found), 'decision')}, {plural(sound, 'sound snapshot')}"]
    for one in found:
        when = nhs_datetime(dt.datetime.fromisoformat(one["decided_at"]))
        lines += ["", f"{one['plan']}, decision {one['number']} of {when}"]
        lines.append(f"  {'sound' if one['sound'] else 'NOT SOUND'}, SHA-256 {one['sha256']}")
        lines += [f"  Fault: {words}" for words in one["faults"]]
        lines += [f"  Figure: {difference['words']}" for difference in one["differences"]]
        lines += [
            f"  {change['cause'].capitalize()}: {change['words']}" for change in one["changes"]
        ]
        if not (one["faults"] or one["differences"] or one["changes"]):
            lines.append("  The record says the same of that day now.")
        elif one["differences"] and not one["changes"]:
            lines.append("  What moved these figures cannot be told from the records.")
    return "\n".join(lines)
