"""What the register says of an organisation, in lines."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stakeholders.models import OpenPeriod, Organisation, RelationshipKind, Succession
from stakeholders.queries.organisation import Facts
from ui.shapes import Row
from ui.words import nhs_date, patients, plural, sentence_case

TIES = {
    RelationshipKind.COMMISSIONED_BY: "Commissioned by",
    RelationshipKind.NETWORK_MEMBER_OF: "Member of the network",
    RelationshipKind.REPRESENTED_BY: "Represented by",
    RelationshipKind.BOARD_OF: "Board of",
}


def fact_rows(facts: Facts) -> list[Row]:
    """One line for each thing known; what does not apply is left out."""
    organisation = facts.organisation
    rows = [
        Row(key="Code", value=organisation.code),
        Row(key="Kind", value=organisation.get_category_display()),
        Row(key="Open", value=_open(facts.open_periods)),
    ]
    if address := _address(organisation):
        rows.append(Row(key="Address", value=address))
    rows += _tie_rows(facts)
    if facts.list_sizes:
        sizes = (
            (f"{patients(size.patients)} on {nhs_date(size.as_at)}",) for size in facts.list_sizes
        )
        rows.append(Row(key="Registered patients", value=format_html_join(_BREAK, "{}", sizes)))
    if facts.successions:
        lines = ((_succession(one, organisation),) for one in facts.successions)
        rows.append(Row(key="Succession", value=format_html_join(_BREAK, "{}", lines)))
    return rows


_BREAK = SafeString("<br>")


def link_to(organisation: Organisation) -> SafeString:
    """The organisation's name, leading to its page."""
    url = reverse("engagement:organisation", args=[organisation.code])
    return format_html('<a href="{}">{}</a>', url, organisation.name)


def speaks_for_words(facts: Facts) -> str:
    """How many practices an LMC speaks for, and how many of them the page lists."""
    count = plural(facts.speaks_for_count, "practice")
    if facts.speaks_for_count > len(facts.speaks_for):
        return f"{count}: the first {len(facts.speaks_for)} by name"
    return count


def _tie_rows(facts: Facts) -> Iterable[Row]:
    for kind, words in TIES.items():
        names = [(link_to(tie.target),) for tie in facts.ties if tie.kind == kind]
        if names:
            yield Row(key=words, value=format_html_join(_BREAK, "{}", names))


def _open(periods: list[OpenPeriod]) -> str:
    if not periods:
        return "Not known"
    return sentence_case(
        ", and ".join(
            f"{nhs_date(period.valid_from)} to {nhs_date(period.valid_to)}"
            if period.valid_to
            else f"since {nhs_date(period.valid_from)}"
            for period in periods
        )
    )


def _address(organisation: Organisation) -> str:
    parts = (organisation.address, organisation.postcode)
    return ", ".join(part for part in parts if part)


def _succession(one: Succession, organisation: Organisation) -> SafeString:
    when = nhs_date(one.happened_on)
    if one.successor_id == organisation.pk:
        return format_html("Took over from {} on {}", link_to(one.predecessor), when)
    return format_html("Followed by {} on {}", link_to(one.successor), when)
