"""Just enough addresses to draw pages: the component library knows no other app."""

from django.urls import URLPattern, URLResolver, include, path

from ui import views

elsewhere = ([path("sign-out/", views.accessibility, name="sign-out")], "accounts")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ui.urls")),
    path("", include(elsewhere)),
]
