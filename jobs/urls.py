"""Addresses of the job log.

The jobs app knows no roles, so whoever mounts these pages says who may read them.
"""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from jobs import views

app_name = "jobs"


def pages(allowed: Callable[..., Any]) -> list[URLPattern]:
    """The pages, each view wrapped in ``allowed``, a decorator that refuses everybody else."""
    return [
        path("jobs/", allowed(views.log), name="log"),
        path("jobs/<int:pk>/", allowed(views.run), name="run"),
        path("jobs/<int:pk>/errors.csv", allowed(views.errors_csv), name="errors-csv"),
    ]
