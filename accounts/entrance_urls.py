"""The addresses of allauth that are offered, under the names by which it knows them.

Those that are not here do not exist: nobody can sign up, and an e-mail address is changed by an
administrator.
"""

from django.urls import URLPattern, URLResolver, path

from accounts.views import codes, passwords, sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", codes.RequestCode.as_view(), name="account_request_login_code"),
    path("sign-in/code/enter/", codes.EnterCode.as_view(), name="account_confirm_login_code"),
    path("sign-in/forgotten/", passwords.Forgotten.as_view(), name="account_reset_password"),
    path(
        "sign-in/forgotten/sent/",
        passwords.ForgottenSent.as_view(),
        name="account_reset_password_done",
    ),
    path(
        "sign-in/new-password/saved/",
        passwords.NewPasswordSaved.as_view(),
        name="account_reset_password_from_key_done",
    ),
    path(
        "sign-in/new-password/<str:uidb36>/<str:key>/",
        passwords.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("account/password/", passwords.ChangePassword.as_view(), name="account_change_password"),
]
