"""What became of a response, for whoever has the address of its receipt."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from consultations.models import Response

SALT = "consultations.receipt"
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


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")
