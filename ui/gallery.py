"""What the gallery shows: every component with an example, written as a page author would write it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import engines

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
from ui.shapes import Dot, Figure, Link, MatrixRow, Phase, Row, Task, Tile

LOADS = "{% load nhsuk text charts %}"
TODAY = date(2016, 9, 12)


@dataclass(frozen=True)
class Example:
    """One example: what it is called, the words of the template, and what they need."""

    name: str
    source: str

    def html(self, values: dict[str, Any], request: HttpRequest) -> str:
        """The example as it looks."""
        return engines["django"].from_string(LOADS + self.source).render(values, request)


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
        url="#maincontent",
    ),
    Tile(
        label="NTW",
        name="Northumberland, Tyne and Wear",
        column=4,
        row=0,
        number=3,
        url="#maincontent",
    ),
    Tile(
        label="LSC",
        name="Lancashire and South Cumbria",
        column=3,
        row=1,
        number=7,
        disputed=True,
        url="#maincontent",
    ),
    Tile(label="DDT", name="Durham, Darlington and Tees", column=4, row=1, url="#maincontent"),
    Tile(
        label="GM",
        name="Greater Manchester",
        column=3,
        row=2,
        nothing_known=True,
        url="#maincontent",
    ),
]

EXAMPLES = (
    Example(
        "Buttons",
        """<div class="nhsuk-button-group">{% button "Save and continue" once=True %} {% button "Apply" variant="secondary" small=True name="do" value="apply" %}
{% button "Withdraw this record" variant="warning" %} {% button_link "Log engagement" url large=True %}</div>""",
    ),
    Example(
        "Tags",
        """{% tag "Reason needed" colour="red" %} {% tag "Planned" %} {% tag "Draft" colour="yellow" %} {% tag "Synthetic" colour="grey" %}""",
    ),
    Example(
        "States",
        """<p>{% state "met" %} {% state "not_met" %} {% state "exception" %} {% state "disputed" %} {% state "no_data" %} {% state "not_applicable" %}</p>
<p>{% state "met" "You agreed" %} {% state "disputed" small=True %} {% symbol "not_met" %} <b>6 of 16</b> not met</p>""",
    ),
    Example(
        "Board cells",
        """<table class="wt-board" role="table"><caption class="nhsuk-u-visually-hidden">A row of the board</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Plan</th><th scope="col" role="columnheader">LMCs heard</th><th scope="col" role="columnheader">GP breadth</th><th scope="col" role="columnheader">GP seat</th><th scope="col" role="columnheader">Contact</th></tr></thead>
