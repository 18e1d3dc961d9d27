"""Goals for what was said: the analysis of the largest consultation, and the report made of it."""

from collections.abc import Iterator

from django.db.models import Count

from plans.models import Consultation
from tools.bench import country
from tools.bench.bounds import by_database
from tools.bench.judge import Goal
from tools.bench.pages import signed_in, visit


def goals() -> Iterator[Goal]:
    """The pages of the consultation with most responses: the national one, with 4,048."""
    reviewer = signed_in(country.REVIEWER)
    counted = Consultation.objects.annotate(number=Count("consultations_responses"))
    largest = counted.order_by("-number", "pk")[0]
    floor = visit(reviewer, f"/bench/floor/?code={country.busiest_plans(1)[0].code}")
    yield Goal(
        name=f"analysis of {largest.number:,} responses / F",
        subject=visit(reviewer, f"/consultations/{largest.pk}/analysis/"), floor=floor,
        bound=by_database(sqlite=86, postgresql=55), most_queries=12,
        why="ours: who is behind each answer is told one by one, and nothing of it is kept",
    )  # fmt: skip
    yield Goal(
        name=f"report of {largest.number:,} responses in Word / F",
        subject=visit(reviewer, f"/consultations/{largest.pk}/report.docx"), floor=floor,
        bound=by_database(sqlite=110, postgresql=78), most_queries=12,
        why="ours: the same, and a document of a dozen tables",
    )  # fmt: skip
