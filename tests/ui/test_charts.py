"""Charts: where things stand, and what a screen reader is told."""

from datetime import date

import pytest

from tests.ui.conftest import Draw, Elements
from ui import drawing
from ui.shapes import BarRow, Column, Dot, MatrixRow, Phase, Tile

PHASES = [
    Phase(name="Set-up", starts_on=date(2016, 1, 1), ends_on=date(2016, 6, 30)),
    Phase(name="Drafting", starts_on=date(2016, 7, 1), ends_on=date(2016, 12, 31)),
]
TODAY = date(2016, 9, 12)


def tile(**changes: object) -> Tile:
    return Tile(**{"label": "GM", "name": "Greater Manchester", "column": 3, "row": 2, **changes})


@pytest.mark.parametrize(
    ("changes", "fill", "spoken"),
    [
        ({}, "ok", "GM, Greater Manchester"),
        ({"told": "every must is met"}, "ok", "GM, Greater Manchester: every must is met"),
        ({"number": 1, "told": "1 left"}, "some", "GM 1, Greater Manchester: 1 left"),
        ({"number": 3}, "some", "GM 3, Greater Manchester"),
        ({"number": 4}, "many", "GM 4, Greater Manchester"),
        ({"number": 6, "flagged": True}, "many", "GM 6 !, Greater Manchester"),
        ({"nothing_known": True}, "none", "GM, Greater Manchester"),
    ],
)
def test_a_tile_is_filled_by_its_number_and_named_in_words(
    changes: dict, fill: str, spoken: str
) -> None:
    placed = drawing.place_tile(tile(**changes))
    assert (placed.fill, placed.spoken) == (fill, spoken)


def test_tiles_stand_in_their_column_and_row(draw: Draw) -> None:
    placed = drawing.place_tile(tile())
    assert (placed.x, placed.y) == (145, 71)
    drawn = draw("{% tile_map tiles 'Tile map' %}", tiles=[tile(url="/plans/QOP/", number=2)])
    assert 'viewBox="0 0 384 352"' in drawn
    assert '<rect x="145" y="71" width="46" height="33" />' in drawn
    assert Elements(drawn).values("href") == ["/plans/QOP/"]


def test_a_tile_without_a_page_is_no_link(draw: Draw) -> None:
    assert "<a " not in draw("{% tile_map tiles 'Tile map' %}", tiles=[tile()])


def test_a_map_explains_the_marks_that_it_bears(draw: Draw) -> None:
    drawn = draw(
        "{% tile_map tiles 'Tile map' key=key %}",
        tiles=[tile(number=2)],
        key={"some": "a few", "many": "a lot", "flagged": "look here"},
    )
    assert "a few" in drawn
    assert "a lot" not in drawn
    assert "look here" not in drawn


def test_a_timeline_explains_the_dots_that_it_bears(draw: Draw) -> None:
    drawn = draw(
        "{% timeline phases today dots=dots key=key %}",
        phases=PHASES,
        today=TODAY,
        dots=[Dot(on=TODAY, kind="heard")],
        key={"heard": "spoke", "disputed": "contested"},
    )
    assert "spoke" in drawn
    assert "contested" not in drawn


def test_a_timeline_fills_its_width_and_marks_the_phase_of_today(draw: Draw) -> None:
    drawn = drawing.timeline(PHASES, TODAY, date(2016, 10, 21), [])
    first, last = drawn.bars
    assert first.x == drawing.TIMELINE_MARGIN
    assert last.x + last.width == pytest.approx(
        drawing.TIMELINE_WIDTH - drawing.TIMELINE_MARGIN - 2, abs=1
    )
    assert [bar.current for bar in drawn.bars] == [False, True]
    assert drawn.title == "Phases of the plan, 1 January 2016 to 31 December 2016"


def test_days_outside_the_phases_are_not_drawn() -> None:
    outside = date(2017, 3, 1)
    drawn = drawing.timeline(PHASES, outside, outside, [Dot(on=outside, kind="heard")])
    assert (drawn.today, drawn.submission, list(drawn.dots)) == (None, None, [])


def test_words_of_today_and_submission_never_meet() -> None:
    near = drawing.timeline(PHASES, TODAY, date(2016, 9, 20), [])
    far = drawing.timeline(PHASES, date(2016, 2, 1), date(2016, 9, 20), [])
    assert near.today_top > far.today_top == 13


def test_words_at_the_edge_stay_inside() -> None:
    drawn = drawing.timeline(PHASES, date(2016, 1, 3), date(2016, 12, 30), [])
    assert (drawn.today.anchor, drawn.submission.anchor) == ("start", "end")


def test_contact_that_counts_stands_above_contact_that_does_not() -> None:
    dots = [Dot(on=TODAY, kind="heard"), Dot(on=TODAY, kind="commissioner")]
    heard, present = drawing.timeline(PHASES, TODAY, None, dots).dots
    assert heard.x == present.x
    assert heard.y < present.y


def test_a_dot_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="heard, disputed, commissioner"):
        drawing.timeline(PHASES, TODAY, None, [Dot(on=TODAY, kind="maybe")])


def test_a_timeline_is_a_picture_with_a_name(draw: Draw) -> None:
    dots = [Dot(on=TODAY, kind=kind, label="<b>") for kind in drawing.DOTS]
    drawn = draw(
        "{% timeline phases today submission dots %}",
        phases=PHASES,
        today=TODAY,
        submission=date(2016, 10, 21),
        dots=dots,
    )
    [svg] = Elements(drawn).with_attribute("role", "img")
    assert set(svg["aria-labelledby"].split()) <= set(Elements(drawn).values("id"))
    assert "Today, 12 September" in drawn
    assert "Submission, 21 October" in drawn
    assert "<b>" not in drawn


