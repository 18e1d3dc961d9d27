"""How often each public door may be tried: the one table.

A door is a way in that somebody could guess at: sign-in, a code, a link. Each has a limit by
network address, generous because a whole surgery or hospital may share one, and a limit by what
is being guessed at (an e-mail address, a token), which is the one that stops a guesser. Source:
Cyber Essentials (no more than ten guesses in five minutes, or locked at ten failures).

Limits are written as number/time: "10/5m" is ten in five minutes.
"""

from dataclasses import dataclass

ADDRESS_WAIT = 5 * 60
"""Seconds after which a refused address may try again; every limit by address has this length."""
LOCKED_FOR = 60 * 60
"""Seconds for which an e-mail address is locked after ten failed sign-ins."""


@dataclass(frozen=True, kw_only=True)
class Door:
    """The limits of one door; an empty one does not apply."""

    address: str = ""
    key: str = ""
    user: str = ""

    @property
    def rates(self) -> str:
        """As allauth writes limits."""
        parts = (("ip", self.address), ("key", self.key), ("user", self.user))
        return ",".join(f"{rate}/{per}" for per, rate in parts if rate)


DOORS: dict[str, Door] = {
    # allauth's own names: what it asks for by itself.
    "login": Door(address="300/5m"),
    "login_failed": Door(address="100/5m", key="10/1h"),
    "request_login_code": Door(address="60/5m", key="3/5m"),
    "reset_password": Door(address="60/5m", key="3/5m"),
    "reset_password_from_key": Door(address="60/5m"),
    "reauthenticate": Door(user="10/5m"),
    "change_password": Door(user="10/5m"),
    "manage_email": Door(user="10/5m"),
    # Ours, through accounts.throttle.allow().
    "enter_code": Door(address="100/5m", key="10/5m"),
    "second_factor": Door(address="100/5m", key="10/5m"),
    "passkey": Door(address="100/5m"),
    "identity_provider": Door(address="100/5m"),
    "link": Door(address="100/5m", key="20/5m"),
    "invitation": Door(address="60/5m", key="10/5m"),
    "collation": Door(address="120/5m", key="60/5m"),
    # A hospital is one network address, and answering takes four pages.
    "respond": Door(address="600/5m", key="120/5m"),
    # How often strangers may have us write to one e-mail address.
    "respond_mail": Door(key="6/1h"),
    "receipt": Door(address="300/5m", key="100/5m"),
    "published": Door(address="300/5m"),
    "unsubscribe": Door(address="60/5m", key="10/5m"),
}
"""Every door with its limits; a new public POST route needs a line (tests/accounts/test_throttle.py)."""

ALLAUTH = {name: door.rates for name, door in DOORS.items()}
"""The table in the words of allauth's setting ACCOUNT_RATE_LIMITS."""
