"""Every address of the service. Each app owns its own paths from the root."""

from django.urls import URLPattern, URLResolver, include, path

from config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("", include("readiness.urls")),
    path("", include("engagement.urls")),
    path("", include("plans.urls")),
    path("", include("stakeholders.urls")),
    path("", include("accounts.urls")),
    path("", include("jobs.urls")),
    path("", include("ui.urls")),
]
