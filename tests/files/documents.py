"""Small PDF and Word documents made on the spot: good ones, and the hostile ones of the catalogue."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence

import docx

MEGABYTE = 1024 * 1024


def pdf(
    *pages: str | bytes,
    catalog: str = "",
    objects: Sequence[bytes] = (),
    info: str = "",
    filters: str = "",
) -> bytes:
    """A PDF with a page for each text, a line for each of its lines, in Helvetica.

    A page given as bytes is the content itself, packed by ``filters``. ``catalog`` stands in the
    catalog; ``objects`` are further objects, the first of which has the number 4.
    """
    made = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", *objects]
    kids = []
    for page in pages:
        content = page if isinstance(page, bytes) else _shown(page)
        made.append(
            b"<< /Length %d %s >>\nstream\n%s\nendstream"
            % (len(content), filters.encode(), content)
        )
        made.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(made)
        )
        kids.append(b"%d 0 R" % len(made))
    made[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    made[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    body, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(made, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(made) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += (
        f"trailer << /Size {len(made) + 1} /Root 1 0 R {info} >>\nstartxref\n{start}\n%%EOF\n"
    ).encode()
    return bytes(body)


def _shown(text: str) -> bytes:
    lines = [
        line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        for line in text.splitlines()
    ]
    shown = "".join(f"({line}) Tj T*\n" for line in lines)
    return f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}ET".encode("latin-1")


def packed(content: bytes, times: int = 1) -> bytes:
    """Deflated so many times over."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


def zeros(megabytes: int) -> bytes:
    """So many megabytes of blanks, deflated without ever holding them."""
    press, block = zlib.compressobj(9), b" " * MEGABYTE
    parts = [press.compress(block) for _ in range(megabytes)]
    return b"".join([*parts, press.flush()])


def word(*paragraphs: str, author: str = "") -> bytes:
    """A Word document as python-docx writes it."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.author = author
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def with_parts(given: bytes, parts: Mapping[str, bytes], *, body: str = "") -> bytes:
    """The document with further parts in its package, and ``body`` at the end of its text."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(given)) as old,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                content = content.replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)
            if entry.filename not in parts:
                new.writestr(entry.filename, content)
        for name, content in parts.items():
            new.writestr(name, content)
    return kept.getvalue()


def without(given: bytes, name: str) -> bytes:
    """The document without one part that its package names, and without that name."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(given)) as old, zipfile.ZipFile(kept, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "_rels/.rels":
                content = re.sub(
                    rb"<Relationship [^>]*" + name.encode() + rb"[^>]*/>", b"", content
                )
            if entry.filename != name:
                new.writestr(entry.filename, content)
    return kept.getvalue()


def part_of(given: bytes, name: str) -> bytes:
    """One part of a package."""
    with zipfile.ZipFile(io.BytesIO(given)) as package:
        return package.read(name)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
REVIEWED = (
    '<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>The LMC was put in.</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="B"><w:r><w:delText>The GPs were taken out.</w:delText></w:r></w:del></w:p>'
)
"""A paragraph with what one person put in and another took out."""
MOVED = (
    '<w:p><w:moveFrom w:id="3" w:author="A"><w:r><w:t>The GPs were asked.</w:t></w:r></w:moveFrom></w:p>'
    '<w:p><w:moveTo w:id="4" w:author="A"><w:r><w:t>The GPs were asked.</w:t></w:r></w:moveTo></w:p>'
)
"""A sentence that was moved, as Word keeps it while nobody has accepted that."""


def with_comments(given: bytes, number: int, people: int) -> bytes:
    """The document with so many comments by so many people."""
    comments = "".join(
        f'<w:comment {W} w:id="{n}" w:author="Person {n % people}"><w:p><w:r><w:t>A GP</w:t></w:r></w:p></w:comment>'
        for n in range(number)
    )
    return with_part(given, "comments", f"<w:comments {W}>{comments}</w:comments>".encode())


def with_part(given: bytes, name: str, content: bytes) -> bytes:
    """The document with its part of comments, footnotes or the like."""
    kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
    types = part_of(given, "[Content_Types].xml").replace(
        b"</Types>",
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/></Types>'.encode(),
    )
    relation = (
        f'<Relationship Id="r-{name}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"'
        f' Target="{name}.xml"/></Relationships>'
    )
    relations = part_of(given, "word/_rels/document.xml.rels").replace(
        b"</Relationships>", relation.encode()
    )
    return with_parts(
        given,
        {
            "[Content_Types].xml": types,
            "word/_rels/document.xml.rels": relations,
            f"word/{name}.xml": content,
        },
    )
