"""Components that hold other markup. `{% load nhsuk %}` brings them."""

from collections.abc import Sequence

from django import template
from django.template import TemplateSyntaxError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

BANNERS = {
    "success": "nhsuk-notification-banner--success",
    "information": "",
    "notice": "wt-banner--notice",
}
PANELS = ("", "bad", "good", "decide")
VERDICTS = ("bad", "good", "disputed", "neutral")


def _known(value: str, allowed: Sequence[str], what: str) -> str:
    if value not in allowed:
        message = f"“{value}” is not a {what}. Choose from {', '.join(filter(None, allowed))}."
        raise TemplateSyntaxError(message)
    return value


def _heading(text: str, level: int, classes: str, anchor: str = "") -> SafeString:
    if level not in range(1, 7):
        message = f"A heading has a level from 1 to 6, not {level}."
        raise TemplateSyntaxError(message)
    return format_html('<h{0} class="{1}"{2}>{3}</h{0}>', level, classes, _id(anchor), text)


def _id(anchor: str) -> SafeString | str:
    return format_html(' id="{}"', anchor) if anchor else ""


@register.simple_block_tag
def panel(
    content: str,
    *,
    heading: str = "",
    level: int = 2,
    size: str = "m",
    anchor: str = "",
    variant: str = "",
) -> SafeString:
    """A white box. With a heading it is a section; `variant` draws a thick top line that means a verdict or a decision."""
    classes = f" wt-panel--{_known(variant, PANELS, 'kind of panel')}" if variant else ""
    element = "section" if heading else "div"
    title = _heading(heading, level, f"nhsuk-heading-{size}") if heading else ""
    return format_html(
        '<{0} class="wt-panel{1}"{2}>{3}{4}</{0}>', element, classes, _id(anchor), title, content
    )


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Text set apart by a blue bar."""
    return format_html(
        '<div class="nhsuk-inset-text"><span class="nhsuk-u-visually-hidden">Information: </span>{}</div>',
        content,
    )


@register.simple_block_tag
def warning_callout(content: str, *, heading: str, level: int = 2) -> SafeString:
    """A yellow box for something the reader must decide about before going on."""
    spoken = heading
    if "important" not in heading.lower():
        spoken = format_html(
            '<span role="text"><span class="nhsuk-u-visually-hidden">Important: </span>{}</span>',
            heading,
        )
    return format_html(
        '<div class="nhsuk-card nhsuk-card--warning"><div class="nhsuk-card__content">{}{}</div></div>',
        _heading(spoken, level, "nhsuk-card__heading"),
        content,
    )


@register.simple_block_tag
def details(content: str, *, summary: str, opened: bool = False, anchor: str = "") -> SafeString:
    """Something most readers do not need, behind one line that opens."""
    return format_html(
        '<details class="nhsuk-details"{}{}><summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">{}</span>'
        '</summary><div class="nhsuk-details__text">{}</div></details>',
        _id(anchor),
        " open" if opened else "",
        summary,
        content,
    )


@register.simple_block_tag
def banner(
    content: str, *, title: str = "Important", kind: str = "information", anchor: str = "banner"
) -> SafeString:
    """A message about what has just happened or about the whole service."""
    _known(kind, tuple(BANNERS), "kind of banner")
    return format_html(
        '<div class="nhsuk-notification-banner {}" data-module="nhsuk-notification-banner" role="{}" aria-labelledby="{}-title">'
        '<div class="nhsuk-notification-banner__header"><h2 class="nhsuk-notification-banner__title" id="{}-title">{}</h2></div>'
        '<div class="nhsuk-notification-banner__content">{}</div></div>',
        BANNERS[kind],
        "alert" if kind == "success" else "region",
        anchor,
        anchor,
        title,
        content,
    )


@register.simple_block_tag
def verdict(content: str, *, kind: str = "bad") -> SafeString:
    """The white box with a thick bar that opens a dossier. Its words say the verdict; the bar only repeats it."""
    return format_html(
        '<div class="wt-verdict wt-verdict--{}">{}</div>',
        _known(kind, VERDICTS, "verdict"),
        content,
    )


@register.simple_block_tag
def strip(content: str) -> SafeString:
    """One white line that says what the form below is about."""
    return format_html('<p class="wt-strip">{}</p>', content)


@register.simple_block_tag
def draft_note(content: str) -> SafeString:
    """The yellow line that leads back to unfinished work."""
    return format_html('<p class="wt-draft">{}</p>', content)


@register.simple_block_tag
def scroll(content: str, *, label: str) -> SafeString:
    """A box that scrolls sideways. The keyboard reaches it, and hidden text in it cannot widen the page."""
    return format_html(
        '<div class="wt-scroll" role="region" tabindex="0" aria-label="{}">{}</div>', label, content
    )


@register.simple_block_tag
def tabs(content: str, title: str, **labels: str) -> SafeString:
    """Panels behind tabs; without scripts and on phones they stack. `labels` gives each panel's id its words, in order."""
    for anchor in labels:
        if f' id="{anchor}"' not in content:
            message = f'The tab “{anchor}” has no panel: add {{% tab "{anchor}" … %}} inside {{% tabs %}}.'
            raise TemplateSyntaxError(message)
    items = format_html_join(
        "",
        '<li class="nhsuk-tabs__list-item{}"><a class="nhsuk-tabs__tab" href="#{}">{}</a></li>',
        (
            ("" if index else " nhsuk-tabs__list-item--selected", anchor, label)
            for index, (anchor, label) in enumerate(labels.items())
        ),
    )
    return format_html(
        '<div class="nhsuk-tabs" data-module="nhsuk-tabs"><h2 class="nhsuk-tabs__heading">{}</h2>'
        '<ul class="nhsuk-tabs__list">{}</ul>{}</div>',
        title,
        items,
        content,
    )


