"""Goals for working through responses: the screen, one of its steps, and the list of all of them."""

from collections.abc import Iterator

from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from consultations.actions.coding import add_coding
from consultations.actions.triage import take
from consultations.models import Answer, Coding, Response, Theme
from plans.access import grants_covering
from plans.models import Consultation
from tools.bench import country
from tools.bench.bounds import DESIGN, by_database
from tools.bench.judge import Goal, Work
from tools.bench.pages import signed_in, visit
from tools.bench.undoing import undone


def goals() -> Iterator[Goal]:
    """With most responses of all: the national consultation, with 4,048."""
    counted = Consultation.objects.select_related("plan").annotate(
        number=Count("consultations_responses")
    )
    largest = counted.order_by("-number", "pk")[0]
    manager = _manager_of(largest)
    # Stays in a database that goes with the run: the screen is empty without a response in hand.
    in_hand = Response.objects.filter(consultation=largest, answers__text__gt="").order_by("pk")[0]
    take(response_id=in_hand.pk, by=manager, now=timezone.now())
    client, number = signed_in(manager.email), f"{largest.number:,}"
    floor = visit(client, f"/bench/floor/?code={largest.plan.code}")
    yield Goal(
        name=f"triage page, {number} responses / F",
        subject=visit(client, f"/consultations/{largest.pk}/triage/"), floor=floor,
        bound=by_database(sqlite=22, postgresql=22), most_queries=12,
        why=f"{DESIGN}: as the page of a plan",
    )  # fmt: skip
    yield Goal(
        name="a theme given and counted / F",
        subject=undone(_giving(in_hand, largest, manager)), floor=floor,
        bound=14, most_queries=18,
        why="ours: all themes of the consultation are counted again with each",
    )  # fmt: skip
    yield from _list(largest, client, floor, number)


def _list(largest: Consultation, client, floor: Work, number: str) -> Iterator[Goal]:  # type: ignore[no-untyped-def]
    address = f"/consultations/{largest.pk}/responses/"
    last = Response.objects.filter(consultation=largest).order_by("-received_on", "-pk")[100]
    first = visit(client, address)
    yield Goal(
        name=f"list of {number} responses, 50 rows / F",
        subject=first, floor=floor, bound=by_database(sqlite=40, postgresql=30), most_queries=14,
        why="ours: the event list, and every respondent told from every other to count each once",
    )  # fmt: skip
    yield Goal(
        name="list of responses, far page / page 1",
        subject=visit(client, f"{address}?after={last.received_on.isoformat()}_{last.pk}"),
        floor=first, bound=1.5, most_queries=14, why="as the event list",
    )  # fmt: skip
    yield Goal(
        name="list of responses, absent word / page 1",
        subject=visit(client, f"{address}?q={country.ABSENT}"), floor=first, bound=2,
        most_queries=14, why="ours: the words of one consultation are read through",
    )  # fmt: skip


def _manager_of(consultation: Consultation) -> User:
    grants = grants_covering(consultation.plan, today=country.today()).order_by("pk")
    return User.objects.get(pk=grants.values_list("user", flat=True)[0])


def _giving(response: Response, consultation: Consultation, by: User) -> Work:
    """A theme that the answer does not carry yet."""
    answer = Answer.objects.filter(response=response, text__gt="").order_by("pk")[0]
    given = Coding.objects.filter(answer=answer, undone_at__isnull=True).values("theme")
    theme = Theme.objects.filter(plan=consultation.plan).exclude(pk__in=given).order_by("pk")[0]

    def work() -> None:
        add_coding(answer=answer, theme=theme, by=by, now=timezone.now())

    return work
