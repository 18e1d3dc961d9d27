"""What components refuse: markup in what people typed, misspelt arguments, values that do not exist."""

import pytest
from django.template import TemplateSyntaxError

from tests.ui.conftest import Draw
from ui.shapes import Link

EVIL = "<script>alert('x')</script>"


@pytest.mark.parametrize(
    "source",
    [
        "{% button evil %}",
        "{% button 'x' name=evil value=evil %}",
        "{% button_link evil evil %}",
        "{% tag evil %}",
        "{% hidden evil %}",
        "{% state 'met' evil %}",
        "{% state_cell 'met' evil word=evil heading=evil hidden=evil %}",
        "{% back_link evil evil %}",
        "{% action_link evil evil %}",
        "{% empty_state evil evil evil evil %}",
        "{% progress 1 2 evil %}",
        "{% panel heading=evil anchor=evil %}{{ evil }}{% endpanel %}",
        "{% inset %}{{ evil }}{% endinset %}",
        "{% warning_callout heading=evil %}{{ evil }}{% endwarning_callout %}",
        "{% details summary=evil anchor=evil %}{{ evil }}{% enddetails %}",
        "{% banner title=evil anchor=evil %}{{ evil }}{% endbanner %}",
        "{% scroll label=evil %}{{ evil }}{% endscroll %}",
        "{% tabs evil one=evil %}{% tab 'one' evil %}{{ evil }}{% endtab %}{% endtabs %}",
        (
            "{% table caption=evil columns=evil anchor=evil %}{% row anchor=evil %}{% row_header %}{{ evil }}{% endrow_header %}"
            "{% cell evil %}{{ evil }}{% endcell %}{% endrow %}{% endtable %}"
        ),
        "{% links things %}",
        "{% breadcrumbs things %}",
        "{% error_summary_of things %}",
    ],
)
def test_what_people_typed_is_never_markup(draw: Draw, source: str) -> None:
    drawn = draw(source, evil=EVIL, things=[Link(EVIL, EVIL, EVIL)])
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


@pytest.mark.parametrize(
    "source",
    [
        "{% button 'x' varaint='secondary' %}",
        "{% state 'met' smal=True %}",
        "{% panel headding='x' %}{% endpanel %}",
        "{% table captoin='x' columns='a' %}{% endtable %}",
        "{% tile_map tiles 'x' colums=8 %}",
        "{% timeline phases today submision=today %}",
        "{% filter_form form 'x' lable='y' %}",
    ],
)
def test_a_misspelt_argument_is_refused(draw: Draw, source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        draw(source)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("{% button 'x' variant='loud' %}", "Choose from primary, secondary, reverse, warning"),
        ("{% tag 'x' colour='amber' %}", "“amber” is not a colour"),
        ("{% state 'amber' %}", "“amber” is not a state"),
        ("{% panel variant='loud' %}{% endpanel %}", "Choose from bad, good, decide"),
        ("{% panel heading='x' level=7 %}{% endpanel %}", "a level from 1 to 6"),
        ("{% verdict kind='fine' %}{% endverdict %}", "“fine” is not a verdict"),
        ("{% banner kind='loud' %}{% endbanner %}", "“loud” is not a kind of banner"),
        ("{% tabs 'Criteria' settled='x' %}{% endtabs %}", "The tab “settled” has no panel"),
        (
            "{% table caption='x' columns='Flag|Days' numeric='Day' %}{% endtable %}",
            "There is no column called Day",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_the_right_ones(
    draw: Draw, source: str, sentence: str
) -> None:
    with pytest.raises(TemplateSyntaxError, match=sentence):
        draw(source)