@register.simple_block_tag
def tab(content: str, anchor: str, heading: str) -> SafeString:
    """One panel of `tabs`, with its own heading for readers who see the panels stacked."""
    return format_html(
        '<div class="nhsuk-tabs__panel" id="{}"><h2 class="nhsuk-heading-m wt-tabh">{}</h2>{}</div>',
        anchor,
        heading,
        content,
    )


@register.simple_block_tag
def table(
    content: str,
    *,
    caption: str,
    columns: str | Sequence[str],
    numeric: str = "",
    show_caption: bool = False,
    anchor: str = "",
) -> SafeString:
    """A white table whose rows become cards on phones. `columns` and `numeric` are names parted by `|`, or a list."""
    names = columns.split("|") if isinstance(columns, str) else list(columns)
    numbers = set(filter(None, numeric.split("|")))
    if unknown := numbers - set(names):
        message = f"There is no column called {', '.join(sorted(unknown))}. The columns are {', '.join(names)}."
        raise TemplateSyntaxError(message)
    heads = format_html_join(
        "",
        '<th class="nhsuk-table__header{}" scope="col" role="columnheader">{}</th>',
        ((" nhsuk-table__header--numeric" if name in numbers else "", name) for name in names),
    )
    return format_html(
        '<table class="nhsuk-table nhsuk-table--responsive nhsuk-table--compact wt-table" role="table"{}><caption class="{}">{}</caption>'
        '<thead class="nhsuk-table__head" role="rowgroup"><tr class="nhsuk-table__row" role="row">{}</tr></thead>'
        '<tbody class="nhsuk-table__body" role="rowgroup">{}</tbody></table>',
        _id(anchor),
        "nhsuk-table__caption nhsuk-table__caption--s"
        if show_caption
        else "nhsuk-u-visually-hidden",
        caption,
        heads,
        content,
    )


@register.simple_block_tag
def row(content: str, *, anchor: str = "", marked: bool = False) -> SafeString:
    """One row of a `table`; `marked` shows which one the rest of the page is about."""
    return format_html(
        '<tr class="nhsuk-table__row{}" role="row"{}>{}</tr>',
        " is-on" if marked else "",
        _id(anchor),
        content,
    )


@register.simple_block_tag
def row_header(content: str) -> SafeString:
    """The cell that names its row."""
    return format_html(
        '<th class="nhsuk-table__header" scope="row" role="rowheader">{}</th>', content
    )


@register.simple_block_tag
def cell(content: str, column: str, *, numeric: bool = False) -> SafeString:
    """One value. `column` is shown before it where the table has become cards."""
    return format_html(
        '<td class="nhsuk-table__cell{}" role="cell"><span class="nhsuk-table__heading" aria-hidden="true">{} </span>'
        "<span>{}</span></td>",
        " nhsuk-table__cell--numeric" if numeric else "",
        column,
        content,
    )
