"""Just enough addresses to draw pages: the component library knows no other app."""

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from ui import views


def falls_over(request: HttpRequest) -> HttpResponse:
    """A view that fails: as when the database is away, or with a fault of ours."""
    raise OperationalError if "away" in request.GET else RuntimeError


elsewhere = ([path("sign-out/", views.accessibility, name="sign-out")], "accounts")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ui.urls")),
    path("", include(elsewhere)),
    path("falls-over/", login_not_required(falls_over)),
]
handler500 = "ui.views.server_error"
