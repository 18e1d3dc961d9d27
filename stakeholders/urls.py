"""Addresses of stakeholders."""

from django.urls import URLPattern, URLResolver, path

from stakeholders.views import directory

app_name = "stakeholders"
urlpatterns: list[URLPattern | URLResolver] = [
    path("organisations/", directory.directory, name="directory"),
]
