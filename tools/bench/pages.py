"""Goals for pages, against the floor view F: in process, signed in, through the whole middleware."""

import itertools
import uuid
from collections.abc import Iterator
from urllib.parse import urlencode

from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from readiness.actions import sweep
from tools.bench import country
from tools.bench.bounds import DESIGN, DESIGN_WARM, by_database
from tools.bench.judge import Goal, Work

BOARD = "/board/?type=all"


def goals() -> Iterator[Goal]:
    """Every page that is judged, and two mistakes that must not pass.

    What earlier goals have saved is counted first, as the sweep does within the minute: a plan that
    is owed something is read from the definition.
    """
    sweep(now=timezone.now())
    reviewer = signed_in(country.REVIEWER)
    plan = country.busiest_plans(1)[0].code
    floor = visit(reviewer, f"/bench/floor/?code={plan}")
    yield from _board(reviewer, floor)
    yield from _plan_pages(reviewer, floor, plan)
    yield from _event_list(reviewer, floor)
    yield from _organisations(reviewer, floor)
    yield from _searches(floor)


def signed_in(email: str) -> Client:
    """A browser in which this person of the demonstration has signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(country.user(email))
    return client


def visit(
    client: Client, path: str, *, status: int = 200, headers: dict[str, str] | None = None
) -> Work:
    """Asks for the page; anything but the status expected ends the run."""

    def work() -> None:
        found = client.get(path, headers=headers).status_code
        if found != status:
            raise SystemExit(f"{path} answered {found} and not {status}.")

    return work


def drawn_anew(page: Work) -> Work:
    """The page with nothing kept of earlier drawings."""

    def work() -> None:
        caches["pages"].clear()
        page()

    return work


def _board(reviewer: Client, floor: Work) -> Iterator[Goal]:
    board = visit(reviewer, BOARD)
    board()  # gives the browser its form key, which is part of what a page is known by
    etag = reviewer.get(BOARD)["ETag"]
    unchanged = visit(reviewer, BOARD, status=304, headers={"if-none-match": etag})
    template = visit(reviewer, "/bench/board-by-template/")
    yield Goal(
        name="board, drawn anew / F",
        subject=drawn_anew(board), floor=floor, most_queries=10,
        bound=by_database(sqlite=21, postgresql=19), why=DESIGN_WARM,
    )  # fmt: skip
    yield Goal(
        name="board, kept drawing / F",
        subject=board, floor=floor, bound=5, most_queries=6,
        why="ours: roles, scope and regions are asked again, and the frame is drawn",
    )  # fmt: skip
    yield Goal(
        name="board, unchanged (304) / F",
        subject=unchanged, floor=floor, bound=2.3, most_queries=5,
        why="ours: 5 queries against 3, for roles and for what is in scope",
    )  # fmt: skip
    yield Goal(
        name="control: board drawn by a template / F",
        subject=template, floor=floor, bound=by_database(sqlite=21, postgresql=19), control=True,
    )  # fmt: skip


def _plan_pages(reviewer: Client, floor: Work, plan: str) -> Iterator[Goal]:
    dossier = visit(reviewer, f"/plans/{plan}/")
    missing = visit(reviewer, f"/plans/{plan}/missing/")
    yield Goal(
        name="dossier, drawn anew / F",
        subject=drawn_anew(dossier), floor=floor, most_queries=30,
        bound=by_database(sqlite=51, postgresql=49),
        why="ours: the busiest plan, with a timeline and a matrix of 12 months drawn",
    )  # fmt: skip
    yield Goal(
        name="dossier, kept drawing / F",
        subject=dossier, floor=floor, bound=5, most_queries=6, why="as the kept board",
    )  # fmt: skip
    yield Goal(
        name="missing list / F",
        subject=missing, floor=floor, most_queries=10,
        bound=by_database(sqlite=33, postgresql=26), why=DESIGN_WARM,
    )  # fmt: skip


def _event_list(reviewer: Client, floor: Work) -> Iterator[Goal]:
    first = visit(reviewer, "/events/")
    deep = visit(reviewer, f"/events/?after={country.old_place()}")
    absent = visit(reviewer, f"/events/?q={country.ABSENT}")
    mistake = visit(reviewer, "/bench/event-list-n-plus-one/")
    yield Goal(
        name="event list, 50 rows / F",
        subject=first, floor=floor, bound=30, most_queries=8, why=DESIGN,
    )  # fmt: skip
    yield Goal(
        name="event list, far page / page 1",
        subject=deep, floor=first, bound=1.5, most_queries=8, why=DESIGN,
    )  # fmt: skip
    yield Goal(
        name="event list, absent word / page 1",
        subject=absent, floor=first, bound=1.0, most_queries=8, why=DESIGN,
    )  # fmt: skip
    yield Goal(
        name="control: event list, 2 queries a row / F",
        subject=mistake, floor=floor, bound=30, control=True,
    )  # fmt: skip


def _organisations(reviewer: Client, floor: Work) -> Iterator[Goal]:
    ledger = visit(reviewer, f"/organisations/{country.busiest_lmc().code}/")
    directory = visit(reviewer, "/organisations/?q=castle")
    consulted = visit(signed_in(country.LMC_LEAD), "/were-we-consulted/")
    yield Goal(
        name="ledger of the busiest LMC / F",
        subject=ledger, floor=floor, bound=35, most_queries=20, why=DESIGN,
    )  # fmt: skip
    yield Goal(
        name="directory, a word / F",
        subject=directory, floor=floor, bound=22, most_queries=8,
        why="as a page of a plan in the design",
    )  # fmt: skip
    yield Goal(
        name="were we consulted / F",
        subject=consulted, floor=floor, most_queries=23,
        bound=by_database(sqlite=33, postgresql=26), why=DESIGN_WARM,
    )  # fmt: skip


def _searches(floor: Work) -> Iterator[Goal]:
    """The search for attendees while somebody types: another real name each time."""
    manager = signed_in(country.MANAGER)
    draft = uuid.uuid4()
    what = {
        "held_on": country.today().isoformat(), "status": "happened", "channel": "meeting",
        "plans": [country.busiest_plans(1)[0].pk], "action": "continue", "cancel_reason": "",
        "title": "",
    }  # fmt: skip
    if manager.post(f"/events/log/{draft}/what/", what).status_code != 302:
        raise SystemExit("The log form did not take step 1, so its search cannot be measured.")
    typed = itertools.cycle(country.names_half_typed(50))

    def search() -> None:
        query = urlencode({"q": next(typed)})
        visit(manager, f"/events/log/{draft}/found/?{query}", headers={"hx-request": "true"})()

    yield Goal(
        name="attendee search as you type / F",
        subject=search, floor=floor, bound=by_database(sqlite=33, postgresql=27), most_queries=14,
        why="ours: whose draft, which plans, who is near, and people beside organisations",
    )  # fmt: skip
