"""How many answered, counted honestly: organisations and people, not sheets of paper."""

from collections import defaultdict
from collections.abc import Iterable

from consultations.models import Moderation, Response
from consultations.rules.respondents import Counted, Voice, counted
from plans.models import Consultation


def has_responses(consultation: Consultation) -> bool:
    """Whether any response came to it, cleared or not."""
    return Response.objects.filter(consultation=consultation).exists()


def counts_of(consultation_ids: Iterable[int], *, cleared_only: bool = True) -> dict[int, Counted]:
    """What the responses to each of these consultations come to; one query.

    Only those that were cleared, as in every figure that is published; or all of them, for who works
    on them. A consultation without responses is there with zeros.
    """
    ids = set(consultation_ids)
    found = Response.objects.filter(consultation__in=ids).order_by()
    if cleared_only:
        found = found.filter(moderation=Moderation.CLEARED)
    voices: defaultdict[int, list[Voice]] = defaultdict(list)
    rows = found.values_list(
        "consultation_id",
        "respondent_id",
        "respondent__kind",
        "respondent__organisation_id",
        "respondent__organisation_name",
        "fingerprint",
    )
    for consultation, respondent, kind, organisation, name, text in rows.iterator():
        voice = Voice(
            respondent=respondent,
            kind=kind,
            organisation=organisation,
            organisation_name=name,
            fingerprint=text,
        )
        voices[consultation].append(voice)
    return {one: counted(voices[one]) for one in ids}
