"""Take the second factor of somebody away, for the day on which the only administrator lost theirs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actions.second_factor import reset_second_factor
from accounts.models import User


class Command(BaseCommand):
    """Whoever may run this on the server may do so; the history says that nobody signed in did it."""

    help = "Take somebody's second factor and sessions away; they set up a new one at the next sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", required=True, help="kept in the history")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            message = f"Nobody has an account with {options['email']}."
            raise CommandError(message)
        reset_second_factor(user_id=user.pk, by=None, reason=options["reason"], now=timezone.now())
        self.stdout.write(f"{user.name} sets up a new second factor at the next sign-in.")
