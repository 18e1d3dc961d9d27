"""The results and the record behind the page of a plan: as stored today, worked out for any other day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plans.queries.moment import Moment
from readiness.actions.stored import assessment_row, result_rows
from readiness.queries.computed import computed
from readiness.queries.facts import facts_for, members_and_contacts_of
from readiness.queries.pages import dossier as queries
from readiness.rules.facts import Contact, Member


@dataclass(frozen=True, kw_only=True)
class Record:
    """``results`` are rows in the policy's order, none where no policy judges the plan."""

    results: Sequence[Any]
    members: Sequence[Member]
    contacts: Sequence[Contact]


def record_of(plan: Any, moment: Moment, *, now: dt.datetime) -> Record:
    """Of today the stored results, four statements; of a day in the past everything worked out."""
    if moment.is_past:
        return _worked_out(plan, moment, now)
    members, contacts = members_and_contacts_of(plan.pk, as_at=moment.day)
    return Record(results=queries.current_results(plan), members=members, contacts=contacts)


def _worked_out(plan: Any, moment: Moment, now: dt.datetime) -> Record:
    """Rows like those that are stored, in memory only: one presenter shows both."""
    found = computed([plan.pk], as_at=moment.day, known=moment.known).get(plan.pk)
    if found is None:
        facts = facts_for([plan.pk], as_at=moment.day, known=moment.known)[plan.pk]
        return Record(results=(), members=facts.members, contacts=facts.contacts)
    row = assessment_row(found, as_at=moment.day, now=now, change_no=plan.change_no)
    return Record(
        results=result_rows(row, found),
        members=found.facts.members,
        contacts=found.facts.contacts,
    )
