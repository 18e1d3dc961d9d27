"""Each component: one example of its markup, and what it says to a screen reader."""

import pytest
from django.core.paginator import Paginator
from pytest_django.asserts import assertHTMLEqual

from tests.ui.conftest import Draw, Elements
from ui.shapes import Figure, Link, Row, Task

EXAMPLES = [
    (
        "{% button 'Save' once=True %}",
        '<button class="nhsuk-button" data-module="nhsuk-button" type="submit" data-prevent-double-click="true">Save</button>',
    ),
    (
        "{% button 'Apply' variant='secondary' small=True name='do' value='apply' %}",
        (
            '<button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" data-module="nhsuk-button" type="submit"'
            ' name="do" value="apply">Apply</button>'
        ),
    ),
    (
        "{% button_link 'Log engagement' '/events/log/' large=True %}",
        (
            '<a class="nhsuk-button wt-button--large" data-module="nhsuk-button" role="button" draggable="false"'
            ' href="/events/log/">Log engagement</a>'
        ),
    ),
    ("{% tag 'New' colour='red' %}", '<strong class="nhsuk-tag nhsuk-tag--red">New</strong>'),
    ("{% hidden 'for Bolton' %}", '<span class="nhsuk-u-visually-hidden">for Bolton</span>'),
    (
        "{% state 'not_met' %}",
        (
            '<span class="wt-state wt-state--not-met"><svg class="wt-sym wt-sym--not-met" aria-hidden="true" focusable="false"'
            ' width="16" height="16"><use href="#wt-not-met"/></svg> <span>Not met</span></span>'
        ),
    ),
    (
        "{% back_link '/events/' 'Back to events' %}",
        '<nav class="wt-back" aria-label="Back"><a class="nhsuk-back-link" href="/events/">Back to events</a></nav>',
    ),
    (
        "{% inset %}<p>Quiet</p>{% endinset %}",
        '<div class="nhsuk-inset-text"><span class="nhsuk-u-visually-hidden">Information: </span><p>Quiet</p></div>',
    ),
    (
        "{% panel heading='Seats' level=3 anchor='seats' variant='bad' %}<p>None</p>{% endpanel %}",
        '<section class="wt-panel wt-panel--bad" id="seats"><h3 class="nhsuk-heading-m">Seats</h3><p>None</p></section>',
    ),
    ("{% panel %}x{% endpanel %}", '<div class="wt-panel">x</div>'),
    (
        "{% verdict kind='good' %}x{% endverdict %}",
        '<div class="wt-verdict wt-verdict--good">x</div>',
    ),
    ("{% strip %}x{% endstrip %}", '<p class="wt-strip">x</p>'),
    ("{% draft_note %}x{% enddraft_note %}", '<p class="wt-draft">x</p>'),
    (
        "{% scroll label='Months' %}x{% endscroll %}",
        '<div class="wt-scroll" role="region" tabindex="0" aria-label="Months">x</div>',
    ),
    (
        "{% details summary='As a table' opened=True %}x{% enddetails %}",
        (
            '<details class="nhsuk-details" open><summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">'
            'As a table</span></summary><div class="nhsuk-details__text">x</div></details>'
        ),
    ),
]


@pytest.mark.parametrize(("source", "markup"), EXAMPLES)
def test_a_component_gives_the_markup_of_the_design_system(
    draw: Draw, source: str, markup: str
) -> None:
    assertHTMLEqual(draw(source), markup)


@pytest.mark.parametrize(
    "key", ["met", "not_met", "exception", "disputed", "no_data", "not_applicable"]
)
def test_a_state_is_a_symbol_of_the_sprite_and_a_word(draw: Draw, key: str) -> None:
    drawn = draw("{% state key %}", key=key)
    symbol = Elements(drawn).values("href")[0].removeprefix("#")
    assert f'id="{symbol}"' in draw("{% include 'components/sprite.html' %}")
    assert draw("{% state key 'You agreed' %}", key=key).count("You agreed") == 1


def test_a_state_cell_is_a_link_only_where_there_is_something_to_open(draw: Draw) -> None:
    assert '<a class="wt-cell" href="/plans/QOP/#breadth">' in draw(
        "{% state_cell 'met' '/plans/QOP/#breadth' %}"
    )
    assert "<a" not in draw("{% state_cell 'no_data' %}")


def test_a_state_cell_names_its_column_for_phones(draw: Draw) -> None:
    assert '<span class="wt-h" aria-hidden="true">GP breadth</span>' in draw(
        "{% state_cell 'met' heading='GP breadth' %}"
    )


def test_a_callout_says_that_it_is_important_once(draw: Draw) -> None:
    said = draw("{% warning_callout heading='Already logged?' %}x{% endwarning_callout %}")
    assert said.count("Important") == 1
    own = draw("{% warning_callout heading='Important dates' %}x{% endwarning_callout %}")
    assert own.count("Important") == 1


def test_a_success_banner_is_announced_and_names_itself(draw: Draw) -> None:
    elements = Elements(
        draw("{% banner kind='success' title='Saved' anchor='saved' %}x{% endbanner %}")
    )
    [banner] = elements.with_attribute("role", "alert")
    assert banner["aria-labelledby"] == "saved-title"
    assert "saved-title" in elements.values("id")


