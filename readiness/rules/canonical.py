"""One text for one set of facts: how frozen values become JSON that can be hashed, and values again.

The canonical form is JSON in UTF-8 with sorted keys, no blanks, dates as ISO text, names of states
as they are stored and tuples as lists. The same facts give the same bytes on every machine.
"""

import hashlib
import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Made = TypeVar("Made")


def plain(value: Any) -> Any:
    """The value as JSON knows it: dictionaries by text, lists, text, numbers, booleans, nothing.

    Raises TypeError for a value that has no such form, so that nothing is frozen by its address.
    """
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [plain(item) for item in value]
        return sorted(items) if isinstance(value, set | frozenset) else items
    raise TypeError(f"{type(value).__name__} has no canonical form.")


def canonical(value: Any) -> str:
    """The one text of the value. Raises ValueError for a number that JSON does not know."""
    return json.dumps(
        plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, as 64 hexadecimal letters."""
    return hashlib.sha256(text.encode()).hexdigest()


def made(kind: type[Made], value: Any) -> Made:
    """A frozen value out of its plain form, by the types that its class states.

    What the class does not know is left aside, and what the form lacks takes its default, so that
    an old snapshot can be read by a newer release.
    """
    return _made(kind, value)


@cache
def _types_of(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _made(kind: Any, value: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        kind = next(one for one in inner if one is not type(None))
        return None if value is None else _made(kind, value)
    if origin is tuple:
        return tuple(_made(inner[0], item) for item in value)
    return _of_class(kind, value) if isinstance(kind, type) else value


def _of_class(kind: type, value: Any) -> Any:
    if is_dataclass(kind):
        known = _types_of(kind)
        return kind(**{name: _made(known[name], value[name]) for name in known if name in value})
    if kind is date:
        return date.fromisoformat(value)
    return kind(value) if issubclass(kind, Enum) else value
