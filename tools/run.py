"""Starts the whole service on this machine (make run): web, worker and scheduler as one tree.

Prepares the database, loads the demonstration into an empty one, and says "Ready" with the
demonstration sign-ins once ``/healthz`` answers 200. Ctrl-C or TERM ends everything.
"""

import errno
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from django.core.exceptions import ImproperlyConfigured

from config import env
from tools.steps import BIN, PYTHON, ROOT, end_on_term, environment, say
from tools.supervisor import Supervisor

HOST = "127.0.0.1"
ROOT_IS_FINE = "ignore:You're running the worker with superuser privileges"
SLOW_START = 60.0
"""Seconds after which the waiting reader is told what is missing."""


def commands(port: int) -> dict[str, list[str]]:
    """What runs. The worker's threads and the scheduler suit SQLite; see docs for a server.

    An address of any length reaches the pages: they answer a search that is too long in words,
    where gunicorn would answer in its own.
    """
    celery = [str(BIN / "celery"), "--app", "config"]
    return {
        "web": [str(BIN / "gunicorn"), "config.wsgi", "--bind", f"{HOST}:{port}",
                "--worker-class", "gthread", "--workers", "2", "--threads", "4",
                "--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket",
                "--limit-request-line", "0"],
        "worker": [*celery, "--quiet", "worker", "--pool", "threads", "--concurrency", "2",
                   "--loglevel", "WARNING",
                   "--without-gossip", "--without-mingle", "--without-heartbeat"],
        "scheduler": [*celery, "--quiet", "beat", "--loglevel", "WARNING"],
    }  # fmt: skip


def refuse_taken(port: int) -> None:
    """End with one clear line where nothing can listen on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as problem:
            taken = problem.errno == errno.EADDRINUSE
            reason = "is taken" if taken else f"cannot be used ({problem.strerror})"
            raise SystemExit(
                f"Port {port} {reason}. Choose another, for example: PORT={port + 1} make run"
            ) from problem


def prepare_database(variables: dict[str, str]) -> str:
    """Migrate and load the demonstration; answers its sign-ins, empty where there is none."""
    say("Preparing the database")
    wanted = [] if variables.get("DEMONSTRATION", "on") == "on" else ["without-demonstration"]
    done = subprocess.run(
        [str(PYTHON), "-m", "tools.prepare", *wanted],
        env=variables | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit("The database could not be prepared, see above.")
    return done.stdout.strip()


def health(port: int) -> dict[str, object]:
    """What ``/healthz`` says; nothing while no server answers."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5) as answer:
            return dict(json.load(answer))
    except urllib.error.HTTPError as unwell:
        return dict(json.load(unwell)) if unwell.code == 503 else {}
    except OSError:
        return {}


def serve(port: int, variables: dict[str, str], sign_ins: str) -> int:
    """Run until told to stop or until one of the programs ends. The exit code."""
    tree = Supervisor()
    say("Starting web, worker and scheduler")
    try:
        for name, command in commands(port).items():
            tree.start(name, command, variables)
        _announce_when_ready(tree, port, sign_ins)
        while not tree.stopping and not tree.ended():
            time.sleep(0.2)
        if tree.stopping:
            say("Stopping")
            return 0
        say(f"The {tree.ended()} ended by itself, so everything is stopped. Its log is above.")
        return 1
    finally:
        tree.stop()


def _announce_when_ready(tree: Supervisor, port: int, sign_ins: str) -> None:
    slow_at = time.monotonic() + SLOW_START
    while not tree.stopping and not tree.ended():
        found = health(port)
        if found.get("ok"):
            print(f"\nReady: http://{HOST}:{port}\n", flush=True)
            if sign_ins:
                print(f"{sign_ins}\n", flush=True)
            return
        if time.monotonic() > slow_at:
            slow_at = float("inf")
            say(f"Still waiting. /healthz says: {json.dumps(found) or 'nothing'}")
        time.sleep(0.2)


def main() -> int:
    """Check, prepare, serve."""
    port = env.integer("PORT", 8000, low=1, high=65_535)
    refuse_taken(port)
    var = env.folder("VAR_DIR", ROOT / "var")
    # `make run` is for one machine, so with a database server too the key may be kept here.
    key = env.secret("SECRET_KEY", kept_in=var / "secret-key")
    variables = environment(SECRET_KEY=key, PYTHONUNBUFFERED="1", PYTHONWARNINGS=ROOT_IS_FINE)
    if env.text("DEMONSTRATION"):
        variables["DEMONSTRATION"] = "on" if env.flag("DEMONSTRATION", default=True) else "off"
    sign_ins = prepare_database(variables)
    variables["DEMONSTRATION"] = "on" if sign_ins else "off"
    return serve(port, variables, sign_ins)


if __name__ == "__main__":
    end_on_term()
    try:
        sys.exit(main())
    except ImproperlyConfigured as wrong:
        sys.exit(str(wrong))
    except KeyboardInterrupt:
        sys.exit(130)
