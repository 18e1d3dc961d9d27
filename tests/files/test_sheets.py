"""The reader of lists: what spreadsheets really write, and every hostile case of the catalogue."""

import io
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from files import child
from files.reading import sheets
from files.rules.wrong import WrongKindError
from tests.files import samples
from tests.files.workbooks import STYLES, number, table, text, workbook

GOOD_ROWS = table(["Code", "Name"], ["A81001", "Jo"])


def rows(tmp_path: Path, data: bytes, **limits: int) -> list[list[str]]:
    return read(tmp_path, data, **limits)["sheets"][0]["rows"]


def read(tmp_path: Path, data: bytes, **limits: int) -> Any:
    path = tmp_path / "list"
    path.write_bytes(data)
    return sheets.read(path, **limits)


READ = {
    "byte order mark": (b"\xef\xbb\xbfDate,Name\r\n1,2", [["Date", "Name"], ["1", "2"]]),
    "old Windows": (b"Name\nO\x92Brien", [["Name"], ["O’Brien"]]),
    "UTF-16": ("Name;Org\nJosé;x".encode("utf-16"), [["Name", "Org"], ["José", "x"]]),
    "tabs": (b"a\tb\n1\t2", [["a", "b"], ["1", "2"]]),
    "sep= line of Excel": (b"sep=;\r\na;b\r\n1;2", [["a", "b"], ["1", "2"]]),
    "only carriage returns": (b"a,b\r1,2", [["a", "b"], ["1", "2"]]),
    "mixed line ends": (b"a,b\r\n1,2\r3,4\n", [["a", "b"], ["1", "2"], ["3", "4"]]),
    "new line in quotes": (b'a,b\n"1\n2",3', [["a", "b"], ["1\n2", "3"]]),
    "a blank line keeps its number": (b"a\n\nb", [["a"], [], ["b"]]),
    "ragged rows": (b"a,b\n1\n1,2,3", [["a", "b"], ["1"], ["1", "2", "3"]]),
    "heading only": (b"a,b\n,,\n", [["a", "b"]]),
    "CSV called .xlsx": (b"a;b", [["a", "b"]]),
    "formulas of a CSV are text": (b"a\n=1+1", [["a"], ["=1+1"]]),
    "workbook": (workbook(GOOD_ROWS), [["Code", "Name"], ["A81001", "Jo"]]),
    "false dimension": (
        workbook(GOOD_ROWS, dimension="A1:XFD1048576"),
        [["Code", "Name"], ["A81001", "Jo"]],
    ),
    "a day, a number, a truth": (
        workbook(table([number("A1", 42463, day=True), 50.0, '<c r="C1" t="b"><v>1</v></c>'])),
        [["2016-04-03", "50", "TRUE"]],
    ),
    "late on a day": (
        workbook(table([number("A1", 42463.99999, day=True)])),
        [["2016-04-03 23:59:59"]],
    ),
    "days since 1904": (
        workbook(table([number("A1", 41001, day=True)]), from_1904=True),
        [["2016-04-03"]],
    ),
    "a hundred thousand formats": (
        workbook(GOOD_ROWS, styles=STYLES.replace("<xf/>", "<xf/>" * 100_000)),
        [["Code", "Name"], ["A81001", "Jo"]],
    ),
    "control characters": (b"a\x01b\n\x1fc", [["ab"], ["c"]]),
}


@pytest.mark.parametrize("case", READ)
def test_a_list_is_read_as_it_was_typed(tmp_path: Path, case: str) -> None:
    data, expected = READ[case]
    assert rows(tmp_path, data) == expected


