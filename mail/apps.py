"""Messages to people: the outbox, its delivery, and what each person wants to receive."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Messages to people: the outbox, its delivery, and what each person wants to receive."""

    name = "mail"
