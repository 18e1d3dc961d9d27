"""Workbooks made by hand, so that the hostile ones can be made too."""

import io
import zipfile

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{_NS}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)


def text(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def number(place: str, value: object, *, day: bool = False) -> str:
    return f'<c r="{place}"{" s=" + chr(34) + "1" + chr(34) if day else ""}><v>{value}</v></c>'


def table(*rows: list[object], hidden: tuple[int, ...] = ()) -> str:
    """The rows of a sheet from texts, numbers and cells that are written out (they begin with <)."""
    written = []
    for at, row in enumerate(rows, start=1):
        cells = "".join(
            value
            if isinstance(value, str) and value.startswith("<c ")
            else text(f"{chr(65 + n)}{at}", str(value))
            if isinstance(value, str)
            else number(f"{chr(65 + n)}{at}", value)
            for n, value in enumerate(row)
            if value != ""
        )
        written.append(
            f'<row r="{at}"{" hidden=" + chr(34) + "1" + chr(34) if at in hidden else ""}>{cells}</row>'
        )
    return "".join(written)


def workbook(
    *sheets: str,
    dimension: str = "",
    head: str = "",
    after: str = "",
    from_1904: bool = False,
    states: tuple[str, ...] = (),
    parts: dict[str, str | bytes] | None = None,
    main: str = EXCEL,
    styles: str = STYLES,
) -> bytes:
    """An .xlsx with these sheets (what stands between the tags of sheetData)."""
    names = [f"Sheet{n}" for n in range(1, len(sheets) + 1)]
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats'
        '-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"'
        f"{f' state={chr(34)}{states[n - 1]}{chr(34)}' if n <= len(states) and states[n - 1] else ''}/>"
        for n, name in enumerate(names, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    relations += f'<Relationship Id="rIdS" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    said: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/>{overrides}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELS}"><Relationship Id="r" Type="{_OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'{head}<workbook xmlns="{_NS}" xmlns:r="{_OFFICE}">'
            f"<workbookPr{' date1904=' + chr(34) + '1' + chr(34) if from_1904 else ''}/>"
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELS}">{relations}</Relationships>',
        "xl/styles.xml": styles,
    }
    for n, rows in enumerate(sheets, start=1):
        said[f"xl/worksheets/sheet{n}.xml"] = (
            f'{head}<worksheet xmlns="{_NS}">'
            f"{f'<dimension ref={chr(34)}{dimension}{chr(34)}/>' if dimension else ''}"
            f"<sheetData>{rows}</sheetData>{after}</worksheet>"
        )
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {**said, **(parts or {})}.items():
            packed.writestr(name, content)
    return kept.getvalue()
