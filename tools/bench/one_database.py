"""Sets Django up for the database in the environment and measures there: a process of its own."""

import sys

import django

django.setup()

from tools.bench.measure import main  # noqa: E402 - needs the apps

sys.exit(main())
