"""Apps depend downwards only, also where import-linter cannot see it: in relations and names."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db.models import ForeignObject, ManyToManyField

LAYERS = (
    "ui",
    "jobs",
    "files",
    "accounts",
    "mail",
    "stakeholders",
    "plans",
    "consultations",
    "engagement",
    "readiness",
    "config",
)


def relations() -> Iterator[ForeignObject | ManyToManyField]:
    """Every foreign key and many-to-many field of our own models."""
    for model in apps.get_models():
        if model._meta.app_label in LAYERS:
            fields = (*model._meta.fields, *model._meta.many_to_many)
            yield from (field for field in fields if field.is_relation)


def test_every_relation_points_down() -> None:
    found = list(relations())
    assert found
    upward = [
        f"{field.model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for field in found
        if field.related_model._meta.app_label in LAYERS
        and LAYERS.index(field.related_model._meta.app_label)
        > LAYERS.index(field.model._meta.app_label)
    ]
    assert upward == []


def test_a_relation_across_apps_is_read_back_by_a_name_that_tells_its_owner() -> None:
    unnamed = []
    for field in relations():
        owner, other = field.model._meta.app_label, field.related_model._meta.app_label
        name = field.remote_field.get_accessor_name()
        if owner != other and name and name != "+" and not name.startswith(f"{owner}_"):
            unnamed.append(f"{field.model._meta.label}.{field.name}: {name}")
    assert unnamed == []


def test_our_apps_are_installed_from_the_top_of_the_house_to_its_ground() -> None:
    ours = [config.name for config in apps.get_app_configs() if config.name in LAYERS]
    assert ours[0] == "config"
    assert ours[1:] == list(reversed(LAYERS))[1:]
    assert settings.AUTH_USER_MODEL == "accounts.User"


def test_every_model_says_what_it_is_called() -> None:
    silent = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in LAYERS and "__str__" not in vars(model)
    ]
    assert silent == []
