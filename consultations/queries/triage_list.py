"""The list of the responses to a consultation, narrowed by what the address says."""

from dataclasses import dataclass, fields

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from consultations.models import Answer, Coding, Moderation, Response
from consultations.rules.concerns import CONCERNS as FOUND
from plans.models import Consultation

STATES = {
    "waiting": "Waiting to be read",
    "cleared": "Cleared",
    "held": "Held back",
    "open": "Still to work through",
    "done": "Worked through",
}

CAMPAIGNS = {
    "campaign": "Sent by several with the same words",
    "repeat": "A further one of the same person",
    "first": "Neither",
}

CONCERNS = {"any": "Anything found by the machine", **FOUND}

TIMES = {"late": "After it had closed", "in-time": "In time"}


@dataclass(frozen=True, kw_only=True)
class ListFilters:
    """What the reader asked for; empty asks for everything. ``same_as``: the words of that response."""

    words: str = ""
    state: str = ""
    route: str = ""
    group: str = ""
    campaign: str = ""
    concern: str = ""
    late: str = ""
    same_as: int = 0

    @property
    def any(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def filtered(consultation: Consultation, filters: ListFilters) -> QuerySet[Response]:
    """The responses that were asked for."""
    found = Response.objects.filter(consultation=consultation)
    exact = {"route": filters.route, "respondent__group": filters.group}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if filters.late:
        found = found.filter(is_late=filters.late == "late")
    for narrow in (_in_state, _alike, _with_concern, _with_words):
        found = narrow(found, filters)
    return found


def _in_state(found: QuerySet[Response], filters: ListFilters) -> QuerySet[Response]:
    if filters.state in Moderation.values:
        return found.filter(moderation=filters.state)
    if filters.state:
        return found.filter(done_at__isnull=filters.state == "open")
    return found


def _alike(found: QuerySet[Response], filters: ListFilters) -> QuerySet[Response]:
    others = Response.objects.filter(
        consultation=OuterRef("consultation"), fingerprint=OuterRef("fingerprint")
    ).exclude(respondent=OuterRef("respondent"))
    of_campaign = ~Q(fingerprint="") & Exists(others)
    if filters.campaign == "campaign":
        return found.filter(of_campaign)
    if filters.campaign == "repeat":
        return found.filter(repeat_of__isnull=False)
    if filters.campaign == "first":
        return found.filter(repeat_of__isnull=True).exclude(of_campaign)
    if filters.same_as:
        first = Response.objects.filter(pk=filters.same_as).exclude(fingerprint="")
        same = Q(fingerprint__in=first.values("fingerprint"))
        return found.filter(same | Q(pk=filters.same_as))
    return found


def _with_concern(found: QuerySet[Response], filters: ListFilters) -> QuerySet[Response]:
    """The codes lie in a small list; each is a word that stands in no other."""
    if filters.concern == "any":
        return found.exclude(concerns=[])
    if filters.concern:
        return found.filter(concerns__icontains=f'"{filters.concern}"')
    return found


def _with_words(found: QuerySet[Response], filters: ListFilters) -> QuerySet[Response]:
    """In an answer or in the name of the organisation; never in the name of a person."""
    if not filters.words:
        return found
    said = Answer.objects.filter(response=OuterRef("pk"), text__icontains=filters.words)
    ours = Q(respondent__organisation_name__icontains=filters.words) | Q(
        respondent__organisation__name__icontains=filters.words
    )
    return found.filter(Exists(said) | ours)


def for_list(found: QuerySet[Response]) -> QuerySet[Response]:
    """With what a line of the list says; two more statements."""
    standing = Coding.objects.filter(undone_at__isnull=True).select_related("theme").order_by("pk")
    answers = Answer.objects.filter(text__gt="").order_by("question__number", "pk")
    return found.select_related("respondent__organisation").prefetch_related(
        Prefetch("answers", answers),
        Prefetch("answers__codings", standing, to_attr="standing"),
    )
