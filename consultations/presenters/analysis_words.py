"""Who answered, in sentences. Organisations and people come first; sheets of paper only beside them."""

from consultations.models import Route
from consultations.queries.analysis import Analysis
from consultations.rules.analysis import Tally
from consultations.rules.respondents import Counted
from plans.working_days import working_days
from ui.shapes import Figure
from ui.words import and_list, nhs_date, patients, plural


def headline(who: Counted) -> str:
    """`38 organisations and 3,412 people answered.`"""
    if not who.responses:
        return "No response has been cleared yet."
    return f"{who_words(who.organisations, who.people)} answered."


def figure(number: int, one: str, many: str) -> Figure:
    """A number above what it counts."""
    return Figure(number=patients(number), label=one if number == 1 else many)


def who_words(organisations: int, people: int) -> str:
    """`38 organisations and 1 person`; whoever is not there is not named."""
    parts = []
    if organisations:
        parts.append(plural(organisations, "organisation"))
    if people:
        parts.append(plural(people, "person", "people"))
    return and_list(parts) or "nobody"


def made_of(tally: Tally) -> str:
    """`12 organisations, 340 people, 1 campaign of 230 people`."""
    parts = []
    if tally.organisations:
        parts.append(plural(tally.organisations, "organisation"))
    if tally.people:
        parts.append(plural(tally.people, "person", "people"))
    if tally.campaigns:
        sent = plural(tally.in_campaigns, "person", "people")
        parts.append(f"{plural(tally.campaigns, 'campaign')} of {sent}")
    return ", ".join(parts)


def split_note(tally: Tally) -> str:
    """Who answered a question."""
    if not tally.responses:
        return "Nobody has answered it in a response that was cleared."
    return f"Answered by {made_of(tally)}."


def counted_lines(found: Analysis) -> list[str]:
    """What stands behind the headline: how many responses, how many of them twice, and since when."""
    return [
        line
        for line in (
            _responses(found.counted),
            _repeats(found.counted),
            _campaigns(found.counted),
            _open(found),
            _routes(found),
            _late(found),
            _progress(found),
        )
        if line
    ]


def _responses(who: Counted) -> str:
    """`300 responses, 1 organisation.`"""
    if not who.responses:
        return ""
    parts = [plural(who.responses, "response")]
    if who.organisations:
        parts.append(plural(who.organisations, "organisation"))
    if who.people:
        parts.append(plural(who.people, "person", "people"))
    return f"{', '.join(parts)}."


def _repeats(who: Counted) -> str:
    if not who.repeats:
        return ""
    is_further = "is a further one" if who.repeats == 1 else "are further ones"
    return (
        f"{patients(who.repeats)} of the responses {is_further} of an organisation or person that had"
        " answered before. All are kept and nobody counts twice."
    )


def _campaigns(who: Counted) -> str:
    if not who.campaigns:
        return ""
    have = "response has" if who.in_campaigns == 1 else "responses have"
    each = "It counts" if who.campaigns == 1 else "Each counts"
    return (
        f"{plural(who.campaigns, 'campaign')}: {patients(who.in_campaigns)} {have} the same words as"
        f" somebody else's. {each} once in the charts below, and not once for every person."
    )


def _open(found: Analysis) -> str:
    row = found.consultation
    days = working_days(row.opens_on, row.closes_on)
    reason = f" Why so long and no longer: {row.time_reason}" if row.time_reason else ""
    return (
        f"Open from {nhs_date(row.opens_on)} to {nhs_date(row.closes_on)}:"
        f" {plural(days, 'working day')}.{reason}"
    )


def _routes(found: Analysis) -> str:
    routes = found.received.routes
    if not routes:
        return ""
    came = (f"{Route(one).label.lower()} {patients(number)}" for one, number in routes.items())
    return f"How they came: {', '.join(came)}."


def _late(found: Analysis) -> str:
    late = found.received.late
    if not late:
        return ""
    is_counted = "It is" if late == 1 else "They are"
    return f"{patients(late)} came after the last day. {is_counted} counted and marked as late."


def _progress(found: Analysis) -> str:
    if not found.in_words:
        return ""
    has = "has" if found.themed == 1 else "have"
    return (
        f"{patients(found.themed)} of {plural(found.in_words, 'response')} with something in words"
        f" {has} a theme, each found or accepted by a person."
    )
