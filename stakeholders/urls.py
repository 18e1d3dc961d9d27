"""Addresses of stakeholders."""

from django.urls import URLPattern, URLResolver, path

from stakeholders.views import colleagues, directory, invitations

app_name = "stakeholders"
urlpatterns: list[URLPattern | URLResolver] = [
    path("organisations/", directory.directory, name="directory"),
    path("organisations/<slug:code>/colleagues/", colleagues.colleagues, name="colleagues"),
    path("organisations/<slug:code>/colleagues/invite/", colleagues.invite, name="invite"),
    path(
        "organisations/<slug:code>/colleagues/<int:pk>/end/",
        colleagues.end,
        name="colleague-end",
    ),
    path(
        "organisations/<slug:code>/colleagues/invitations/<int:pk>/again/",
        colleagues.again,
        name="invitation-again",
    ),
    path(
        "organisations/<slug:code>/colleagues/invitations/<int:pk>/withdraw/",
        colleagues.withdraw,
        name="invitation-withdraw",
    ),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
]
