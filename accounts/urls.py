"""Addresses of accounts."""

from django.urls import URLPattern, URLResolver, path

from accounts.views import first_password, sign_in

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("first-password/<str:token>/", first_password.first_password, name="first-password"),
]
