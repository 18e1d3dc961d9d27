"""The project's own start-up checks."""

from django.apps import AppConfig
from django.core import checks

from config import sqlite


class ConfigConfig(AppConfig):
    """Registers the check of SQLite's promises."""

    name = "config"

    def ready(self) -> None:
        checks.register(sqlite.check_promises, checks.Tags.database)
