"""Settings of the second factor, of confirming who it is, and of an identity provider."""

import datetime as dt
from typing import Any

from config import env

# --- Second factor ---

MFA_ADAPTER = "accounts.second_factor.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Decisions, exceptions, grants and exports of people ask again who it is after so long.
FRESH_SIGN_IN = dt.timedelta(minutes=15)

# --- A national or regional identity provider (OpenID Connect) ---

OIDC_NAME = env.text("OIDC_NAME")
OIDC_SERVER = env.text("OIDC_SERVER").rstrip("/")
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.text("OIDC_CLIENT_SECRET")
# Its own second factor counts as ours.
OIDC_IS_SECOND_FACTOR = env.flag("OIDC_IS_SECOND_FACTOR", default=False)
env.check_identity_provider(
    OIDC_NAME=OIDC_NAME,
    OIDC_SERVER=OIDC_SERVER,
    OIDC_CLIENT_ID=OIDC_CLIENT_ID,
    OIDC_CLIENT_SECRET=OIDC_CLIENT_SECRET,
)

SOCIALACCOUNT_ADAPTER = "accounts.identity.IdentityAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form could not lead elsewhere: form-action is 'self'
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 3
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "openid_connect": {
        "provider_class": "accounts.identity.IdentityProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_SERVER},
            }
        ],
    }
}
