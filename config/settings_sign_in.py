"""How people sign in, and what a password must be. The second factor is in ``settings_factors``."""

from accounts.rules import doors
from config import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.ByAddress"]
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_FORMS = {"user_token": "accounts.forms.ResetTokenForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are let in by somebody who knows their address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # our own views tell them
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
# allauth's own would write a table of further addresses, each of which lets somebody in.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_RATE_LIMITS = doors.ALLAUTH
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
# Whoever does nothing for so long is signed out; in any case twelve hours after signing in.
IDLE_MINUTES = env.integer("IDLE_MINUTES", 15, low=5, high=60)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.validators.NotOfServiceWords"},
]
# Names that are guessed first in somebody's password; accounts cannot know organisations.
PASSWORD_WORDS_OF = "plans.queries.password_words.names_near"  # noqa: S105 - a path
# Sessions and messages live in the database, so nobody is signed out when Redis stops.
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# auth.E003 asks for a unique e-mail column; ours is unique without regard to case instead.
# auth.W004 says the same of our own way to sign in.
SILENCED_SYSTEM_CHECKS = ["auth.E003", "auth.W004"]
