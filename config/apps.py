"""The project's own start-up checks."""

from django.apps import AppConfig, apps
from django.core import checks
from django.db.models.signals import post_migrate

from config import protection, sqlite


class ConfigConfig(AppConfig):
    """Registers the check of SQLite's promises, and what protects the history after `migrate`."""

    name = "config"

    def ready(self) -> None:
        checks.register(sqlite.check_promises, checks.Tags.database)
        # Django tells only apps with models, each once and after all migrations have run.
        accounts = apps.get_app_config("accounts")
        post_migrate.connect(protection.protect, sender=accounts, dispatch_uid="history")
