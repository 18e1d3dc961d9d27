"""Personal values in the history: kept beside the entry, and by a salted hash inside it.

The chain covers the hash and not the value, so the value can be taken out on request and the chain
still holds. Without the salt, which goes with the value, the hash tells nobody what it was.
"""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

PERSONAL_KEYS = frozenset(
    {
        "comment", "email", "granted_by", "holder", "name", "note", "person", "phone", "points",
        "reason", "reply", "sent_to", "summary", "text", "words",
    }
)  # fmt: skip
"""Names of fields whose text may name or quote somebody."""

MARK = "personal:"
"""How the place of a personal value begins; what follows is the hash."""

REDACTED = "[redacted]"

_NEVER = frozenset({bool, int, float, str, type(None)})
"""What holds no key, and so nothing personal in a list that is not."""

Values = dict[str, list[str]]
"""Mark -> salt and value."""


def mark_of(salt: str, value: str) -> str:
    """What stands in the place of the value."""
    return MARK + hashlib.sha256(f"{salt}\n{value}".encode()).hexdigest()


def sealed(value: Any, values: Values, *, personal: bool = False) -> Any:
    """The same, with a mark for each text under a personal key; the texts go into ``values``."""
    if isinstance(value, Mapping):
        return {
            key: sealed(one, values, personal=personal or key in PERSONAL_KEYS)
            for key, one in value.items()
        }
    if isinstance(value, list):
        if not personal and _NEVER.issuperset(map(type, value)):
            return value
        return [sealed(one, values, personal=personal) for one in value]
    if isinstance(value, str) and value and personal:
        salt = secrets.token_hex(16)
        mark = mark_of(salt, value)
        values[mark] = [salt, value]
        return mark
    return value


def opened(value: Any, values: Mapping[str, list[str]]) -> Any:
    """The same, with the values put back; a value that was taken out reads ``[redacted]``."""
    if isinstance(value, Mapping):
        return {key: opened(one, values) for key, one in value.items()}
    if isinstance(value, list):
        return [opened(one, values) for one in value]
    if isinstance(value, str) and value.startswith(MARK):
        return values[value][1] if value in values else REDACTED
    return value


def marks_in(value: Any) -> set[str]:
    """Every mark that stands in it."""
    if isinstance(value, Mapping):
        return set().union(*(marks_in(one) for one in value.values()))
    if isinstance(value, list):
        return set().union(*(marks_in(one) for one in value))
    return {value} if isinstance(value, str) and value.startswith(MARK) else set()
