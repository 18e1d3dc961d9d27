"""Long work and its log."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long work and its log."""

    name = "jobs"
