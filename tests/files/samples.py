"""Files made on the spot: good ones of each kind, and the hostile ones of the catalogue."""

import datetime as dt
import io
import zipfile

NOW = dt.datetime(2016, 9, 30, 12, tzinfo=dt.UTC)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9"
TEXT = "Dr Müller said “no”.\r\n".encode()
MAIL = b"From: a@example.org\r\nDate: Sun, 3 Apr 2016 10:00:00 +0100\r\nSubject: Plan\r\n\r\nWe met.\r\n"


def office(main: str = WORD, *, parts: dict[str, bytes] | None = None, first: str = "") -> bytes:
    """A packed document with this main part and these further parts."""
    kept = io.BytesIO()
    types = f'<Types><Override PartName="/main.xml" ContentType="{main}"/></Types>'
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(first or "[Content_Types].xml", types)
        for name, content in {"main.xml": b"<x/>", **(parts or {})}.items():
            packed.writestr(name, content)
    return kept.getvalue()


def locked() -> bytes:
    """A packed document that says of each entry that it is encrypted."""
    data = bytearray(office())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def mail_with(name: str) -> bytes:
    """An e-mail that carries a file of this name."""
    head = MAIL.replace(b"Subject: Plan", b'Content-Type: multipart/mixed; boundary="b"')
    part = f'--b\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\nAA==\r\n--b--\r\n'
    return head + part.encode()


GOOD = {
    "pdf": (PDF, "application/pdf"),
    "docx": (
        office(WORD),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": (office(EXCEL), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "png": (PNG, "image/png"),
    "jpeg": (JPEG, "image/jpeg"),
    "txt": (TEXT, "text/plain"),
    "txt of old Windows": ("It’s “no”".encode("cp1252"), "text/plain"),
    "txt of Notepad": ("naïve".encode("utf-16"), "text/plain"),
    "eml": (MAIL, "message/rfc822"),
    "eml with a picture": (mail_with("logo.gif"), "message/rfc822"),
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
_RELATION = (
    '<Relationship Id="r" Type="http://example.org/relationships/{}" Target="http://example.org/t" '
    'TargetMode="External"/>'
)

_OTHERWISE = (
    _RELATION.format("attachedTemplate")
    .replace("<R", "<p:R")
    .replace('"', "'")
    .replace("Template", "Templat&#101;")
    .encode("utf-16")
)
"""Under a prefix, in other quotes and another encoding, with a letter by its number: the same XML."""

_WRAPPED = MAIL.partition(b"\r\n\r\n")[0] + b"".join(
    b"\nContent-Type: multipart/mixed; boundary=b%d\n\n--b%d" % (n, n) for n in range(100)
)

SLOW = {
    "streams that never end": b"%PDF-1.7\n" + b">>stream\n" * 40_000 + b"%%EOF\n",
    "relations that never end": office(
        parts={"word/_rels/s.xml.rels": b"<Relationship " * 100_000}
    ),
    "relations of nothing but marks": office(
        parts={"word/_rels/s.xml.rels": b'<Relationship /frame" TargetMode ' * 20_000}
    ),
}
"""Small files for which a look that begins anew at every place takes minutes."""

BAD = {
    "no bytes": (b"", "is empty"),
    "PDF mark inside a web page": (b"<html>%PDF-1.4 %%EOF</html>", "is a web page"),
    "truncated PDF": (PDF[:40], "its end is missing"),
    "encrypted PDF": (PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), "protected by a password"),
    "PDF with JavaScript": (PDF.replace(b"/Catalog", b"/Catalog /JavaScript"), "holds a program"),
    "PDF that starts a program": (PDF.replace(b"/Catalog", b"/S /Launch"), "holds a program"),
    "PDF with a file in it": (PDF.replace(b"/Catalog", b"/EmbeddedFiles"), "another file"),
    "PDF form of XFA": (PDF.replace(b"/Catalog", b"/XFA 3 0 R"), "a form"),
    "truncated picture": (PNG[:30], "its end is missing"),
    "truncated photograph": (JPEG[:-2], "its end is missing"),
    "xlsm renamed": (
        office("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "has macros"
    ),
    "macro part in a docx": (office(parts={"word/vbaProject.bin": b"x"}), "has macros"),
    "macro book inside": (office(parts={"word/embeddings/a.xlsm": b"x"}), "has macros"),
    "object in a docx": (office(parts={"word/embeddings/oleObject1.bin": b"x"}), "object"),
    "template from elsewhere": (
        office(parts={"word/_rels/s.xml.rels": _RELATION.format("attachedTemplate").encode()}),
        "loads parts of it from another place",
    ),
    "template from elsewhere, written otherwise": (
        office(parts={"word/_rels/s.xml.rels": _OTHERWISE}),
        "loads parts of it from another place",
    ),
    "mail wrapped a hundred times": (_WRAPPED, "is an e-mail that cannot be read"),
    "zip slip": (office(parts={"../../etc/x": b"x"}), "damaged"),
    "encrypted zip": (locked(), "protected by a password"),
    "encrypted docx": (_OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "old xls": (_OLE, "is an old Word or Excel file"),
    "half a docx": (office()[:-30], "damaged"),
    "zip of other things": (office("text/plain"), "neither Word nor Excel"),
    "presentation": (office("application/vnd.ms-powerpoint"), "neither Word nor Excel"),
    "501 parts": (office(parts={f"p{n}": b"" for n in range(500)}), "more than 500 parts"),
    "bomb": (office(parts={"big": b"\0" * 51 * 1024 * 1024}), "more than 50 MB"),
    "tight bomb": (office(parts={"big": b"\0" * 9 * 1024 * 1024}), "far more than was sent"),
    "program": (b"MZ\x90\0" + b"\0" * 60, "is a program"),
    "packed tar": (b"\x1f\x8b\x08\0" + b"x" * 40, "is a packed file"),
    "HTML table renamed .txt": (b"  <HTML><table></table>", "is a web page"),
    "SVG": (b"<svg onload=alert(1)>", "is a web page"),
    "binary": (b"abc\0def", "cannot be kept"),
    "no text of any kind": (b"\x81\x8d\x8f", "cannot be kept"),
    "picture of an iPhone": (b"\0\0\0\x18ftypheic" + b"\0" * 40, "iPhone"),
    "GIF": (b"GIF89a" + b"\0" * 40, "GIF"),
    "mail with a program": (mail_with("a.exe"), "program or a packed file"),
    "mail with a zip": (mail_with("a.zip"), "program or a packed file"),
    "six megabytes": (b"a" * (6 * 1024 * 1024), "is larger than 5 MB"),
}  # fmt: skip
