"""Addresses of plans."""

from django.urls import URLPattern, URLResolver, path

from plans.views import (
    access,
    imports,
    mentions,
    omissions,
    papers,
    people,
    seats,
    shown,
    versions,
)

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = [
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.upload, name="import-upload"),
    path("imports/<int:pk>/", imports.run, name="import"),
    path("imports/<int:pk>/errors.csv", imports.errors_csv, name="import-errors"),
    path("users/", people.people, name="people"),
    path("users/add/", people.add, name="person-add"),
    path("users/<int:pk>/", people.person, name="person"),
    path("users/<int:pk>/suspend/", access.suspend, name="person-suspend"),
    path("users/<int:pk>/restore/", access.restore, name="person-restore"),
    path("users/<int:pk>/link/", access.first_link, name="person-link"),
    path("users/<int:pk>/second-factor/", access.reset_factor, name="person-second-factor"),
    path("users/<int:pk>/<slug:kind>/add/", access.give, name="grant-add"),
    path("users/<int:pk>/<slug:kind>/<int:grant_pk>/", access.grant, name="grant"),
    path("plans/<slug:code>/seats/", seats.seats, name="seats"),
    path("plans/<slug:code>/seats/add/", seats.add_seat, name="seat-add"),
    path("plans/<slug:code>/seats/<int:pk>/end/", seats.end_seat, name="seat-end"),
    path("plans/<slug:code>/arrangements/add/", seats.add_arrangement, name="arrangement-add"),
    path(
        "plans/<slug:code>/arrangements/<int:pk>/end/",
        seats.end_arrangement,
        name="arrangement-end",
    ),
    path("plans/<slug:code>/shown/", shown.shown, name="shown"),
    path("plans/<slug:code>/shown.csv", shown.shown_csv, name="shown-csv"),
    path("plans/<slug:code>/papers/", papers.papers, name="papers"),
    path("plans/<slug:code>/papers/version/<int:pk>/", versions.text, name="paper-text"),
    path("plans/<slug:code>/papers/version/<int:pk>/file/", versions.file, name="paper-file"),
    path("plans/<slug:code>/omissions/", omissions.omissions, name="omissions"),
    path("plans/<slug:code>/compare/", versions.compare, name="compare"),
    path("mentions/", mentions.mentions, name="mentions"),
    path("mentions/<slug:category>/", mentions.words, name="mention-words"),
    path("plans/<slug:code>/papers/<slug:kind>/add/", papers.add, name="paper-add"),
    path(
        "plans/<slug:code>/papers/<slug:kind>/<int:pk>/change/", papers.change, name="paper-change"
    ),
    path(
        "plans/<slug:code>/papers/<slug:kind>/<int:pk>/withdraw/",
        papers.withdraw,
        name="paper-withdraw",
    ),
]
