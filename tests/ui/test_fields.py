"""Fields: what they accept, what they refuse, and in which words."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from ui.fields import CleanText, CodeListField, PlainDateField


def problem(field: CleanText | PlainDateField | CodeListField, typed: object) -> str:
    """The one sentence with which the field refuses what was typed."""
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    [sentence] = refused.value.messages
    return sentence


class TestCleanText:
    def test_text_is_trimmed_and_lines_are_kept(self) -> None:
        assert CleanText().clean("  one\r\ntwo ") == "one\ntwo"

    @pytest.mark.parametrize("typed", ["a\x00b", "a\x1bb", "a\x7fb", "\ud800"])
    def test_control_characters_are_refused_by_name(self, typed: str) -> None:
        sentence = problem(CleanText(label="Note"), typed)
        assert (
            sentence == "Note holds characters that cannot be read. Type it instead of pasting it"
        )

    def test_what_cannot_be_seen_is_nothing(self) -> None:
        assert CleanText(required=False).clean("\u200b\u2060 ") == ""
        with pytest.raises(ValidationError):
            CleanText().clean("\u200b")

    def test_names_in_other_scripts_and_emoji_are_kept(self) -> None:
        assert CleanText().clean("Dr Müller-Οικονόμου 👩‍⚕️") == "Dr Müller-Οικονόμου 👩‍⚕️"

    def test_too_long_says_by_how_much(self) -> None:
        field = CleanText(label="What was said?", max_length=2000)
        assert (
            problem(field, "x" * 10_000)
            == "“What was said?” must be 2,000 characters or fewer. It has 10,000"
        )
        assert field.clean("x" * 2000) == "x" * 2000

    def test_the_browser_does_not_cut_pasted_text(self) -> None:
        assert "maxlength" not in CleanText(max_length=5).widget.attrs


class TestPlainDateField:
    @pytest.mark.parametrize(
        "typed", ["03/04/2016", " 3 April 2016\u200b", "2016-04-03", date(2016, 4, 3)]
    )
    def test_the_day_is_read(self, typed: object) -> None:
        assert PlainDateField().clean(typed) == date(2016, 4, 3)

    def test_junk_is_refused_by_name_with_an_example(self) -> None:
        field = PlainDateField(label="When did it happen?", called="the date of the meeting")
        expected = "The date of the meeting must be a real date, like 3 April 2016 or 3/4/2016"
        assert (
            problem(field, "31/02/2016")
            == problem(field, "3 \x00April")
            == problem(field, "x" * 10_000)
            == expected
        )

    def test_the_label_names_the_date_unless_it_is_a_question(self) -> None:
        assert problem(PlainDateField(label="Follow up by"), "x").startswith("Follow up by must be")
        assert problem(PlainDateField(label="When?"), "x").startswith("The date must be")

    def test_a_mistyped_year_is_caught(self) -> None:
        assert problem(PlainDateField(), "3/4/1916") == "The date must be 1 January 2013 or later"
        latest = PlainDateField(latest=date(2016, 9, 12))
        assert problem(latest, "13/9/2016") == "The date must be 12 September 2016 or earlier"
        assert latest.clean("12/9/2016") == date(2016, 9, 12)

    def test_next_year_can_be_planned_but_not_the_one_after(self, time_machine) -> None:
        time_machine.move_to("2016-09-12")
        assert PlainDateField().clean("31/12/2017") == date(2017, 12, 31)
        assert (
            problem(PlainDateField(), "1/1/2018") == "The date must be 31 December 2017 or earlier"
        )

    def test_a_stored_day_is_shown_in_words_and_typed_text_as_typed(self) -> None:
        assert PlainDateField().prepare_value(date(2016, 4, 3)) == "3 April 2016"
        assert PlainDateField().prepare_value("31/02/2016") == "31/02/2016"

    def test_nothing_is_nothing(self) -> None:
        assert PlainDateField(required=False).clean("") is None


class TestCodeListField:
    @pytest.mark.parametrize(
        "typed",
        ["p91003 Y00365", "P91003,y00365", " P91003;\r\n\r\nY00365\t", "P91003\nY00365\np91003"],
    )
    def test_codes_come_in_any_shape(self, typed: str) -> None:
        assert CodeListField().clean(typed) == ["P91003", "Y00365"]

    def test_codes_that_came_twice_are_known(self) -> None:
        assert CodeListField().repeated("P91003 Y00365 p91003") == ["P91003"]

    def test_characters_that_cannot_be_seen_do_not_spoil_a_code(self) -> None:
        assert CodeListField().clean("\ufeffP91003\x00") == ["P91003"]

    def test_too_many_are_refused_with_both_numbers(self) -> None:
        many = " ".join(f"P{number:05}" for number in range(501))
        assert (
            problem(CodeListField(), many) == "You pasted 501 codes. Paste 500 or fewer at a time."
        )

    def test_none_are_asked_for_by_the_form_only_when_required(self) -> None:
        assert CodeListField(required=False).clean("") == []
        with pytest.raises(ValidationError):
            CodeListField().clean(" , ")

    def test_a_list_is_shown_one_code_on_each_line(self) -> None:
        assert CodeListField().prepare_value(["P91003", "Y00365"]) == "P91003\nY00365"
        assert CodeListField().prepare_value("p91003,") == "p91003,"
