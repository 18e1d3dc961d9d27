"""A letter: the same words twice, whom it is for, why, and no room for a second header."""

import pytest

from mail import writing

BODY = {
    "txt": '{% extends "mail/base.txt" %}{% block body %}\n\n\n{{ said }}\n\n\n{% endblock body %}',
    "html": '{% extends "mail/base.html" %}{% block body %}<p>{{ said }}</p>{% endblock body %}',
}


@pytest.fixture
def templates(settings, tmp_path):
    """A template of our own, beside those of the service."""
    folder = tmp_path / "mail"
    folder.mkdir()
    for kind, text in BODY.items():
        (folder / f"try.{kind}").write_text(text)
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], tmp_path]}]


def letter(subject="Hello", **context):
    whole = {"name": "Jo Lee", "why": "You get this because you asked.", "said": "x", **context}
    return writing.write("try", whole, subject=subject)


def test_both_parts_say_the_same_to_a_name_and_why(templates):
    made = letter(said="Bolton & Salford <met>")

    assert "\n\nBolton & Salford <met>\n\nWiden the Tent\nhttps://tent.example.org/\n" in made.text
    assert "<p>Bolton &amp; Salford &lt;met&gt;</p>" in made.html
    for part in (made.text, made.html):
        assert part.count("Dear Jo Lee,") == 1
        assert "You get this because you asked." in part
        assert "https://tent.example.org/account/messages/" in part
        assert "Stop these daily summaries" not in part
        assert "demonstration" not in part


def test_only_a_letter_that_can_be_stopped_says_so(templates, settings):
    settings.DEMONSTRATION = True
    made = letter(unsubscribe="https://tent.example.org/unsubscribe/x/")

    assert "Stop these daily summaries: https://tent.example.org/unsubscribe/x/\n" in made.text
    assert '<a href="https://tent.example.org/unsubscribe/x/">' in made.html
    assert "This is a demonstration" in made.text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Named in a record", "Named in a record"),
        ("Named\r\nBcc: x@example.org", "Named Bcc: x@example.org"),
        ("  a\u2028b\tc ", "a b c"),
        ("x" * 300, "x" * 179 + "…"),
    ],
)
def test_a_subject_is_one_short_line(templates, given, kept):
    assert letter(subject=given).subject == kept


@pytest.mark.parametrize("missing", ["name", "why"])
def test_a_letter_to_nobody_or_without_a_reason_is_refused(templates, missing):
    context = {"name": "Jo Lee", "why": "Because.", "said": "x"}
    del context[missing]

    with pytest.raises(KeyError, match=missing):
        writing.write("try", context, subject="Hello")
