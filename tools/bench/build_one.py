"""Builds the country of one size in the database of the environment, or migrates it: a process."""

import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - needs the apps
from django.utils import timezone  # noqa: E402

from readiness.actions import ensure_policies, nightly  # noqa: E402
from tools.bench.scale.build import build  # noqa: E402
from tools.bench.scale.sizes import SIZES  # noqa: E402
from tools.steps import say  # noqa: E402


def main(what: str, size: str) -> None:
    """``build`` fills an empty database, ``migrate`` brings a built one up to date."""
    call_command("migrate", verbosity=0)
    if what != "build":
        return
    ensure_policies()
    build(SIZES[size], today=timezone.localdate(), say=say)
    began = time.monotonic()
    nightly(now=timezone.now())
    say(f"First counting and assessment of all live plans: {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