def a_zip(*names: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return kept.getvalue()


def cells(count: int) -> str:
    return "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, count))


MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
REFUSED = {
    "no bytes": (b"", "is empty"),
    "only blanks": (b" \n ", "is empty"),
    "a million rows": (workbook(cells(1_000_001)), "50 MB|20,000 rows"),
    "a million lines": (b"a\n" * 1_000_000, "20,000 rows"),
    "30,000 rows": (workbook(cells(30_000)), "20,000 rows"),
    "rows that do not say where": (workbook("<row><c><v>1</v></c></row>" * 21_000), "20,000 rows"),
    "a cell far away": (
        workbook(f'<row r="1048576">{text("A1048576", "x")}</row>'), "20,000 rows"
    ),
    "a cell far to the right": (workbook(f'<row r="1">{text("XFD1", "x")}</row>'), r"100 columns.*XFD1"),
    "a wide CSV": (b"," * 100 + b"x", "100 columns"),
    "21 sheets": (workbook(*[GOOD_ROWS] * 21), "20 sheets"),
    "a cell of 40,000": (workbook(table(["x" * 40_000])), r"32,767 characters \(A1\)"),
    "a cell of 200 MB": (workbook(table(["x" * 60 * 1024 * 1024])), "50 MB"),
    "a CSV cell of 140,000": (b"a,b\n1," + b"x" * 140_000, "32,767 characters"),
    "201 parts": (workbook(GOOD_ROWS, parts={f"p{n}": "" for n in range(200)}), "200 parts"),
    "tight bomb": (workbook(GOOD_ROWS, parts={"x.xml": b"\0" * 9 * 1024 * 1024}), "far more"),
    "nested archive": (workbook(GOOD_ROWS, parts={"xl/embeddings/a.zip": "x"}), "another file"),
    "OLE object": (workbook(GOOD_ROWS, parts={"xl/embeddings/o.bin": "x"}), "another file"),
    "other workbooks": (workbook(GOOD_ROWS, parts={"xl/externalLinks/e.xml": "<x/>"}), "other workbooks"),
    "entities": (workbook(GOOD_ROWS, head='<!DOCTYPE a [<!ENTITY b "c">]>'), "not a plain workbook"),
    "entities of another part": (
        workbook(GOOD_ROWS, parts={"xl/sharedStrings.xml": "<!DOCTYPE a SYSTEM 'file:///etc/x'>"}),
        "not a plain workbook",
    ),
    "xlsm renamed": (workbook(GOOD_ROWS, main=MACROS), "has macros"),
    "macro part": (workbook(GOOD_ROWS, parts={"xl/vbaProject.bin": "x"}), "has macros"),
    "xlsb": (workbook(GOOD_ROWS, main=BINARY), "binary Excel file"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file"),
    "encrypted xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"
    ),
    "encrypted archive": (samples.locked(), "password"),
    "ods": (a_zip("mimetype", "content.xml"), "OpenDocument"),
    "docx renamed": (samples.office(samples.WORD), "Word document"),
    "any archive": (a_zip("list.csv"), "no Excel workbook"),
    "half a workbook": (workbook(GOOD_ROWS)[:-40], "damaged"),
    "a sheet that is no XML": (workbook("<row><c"), "damaged|no rows"),
    "climbs out": (workbook(GOOD_ROWS, parts={"../../x": "x"}), "damaged"),
    "nothing in it": (workbook(""), "has no rows"),
    "only a hidden sheet": (workbook(GOOD_ROWS, states=("hidden",)), "no rows|damaged"),
    "formula": (workbook(table(["a", '<c r="B1"><f>1+1</f><v>2</v></c>'])), "formula in B1"),
    "formula nobody worked out": (
        workbook(table(["a"], ["", '<c r="C2"><f>1+1</f></c>'])), "formula in C2"
    ),
    "formula after its value": (
        workbook(table(["a"], ['<c r="A2"><v>2</v><f>1+1</f></c>'])), "formula in a cell"
    ),
    "formula behind a comment": (
        workbook(table(["a"], ['<c r="A2"><!-- --><f>1+1</f><v>2</v></c>'])), "formula in a cell"
    ),
    "formula of a cell without a place": (
        workbook(table(["a"], ["<c><f>1+1</f><v>2</v></c>"])), "formula in a cell"
    ),
    "shared formula": (workbook(table(['<c r="A1"><f t="shared" si="0"/><v>2</v></c>'])), "formula in A1"),
    "error": (workbook(table(['<c r="A1" t="e"><v>#N/A</v></c>'])), "#N/A in A1"),
    "web page": (b"  <HTML><table>", "web page"),
    "PDF": (samples.PDF, "is a PDF"),
    "packed": (b"\x1f\x8b\x08\0abc", "packed"),
    "picture": (samples.PNG, "no list"),
    "bytes that are no text": (b"Name\nO\x81B", r"row 2 .*0x81"),
    "NUL": (b"a\n\0b", "row 2"),
    "half a letter": (b"\xff\xfea\0b", "middle of a letter"),
    "quote never closed": (b'a,b\n1,2\n3,"4\n5,6\n', "quote in row 3"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_as_meant_is_refused_in_words(tmp_path: Path, case: str) -> None:
    data, expected = REFUSED[case]
    with pytest.raises(WrongKindError, match=expected):
        read(tmp_path, data)


def test_what_nobody_sees_is_said(tmp_path: Path) -> None:
    shown = table(["Code"], ["A1"], ["A2"], hidden=(2,))
    merged = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    found = read(tmp_path, workbook(shown, GOOD_ROWS, states=("", "hidden"), after=merged))
    (sheet,) = found["sheets"]
    assert (sheet["hidden_rows"], sheet["merged"]) == (1, ["A2:A3"])
    assert sheet["notes"] == ["The hidden sheet “Sheet2” was not read."]


def test_a_longer_cell_may_be_allowed(tmp_path: Path) -> None:
    long = "x" * 50_000
    assert rows(tmp_path, f"a\n{long}".encode(), longest_cell=100_000)[1] == [long]


def test_a_hostile_workbook_ends_within_the_limits_of_its_child(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(workbook(cells(1_000_001)))
    began = time.monotonic()
    with pytest.raises(child.Refused, match=r"20,000 rows|50 MB"):
        child.run("files.reading.sheets:read", path)
    assert time.monotonic() - began < child.SECONDS
