"""Organisations and people."""

from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    """Organisations and people."""

    name = "stakeholders"
