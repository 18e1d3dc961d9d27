"""Settings of the test suite: a fast hasher, tasks in the caller, nothing kept on disk."""

import os
import tempfile

os.environ["ENV_FILE"] = os.devnull
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="wt-tests-"))
os.environ.setdefault("SECRET_KEY", "only-for-the-test-suite-" + "0" * 40)

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str] = {}
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = True
DOORBELL_TASK = ""  # a test rings it on purpose
