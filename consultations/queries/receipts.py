"""What became of a response, for whoever has the address of its receipt."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.core.signing import BadSignature, Signer
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from consultations.models import Answer, Coding, Moderation, Response

SALT = "consultations.receipt"
AT_ONCE = 1_000
LONGEST = 200
"""Letters of an address that is looked at; ours have some 90."""


def token_of(response: Response) -> str:
    """What stands in the address: made of the response's nonce and the service's key, stored nowhere."""
    return _signer().sign(f"{response.pk}-{response.nonce}")


def path_of(response: Response) -> str:
    """The address of the receipt within the service."""
    return reverse("consultations:receipt", args=[token_of(response)])


def by_token(token: str) -> Response | None:
    """The response of this address; None for one that the service did not make. One query."""
    if len(token) > LONGEST:
        return None
    try:
        number, _, nonce = _signer().unsign(token).partition("-")
    except BadSignature:
        return None
    if not number.isdecimal():
        return None
    found = Response.objects.select_related("consultation__plan", "respondent__organisation")
    response = found.filter(pk=int(number)).first()
    return response if response and constant_time_compare(nonce, response.nonce) else None


def answers_of(response: Response) -> list[Answer]:
    """What the response says, question by question; ``standing`` are the themes that people found
    in each answer. Two queries, the second only once it was cleared."""
    found = Answer.objects.filter(response=response).select_related("question")
    listed = list(found.order_by("question__number", "pk"))
    for one in listed:
        one.standing = []  # type: ignore[attr-defined]
    if response.moderation != Moderation.CLEARED:
        return listed
    codings = Coding.objects.filter(undone_at__isnull=True, answer__in=listed).select_related(
        "theme__changed_in", "theme__merged_into__changed_in"
    )
    by_pk = {one.pk: one for one in listed}
    for coding in codings.order_by("pk"):
        theme = coding.theme.merged_into or coding.theme
        if theme not in by_pk[coding.answer_id].standing:  # type: ignore[attr-defined]
            by_pk[coding.answer_id].standing.append(theme)  # type: ignore[attr-defined]
    return listed


def response_told_of(pk: int) -> Response | None:
    """The response with all that a mail about it says and asks; one query."""
    found = Response.objects.select_related(
        "consultation__plan", "respondent__organisation", "recorded_by"
    )
    return found.filter(pk=pk).first()


def moved_since(moment: dt.datetime) -> dict[int, dt.datetime]:
    """Cleared response -> when something about it was last decided or published, or was found to be
    about what had been decided before, where that was since ``moment`` and its sender wants to be
    told; one query."""
    moved = (
        Q(theme__decided_at__gte=moment)
        | Q(theme__published_at__gte=moment)
        | Q(coded_at__gte=moment)
    )
    found = Coding.objects.filter(
        moved,
        undone_at__isnull=True,
        theme__decided_at__isnull=False,
        answer__response__moderation=Moderation.CLEARED,
        answer__response__respondent__wants_news=True,
    ).order_by()
    rows = found.values_list("answer__response").annotate(
        decided=Max("theme__decided_at"),
        published=Max("theme__published_at"),
        found=Max("coded_at"),
    )
    return {pk: max(decided, published or decided, coded) for pk, decided, published, coded in rows}


def responses_told_of(pks: Iterable[int]) -> list[Response]:
    """These responses with whom they are from; a query for each thousand of them."""
    wanted = sorted(pks)
    found = Response.objects.select_related("respondent", "recorded_by")
    return [
        response
        for start in range(0, len(wanted), AT_ONCE)
        for response in found.filter(pk__in=wanted[start : start + AT_ONCE]).order_by("pk")
    ]


def response_with_key(key: uuid.UUID) -> Response | None:
    """The response that this form has made."""
    return Response.objects.filter(form_key=key).first()


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")
