"""Forms: their markup, the ids that tie hints and errors to controls, and their sentences."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.ui.conftest import Draw, Elements
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
    error_links,
)
from ui.gallery import EveryField

EVIL = "<script>alert('x')</script>"


class Visit(NhsForm):
    """One field of each kind that the sentences treat in its own way."""

    happened_on = PlainDateField(label="When did it happen?", called="the date of the visit")
    note = CleanText(label="Note", max_length=20, help_text="What you saw")
    capacity = forms.ChoiceField(
        label="Capacity", choices=[("p", "Provider")], widget=Radios(hints={"p": "A GP"})
    )
    themes = forms.MultipleChoiceField(
        label="Themes", choices=[("f", "Funding")], widget=Checkboxes
    )
    number = forms.IntegerField(label="People", min_value=1, max_value=500)
    email = forms.EmailField(label="Email address")
    agreed = forms.BooleanField(label="They agreed")
    sheet = forms.FileField(label="Attendance sheet", widget=FileUpload)
    own = forms.CharField(label="Own", error_messages={"required": "Say who asked for it"})


def sentences(data: dict[str, object]) -> dict[str, str]:
    """What the form says about each field."""
    form = Visit(data, {})
    return {name: " ".join(errors) for name, errors in form.errors.items()}


def test_what_is_missing_is_named() -> None:
    assert sentences({}) == {
        "happened_on": "Enter the date of the visit",
        "note": "Enter the note",
        "capacity": "Choose the capacity",
        "themes": "Choose the themes",
        "number": "Enter the people",
        "email": "Enter the email address",
        "agreed": "Tick “They agreed” to go on",
        "sheet": "Choose the attendance sheet",
        "own": "Say who asked for it",
    }


def test_what_is_wrong_is_named_with_a_remedy() -> None:
    said = sentences(
        {"capacity": "x", "themes": ["x"], "number": "many", "email": "nobody", "note": "n" * 21}
    )
    assert said["capacity"] == "Capacity must be one of the choices listed"
    assert said["themes"] == "Themes must be one of the choices listed"
    assert said["number"] == "People must be a whole number, like 12"
    assert said["note"] == "Note must be 20 characters or fewer. It has 21"
    assert "email address" in said["email"]


def test_numbers_say_their_limits() -> None:
    assert sentences({"number": "0"})["number"] == "People must be 1 or more"
    assert sentences({"number": "501"})["number"] == "People must be 500 or fewer"


def test_an_empty_file_is_said() -> None:
    form = Visit({}, {"sheet": SimpleUploadedFile("a.csv", b"")})
    assert form.errors["sheet"] == ["Attendance sheet is empty. Choose another one"]


def test_django_never_speaks_itself() -> None:
    """Every message that Django has for an empty form is replaced, on every kind of field of the gallery."""
    said = " ".join(str(errors) for errors in EveryField({}).errors.values())
    assert "This field" not in said
    assert "Ensure" not in said


def test_no_text_of_any_kind_breaks_a_form() -> None:
    for junk in ("\x00", "x" * 10_000, "\ud800", EVIL):
        form = EveryField(dict.fromkeys(EveryField.base_fields, junk))
        assert not form.is_valid()


@pytest.mark.parametrize("name", list(EveryField.base_fields))
@pytest.mark.parametrize("data", [None, {}], ids=["fresh", "faulty"])
def test_hints_and_errors_have_the_ids_that_controls_point_to(
    draw: Draw, name: str, data: dict | None
) -> None:
    form = EveryField(data, prefix="visit")
    elements = Elements(draw("{{ field|crispy_field }}", field=form[name]))
    ids = elements.values("id")
    described = [
        anchor for value in elements.values("aria-describedby") for anchor in value.split()
    ]
    assert set(described) <= set(ids)
    assert len(ids) == len(set(ids))
    bound = form[name]
    if bound.help_text:
        assert f"{bound.auto_id}_helptext" in described
    if bound.errors:
        assert f"{bound.auto_id}_error" in described


@pytest.mark.parametrize("name", list(EveryField.base_fields))
def test_every_control_has_a_label(draw: Draw, name: str) -> None:
    elements = Elements(draw("{{ field|crispy_field }}", field=EveryField()[name]))
    controls = [
        attrs["id"] for tag, attrs in elements.found if tag in {"input", "select", "textarea"}
    ]
    assert controls
    assert set(controls) <= set(elements.values("for"))


@pytest.mark.parametrize(
    ("widget", "expected"),
    [
        (forms.TextInput, "nhsuk-input"),
        (Text(width=10), "nhsuk-input nhsuk-input--width-10"),
        (forms.Textarea, "nhsuk-textarea"),
        (forms.Select, "nhsuk-select"),
        (SearchBox, "nhsuk-input nhsuk-search-input__input"),
        (Password, "nhsuk-input nhsuk-password-input__input"),
        (CountedTextarea(limit=9), "nhsuk-textarea nhsuk-js-character-count"),
        (FileUpload, "nhsuk-file-upload__input"),
        (forms.CheckboxInput, "nhsuk-checkboxes__input"),
    ],
)
def test_a_widget_is_drawn_as_its_component(
    draw: Draw, widget: forms.Widget, expected: str
) -> None:
    form = type(
        "One", (NhsForm,), {"one": forms.CharField(label=EVIL, help_text=EVIL, widget=widget)}
    )()
    drawn = draw("{{ field|crispy_field }}", field=form["one"])
    assert f'class="{expected}' in drawn
    assert "<script" not in drawn


def test_a_plain_radio_select_is_drawn_as_radios(draw: Draw) -> None:
    field = forms.ChoiceField(
        choices=[("a", EVIL), ("b", "B")], widget=forms.RadioSelect, initial="b"
    )
    drawn = draw("{{ field|crispy_field }}", field=type("One", (NhsForm,), {"one": field})()["one"])
    elements = Elements(drawn)
    assert [attrs.get("value") for attrs in elements.with_attribute("type", "radio")] == ["a", "b"]
    assert "checked" in elements.with_attribute("value", "b")[0]
    assert "<script" not in drawn


def test_a_choice_shows_its_hint_and_the_field_it_reveals_once(draw: Draw) -> None:
    drawn = draw("{% crispy form %}", form=EveryField())
    assert 'id="id_channel_0_hint">In a room or by video' in drawn
    assert drawn.count('name="other_channel"') == 1
    assert (
        drawn.index('name="channel"')
        < drawn.index('name="other_channel"')
        < drawn.index('name="themes"')
    )


def test_a_form_has_its_token_its_button_and_no_bubbles(draw: Draw) -> None:
    drawn = draw("{% crispy form %}", form=EveryField())
    assert 'name="csrfmiddlewaretoken"' in drawn
    assert 'enctype="multipart/form-data"' in drawn
    assert "novalidate" in drawn
    assert "required" not in drawn
    assert drawn.count('data-prevent-double-click="true"') == 1


def test_a_form_may_go_without_a_button(draw: Draw) -> None:
    quiet = type("Quiet", (Visit,), {"submit_text": ""})()
    assert "<button" not in draw("{% crispy form %}", form=quiet)


def test_what_was_typed_is_kept(draw: Draw) -> None:
    drawn = draw("{% crispy form %}", form=Visit({"happened_on": "31/02/2016", "note": EVIL}, {}))
    assert 'value="31/02/2016"' in drawn
    assert "&lt;script&gt;" in drawn


def test_the_summary_leads_to_each_field_in_order(draw: Draw) -> None:
    form = Visit({}, {}, prefix="a")
    links = list(error_links(form))
    assert [link.url for link in links][:4] == [
        "#id_a-happened_on",
        "#id_a-note",
        "#id_a-capacity_0",
        "#id_a-themes_0",
    ]
    drawn = draw("{% error_summary form %}{% crispy form %}", form=form)
    anchors = [url.removeprefix("#") for url in Elements(drawn).values("href")]
    assert set(anchors) <= set(Elements(drawn).values("id"))


def test_there_is_no_summary_before_anything_was_sent(draw: Draw) -> None:
    assert draw("{% error_summary form %}", form=Visit()).strip() == ""


def test_the_summary_holds_what_is_wrong_with_the_whole_form_and_its_rows(draw: Draw) -> None:
    class Row(NhsForm):
        name = CleanText(label="Name")

        def clean(self) -> None:
            raise forms.ValidationError("Say who came")

    rows = forms.formset_factory(Row, extra=1)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "\x00"}
    )
    drawn = draw("{% error_summary form formset=rows %}", form=Row({}), rows=rows)
    assert "<li>Say who came</li>" in drawn
    assert 'href="#id_name"' in drawn
    assert 'href="#id_form-0-name"' in drawn


def test_a_formset_is_drawn_with_its_management_form(draw: Draw) -> None:
    class Row(NhsForm):
        name = CleanText(label="Name")

    rows = forms.formset_factory(Row, extra=2)()
    drawn = draw("{{ rows|crispy }}", rows=rows)
    assert 'name="form-TOTAL_FORMS"' in drawn
    assert 'name="form-1-name"' in drawn


def test_filters_are_sent_in_the_address(draw: Draw) -> None:
    form = type("Filters", (NhsForm,), {"q": CleanText(label="Name", required=False)})()
    drawn = draw("{% filter_form form 'Filter the list' clear_url='/organisations/' %}", form=form)
    assert '<form class="wt-filters" method="get" aria-label="Filter the list" novalidate>' in drawn
    assert "csrf" not in drawn
    assert '<a href="/organisations/">Clear filters</a>' in drawn


def test_hidden_fields_are_only_inputs(draw: Draw) -> None:
    form = type("One", (NhsForm,), {"key": forms.CharField(widget=forms.HiddenInput)})()
    assert (
        draw("{{ field|crispy_field }}", field=form["key"]).strip()
        == '<input type="hidden" name="key" id="id_key">'
    )


def test_codes_keep_the_shape_in_which_they_were_pasted(draw: Draw) -> None:
    form = type("One", (NhsForm,), {"codes": CodeListField(label="Paste codes")})(
        {"codes": "p91003, x"}
    )
    assert "p91003, x</textarea>" in draw("{{ field|crispy_field }}", field=form["codes"])
