"""Documents of strangers: the text page by page, or a sentence, within 30 seconds and 512 MB."""

import io
import re

import pytest

from files import child
from files.reading import documents as reading
from files.rules import kinds
from files.rules.wrong import WrongKindError
from tests.files import documents as made

GP = made.word("A GP")
JS = b"<< /S /J#61vaScript /J#53 (app.alert) >>"
FILE = b"<< /Type /F#69lespec /F (a.txt) /EF << /F 5 0 R >> >>"
BOMB = (
    f'<!DOCTYPE a [<!ENTITY b "GP GP GP">]><w:document {made.W}><w:body><w:p><w:r><w:t>&b;</w:t>'
    "</w:r></w:p></w:body></w:document>"
).encode()
DEEP = f"<w:document {made.W}><w:body>{'<w:p>' * 100_000}</w:body></w:document>".encode()
TEMPLATE = (
    b'<Relationships><Relationship Id="r" Type="http://example.org/attachedTemplate"'
    b' Target="http://example.org/t" TargetMode="External"/></Relationships>'
)
FLATE = "/Filter /FlateDecode"

REFUSED = {
    "no bytes": (b"", "is empty"),
    "PDF mark in a web page": (b"<html>%PDF-1.4 %%EOF</html>", "is a web page"),
    "truncated": (made.pdf("x")[:300], "its end is missing"),
    "broken in the middle": (made.pdf("x")[:80] + b"%%EOF", "cannot be opened"),
    "no pages": (made.pdf(), "cannot be opened"),
    "10,000 pages": (made.pdf(*["x"] * 10_000), "has 10,000 pages, and at most 2,000"),
    "encrypted": (made.pdf("x", info="/Encrypt 4 0 R", objects=[b"<<>>"]), "protected by a password"),
    "JavaScript": (made.pdf("x", catalog="/OpenAction << /S /JavaScript >>"), "holds a program"),
    "JavaScript in disguise": (
        made.pdf("x", catalog="/Names << /J#61vaScript << /Names [(a) 4 0 R] >> >>", objects=[JS]),
        "holds a program",
    ),
    "launch action": (made.pdf("x", catalog="/OpenAction << /S /Launch >>"), "holds a program"),
    "embedded file": (made.pdf("x", catalog="/Names << /EmbeddedFiles 4 0 R >>"), "another file"),
    "embedded file in disguise": (
        made.pdf(
            "x",
            catalog="/Names << /E#6dbeddedFiles << /Names [(a) 4 0 R] >> >>",
            objects=[FILE, b"<< /Length 1 >>\nstream\nx\nendstream"],
        ),
        "another file",
    ),
    "XFA": (made.pdf("x", catalog="/AcroForm << /XFA 4 0 R >>"), "a form"),
    "workbook": (made.with_parts(GP, {"xl/vbaProject.bin": b"x"}), "has macros"),
    "template from elsewhere": (
        made.with_parts(GP, {"word/_rels/settings.xml.rels": TEMPLATE}), "another place"
    ),
    "zip slip": (made.with_parts(GP, {"../x": b"x"}), "damaged"),
    "zip bomb": (made.with_parts(GP, {"word/media/a": b"\0" * 51 * 2**20}), "more than 50 MB"),
    "entities": (made.with_parts(GP, {"word/document.xml": BOMB}), "damaged"),
    "100,000 levels": (made.with_parts(GP, {"word/document.xml": DEEP}), "damaged"),
    "an e-mail": (b"From: a@example.org\nDate: x\n\nGP", "is neither PDF, Word"),
    "too much text": (b"x" * 1_500_001, "has more than 1,500,000 characters"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_hostile_is_refused_in_words(tmp_path, case):
    data, sentence = REFUSED[case]
    path = tmp_path / "file"
    path.write_bytes(data)

    with pytest.raises(WrongKindError, match=re.escape(sentence)):
        reading.read(path)


@pytest.mark.parametrize(
    "data",
    [
        made.pdf(made.zeros(400), filters=FLATE),
        made.pdf(made.packed(made.zeros(2000), 3), filters=f"/Filter [{'/FlateDecode ' * 4}]"),
    ],
    ids=["page stream of 400 MB", "nested filters"],
)
def test_what_eats_memory_ends_its_own_process_only(tmp_path, data):
    path = tmp_path / "file"
    path.write_bytes(data)

    with pytest.raises(child.Refused, match=r"could not be read|too much memory"):
        child.run("files.reading.documents:read", path)


def read(tmp_path, data: bytes) -> dict:
    path = tmp_path / "file"
    path.write_bytes(data)
    return reading.read(path)


def test_a_pdf_is_read_page_by_page(tmp_path):
    found = read(tmp_path, made.pdf("The gen-\neral practice", "", "Page three"))

    assert found["kind"] == "pdf"
    assert found["pages"] == ["The gen\u00ad\neral practice", "", "Page three"]
    assert found["notes"] == [
        "Page 2 has no text, perhaps a picture: what it shows is not counted."
    ]


def test_a_scan_has_no_text(tmp_path):
    assert read(tmp_path, made.pdf("", ""))["pages"] == ["", ""]


def test_who_wrote_a_pdf_is_noted_and_not_told(tmp_path):
    data = made.pdf("x", info="/Info 4 0 R", objects=[b"<< /Author (Dr Nobody) >>"])

    assert read(tmp_path, data)["notes"] == ["It names its author in its properties."]


def test_letters_that_mean_nothing_are_noted(tmp_path):
    found = read(tmp_path, "\ue000\ue001 GP".encode())

    assert found["notes"] == [
        "Much of its text is in letters that mean nothing: the count is not to be relied on."
    ]


def test_a_word_document_with_changes_comments_and_another_file(tmp_path):
    given = made.with_parts(
        made.with_comments(made.word("First", author="Dr Nobody"), 14, 3),
        {"word/embeddings/a.xlsx": b"PK"},
        body=f'<w:p><w:r><w:br w:type="page"/><w:tab/></w:r></w:p>{made.REVIEWED}',
    )

    found = read(tmp_path, given)

    assert [" ".join(page.split()) for page in found["pages"]] == ["First", "The LMC was put in."]
    assert found["notes"] == [
        "It contains 14 comments by named people (3).",
        "It contains changes that are not accepted: 1 put in, which count, and 1 taken out, which do not.",
        "It contains 1 other file, not read here.",
        "It names its author, or who saved it last, in its properties.",
    ]


def test_a_word_document_without_properties_names_nobody(tmp_path):
    given = made.without(made.word("First"), "docProps/core.xml")

    assert read(tmp_path, given)["notes"] == []


def test_what_was_moved_is_read_once(tmp_path):
    given = made.with_parts(made.word("First"), {}, body=made.MOVED)

    [page] = read(tmp_path, given)["pages"]

    assert page.split() == ["First", "The", "GPs", "were", "asked."]


def test_footnotes_are_part_of_the_text(tmp_path):
    note = f"<w:footnotes {made.W}><w:footnote><w:p><w:r><w:t>A GP said so</w:t></w:r></w:p></w:footnote></w:footnotes>"

    found = read(tmp_path, made.with_part(made.word("Text"), "footnotes", note.encode()))

    assert found["pages"][0].split() == ["Text", "A", "GP", "said", "so"]


def test_a_text_is_read_whatever_wrote_it(tmp_path):
    assert read(tmp_path, "Müller\fGP\x08\r\n".encode("cp1252").replace(b"\x08", b""))["pages"] == [
        "Müller",
        "GP\n",
    ]


def test_letters_that_stand_by_chance_in_packed_bytes_refuse_nothing():
    data = made.pdf(b"q /JS /XFA /Encrypt 1 0 R Q")

    assert kinds.look(io.BytesIO(data)) == "pdf"
