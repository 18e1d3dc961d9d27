"""Addresses of the second factor, of confirming, of sessions and of the identity provider.

Named as allauth asks for them, therefore without a namespace; of allauth's own addresses only
these exist.
"""

from django.urls import URLPattern, URLResolver, path

from accounts.views import confirm, identity, second_factor, sessions

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/second-factor/", second_factor.index, name="mfa_index"),
    path("account/second-factor/app/", second_factor.add_app, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", second_factor.remove_app, name="mfa_deactivate_totp"),
    path("account/second-factor/passkeys/", second_factor.add_passkey, name="mfa_add_webauthn"),
    path(
        "account/second-factor/passkeys/<int:pk>/remove/",
        second_factor.remove_passkey,
        name="mfa_remove_webauthn",
    ),
    path(
        "account/second-factor/recovery-codes/",
        second_factor.recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-factor/recovery-codes/new/",
        second_factor.new_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("account/confirm/", confirm.by_password, name="account_reauthenticate"),
    path("account/confirm/code/", confirm.by_code, name="mfa_reauthenticate"),
    path("account/confirm/passkey/", confirm.by_passkey, name="mfa_reauthenticate_webauthn"),
    path("account/sessions/", sessions.sessions, name="usersessions_list"),
    path("account/sessions/<int:pk>/end/", sessions.end, name="usersessions_end"),
    path("account/sessions/end-others/", sessions.end_others, name="usersessions_end_others"),
    path("sign-in/second-factor/", confirm.at_sign_in, name="mfa_authenticate"),
    path("sign-in/passkey/", confirm.passkey_sign_in, name="mfa_login_webauthn"),
    path("sign-in/provider/", identity.start, name="openid_connect_login"),
    path("sign-in/provider/return/", identity.back, name="openid_connect_callback"),
]
