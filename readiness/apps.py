"""Policies, assessments, flags."""

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    """Policies, assessments, flags."""

    name = "readiness"
