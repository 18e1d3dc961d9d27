"""The addresses of the service, a floor under them, and known mistakes beside them."""

from django.urls import include, path

from tools.bench import views

urlpatterns = [
    path("bench/floor/", views.floor),
    path("bench/event-list-n-plus-one/", views.event_list_row_by_row),
    path("bench/board-by-template/", views.board_by_template),
    path("", include("config.urls")),
]
