"""What a response is called, who sent it, how far it is and what a person should look at."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from consultations.models import Moderation, Response, Route
from consultations.queries.triage import Progress
from consultations.rules.concerns import CONCERNS
from plans.models import Consultation
from ui.shapes import Link
from ui.words import and_list, lower_first, nhs_date, patients, plural

ROUTES = {
    Route.FORM: "by the public form",
    Route.EMAIL: "by email",
    Route.PAPER: "on paper",
    Route.IMPORT: "from a survey tool",
    Route.COLLATED: "collated by its lead",
}


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A word and the colour of its tag."""

    word: str
    colour: str


def title_of(response: Response) -> str:
    """`Response 12`"""
    return f"Response {response.pk}"


def sender(response: Response) -> str:
    """The organisation, or what the person is; never the name of a person."""
    who = response.respondent
    if who.organisation is not None:
        return str(who.organisation.name)
    if who.organisation_name:
        return f"{who.organisation_name} (not in the register yet)"
    return str(who.get_group_display())


def came(response: Response) -> str:
    """`by email on 3 January 2016`"""
    return f"{ROUTES[Route(response.route)]} on {nhs_date(response.received_on)}"


def state_tags(response: Response) -> list[Tag]:
    """How far it is, then what is unusual about it."""
    tags = [STATE_TAGS[Moderation(response.moderation)]]
    if response.done_at is not None and response.moderation != Moderation.HELD:
        tags.append(Tag(word="Worked through", colour="green"))
    if response.is_late:
        tags.append(Tag(word="Late", colour="orange"))
    if response.repeat_of_id:
        tags.append(Tag(word="Repeat", colour="grey"))
    return tags


STATE_TAGS = {
    Moderation.WAITING: Tag(word="Waiting to be read", colour="blue"),
    Moderation.CLEARED: Tag(word="Cleared", colour="aqua-green"),
    Moderation.HELD: Tag(word="Held back", colour="red"),
}


def concern_words(codes: Iterable[str]) -> str:
    """`an NHS number and words that may be abuse`; empty where nothing was found."""
    return and_list(lower_first(CONCERNS.get(code, code)) for code in codes)


def progress_words(found: Progress) -> str:
    """`1,204 of 4,048 worked through`"""
    return f"{patients(found.done)} of {patients(found.total)} worked through"


def elsewhere_words(found: Progress) -> str:
    """How many other people hold a response now."""
    if not found.elsewhere:
        return ""
    has = "is" if found.elsewhere == 1 else "are"
    return f"{plural(found.elsewhere, 'response')} {has} in other hands now."


def crumbs(consultation: Consultation, *more: Link) -> list[Link]:
    """From the plan to the consultation, and on."""
    plan = consultation.plan
    return [
        Link(plan.footprint.name, reverse("readiness:dossier", args=[plan.code])),
        Link(consultation.title, reverse("consultations:consultation", args=[consultation.pk])),
        *more,
    ]


def to_list(consultation: Consultation) -> Link:
    return Link("Responses", reverse("consultations:responses", args=[consultation.pk]))
