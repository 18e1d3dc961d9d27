"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from config import sqlite  # noqa: E402 - needs the apps that the line above loads

sqlite.refuse_unless_safe()
