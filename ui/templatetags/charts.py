"""Charts drawn on the server: they print, need no script, and never stand without the same facts in words or a table."""

from collections.abc import Mapping, Sequence
from datetime import date

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ui import drawing, words
from ui.shapes import BarRow, Column, Dot, MatrixRow, Phase, Tile

register = template.Library()

BAR_WIDTH = 80


@register.simple_tag
def bar(share: float | None, label: str = "") -> SafeString:
    """A small bar and its share in words; no share is said, not drawn."""
    if share is None:
        return format_html('<span class="wt-bar">{}</span>', words.share(None))
    width = round(max(0.0, min(share, 1.0)) * BAR_WIDTH, 1)
    return format_html(
        '<span class="wt-bar"><svg width="{0}" height="10" aria-hidden="true" focusable="false"><rect width="{0}" height="10"/>'
        '<rect class="wt-bar__v" width="{1}" height="10"/></svg> <span class="wt-bar__n">{2}</span>{3}</span>',
        BAR_WIDTH,
        width,
        words.share(share),
        format_html('<span class="nhsuk-u-visually-hidden"> {}</span>', label) if label else "",
    )


@register.simple_tag
def tile_map(
    tiles: Sequence[Tile],
    title: str,
    *,
    key: Mapping[str, str] | None = None,
    columns: int = 8,
    rows: int = 10,
    anchor: str = "map",
) -> SafeString:
    """Every area as a square of the same size, near where it lies.

    `key` says what `ok`, `some`, `many` and `flagged` mean; a mark that no tile bears is left out.
    """
    width, height = drawing.map_size(columns, rows)
    placed = [drawing.place_tile(tile) for tile in tiles]
    shown = {one.fill for one in placed} | {"flagged" for tile in tiles if tile.flagged}
    values = {
        "tiles": placed,
        "key": [(kind, told) for kind, told in (key or {}).items() if kind in shown],
        "title": title,
        "width": width,
        "height": height,
        "anchor": anchor,
    }
    return render_to_string("components/tile_map.html", values)


@register.simple_tag
def timeline(  # noqa: PLR0913 - what a template says of one drawing
    phases: Sequence[Phase],
    today: date,
    submission: date | None = None,
    dots: Sequence[Dot] = (),
    *,
    key: Mapping[str, str] | None = None,
    note: str = "",
    day_name: str = "Today",
) -> SafeString:
    """Phases as bars, today and submission as lines, contacts as dots below. Nothing is drawn without phases.

    `key` says what each kind of dot means; a kind that is not drawn is left out. `day_name` is what
    the line of `today` is called, where the page is of another day.
    """
    if not phases:
        return SafeString("")
    drawn = drawing.timeline(phases, today, submission, dots, day_name=day_name)
    shown = {dot.kind for dot in drawn.dots}
    values = {
        "drawn": drawn,
        "key": [(kind, told) for kind, told in (key or {}).items() if kind in shown],
        "note": note,
    }
    return render_to_string("components/timeline.html", values)


@register.simple_tag
def matrix(
    rows: Sequence[MatrixRow],
    months: Sequence[str],
    caption: str,
    *,
    group: str = "Group",
    last: str = "Last heard",
    relative: bool = False,
) -> SafeString:
    """Groups by months: a real table, whose cells are darker the more contacts they hold.

    `months` may be any columns. With `relative`, cells are as dark as their share of the fullest.
    """
    most = max((count for row in rows for count in row.counts), default=0) if relative else None
    values = {
        "rows": [(row, drawing.heat_cells(row, most)) for row in rows],
        "months": months,
        "caption": caption,
        "group": group,
        "last": last,
    }
    return render_to_string("components/matrix.html", values)


@register.simple_tag
def bars(rows: Sequence[BarRow], caption: str, *, key: Sequence[str] = ()) -> SafeString:
    """A list of bars, each with its name, its number and what it is made of in words.

    `key` names the parts of every bar in their order; a part that no bar has is left out.
    """
    placed = drawing.bars(rows)
    drawn = {part.kind for one in placed for part in one.parts}
    shown = [(kind, told) for kind, told in enumerate(key) if kind in drawn]
    values = {"bars": placed, "caption": caption, "key": shown if len(key) > 1 else ()}
    return render_to_string("components/bars.html", values)


@register.simple_tag
def columns(items: Sequence[Column], caption: str) -> SafeString:
    """A row of upright bars in time, with the first, the last and the tallest in words."""
    if not items:
        return SafeString("")
    tallest = max(items, key=lambda one: one.number)
    step = drawing.COLUMN_WIDTH + drawing.COLUMN_GAP
    values = {
        "columns": drawing.columns(items),
        "caption": caption,
        "width": len(items) * step - drawing.COLUMN_GAP,
        "height": round(drawing.COLUMN_HEIGHT),
        "column_width": drawing.COLUMN_WIDTH,
        "first": items[0].label,
        "last": items[-1].label if len(items) > 1 else "",
        "tallest": tallest,
    }
    return render_to_string("components/columns.html", values)