<tbody role="rowgroup"><tr role="row"><th scope="row" role="rowheader"><a href="{{ url }}">North West London</a><span class="wt-sub">7 of 16 met</span></th>
{% state_cell "not_met" url heading="LMCs heard" %}{% state_cell "met" url heading="GP breadth" %}{% state_cell "disputed" url heading="GP seat" hidden="by Salford LMC" %}{% state_cell "no_data" heading="Contact" %}</tr></tbody></table>""",
    ),
    Example("Figures", """{% figures counts %}"""),
    Example(
        "Panel and verdict",
        """{% verdict kind="bad" %}<p class="wt-verdict__line">Not ready to sign off: 6 of 16 musts are not met.</p><p>General practice was heard from 38 of 492 practices.</p>{% endverdict %}
{% panel heading="Do the LMCs agree?" level=3 variant="bad" %}<p>Three of seven have answered.</p>{% endpanel %}""",
    ),
    Example(
        "Inset, callout, details",
        """{% inset %}<p>Nothing is logged in your name. The board sees this too.</p>{% endinset %}
{% warning_callout heading="This may already be logged" level=3 %}<p>Daniel Hurst logged a meeting at 11:05am today.</p>{% endwarning_callout %}
{% details summary="The same facts as a table" %}<p>Set-up: 0, and 1 disputed.</p>{% enddetails %}""",
    ),
    Example(
        "Banners",
        """{% banner title="Saved" kind="success" anchor="saved" %}<p class="nhsuk-notification-banner__heading">The meeting is logged.</p>{% endbanner %}
{% banner anchor="info" %}<p>The register was updated on 1 September 2016.</p>{% endbanner %}
{% banner title="Take care" kind="notice" anchor="notice" %}<p>Figures are being worked out again.</p>{% endbanner %}""",
    ),
    Example(
        "Strip and draft",
        """{% strip %}<b>Meeting, 12 September 2016</b>, happened. <a href="{{ url }}">Change</a> <span class="wt-note">Saved as a draft at 2:14pm</span>{% endstrip %}
{% draft_note %}<a href="{{ url }}">Finish your draft</a>: Wigan practice forum, saved at step 2 of 4{% enddraft_note %}""",
    ),
    Example("Summary list", """{% summary_list rows %}"""),
    Example("Task list", """{% task_list tasks %}"""),
    Example(
        "Table",
        """{% table caption="Flags to act on" columns="Flag|Footprint|Act by|Days" numeric="Days" show_caption=True %}
{% row %}{% row_header %}{% symbol "disputed" %} Dispute not answered{% endrow_header %}{% cell "Footprint" %}Greater Manchester{% endcell %}{% cell "Act by" %}16 August 2016{% endcell %}{% cell "Days" numeric=True %}-27{% endcell %}{% endrow %}
{% row marked=True %}{% row_header %}{% symbol "not_met" %} 454 practices not heard{% endrow_header %}{% cell "Footprint" %}Greater Manchester{% endcell %}{% cell "Act by" %}16 September 2016{% endcell %}{% cell "Days" numeric=True %}4{% endcell %}{% endrow %}
{% endtable %}""",
    ),
    Example(
        "Tabs",
        """{% tabs "Criteria" attention="Needs attention (9)" settled="Met or settled (7)" %}{% tab "attention" "9 musts need attention" %}<p>GP breadth</p>{% endtab %}{% tab "settled" "7 are met or settled" %}<p>Every LMC heard</p>{% endtab %}{% endtabs %}""",
    ),
    Example(
        "Ways around",
        """{% breadcrumbs crumbs %}{% back_link url "Back to what and when" %}{% action_link "Tell us about contact that is not here" url %}{% links small_links %}
{% pagination page label="Practices" %}{% keyset older="#maincontent" newer="#maincontent" label="Events" %}""",
    ),
    Example(
        "Empty state",
        """{% empty_state "No flags to act on" "The next milestone is 21 October 2016." "See all events" url %}""",
    ),
    Example(
        "Progress",
        """{% progress 480 16093 "Importing practices" %}{% progress 480 0 "Reading the file" %}""",
    ),
    Example(
        "Scrolling box",
        """{% scroll label="A wide table" %}<p>Wide things{% hidden " such as tables" %} go here.</p>{% endscroll %}""",
    ),
    Example(
        "Share bars",
        """<p>{% bar 0.24 "of patients in Salford" %}</p><p>{% bar 0 %}</p><p>{% bar None %}</p>""",
    ),
    Example("Tile map", """{% tile_map tiles "Tile map: musts not met" rows=3 %}"""),
    Example(
        "Timeline",
        """{% timeline phases today submission dots note="No GP contact since 6 July" %}""",
    ),
    Example("Recency matrix", """{% matrix heat months "Two-way contacts by group and month" %}"""),
    Example(
        "Words",
        """<ul><li>{{ today|nhs_date }}, {{ today|nhs_date_short }}</li><li>{{ submission|day_span:today }}; {{ submission|days_ago:today }}</li><li>{{ 3|plural:"flag" }}, {{ 2693420|patients }} patients, {{ 0.091|share }}</li><li>{{ moment|nhs_datetime }}, {{ places|and_list|sentence_case }}</li></ul>""",
    ),
    Example("Error summary", """{% error_summary_of problems %}"""),
    Example("Filters", """{% filter_form filters "Filter and sort the board" clear_url=url %}"""),
    Example(
        "Form", """{% load crispy_forms_tags %}<div class="wt-form">{% crispy example %}</div>"""
    ),
    Example(
        "Form with errors",
        """{% load crispy_forms_tags %}{% error_summary faulty %}<div class="wt-form">{% crispy faulty %}</div>""",
    ),
)


def context(request: HttpRequest) -> dict[str, Any]:
    """What the gallery's template needs. Its forms are called otherwise than `form`: the page itself has no errors."""
    values = _values()
    return {"examples": [(example, example.html(values, request)) for example in EXAMPLES]}
