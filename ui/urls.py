"""Addresses of the component library: the accessibility page for everybody, the gallery off production."""

from django.urls import path

from ui import views

app_name = "ui"
urlpatterns = [
    path("accessibility/", views.accessibility, name="accessibility"),
    path("components/", views.components, name="components"),
]
