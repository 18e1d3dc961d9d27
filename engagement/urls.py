"""Addresses of engagement."""

from django.urls import URLPattern, URLResolver, path

from engagement.views import (
    answers,
    changes,
    consulted,
    events,
    log_conflict,
    log_start,
    log_who,
    organisations,
)

app_name = "engagement"
urlpatterns: list[URLPattern | URLResolver] = [
    path("events/", events.events, name="events"),
    path("events.csv", events.events_csv, name="events-csv"),
    path("events/<int:pk>/", events.event, name="event"),
    path("events/<int:pk>/edit/", changes.edit, name="event-edit"),
    path("events/<int:pk>/outcome/", changes.outcome, name="event-outcome"),
    path("events/<int:pk>/withdraw/", changes.withdraw, name="event-withdraw"),
    path("events/<int:pk>/answer/<slug:code>/", answers.answer, name="answer"),
    path("events/<int:pk>/disputes/<int:dispute_pk>/reply/", answers.reply, name="dispute-reply"),
    path("events/log/", log_start.start, name="log"),
    path("events/log/<uuid:draft>/discard/", log_start.discard, name="log-discard"),
    path("events/log/<uuid:draft>/conflict/", log_conflict.conflict, name="log-conflict"),
    path("events/log/<uuid:draft>/found/", log_who.found, name="log-found"),
    path("events/log/<uuid:draft>/<slug:step>/", log_start.step, name="log-step"),
    path("organisations/<slug:code>/", organisations.organisation, name="organisation"),
    path("were-we-consulted/", consulted.consulted, name="consulted"),
]
