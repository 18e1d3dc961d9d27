"""NHS design system parts."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """NHS design system parts."""

    name = "ui"
