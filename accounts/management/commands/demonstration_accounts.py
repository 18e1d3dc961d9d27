"""``manage.py demonstration_accounts``: as whom the demonstration can be entered."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts import queries
from accounts.demonstration import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Prints the sign-ins of the demonstration, and nothing where it is not loaded."

    def handle(self, **options: Any) -> None:
        if not queries.has_synthetic_people():
            return
        width = max(len(account.email) for account in ACCOUNTS)
        self.stdout.write(f"Sign in with the password {PASSWORD} as one of these synthetic people:")
        for account in ACCOUNTS:
            role = account.role.label
            self.stdout.write(f"  {account.email:<{width}}  {role}: {account.about}")
