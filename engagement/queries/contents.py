"""An event as the log form would have typed it, so that editing is logging on top of it."""

from typing import Any

from engagement.models import Event
from ui.words import nhs_date


def content_of_event(event: Event, *, with_note: bool) -> dict[str, Any]:
    """The content of a draft that would save this event; four queries.

    The restricted note and its readers are left out unless ``with_note``.
    """
    said: dict[str, Any] = {
        "level": event.level,
        "summary": event.summary,
        "points": [
            {
                "text": point.text,
                "theme": point.theme,
                "organisation": str(point.organisation_id or ""),
                "follow_up_by": nhs_date(point.follow_up_by),
            }
            for point in event.points.standing()
        ],
    }
    if with_note:
        readers = event.note_readers.order_by("user_id").values_list("user_id", flat=True)
        said |= {
            "restricted_note": event.restricted_note,
            "readers": [str(pk) for pk in readers],
        }
    return {
        "what": {
            "plans": [
                str(pk)
                for pk in event.credits.order_by("plan_id").values_list("plan_id", flat=True)
            ],
            "held_on": nhs_date(event.held_on),
            "channel": event.channel,
            "status": "not" if event.cancel_reason else event.status,
            "cancel_reason": event.cancel_reason,
            "title": event.title,
        },
        "who": {
            "rows": [
                {
                    "organisation": one.organisation_id,
                    "person": one.person_id,
                    "capacity": one.capacity,
                    "outcome": one.outcome,
                }
                for one in event.participations.all()
            ]
        },
        "said": said,
        "check": {"period_reason": event.period_reason},
    }
