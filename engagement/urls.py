"""Addresses of engagement."""

from django.urls import URLPattern, URLResolver, path

from engagement.views import consulted, events, organisations

app_name = "engagement"
urlpatterns: list[URLPattern | URLResolver] = [
    path("events/", events.events, name="events"),
    path("events.csv", events.events_csv, name="events-csv"),
    path("events/<int:pk>/", events.event, name="event"),
    path("organisations/<slug:code>/", organisations.organisation, name="organisation"),
    path("were-we-consulted/", consulted.consulted, name="consulted"),
]
