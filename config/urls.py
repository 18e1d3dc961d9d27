"""Every address of the service. Each app owns its own paths from the root."""

from django.urls import URLPattern, URLResolver, include, path

from accounts.permissions import require
from accounts.roles import Permission
from config import health
from jobs import urls as jobs

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("", include("readiness.urls")),
    path("", include("engagement.urls")),
    path("", include("consultations.urls")),
    path("", include("plans.urls")),
    path("", include("stakeholders.urls")),
    path("", include("mail.urls")),
    path("", include("accounts.urls")),
    path("", include("accounts.entrance_urls")),
    path("", include("accounts.factor_urls")),
    path("", include((jobs.pages(require(Permission.READ_JOBS)), jobs.app_name))),
    path("", include("ui.urls")),
]

handler429 = "accounts.throttle.refused"  # allauth's name; ours are answered by the same page
handler400 = "ui.views.bad_request"
handler500 = "ui.views.server_error"
