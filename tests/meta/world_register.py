"""What the register of consultations needs: somebody who must be asked in each area."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from plans.models import Consultation, MustAsk
from stakeholders.models import Category


def values(name: str, area: Any, world: Mapping[str, object]) -> dict[str, object]:
    """Both LMCs of the area must be asked in its consultation, and so must every trust."""
    asked = Consultation.objects.get(pk=world[f"consultation-{name}"])
    whom = (
        {"organisation": area.lmc},
        {"organisation": area.second_lmc, "asked_on": asked.opens_on + dt.timedelta(1)},
        {"category": Category.TRUST},
    )
    rows = [
        MustAsk.objects.create(consultation=asked, recorded_at=timezone.now(), **who)
        for who in whom
    ]
    return {f"must-ask-{name}": rows[0].pk}
