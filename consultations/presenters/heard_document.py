"""The draft of "What we heard" as a Word file that a screen reader can read.

Real heading styles, a header row in every table, the language set, no pictures. Letters that cannot
stand in such a file are left out.
"""

import io
import re

from docx import Document
from docx.document import Document as DocumentFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from consultations.presenters.heard import Grid, Heading, Paragraph, Part, Quotation, Report

LANGUAGE = "en-GB"
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def written(report: Report) -> bytes:
    """The whole file."""
    document = Document()
    _set_up(document, report)
    document.add_heading(_clean(report.title), level=0)
    document.add_paragraph(_clean(report.subtitle), style="Subtitle")
    document.add_paragraph(_clean(report.about))
    for part in report.parts:
        _add(document, part)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _set_up(document: DocumentFile, report: Report) -> None:
    """Title, language and a plain typeface of a size that can be read."""
    properties = document.core_properties
    properties.title = _clean(report.title)[:255]
    properties.subject = _clean(report.subtitle)[:255]
    properties.author = "Widen the Tent"
    properties.comments = ""
    properties.language = LANGUAGE
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(12)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = run.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        run.append(language)
    language.set(qn("w:val"), LANGUAGE)


def _add(document: DocumentFile, part: Part) -> None:
    match part:
        case Heading():
            document.add_heading(_clean(part.text), level=part.level)
        case Paragraph():
            added = document.add_paragraph()
            if part.label:
                added.add_run(f"{_clean(part.label)}: ").bold = True
            added.add_run(_clean(part.text))
        case Quotation():
            document.add_paragraph(f"“{_clean(part.text)}” {_clean(part.author)}", style="Quote")
        case Grid():
            _add_table(document, part)


def _add_table(document: DocumentFile, grid: Grid) -> None:
    caption = document.add_paragraph(_clean(grid.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    rows = len(grid.rows) + 1
    table = document.add_table(rows=rows, cols=len(grid.headings), style="Table Grid")
    header, *others = table.rows
    header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no way round
    for cell, text in zip(header.cells, grid.headings, strict=True):
        cell.paragraphs[0].add_run(_clean(text)).bold = True
    for line, row in zip(others, grid.rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = _clean(text)
    document.add_paragraph()


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("", text)
