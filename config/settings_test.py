"""Settings of the test suite: a fast hasher, tasks in the caller, nothing kept.

TEST_REAL_BROKER keeps the real broker and puts SQLite into VAR_DIR, where a worker finds it.
"""

import atexit
import os
import tempfile

os.environ["ENV_FILE"] = os.devnull
_var = tempfile.TemporaryDirectory(prefix="wt-tests-")
atexit.register(_var.cleanup)
os.environ.setdefault("VAR_DIR", _var.name)
# Processes of one leg share no folder and no queue; pytest-django gives each a database of its own.
_process = os.environ.get("PYTEST_XDIST_WORKER", "")
if _process:
    os.environ["VAR_DIR"] += f"/{_process}"
    server, _, number = os.environ.get("REDIS_URL", "").rpartition("/")
    if server:
        os.environ["REDIS_URL"] = f"{server}/{int(number) + int(_process.removeprefix('gw'))}"
os.environ.setdefault("SECRET_KEY", "only-for-the-test-suite-" + "0" * 40)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, MIDDLEWARE, VAR_DIR, env  # noqa: E402

# Whatever a test posts leaves an audit row.
MIDDLEWARE = ["tests.meta.watch.middleware", *MIDDLEWARE]
SCANNER = "none"  # tests of the scanner name one
SECOND_FACTOR_REQUIRED = False  # tests of the second factor switch it on
PUBLIC_ADDRESS = "https://tent.example.org"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # What would wait for ever is an error instead, before pytest's own limit (see pyproject.toml).
    limits = {
        "statement_timeout": "120s",
        "lock_timeout": "60s",
        "idle_in_transaction_session_timeout": "240s",
    }
    given = DATABASES["default"].setdefault("OPTIONS", {})
    given["options"] = " ".join(
        [given.get("options", ""), *(f"-c {name}={value}" for name, value in limits.items())]
    ).strip()
if env.flag("TEST_REAL_BROKER", default=False):
    if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "db.sqlite3")}
else:
    CELERY_BROKER_URL = "memory://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {}
    CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = True
    DOORBELL_TASK = ""  # a test rings it on purpose
