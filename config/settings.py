"""Django's settings, read from the environment through ``config.env``; headers and sign-in beside them.

Nothing set gives the embedded mode: SQLite and a queue of files, both in VAR_DIR, on one machine.
DATABASE_URL and REDIS_URL give PostgreSQL and Redis. See docs/how-to/deploy.md.
"""

from pathlib import Path
from typing import Any

from config import env
from config.settings_factors import *  # noqa: F403
from config.settings_headers import *  # noqa: F403
from config.settings_sign_in import *  # noqa: F403
from config.settings_tables import *  # noqa: F403

BASE_DIR = env.BASE_DIR
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

DEBUG = env.flag("DEBUG", default=False)
DEMONSTRATION = env.flag("DEMONSTRATION", default=False)
# Managers, reviewers and administrators need a second factor; whoever tries the demonstration not.
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", default=not DEMONSTRATION)
# Where people reach the service; links in mails begin with it.
PUBLIC_ADDRESS = env.text("PUBLIC_ADDRESS", f"http://127.0.0.1:{env.text('PORT', '8000')}").rstrip(
    "/"
)
SHOW_NHS_LOGO = env.flag("SHOW_NHS_LOGO", default=False)
SERVICE_NAME = "Widen the Tent"

_server_database = env.database("DATABASE_URL")
# A server must be told its key: two machines behind one address have to agree on it.
SECRET_KEY = env.secret(
    "SECRET_KEY", kept_in=None if _server_database and not DEBUG else VAR_DIR / "secret-key"
)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")

# --- Parts ---------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "readiness.apps.ReadinessConfig",
    "engagement.apps.EngagementConfig",
    "consultations.apps.ConsultationsConfig",
    "plans.apps.PlansConfig",
    "stakeholders.apps.StakeholdersConfig",
    "mail.apps.MailConfig",
    "accounts.apps.AccountsConfig",
    "files.apps.FilesConfig",
    "jobs.apps.JobsConfig",
    "ui.apps.UiConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "accounts.middleware.request_id_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "files.middleware.size_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.visit_middleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.SignInRequired",
    "accounts.second_factor.SecondFactorRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.frame",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["nhsuk"]
CRISPY_TEMPLATE_PACK = "nhsuk"
CRISPY_FAIL_SILENTLY = False

# --- Database ------------------------------------------------------------------------------------

# What SQLite must be told before web and worker may write at the same time; config/sqlite.py
# refuses to start without it. Measured with 4 processes: 726 of 1,000 transactions failed with
# "database is locked" as Django sets it up, none with these.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",  # take the write lock at BEGIN: no deadlock on upgrade
    "timeout": 20,  # seconds to wait for another writer
    # WAL: readers do not block the writer. FULL: a commit survives a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
if _server_database:
    DATABASES = {
        "default": _server_database | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True},
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "db.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
        },
    }
# The role that the service signs in with on PostgreSQL, told to `migrate` when another one owns the
# tables: it is granted everything but changing the history (config/protection.py).
APPLICATION_ROLE = env.text("APPLICATION_ROLE")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Language and dates --------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]  # 03/04/2016 is 3 April

# --- Kept pages ----------------------------------------------------------------------------------

# Parts of pages that cost much to draw, kept by each process for as long as what they show holds.
# A board is some 300 kB and a dossier some 60, so a handful is enough and more would be waste.
CACHES = {
    # What throttles sign-in: in the database, so that it holds for every process and when Redis
    # is stopped.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_throttle",
        "KEY_FUNCTION": "accounts.throttle.counter_name",  # keys are e-mail and network addresses
        # Django drops a third of the rows beyond this number: few, and whoever makes many counters
        # would wipe those of others. accounts.tasks.tidy takes away what has run out.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 36},
    },
}

# --- Files ---------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# build/static is made by tools/front_end.py from the packages that package-lock.json pins; pages
# name the files as {% static 'nhsuk-frontend-10.6.1/nhsuk-frontend.min.css' %}.
FRONT_END_DIR = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [BASE_DIR / "static", FRONT_END_DIR]
# On after `manage.py collectstatic`: hashed names and compressed copies. Off: served as they lie.
COLLECTED_STATIC = env.flag("COLLECTED_STATIC", default=False)
WHITENOISE_USE_FINDERS = not COLLECTED_STATIC
_static_storage = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if COLLECTED_STATIC
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static_storage},
}
MEDIA_ROOT = VAR_DIR / "uploads"  # read back by our own views only, so there is no MEDIA_URL
FILE_UPLOAD_HANDLERS = ["files.handlers.CarefulUploadHandler"]
# clamd as host:port or the path of its socket; "none" where the operator says that nobody scans.
# Unset, files are taken in and wait.
SCANNER = env.scanner("SCANNER", "none" if DEMONSTRATION else "")

# --- Jobs ----------------------------------------------------------------------------------------


def _queue_folders(root: Path) -> dict[str, Any]:
    """A broker that needs no server: messages are files that web and worker both see."""
    folders = {name: root / name for name in ("messages", "control")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(folders["messages"]),
        "data_folder_out": str(folders["messages"]),
        "control_folder": str(folders["control"]),
    }


# A Redis that hangs must not hang a request: without these a publish waited over 60 seconds.
REDIS_OPTIONS = {"socket_timeout": 2, "socket_connect_timeout": 2, "max_retries": 0}
REDIS_URL = env.broker("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = REDIS_OPTIONS if REDIS_URL else _queue_folders(VAR_DIR / "queue")
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True  # the worker waits for its broker
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True  # results are rows of ours
CELERY_ENABLE_UTC = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# What jobs.doorbell.ring() asks for; empty turns the doorbell off (the schedule goes on).
DOORBELL_TASK = "readiness.tasks.sweep"

# --- Messages -------------------------------------------------------------------------------------

_mail_server = env.mail_server("EMAIL_URL")
EMAIL_HOST = _mail_server["HOST"]
EMAIL_PORT = _mail_server["PORT"]
EMAIL_HOST_USER = _mail_server["HOST_USER"]
EMAIL_HOST_PASSWORD = _mail_server["HOST_PASSWORD"]
EMAIL_USE_TLS = _mail_server["USE_TLS"]
EMAIL_USE_SSL = _mail_server["USE_SSL"]
EMAIL_TIMEOUT = 10  # seconds; a mail server that hangs must not hang who waits for a code
# Without a mail server the demonstration keeps its mail, and the administrator reads it at /mail/.
_keeps_mail = DEMONSTRATION and not env.text("EMAIL_URL")
EMAIL_BACKEND = (
    "mail.backends.Kept" if _keeps_mail else "django.core.mail.backends.smtp.EmailBackend"
)
DEFAULT_FROM_EMAIL = env.sender("EMAIL_FROM", PUBLIC_ADDRESS)

# --- Log -----------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "config.logs.RequestId"},
        "no_tokens": {"()": "config.logs.NoTokens"},
        "no_health": {"()": "config.logs.NoHealth"},
    },
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id", "no_tokens", "no_health"],
        }
    },
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    # Django's own handlers mail administrators and repeat each line.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