def test_a_table_keeps_its_roles_when_it_becomes_cards(draw: Draw) -> None:
    drawn = draw(
        "{% table caption='Flags' columns='Flag|Days' numeric='Days' %}{% row %}{% row_header %}Late{% endrow_header %}"
        "{% cell 'Days' numeric=True %}4{% endcell %}{% endrow %}{% endtable %}"
    )
    roles = Elements(drawn).values("role")
    assert roles == [
        "table",
        "rowgroup",
        "row",
        "columnheader",
        "columnheader",
        "rowgroup",
        "row",
        "rowheader",
        "cell",
    ]
    assert '<caption class="nhsuk-u-visually-hidden">Flags</caption>' in drawn
    assert drawn.count("numeric") == 2


def test_columns_may_be_a_list(draw: Draw) -> None:
    assert (
        draw("{% table caption='x' columns=names %}{% endtable %}", names=["A|B", "C"]).count(
            "columnheader"
        )
        == 2
    )


def test_tabs_lead_to_their_panels_in_order(draw: Draw) -> None:
    drawn = draw(
        "{% tabs 'Criteria' attention='Needs attention (9)' settled='Settled (7)' %}{% tab 'attention' '9 musts' %}a{% endtab %}"
        "{% tab 'settled' '7 settled' %}b{% endtab %}{% endtabs %}"
    )
    assert Elements(drawn).values("href") == ["#attention", "#settled"]
    assert drawn.count("nhsuk-tabs__list-item--selected") == 1
    assert "nhsuk-tabs__panel--hidden" not in drawn  # without scripts every panel is in sight


def test_a_summary_list_says_what_each_link_changes(draw: Draw) -> None:
    rows = [
        Row(key="Channel", value="Meeting", url="/edit/"),
        Row(key="Date", value="3 April 2016"),
    ]
    drawn = draw("{% summary_list rows %}", rows=rows)
    assert 'Change<span class="nhsuk-u-visually-hidden"> Channel</span>' in drawn
    assert drawn.count("<a ") == 1


def test_figures_are_links_where_they_can_be_opened(draw: Draw) -> None:
    items = [Figure(number=44, label="plans", url="/board/"), Figure(number=4, label="ready")]
    drawn = draw("{% figures items label='Counts' %}", items=items)
    assert '<a href="/board/"><b>44</b> plans</a>' in drawn
    assert drawn.count("<a ") == 1


def test_a_task_is_described_by_its_hint_and_status(draw: Draw) -> None:
    tasks = [
        Task(title="GP breadth", status="Reason needed", url="/x/", hint="38 of 492"),
        Task(title="GP seat", status="Done", done=True),
    ]
    elements = Elements(draw("{% task_list tasks prefix='reason' %}", tasks=tasks))
    described = elements.values("aria-describedby")[0].split()
    assert described == ["reason-1-hint", "reason-1-status"]
    assert set(described) <= set(elements.values("id"))


def test_links_say_more_to_a_screen_reader(draw: Draw) -> None:
    drawn = draw("{% links items %}", items=[Link("8 flags", "/flags/", "in Greater Manchester")])
    assert '8 flags<span class="nhsuk-u-visually-hidden"> in Greater Manchester</span>' in drawn
    assert draw("{% links items %}", items=[]) == ""


def test_pagination_keeps_the_rest_of_the_query(draw: Draw) -> None:
    page = Paginator(range(200), 16).page(4)
    drawn = draw("{% pagination page %}", page=page, path="/?q=a%26b&page=4")
    assert 'href="?q=a%26b&amp;page=5"' in drawn
    assert 'aria-current="page"' in drawn
    assert drawn.count("&ctdot;") == 1


def test_a_single_page_has_no_pagination(draw: Draw) -> None:
    assert "<nav" not in draw("{% pagination page %}", page=Paginator([], 16).page(1))


def test_keyset_paging_shows_only_the_ways_there_are(draw: Draw) -> None:
    assert draw("{% keyset older='?before=9' %}").count("<a ") == 1
    assert "<nav" not in draw("{% keyset %}")


def test_breadcrumbs_take_links_or_a_list_of_them(draw: Draw) -> None:
    board, region = Link("Board", "/board/"), Link("North", "/board/?region=Y54")
    one = draw("{% breadcrumbs board region %}", board=board, region=region)
    assert one == draw("{% breadcrumbs crumbs %}", crumbs=[board, region])
    assert '<span class="nhsuk-u-visually-hidden">Back to </span>North' in one


def test_an_empty_state_says_what_to_do_next(draw: Draw) -> None:
    drawn = draw(
        "{% empty_state 'No flags' 'The next milestone is near.' 'See all events' '/events/' %}"
    )
    assert "No flags" in drawn
    assert '<a href="/events/">See all events</a>' in drawn


def test_progress_is_said_in_words(draw: Draw) -> None:
    assert "Importing: 480 of 16,093" in draw("{% progress 480 16093 'Importing' %}")
    assert "Importing: 480 so far" in draw("{% progress 480 0 'Importing' %}")
    assert 'value="10"' in draw("{% progress 12 10 'Importing' %}")


def test_an_error_summary_leads_to_fields_and_may_hold_plain_sentences(draw: Draw) -> None:
    drawn = draw(
        "{% error_summary_of problems %}",
        problems=[Link("Enter the date", "#id_on"), "2 codes were not found"],
    )
    assert '<a href="#id_on">Enter the date</a>' in drawn
    assert "<li>2 codes were not found</li>" in drawn
    assert draw("{% error_summary_of problems %}", problems=[]) == ""
