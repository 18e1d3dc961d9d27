"""Whatever a file comes as: it is read, or refused in a sentence."""

import gzip
import io
import zipfile

import pytest

from stakeholders.register import reading
from stakeholders.register.problems import FileRefusedError
from stakeholders.register.reading import read_book


def rows(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_book(data).tables[0].rows]


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\nc,d\n",
        b"a,b\r\nc,d\r\n",
        b"a,b\rc,d\r",
        b"a;b\nc;d",
        b"a\tb\nc\td\n",
        b"sep=;\na;b\nc;d\n",
        b'"a","b"\n\n"c","d"\n',
        gzip.compress(b"a,b\nc,d\n"),
    ],
)
def test_every_usual_form_of_csv_is_read(data: bytes) -> None:
    assert rows(data) == [("a", "b"), ("c", "d")]


def test_a_byte_order_mark_is_left_out_and_said() -> None:
    book = read_book("\ufeffcode,name\n1,x\n".encode())
    assert book.tables[0].rows[0].cells == ("code", "name")
    assert book.notes == ("A byte order mark at the start was left out.",)


def test_windows_1252_is_read_and_said() -> None:
    book = read_book(b"code,name\n08Y,NHS West London (K\x92ton)\n")
    assert book.tables[0].rows[1].cells[1] == "NHS West London (K\u2019ton)"
    assert book.notes == ("Read as Windows-1252, because row 2 is not UTF-8.",)


def test_rows_are_counted_as_a_spreadsheet_does() -> None:
    data = b'a,b\n"two\nlines",c\n\nd,e\n'
    assert [row.number for row in read_book(data).tables[0].rows] == [1, 2, 5]


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "a,b\n")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"a,b\nc\x00,d\n", "Row 2 holds a character that no text has (NUL)"),
        (b'a,b\nc,"d\ne,f\n', "Row 2: a quote is opened and never closed"),
        (b"a,b,c\nd,e,f\ng,h", "ends in the middle of row 3"),
        (gzip.compress(b"a,b\n" * 9000)[:-20], "ends too early"),
        (gzip.compress(b"a,b\n" * 9000)[:8] + b"junk" * 20, "damaged"),
        (zipped("epraccur.csv"), "no Excel workbook"),
        (zipped("xl/workbook.xml")[:60], "ends too early or is damaged"),
        (zipped("xl/workbook.xml"), "damaged"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel file"),
        (b"%PDF-1.4", "PDF"),
        (b"\xff\xfea\x00", "UTF-16"),
        (b"<html><body>Not found", "web page"),
        (b"a,b\nc,\x81\n", "Row 2 holds a byte that is no text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(FileRefusedError, match=r"\.$") as refused:
        read_book(data)
    assert said in str(refused.value)


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 10)
    with pytest.raises(FileRefusedError, match="larger than 25 MB"):
        read_book(b"a" * 11)


def test_a_file_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_UNPACKED", 1000)
    with pytest.raises(FileRefusedError, match="unpacks to more than 200 MB"):
        read_book(gzip.compress(b"a,b\n" * 1000))
