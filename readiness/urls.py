"""Addresses of readiness."""

from django.urls import path

from readiness.views import board, criteria, dossier, flag, flags, home, missing

app_name = "readiness"
urlpatterns = [
    path("", home.home, name="home"),
    path("board/", board.board, name="board"),
    path("board.csv", board.board_csv, name="board-csv"),
    path("missing/", missing.chooser, name="missing-lists"),
    path("plans/<slug:code>/", dossier.dossier, name="dossier"),
    path("plans/<slug:code>/missing/", missing.missing, name="missing"),
    path("plans/<slug:code>/missing.csv", missing.missing_csv, name="missing-csv"),
    path("flags/", flags.flags, name="flags"),
    path("flags/<int:pk>/", flag.flag, name="flag"),
    path("flags/<int:pk>/take-on/", flag.take_on, name="flag-take-on"),
    path("flags/<int:pk>/support/", flag.support, name="flag-support"),
    path(
        "flags/<int:pk>/support/<int:offer_pk>/close/",
        flag.close_support,
        name="flag-support-close",
    ),
    path("criteria/", criteria.criteria, name="criteria"),
]
