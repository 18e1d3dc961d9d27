"""How a participation counts, and why, in words."""

from dataclasses import dataclass

from django.utils import timezone

from engagement.models import Event, Outcome, Participation
from engagement.rules.ladder import Part, Standing, Why, best, standing
from plans.models import Capacity
from ui.words import lower_first, nhs_date, plural, sentence_case

LATE_AFTER_DAYS = 7
"""A record made later than this is called late on the page."""


@dataclass(frozen=True)
class Words:
    """A standing in a word, the colour of its tag, and as what it counts or why it does not."""

    word: str
    colour: str
    counts_as: str = ""
    why_not: str = ""

    @property
    def counts(self) -> bool:
        return bool(self.counts_as)

    @property
    def phrase(self) -> str:
        return self.counts_as or self.why_not

    @property
    def sentence(self) -> str:
        return f"Counts {self.counts_as}" if self.counts else f"Does not count: {self.why_not}"


WORDS: dict[Why, Words] = {
    Why.HEARD: Words("Heard", "green", "as heard"),
    Why.NOT_HEARD: Words("Asked", "blue", "as asked, not as heard"),
    Why.PLANNED: Words("Planned", "blue", "as asked until it has happened"),
    Why.TRIED: Words("Tried", "blue", "as asked at most, because it did not take place"),
    Why.TOLD: Words("Told", "grey", "as told only, because nobody was asked for a view"),
    Why.BY_PROXY: Words(
        "By proxy", "orange", why_not="spoke as commissioner, not for general practice"
    ),
    Why.NOT_OWN_VOICE: Words(
        "Not counted", "grey", why_not="named without speaking for general practice"
    ),
    Why.UNANSWERED: Words(
        "Unanswered", "orange", why_not="they asked to be involved and heard nothing"
    ),
    Why.DISPUTED: Words("Disputed", "orange", why_not="the organisation disagrees with the record"),
    Why.CANCELLED: Words("Cancelled", "grey", why_not="the event was cancelled"),
    Why.WITHDRAWN: Words("Withdrawn", "red", why_not="the record was withdrawn"),
}
"""From what reaches furthest to what counts for nothing."""

DID: dict[str, str] = {
    Outcome.ATTENDED: "attended as {}",
    Outcome.RESPONDED: "responded as {}",
    Outcome.INVITED: "was invited as {}",
    Outcome.ATTEMPTED: "did not answer",
    Outcome.APOLOGISED: "sent apologies",
    Outcome.NO_SHOW: "did not come",
    Outcome.INFORMED: "was sent it",
    Outcome.ASKED_US: "asked to be involved as {} and heard nothing",
}


def standing_of(part: Participation, event: Event) -> Standing:
    """The rung that this participation reaches; reads the organisation's category, and
    ``is_disputed`` where the query has annotated it."""
    return standing(
        Part(
            category=part.organisation.category,
            capacity=part.capacity,
            outcome=part.outcome,
            level=event.level,
            status=event.status,
            withdrawn=event.withdrawn_at is not None,
            disputed=getattr(part, "is_disputed", False),
        )
    )


def best_standing(parts: list[Participation], event: Event) -> Standing:
    """What came of the event for one organisation, whoever spoke for it."""
    return best(standing_of(part, event) for part in parts)


def part_in_words(part: Participation, *, named: bool) -> str:
    """``Dr Meera Joshi attended as provider``; ``Was sent it`` where no person is known."""
    did = DID[part.outcome].format(lower_first(Capacity(part.capacity).label))
    if part.person is None:
        return sentence_case(did)
    return f"{part.person.name if named else 'Somebody'} {did}"


def logged_in_words(event: Event) -> str:
    """``Logged by Priya Nair on 2 August 2016, 125 days later``: late logging is said."""
    said = f"Logged by {event.recorded_by.name} on {nhs_date(event.recorded_at)}"
    late = days_late(event)
    return f"{said}, {plural(late, 'day')} later" if late > LATE_AFTER_DAYS else said


def days_late(event: Event) -> int:
    """Days from the event to its record; 0 for one that was recorded before its day."""
    recorded_on = timezone.localtime(event.recorded_at).date()
    return max(0, (recorded_on - event.held_on).days)
