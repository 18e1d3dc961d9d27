"""Filters that put dates, numbers and lists into words. The words themselves are in `ui.words`."""

from collections.abc import Iterable
from datetime import date

from django import template

from ui import words

register = template.Library()

register.filter("nhs_date", words.nhs_date)
register.filter("nhs_date_short", words.nhs_date_short)
register.filter("nhs_datetime", words.nhs_datetime)
register.filter("patients", words.patients)
register.filter("share", words.share)


@register.filter
def sentence_case(value: object) -> str:
    """First letter large: `{{ name|sentence_case }}`."""
    return words.sentence_case(str(value))


@register.filter
def and_list(value: Iterable[object]) -> str:
    """`{{ names|and_list }}`: Bolton, Stockport and Wigan."""
    return words.and_list(value)


@register.filter
def day_span(due: date | None, today: date) -> str:
    """`{{ milestone.due_on|day_span:today }}`: in 39 days."""
    return words.day_span(due, today)


@register.filter
def days_ago(last: date | None, today: date) -> str:
    """`{{ last_heard|days_ago:today }}`: 68 days ago."""
    return words.days_ago(last, today)


@register.filter
def plural(number: int, forms: str) -> str:
    """`{{ 3|plural:"flag" }}` gives 3 flags; `{{ n|plural:"LMC has,LMCs have" }}` for other forms."""
    one, _, many = forms.partition(",")
    return words.plural(number, one, many)