def test_without_phases_nothing_is_drawn(draw: Draw) -> None:
    assert draw("{% timeline phases today %}", phases=[], today=TODAY) == ""


@pytest.mark.parametrize(
    ("count", "heat"),
    [(0, "m0"), (1, "m1"), (2, "m1"), (3, "m2"), (4, "m2"), (5, "m3"), (40, "m3")],
)
def test_a_cell_is_darker_the_more_it_holds(count: int, heat: str) -> None:
    [cell] = drawing.heat_cells(MatrixRow(name="LMCs", counts=[count]))
    assert cell.heat == heat


def test_the_matrix_is_a_table_whose_numbers_are_links(draw: Draw) -> None:
    rows = [
        MatrixRow(
            name="LMCs", counts=[0, 2], urls=["/none/", "/two/"], last="6 July 2016", thin=True
        )
    ]
    drawn = draw("{% matrix rows months 'Two-way contacts' %}", rows=rows, months=["Jan", "Feb"])
    assert '<caption class="nhsuk-u-visually-hidden">Two-way contacts</caption>' in drawn
    assert '<td class="m1"><a href="/two/">2</a></td>' in drawn
    assert '<span class="nhsuk-u-visually-hidden">none</span>' in drawn
    assert "/none/" not in drawn
    assert '<tr class="is-thin">' in drawn


@pytest.mark.parametrize(
    ("share", "width", "said"), [(0.25, "20.0", "25%"), (0, "0.0", "0%"), (1.4, "80.0", "140%")]
)
def test_a_bar_has_its_number(draw: Draw, share: float, width: str, said: str) -> None:
    drawn = draw("{% bar share 'of patients' %}", share=share)
    assert f'class="wt-bar__v" width="{width}"' in drawn
    assert f'<span class="wt-bar__n">{said}</span>' in drawn
    assert "of patients" in drawn


def test_no_share_is_said_not_drawn(draw: Draw) -> None:
    drawn = draw("{% bar share %}", share=None)
    assert "no data" in drawn
    assert "<svg" not in drawn


def test_a_timeline_writes_how_many_contacts_a_mark_stands_for(draw: Draw) -> None:
    drawn = draw(
        "{% timeline phases today dots=dots %}",
        phases=PHASES,
        today=TODAY,
        dots=[Dot(on=TODAY, kind="heard", number=42), Dot(on=TODAY, kind="commissioner")],
    )
    assert drawn.count('class="wt-time__n"') == 1
    assert ">42</text>" in drawn


def test_a_timeline_says_what_its_day_is_where_that_is_not_today(draw: Draw) -> None:
    drawn = draw('{% timeline phases today day_name="As at" %}', phases=PHASES, today=TODAY)
    assert "As at, 12 September" in drawn
    assert "Today" not in drawn


@pytest.mark.parametrize(("count", "heat"), [(0, "m0"), (1, "m1"), (20, "m2"), (50, "m3")])
def test_a_cell_may_be_as_dark_as_its_share_of_the_fullest(count: int, heat: str) -> None:
    [cell] = drawing.heat_cells(MatrixRow(name="GPs", counts=[count]), 100)
    assert cell.heat == heat


def test_bars_are_drawn_in_proportion_to_the_longest_and_say_their_parts(draw: Draw) -> None:
    rows = [
        BarRow(name="<Workload>", parts=[10, 30], note="10 organisations, 30 people", url="/one/"),
        BarRow(name="Premises", parts=[0, 20], number=1_234),
    ]
    drawn = draw(
        "{% bars rows 'Themes' key=key %}", rows=rows, key=["Organisations", "People", "x"]
    )
    assert '<ul class="wt-bars" aria-label="Themes">' in drawn
    assert '<a href="/one/">&lt;Workload&gt;</a>' in drawn
    assert '<rect class="wt-bars__p0" x="0.0" width="25.0" height="10" />' in drawn
    assert '<rect class="wt-bars__p1" x="25.0" width="75.0" height="10" />' in drawn
    assert '<rect class="wt-bars__p1" x="0.0" width="50.0" height="10" />' in drawn
    assert "<b>40</b>" in drawn
    assert "<b>1,234</b>" in drawn
    assert "People</li>" in drawn
    assert "x</li>" not in drawn


@pytest.mark.parametrize("rows", [[], [BarRow(name="Nobody", parts=[0])]])
def test_bars_of_nothing_are_drawn_without_a_key(draw: Draw, rows: list[BarRow]) -> None:
    assert "wt-legend" not in draw("{% bars rows 'Themes' key=key %}", rows=rows, key=["a", "b"])


def test_columns_say_the_first_the_last_and_the_tallest(draw: Draw) -> None:
    items = [Column(label="5 May", number=1), Column(label="6 May", number=4)]
    drawn = draw("{% columns items 'Answers' %}", items=items)
    assert 'viewBox="0 0 22 40"' in drawn
    assert '<rect x="12" y="0.0" width="10" height="40.0" />' in drawn
    assert "Answers, 5 May to 6 May. Most: 4, 6 May." in drawn
    assert draw("{% columns items 'Answers' %}", items=[]) == ""
