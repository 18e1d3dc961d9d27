"""Leaf components of the NHS design system. Each is a typed function, so a misspelt argument fails when a page is drawn.

`{% load nhsuk %}` brings these and the block tags of `nhsuk_blocks`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import QueryDict
from django.template import TemplateSyntaxError
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ui.shapes import Figure, Link, Row, Task
from ui.states import state_for
from ui.templatetags import forms as form_tags
from ui.templatetags import nhsuk_blocks

register = template.Library()
register.tags.update(nhsuk_blocks.register.tags)
register.tags.update(form_tags.register.tags)
register.filter("crispy_field", form_tags.crispy_field)

BUTTONS = ("primary", "secondary", "reverse", "warning")
COLOURS = (
    "white",
    "grey",
    "green",
    "aqua-green",
    "blue",
    "purple",
    "pink",
    "red",
    "orange",
    "yellow",
)


@dataclass(frozen=True)
class Service:
    """What the frame of every page needs to know about this installation."""

    name: str
    demonstration: bool
    gallery: bool
    show_nhs_logo: bool


@register.simple_tag
def service() -> Service:
    """`{% service as service %}`: name and switches, read without request or database so that error pages can ask."""
    demonstration = getattr(settings, "DEMONSTRATION", False)
    return Service(
        name=getattr(settings, "SERVICE_NAME", "Widen the Tent"),
        demonstration=demonstration,
        gallery=demonstration or settings.DEBUG,
        show_nhs_logo=getattr(settings, "SHOW_NHS_LOGO", False),
    )


def one_of(value: str, allowed: Sequence[str], what: str) -> str:
    """`value`, or an error that names the choices: wrong values must not pass silently into a class name."""
    if value not in allowed:
        message = f"“{value}” is not a {what}. Choose from {', '.join(allowed)}."
        raise TemplateSyntaxError(message)
    return value


def button_classes(variant: str, *, small: bool, large: bool = False) -> str:
    """The classes of a button or of a link that looks like one."""
    one_of(variant, BUTTONS, "kind of button")
    parts = ["nhsuk-button"]
    if variant != "primary":
        parts.append(f"nhsuk-button--{variant}")
    if small:
        parts.append("nhsuk-button--small")
    if large:
        parts.append("wt-button--large")
    return " ".join(parts)


@register.simple_tag
def button(
    text: str,
    variant: str = "primary",
    *,
    name: str = "",
    value: str = "",
    small: bool = False,
    once: bool = False,
) -> SafeString:
    """A button that submits its form. `once` refuses a second click while the first is under way."""
    return format_html(
        '<button class="{}" data-module="nhsuk-button" type="submit"{}{}>{}</button>',
        button_classes(variant, small=small),
        format_html(' name="{}" value="{}"', name, value) if name else "",
        SafeString(' data-prevent-double-click="true"') if once else "",
        text,
    )


@register.simple_tag
def button_link(
    text: str, url: str, variant: str = "primary", *, small: bool = False, large: bool = False
) -> SafeString:
    """A link that looks like a button, for the one thing a page wants done next."""
    classes = button_classes(variant, small=small, large=large)
    return format_html(
        '<a class="{}" data-module="nhsuk-button" role="button" draggable="false" href="{}">{}</a>',
        classes,
        url,
        text,
    )


@register.simple_tag
def tag(text: str, colour: str = "blue") -> SafeString:
    """A short coloured label for a status that is not one of the six states."""
    return format_html(
        '<strong class="nhsuk-tag nhsuk-tag--{}">{}</strong>',
        one_of(colour, COLOURS, "colour"),
        text,
    )


@register.simple_tag
def symbol(key: str) -> SafeString:
    """The drawing of a state, always next to words."""
    return format_html(
        '<svg class="wt-sym wt-sym--{0}" aria-hidden="true" focusable="false" width="16" height="16"><use href="#wt-{0}"/></svg>',
        state_for(key).name,
    )


@register.simple_tag
def state(key: str, word: str = "", *, small: bool = False) -> SafeString:
    """A state: its symbol and its word. `word` may say it in the reader's terms ("You agreed")."""
    kind = state_for(key)
    return format_html(
        '<span class="wt-state wt-state--{}{}">{} <span>{}</span></span>',
        kind.name,
        " wt-state--small" if small else "",
        symbol(key),
        word or kind.word,
    )


