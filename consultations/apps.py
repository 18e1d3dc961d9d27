"""What was asked in consultations, what people answered, and what became of it."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """What was asked in consultations, what people answered, and what became of it."""

    name = "consultations"
