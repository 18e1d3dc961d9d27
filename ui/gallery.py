"""What the gallery shows: every component with an example, written as a page author would write it: the
files in `templates/ui/examples`, and here what they need."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string

from ui.forms import (
    Checkboxes,
    CleanText,
    CodeListField,
    CountedTextarea,
    FileUpload,
    NhsForm,
    Password,
    PlainDateField,
    Radios,
    SearchBox,
    Text,
)
from ui.shapes import BarRow, Column, Dot, Figure, Link, MatrixRow, Phase, Row, Task, Tile

TODAY = date(2016, 9, 12)


@dataclass(frozen=True)
class Example:
    """One example: what it is called, how it looks, and the words of the template that draw it."""

    name: str
    html: str
    source: str


class EveryField(NhsForm):
    """One field of every kind."""

    happened_on = PlainDateField(label="When did it happen?", called="the date of the meeting")
    channel = forms.ChoiceField(
        label="How was it held?",
        choices=[("meeting", "Meeting"), ("phone", "Phone call"), ("other", "Another way")],
        widget=Radios(
            hints={"meeting": "In a room or by video"}, reveals={"other": "other_channel"}
        ),
    )
    other_channel = CleanText(
        label="Which way?", required=False, max_length=60, widget=Text(width=20)
    )
    themes = forms.MultipleChoiceField(
        label="What was it about?",
        help_text="Choose all that apply",
        choices=[("funding", "Funding"), ("workforce", "Workforce"), ("premises", "Premises")],
        widget=Checkboxes(small=True),
    )
    capacity = forms.ChoiceField(
        label="Capacity",
        choices=[("", "Choose one"), ("provider", "Provider"), ("commissioner", "Commissioner")],
    )
    codes = CodeListField(label="Paste practice codes")
    said = CleanText(label="What was said?", max_length=200, widget=CountedTextarea(limit=200))
    agreed = forms.BooleanField(label="They agreed to be named")
    people = forms.IntegerField(
        label="How many people came?", min_value=1, max_value=500, widget=Text(width=4)
    )
    search = CleanText(
        label="Search people and organisations (optional)",
        required=False,
        help_text="A name or a code",
        widget=SearchBox(),
    )
    sheet = forms.FileField(
        label="Attendance sheet", help_text="A .csv or .xlsx file", widget=FileUpload()
    )
    password = forms.CharField(label="Password", widget=Password())
    submit_text = "Save and continue"


class Filters(NhsForm):
    """Four selects, as a list page has them."""

    region = forms.ChoiceField(
        label="Region", choices=[("", "All regions"), ("Y54", "North")], required=False
    )
    kind = forms.ChoiceField(label="Plan type", choices=[("", "STP 2016")], required=False)
    show = forms.ChoiceField(label="Show", choices=[("", "All plans")], required=False)
    sort = forms.ChoiceField(label="Sort by", choices=[("", "Worst first")], required=False)


def _values() -> dict[str, Any]:
    typed = {"codes": "x00t01", "happened_on": "31/02/2016", "people": "many", "channel": "other"}
    faulty = EveryField({f"faulty-{name}": value for name, value in typed.items()}, prefix="faulty")
    return {
        "today": TODAY,
        "moment": datetime(2016, 9, 12, 14, 14, tzinfo=UTC),
        "places": ["Bolton", "Stockport", "Wigan"],
        "url": "#maincontent",
        "example": EveryField(),
        "faulty": faulty,
        "filters": Filters(prefix="filter"),
        "page": Paginator(range(200), 16).page(4),
        "crumbs": [Link("National board", "#maincontent"), Link("North West", "#maincontent")],
        "small_links": [
            Link("454 not heard", "#maincontent"),
            Link("2 events", "#maincontent", "about breadth"),
        ],
        "rows": [
            Row(key="Event", value="Meeting, happened on 12 September 2016", url="#maincontent"),
            Row(key="Credited to", value="Greater Manchester"),
        ],
        "counts": [
            Figure(number=number, label=label, url="#maincontent")
            for number, label in [
                (44, "plans"),
                (4, "ready"),
                (36, "thin GP engagement"),
                (13, "with 4 or more not met"),
                (132, "open flags"),
                (11, "open disputes"),
            ]
        ],
        "tasks": [
            Task(title="GP breadth", status="Reason needed", url="#maincontent"),
            Task(
                title="Recent contact",
                status="Reason given",
                url="#maincontent",
                hint="68 days",
                done=True,
            ),
        ],
        "problems": [
            Link("Choose the capacity in which Dr Meera Joshi took part", "#maincontent"),
            "2 of 4 codes were not found: X00T99 and Y0042",
        ],
        "tiles": TILES,
        "tile_key": {
            "ok": "every must met",
            "some": "1 to 3 not met",
            "many": "4 or more",
            "none": "not assessed yet",
            "flagged": "open dispute",
        },
        "dot_key": {
            "heard": "heard as provider or representative",
            "commissioner": "present as commissioner only",
            "disputed": "disputed event",
        },
        "phases": [
            Phase(name="Set-up", starts_on=date(2016, 1, 15), ends_on=date(2016, 4, 15)),
            Phase(name="Options", starts_on=date(2016, 4, 16), ends_on=date(2016, 6, 30)),
            Phase(name="Drafting", starts_on=date(2016, 7, 1), ends_on=date(2016, 10, 21)),
            Phase(name="Assurance", starts_on=date(2016, 10, 22), ends_on=date(2016, 12, 23)),
        ],
        "submission": date(2016, 10, 21),
        "dots": [
            Dot(on=date(2016, 2, 10), kind="commissioner", label="Board seminar, 10 February 2016"),
            Dot(on=date(2016, 3, 20), kind="disputed", label="Programme board, 20 March 2016"),
            Dot(on=date(2016, 5, 19), kind="heard", label="LMC liaison, 19 May 2016"),
            Dot(on=date(2016, 7, 6), kind="heard", label="LMC liaison, 6 July 2016"),
        ],
        "months": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep"],
        "bar_key": ["Organisations", "People", "Campaigns"],
        "bar_rows": [
            BarRow(
                name="Workload",
                parts=[3, 41, 1],
                note="3 organisations, 41 people, 1 campaign",
                url="#maincontent",
            ),
            BarRow(name="Premises", parts=[1, 12, 0], note="1 organisation, 12 people"),
        ],
        "column_items": [
            Column(label=f"{day} September 2016", number=number)
            for day, number in enumerate((4, 9, 2, 0, 7), start=5)
        ],
        "heat": [
            MatrixRow(
                name="GP practices",
                counts=[0, 0, 0, 0, 1, 1, 0, 0, 0],
                last="14 June 2016, 90 days",
                thin=True,
            ),
            MatrixRow(
                name="Trusts",
                counts=[3, 4, 6, 5, 5, 7, 5, 2, 2],
                last="9 September 2016, 3 days",
                urls=["#maincontent"] * 9,
            ),
        ],
    }


TILES = [
    Tile(
        label="WNEC",
        name="West, North and East Cumbria",
        column=3,
        row=0,
        number=2,
        told="2 not met",
        url="#maincontent",
    ),
    Tile(
        label="NTW",
        name="Northumberland, Tyne and Wear",
        column=4,
        row=0,
        number=3,
        told="3 not met",
        url="#maincontent",
    ),
    Tile(
        label="LSC",
        name="Lancashire and South Cumbria",
        column=3,
        row=1,
        number=7,
        told="7 not met, open dispute",
        flagged=True,
        url="#maincontent",
    ),
    Tile(
        label="DDT",
        name="Durham, Darlington and Tees",
        column=4,
        row=1,
        told="every must is met",
        url="#maincontent",
    ),
    Tile(
        label="GM",
        name="Greater Manchester",
        column=3,
        row=2,
        told="not assessed yet",
        nothing_known=True,
        url="#maincontent",
    ),
]

EXAMPLES = {
    "buttons": "Buttons",
    "tags": "Tags",
    "states": "States",
    "board_cells": "Board cells",
    "figures": "Figures",
    "panel_and_verdict": "Panel and verdict",
    "inset_callout_details": "Inset, callout, details",
    "banners": "Banners",
    "strip_and_draft": "Strip and draft",
    "summary_list": "Summary list",
    "task_list": "Task list",
    "table": "Table",
    "tabs": "Tabs",
    "ways_around": "Ways around",
    "empty_state": "Empty state",
    "progress": "Progress",
    "scrolling_box": "Scrolling box",
    "share_bars": "Share bars",
    "bars": "Bars",
    "columns": "Columns",
    "tile_map": "Tile map",
    "timeline": "Timeline",
    "recency_matrix": "Recency matrix",
    "words": "Words",
    "error_summary": "Error summary",
    "filters": "Filters",
    "form": "Form",
    "form_with_errors": "Form with errors",
}
"""The examples in `templates/ui/examples`, in the order of the page, and what they are called."""


def context(request: HttpRequest) -> dict[str, Any]:
    """What the gallery's template needs. Its forms are called otherwise than `form`: the page itself has no errors."""
    values = _values()
    return {"examples": [_example(slug, name, values, request) for slug, name in EXAMPLES.items()]}


def _example(slug: str, name: str, values: dict[str, Any], request: HttpRequest) -> Example:
    path = f"ui/examples/{slug}.html"
    html = render_to_string(path, values, request)
    return Example(
        name, html, Path(settings.BASE_DIR, "templates", path).read_text("utf-8").strip()
    )