@register.simple_tag
def state_cell(
    key: str, url: str = "", *, word: str = "", heading: str = "", hidden: str = ""
) -> SafeString:
    """One cell of the board. `heading` is what a phone shows before the state; `hidden` tells a screen reader what it is about."""
    kind = state_for(key)
    inside = format_html("{}<span>{}{}</span>", symbol(key), word or kind.word, _aside(hidden))
    return format_html(
        '<td role="cell" class="is-{}">{}{}</td>',
        kind.name,
        format_html('<span class="wt-h" aria-hidden="true">{}</span>', heading) if heading else "",
        format_html('<a class="wt-cell" href="{}">{}</a>', url, inside)
        if url
        else format_html('<span class="wt-cell">{}</span>', inside),
    )


@register.simple_tag
def hidden(text: str) -> SafeString:
    """Words for screen readers only."""
    return format_html('<span class="nhsuk-u-visually-hidden">{}</span>', text)


def _aside(text: str) -> SafeString | str:
    return hidden(f" {text}") if text else ""


@register.simple_tag
def summary_list(rows: Sequence[Row]) -> SafeString:
    """Keys and values, each with a link that changes it where there is one."""
    return render_to_string("components/summary_list.html", {"rows": rows})


@register.simple_tag
def figures(items: Sequence[Figure], label: str = "Figures") -> SafeString:
    """Up to six counts side by side, each a link to what was counted."""
    return render_to_string("components/figures.html", {"items": items, "label": label})


@register.simple_tag
def task_list(items: Sequence[Task], prefix: str = "task") -> SafeString:
    """What still has to be done. Give a `prefix` of its own to a second list on a page: it makes the ids."""
    return render_to_string("components/task_list.html", {"items": items, "prefix": prefix})


@register.simple_tag(takes_context=True)
def pagination(context: RequestContext, page: Page, label: str = "Pagination") -> SafeString:
    """Numbered pages that keep the rest of the query string; nothing at all for a single page."""
    asked = context["request"].GET if "request" in context else QueryDict()
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    values = {
        "page": page,
        "numbers": [
            (number, _page_url(asked, number) if isinstance(number, int) else "")
            for number in numbers
        ],
        "previous_url": _page_url(asked, page.number - 1),
        "next_url": _page_url(asked, page.number + 1),
        "label": label,
    }
    return render_to_string("components/pagination.html", values)


def _page_url(asked: QueryDict, number: int) -> str:
    changed = asked.copy()
    changed["page"] = str(number)
    return f"?{changed.urlencode()}"


@register.simple_tag
def keyset(
    *,
    older: str = "",
    newer: str = "",
    older_text: str = "Older",
    newer_text: str = "Newer",
    label: str = "Pagination",
) -> SafeString:
    """Older and newer, for lists that grow while they are read; other words for other orders."""
    values = {
        "older": older,
        "newer": newer,
        "older_text": older_text,
        "newer_text": newer_text,
        "label": label,
    }
    return render_to_string("components/keyset.html", values)


@register.simple_tag
def breadcrumbs(*links: Link | Sequence[Link]) -> SafeString:
    """The pages above this one, the top first: separate links or one list of them."""
    crumbs = links[0] if len(links) == 1 and isinstance(links[0], list | tuple) else links
    return render_to_string("components/breadcrumbs.html", {"crumbs": crumbs})


@register.simple_tag
def back_link(url: str, text: str = "Back") -> SafeString:
    """One step back, in a landmark of its own."""
    return format_html(
        '<nav class="wt-back" aria-label="Back"><a class="nhsuk-back-link" href="{}">{}</a></nav>',
        url,
        text,
    )


@register.simple_tag
def action_link(text: str, url: str) -> SafeString:
    """A prominent link with a green arrow, for starting something."""
    return render_to_string("components/action_link.html", {"text": text, "url": url})


@register.simple_tag
def links(items: Sequence[Link]) -> SafeString:
    """A line of small links."""
    made = format_html_join(
        " ", '<a href="{}">{}{}</a>', ((item.url, item.text, _aside(item.hidden)) for item in items)
    )
    return format_html('<p class="wt-links">{}</p>', made) if items else SafeString("")


@register.simple_tag
def empty_state(title: str, text: str, link_text: str = "", url: str = "") -> SafeString:
    """What a list says when it is empty: that it is, why that may be, and what to do next."""
    return render_to_string(
        "components/empty_state.html",
        {"title": title, "text": text, "link_text": link_text, "url": url},
    )


@register.simple_tag
def progress(done: int, total: int, label: str) -> SafeString:
    """A bar with its numbers in words; an unknown total (0) shows that work is under way."""
    return render_to_string(
        "components/progress.html",
        {"done": min(done, total) if total else done, "total": total, "label": label},
    )
