"""One response with everything that is known of it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import AuditEntry
from accounts.queries.history import history_of_all, type_of
from consultations.models import Answer, Respondent, Response
from consultations.queries.triage import alike, with_everything
from stakeholders.models import OpenPeriod, Organisation
from stakeholders.queries.directory import DirectoryFilters, directory

MOST_FOUND = 10


@dataclass(frozen=True, kw_only=True)
class Beside:
    """How the response stands to others."""

    alike: int
    further: list[int]
    """Ids of the other responses of the same respondent."""


def whole(response: Response) -> Response:
    """The response with its answers, themes and suggestions; five statements."""
    return with_everything(Response.objects.filter(pk=response.pk)).get()


def beside(response: Response) -> Beside:
    """Two statements."""
    mine = Response.objects.filter(respondent=response.respondent_id).exclude(pk=response.pk)
    return Beside(
        alike=alike(response).count(),
        further=list(mine.order_by("pk").values_list("pk", flat=True)),
    )


def history(response: Response) -> QuerySet[AuditEntry]:
    """What was done to the response and to what is known of who sent it."""
    return history_of_all(
        {type_of(Response): [response.pk], type_of(Respondent): [response.respondent_id]}
    )


def register_found(words: str, *, today: dt.date) -> list[Organisation]:
    """Organisations in whose name, code or postcode these words begin words; the first by name.

    Whoever searches chooses: the same name is borne by many.
    """
    if not words:
        return []
    found = directory(DirectoryFilters(words=words), today=today)
    return list(found.order_by("name", "code")[:MOST_FOUND])


def organisation_by_code(code: str) -> Organisation | None:
    """The organisation of the register with this code."""
    return Organisation.objects.filter(code=code).first()


def answer_of(response: Response, pk: int) -> Answer | None:
    """One of its answers."""
    return Answer.objects.filter(response=response, pk=pk).first()


def was_open(organisation: Organisation, *, on_day: dt.date) -> bool:
    """Whether the organisation was open on the day on which it is said to have answered."""
    return OpenPeriod.objects.on(on_day).filter(organisation=organisation).exists()
