"""The words of the history: what each verb and each field is called, collected from every app.

An app says its own in ``<app>/presenters/verbs.py``: ``VERBS`` (verb -> what follows the name of
whoever did it), ``FIELDS`` (field, or "app.model.field" -> ``Field``), ``NOUNS`` ("app.model" -> what
such a thing is called) and ``LABELS`` ("app.model" -> a function that rewrites what one is called).
What is not said there is asked of the model itself. Nothing here knows the apps above.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from accounts.rules.personal import REDACTED
from ui.words import nhs_date, nhs_datetime, sentence_case

NOTHING = "nothing"
LONGEST = 300
"""Characters of a value that are shown; the record itself has the whole."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """How a field is called and put into words.

    ``speak`` turns a value into words; without it the model is asked. ``is_named_only``: the history
    says that it changed and not from what to what. ``is_told``: also said where nothing was before.
    """

    label: str
    speak: Callable[[Any], str] | None = None
    is_named_only: bool = False
    is_told: bool = False
    is_hidden: bool = False


HIDDEN = Field(label="", is_hidden=True)
"""A field that tells a reader nothing: keys, versions, hashes."""

COMMON = {
    "reason": Field(label="Reason", is_told=True),
    "version": HIDDEN,
    "sha256": HIDDEN,
    "form_key": HIDDEN,
}
"""Fields that mean the same wherever they stand."""


def verb_words(verb: str) -> str:
    """What follows the name of whoever did it; the verb itself where nobody put it into words."""
    return collected("VERBS").get(verb, verb)


def field_of(object_type: str, name: str) -> Field:
    """How to speak of a field of such an object."""
    told = collected("FIELDS")
    found: Field | None = told.get(f"{object_type}.{name}") or told.get(name) or COMMON.get(name)
    return found or _asked(object_type, name)


def noun_of(object_type: str) -> str:
    """`Seat`, `Plan version`; what such an object is called."""
    model = _model(object_type)
    told: str | None = collected("NOUNS").get(object_type)
    fallback = str(model._meta.verbose_name) if model else object_type.rpartition(".")[2]  # noqa: SLF001
    return sentence_case(told or fallback)


def label_of(object_type: str, label: str) -> str:
    """What such an object is called on a page, from what the history calls it."""
    speak: Callable[[str], str] | None = collected("LABELS").get(object_type)
    return speak(label) if speak else label


def spoken(object_type: str, name: str, value: Any) -> str | None:
    """The value in words; None where it can only be said that it changed."""
    field = field_of(object_type, name)
    if value == REDACTED:
        return REDACTED
    if field.is_named_only:
        return None
    said = field.speak(value) if field.speak else _plain(object_type, name, value)
    return said if said is None or len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


@cache
def collected(name: str) -> Mapping[str, Any]:
    """Every app's own words. A clash of two apps about one verb would be settled by chance."""
    found: dict[str, Any] = {}
    for config in apps.get_app_configs():
        for key, words in getattr(_words_of(config.name), name, {}).items():
            if found.get(key, words) != words:
                message = f"{config.name} calls {key!r} otherwise than an app before."
                raise ValueError(message)
            found[key] = words
    return found


def _words_of(app: str) -> object:
    name = f"{app}.presenters.verbs"
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name and name.startswith(missing.name):
            return None
        raise


def _model(object_type: str) -> type[models.Model] | None:
    try:
        return apps.get_model(object_type)
    except (LookupError, ValueError):
        return None


def _column(object_type: str, name: str) -> Any:
    model = _model(object_type)
    try:
        return model._meta.get_field(name) if model else None  # noqa: SLF001
    except FieldDoesNotExist:
        return None


def _asked(object_type: str, name: str) -> Field:
    column = _column(object_type, name) or _column(object_type, name.removesuffix("_id"))
    called = getattr(column, "verbose_name", "") or name.removesuffix("_id").replace("_", " ")
    return Field(
        label=sentence_case(str(called)), is_named_only=bool(column and column.is_relation)
    )


def _plain(object_type: str, name: str, value: Any) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, str | int | float):
        choices = dict(getattr(_column(object_type, name), "flatchoices", ()))
        return str(choices.get(value) or _day_or_text(str(value)))
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return ", ".join(str(one) for one in value)
    return None


def _day_or_text(value: str) -> str:
    try:
        if len(value) == len("2016-04-03"):
            return nhs_date(date.fromisoformat(value))
        return nhs_datetime(datetime.fromisoformat(value))
    except ValueError:
        return value
