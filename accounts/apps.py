"""Users, roles and the audit trail."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles and the audit trail."""

    name = "accounts"
