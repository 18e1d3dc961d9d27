"""Which passwords are refused, beside Django's own (length, common ones, like name or address)."""

from collections.abc import Callable, Iterable
from typing import cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.rules.passwords import SERVICE_WORDS, is_made_of


class NotOfServiceWords:
    """Not "nhs-lmc-bolton-2026": words of the service, and of whom the person acts for, are guessed first."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ``ValidationError`` for a password of such words and little else."""
        if is_made_of(password, SERVICE_WORDS | _words_of(user)):
            message = (
                "This password is made of words that are guessed first here, like NHS, the name of"
                " your organisation or of a month. Add words that have nothing to do with them."
            )
            raise ValidationError(message, code="password_of_service_words")

    def get_help_text(self) -> str:
        """What Django shows where it lists the rules."""
        return "Your password must not be made of words of the service."


def _words_of(user: User | None) -> frozenset[str]:
    """The words in the names of organisations that ``user`` answers for, where that is known."""
    if user is None or user.pk is None:
        return frozenset()
    ask = cast(Callable[[User], Iterable[str]], import_string(settings.PASSWORD_WORDS_OF))
    return frozenset(word for name in ask(user) for word in name.split())
