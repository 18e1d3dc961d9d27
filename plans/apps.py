"""Footprints, plans and who belongs to them."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Footprints, plans and who belongs to them."""

    name = "plans"
