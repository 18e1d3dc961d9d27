"""The brake on every public door: how often an address, or a guess at one thing, may knock.

Counters are rows of the database (the cache ``default``, table ``accounts_throttle``), so the
brake holds for all web processes together and when Redis is stopped. What they are counted by is
kept as a keyed hash only: an e-mail or network address is personal data and a token is a secret.
The limits are in ``rules.doors``. When the database itself cannot be asked, the request fails with
the 503 page: nobody gets through unbraked.
"""

# What the public allauth.core.ratelimit stands on: only this one counts reads as well and takes the
# limits as an argument.
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from accounts.rules.doors import ADDRESS_WAIT, DOORS

SALT = "accounts.throttle"


def allow(request: HttpRequest, door: str, key: str = "") -> bool:
    """Count one try at ``door`` and say whether it may go on; False: answer ``refused(request)``.

    ``key`` is what is being guessed at: an e-mail address, a token, a code. Without one only the
    network address is counted. Letters of any case and blanks around count as the same key.
    Raises ``KeyError`` for a door that is not in the table.
    """
    limits = DOORS[door]
    rates = [f"{limits.address}/ip"] if limits.address else []
    if limits.key and key:
        rates.append(f"{limits.key}/key")
    if limits.user and request.user.is_authenticated:
        rates.append(f"{limits.user}/user")
    return bool(
        ratelimit.consume(
            request,
            app="accounts",
            action=door,
            config={door: ",".join(rates)},
            key=_digest(key.strip().casefold()),
            limit_get=True,
        )
    )


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for who tried too often, with the time to wait; it needs no database."""
    page = render_to_string("429.html", {"minutes": ADDRESS_WAIT // 60})
    return HttpResponse(page, status=429, headers={"Retry-After": str(ADDRESS_WAIT)})


def counter_name(key: str, prefix: str, version: int) -> str:
    """The name of a counter in the table; Django's caches call it for every key (KEY_FUNCTION)."""
    return f"{prefix}:{version}:{_digest(key)}"


def _digest(text: str) -> str:
    return salted_hmac(SALT, text.encode("utf-8", "surrogatepass"), algorithm="sha256").hexdigest()
