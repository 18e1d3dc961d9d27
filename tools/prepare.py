"""Makes the database ready for ``make run``, in one process: migrations, then the demonstration.

Prints the demonstration's sign-ins to standard output, which is empty where there is none, and how
the loading goes to standard error.
"""

import sys

import django
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

NOBODY_YET = (
    "Nobody can sign in yet. With the same settings, add the first administrator:\n"
    '  .venv/bin/python manage.py add_user ann@example.org "Ann Admin" --role administrator'
)

DATABASE_NOT_EMPTY = 2
"""How load_demonstration ends where there is something already, which is then kept."""


def main(*, demonstration: bool) -> None:
    """Migrate; load the demonstration into an empty database and say who can enter it."""
    call_command("migrate", verbosity=0)
    if not demonstration:
        if not get_user_model().objects.exists():
            print(NOBODY_YET, file=sys.stderr)
        return
    try:
        call_command("load_demonstration", stdout=sys.stderr)
    except CommandError as problem:
        if problem.returncode != DATABASE_NOT_EMPTY:
            raise SystemExit(f"The demonstration could not be loaded. {problem}") from problem
    call_command("demonstration_accounts")


if __name__ == "__main__":
    django.setup()
    main(demonstration=sys.argv[1:] != ["without-demonstration"])
