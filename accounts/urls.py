"""Addresses of accounts."""

from django.urls import URLPattern, URLResolver, path

from accounts.views import first_password, passwords, sign_in
from accounts.views import history as history_views

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/carry-on/", sign_in.carry_on, name="carry-on"),
    path("sign-in/stay/", sign_in.stay, name="stay"),
    path("account/", passwords.account, name="account"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("history/", history_views.history, name="history"),
    path("history/checkpoint.txt", history_views.checkpoint, name="checkpoint"),
    path("history/redactions/", history_views.redaction_list, name="redactions"),
    path("history/redactions/ask/", history_views.ask, name="redaction-ask"),
    path("history/redactions/<int:pk>/", history_views.decide, name="redaction"),
    path("history/holds/", history_views.hold_list, name="holds"),
    path("history/holds/place/", history_views.place_hold, name="hold-place"),
    path("history/holds/<int:pk>/lift/", history_views.lift_hold, name="hold-lift"),
    path("first-password/<str:token>/", first_password.first_password, name="first-password"),
]
