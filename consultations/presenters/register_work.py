"""Work on what was said in a consultation: the first thing to do there, and everything else."""

from django.urls import reverse

from consultations.queries.triage import Progress
from plans.models import Consultation
from ui.shapes import Link
from ui.words import plural


def main_action(row: Consultation, *, to_work: Progress | None, answered: bool) -> Link | None:
    """What whoever works on responses, or reads them, came to do; None while nobody has answered.

    ``to_work`` only for whoever handles them.
    """
    if to_work and to_work.left:
        address = reverse("consultations:triage", args=[row.pk])
        return Link(f"Work through {plural(to_work.left, 'response')}", address)
    if answered:
        return Link("What people said", reverse("consultations:analysis", args=[row.pk]))
    return None


def links(row: Consultation, *, gathers: bool, reads: bool) -> list[Link]:
    """Where what was said is gathered, worked through and told."""
    gather = [
        ("Questions and form", "questions"),
        ("Type in a response", "response-add"),
        ("Import responses", "response-import-new"),
    ]
    read = [("Responses", "responses"), ("What people said", "analysis")]
    names = [*(gather if gathers else ()), *(read if reads else ())]
    found = [Link(text, reverse(f"consultations:{name}", args=[row.pk])) for text, name in names]
    if reads:
        for text, name in (("Themes of the plan", "themes"), ("You said, we did", "you-said")):
            found.append(Link(text, reverse(f"engagement:{name}", args=[row.plan.code])))
    return found
