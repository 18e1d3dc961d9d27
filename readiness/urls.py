"""Addresses of readiness."""

from django.urls import path

from readiness.views import board, criteria, dossier, flags, home, missing

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
    path("criteria/", criteria.criteria, name="criteria"),
]
