"""The addresses that pages of readiness link to, each spelled in one place."""

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse


@lru_cache(maxsize=4096)
def _address(name: str, *values: object) -> str:
    """Addresses never move while the service runs; working one out costs as much as a table cell."""
    return reverse(name, args=values)


def home() -> str:
    """The first page of whoever is signed in."""
    return _address("readiness:home")


def dossier(code: str, anchor: str = "", **moment: str) -> str:
    """A plan's dossier, or the criterion of that name in it; ``moment`` keeps its day."""
    url = _with_query(_address("readiness:dossier", code), moment)
    return f"{url}#{anchor}" if anchor else url


def plan_history(code: str) -> str:
    """Who did what to the plan."""
    return _address("readiness:plan-history", code)


def missing(code: str, **filters: str) -> str:
    """A plan's missing list, narrowed by what is given."""
    return _with_query(_address("readiness:missing", code), filters)


def missing_csv(code: str, **filters: str) -> str:
    """The same list as a file."""
    return _with_query(_address("readiness:missing-csv", code), filters)


def flags(**filters: str) -> str:
    """The open flags."""
    return _with_query(_address("readiness:flags"), filters)


def flag(pk: int) -> str:
    """One flag."""
    return _address("readiness:flag", pk)


def board(**filters: str) -> str:
    """The board, filtered."""
    return _with_query(_address("readiness:board"), filters)


def board_csv(**filters: str) -> str:
    """The board as a file, filtered."""
    return _with_query(_address("readiness:board-csv"), filters)


def events(**filters: str) -> str:
    """The event list, filtered."""
    return _with_query(_address("engagement:events"), filters)


def event(pk: int) -> str:
    """One event."""
    return _address("engagement:event", pk)


def organisation(code: str) -> str:
    """One organisation's ledger."""
    return _address("engagement:organisation", code)


def log(**values: str) -> str:
    """The log form, with what is known already."""
    return _with_query(_address("engagement:log"), values)


def criteria(policy: str = "", key: str = "") -> str:
    """How every figure is worked out: by one policy, at one criterion."""
    url = _with_query(_address("readiness:criteria"), {"policy": policy})
    return f"{url}#{policy}-{key}" if key else url


def seats(code: str, **moment: str) -> str:
    """A plan's seats and arrangements."""
    return _with_query(_address("plans:seats", code), moment)


def papers(code: str, **moment: str) -> str:
    """What a plan has on paper."""
    return _with_query(_address("plans:papers", code), moment)


def judgements(code: str, **moment: str) -> str:
    """What reviewers have judged of a plan's text."""
    return _with_query(_address("readiness:judgements", code), moment)


def decide(code: str) -> str:
    """Where a reviewer decides about a plan."""
    return _address("readiness:decide", code)


def grant_exception(code: str, key: str = "") -> str:
    """Where a reviewer lets a criterion of a plan pass."""
    return _with_query(_address("readiness:exception-add", code), {"criterion": key})


def withdraw_exception(pk: int) -> str:
    """Where an exception is taken back."""
    return _address("readiness:exception-withdraw", pk)


def decisions(**filters: str) -> str:
    """The decisions, filtered."""
    return _with_query(_address("readiness:decisions"), filters)


def decision(pk: int) -> str:
    """One decision as the board saw it."""
    return _address("readiness:decision", pk)


def decision_json(pk: int) -> str:
    """The frozen text of a decision."""
    return _address("readiness:decision-json", pk)


def conditions(pk: int) -> str:
    """The conditions of a decision, and which are met."""
    return _address("readiness:conditions", pk)


def _with_query(url: str, values: dict[str, str]) -> str:
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{url}?{query}" if query else url
