"""Addresses of accounts."""

from django.urls import URLPattern, URLResolver, path

from accounts.views import first_password, passwords, sign_in

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/carry-on/", sign_in.carry_on, name="carry-on"),
    path("sign-in/stay/", sign_in.stay, name="stay"),
    path("account/", passwords.account, name="account"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("first-password/<str:token>/", first_password.first_password, name="first-password"),
]
