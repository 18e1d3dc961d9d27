"""Events and who took part."""

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """Events and who took part."""

    name = "engagement"
