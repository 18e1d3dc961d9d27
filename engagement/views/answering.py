"""What the page of a record says of asking and answering: who was asked, what they say, what now."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts.permissions import has_permission
from accounts.roles import Permission
from engagement.access import Sight
from engagement.presenters.answers import May, answer_lines, asked_lines
from engagement.presenters.questions import link_keys, question_lines
from engagement.queries import answers
from engagement.queries.deliveries import deliveries_of
from engagement.queries.disputes import has_part_in
from engagement.queries.evidence import evidence_of_answers
from engagement.queries.questions import questions_about
from stakeholders.access import organisation_ids_represented_by


def said_of(request: HttpRequest, record: Any, sight: Sight, *, may_change: bool) -> dict[str, Any]:
    """As far as the reader may know: a representative reads of their own, others of everybody."""
    user, today = request.user, timezone.localdate()
    said = list(answers.current_answers([record.pk]).values())
    context: dict[str, Any] = {}
    speaks = has_permission(user, Permission.ANSWER_RECORDS, today=today)
    if speaks and not record.withdrawn_at:
        asked = answers.asked_about(record, user, today=today)
        context["asked"] = asked_lines(record, asked)
    if sight.everybody:
        put = questions_about(record)
        deliveries = deliveries_of(link_keys(put))
        context["questions"] = question_lines(
            put, deliveries, may_send=may_change and not record.withdrawn_at
        )
    disputed = any(one.answer == "disputed" for one in said)
    closes = disputed and has_permission(user, Permission.CLOSE_DISPUTES, today=today)
    may = May(
        reply=may_change,
        close=closes and not has_part_in(record, user, today=today),
        take_back=organisation_ids_represented_by(user, today=today) if speaks else frozenset(),
    )
    evidence = evidence_of_answers(one.pk for one in said)
    context["answers"] = answer_lines(record, said, sight, may, evidence)
    return context
