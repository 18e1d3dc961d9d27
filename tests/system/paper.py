"""What stands on the sheets that Chromium prints: their sizes, and their text.

It reads the PDFs that Chromium writes and no others: plain objects, glyphs as hexadecimal strings,
and for each font the table from glyphs to characters.
"""

import re
import zlib
from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4
A4 = (210, 297)


@dataclass(frozen=True)
class Sheet:
    """One printed page: width and height in whole millimetres, and its characters.

    Where a line breaks and a word is parted is the printer's affair, so ``text`` holds neither
    spaces nor hyphens; ask it with ``shows``.
    """

    size: tuple[int, int]
    text: str

    def shows(self, words: str) -> bool:
        """Whether the words stand on the sheet, one line or several."""
        return squeezed(words) in self.text


def sheets(pdf: bytes) -> list[Sheet]:
    """Every page in order."""
    objects = {
        int(found[1]): found[2] for found in re.finditer(rb"(\d+) 0 obj\n(.*?)\nendobj", pdf, re.S)
    }
    tables: dict[bytes, dict[int, str]] = {}
    made = []
    for page in (one for one in objects.values() if re.search(rb"/Type /Page\b(?!s)", one)):
        for name, font in re.findall(rb"/(F\d+) (\d+) 0 R", page):
            tables.setdefault(name, _characters(objects, objects[int(font)]))
        contents = re.search(rb"/Contents (\d+) 0 R", page)
        assert contents, "a page without contents"
        drawn = _stream(objects[int(contents[1])])
        made.append(Sheet(_size(page), squeezed(_text(drawn, tables))))
    return made


def squeezed(words: str) -> str:
    """Without spaces, line ends and hyphens: a word that is parted prints one of its own."""
    return re.sub("[\\s\u00ad\u2010-]", "", words)


def _size(page: bytes) -> tuple[int, int]:
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page)
    assert box, "a page without a size"
    return round(float(box[1]) / POINTS_PER_MM), round(float(box[2]) / POINTS_PER_MM)


def _text(drawn: bytes, tables: dict[bytes, dict[int, str]]) -> str:
    """The characters in the order in which they are drawn."""
    table: dict[int, str] = {}
    found = []
    for name, glyphs in re.findall(rb"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj", drawn):
        if name:
            table = tables[name]
        else:
            codes = (int(glyphs[at : at + 4], 16) for at in range(0, len(glyphs), 4))
            found += [table.get(code, "") for code in codes]
    return "".join(found)


def _characters(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    """Glyph to characters; a ligature is several of them."""
    told = re.search(rb"/ToUnicode (\d+) 0 R", font)
    if not told:
        return {}
    table = _stream(objects[int(told[1])])
    made: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar\n(.*?)endbfchar", table, re.S):
        for glyph, character in re.findall(rb"<([0-9A-F]+)> <([0-9A-F]+)>", block):
            made[int(glyph, 16)] = _utf16(character)
    for block in re.findall(rb"beginbfrange\n(.*?)endbfrange", table, re.S):
        for line in re.findall(rb"<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]+)>", block):
            first, last, character = (int(part, 16) for part in line)
            made |= {glyph: chr(character + glyph - first) for glyph in range(first, last + 1)}
    return made


def _stream(part: bytes) -> bytes:
    """The contents of a stream, unpacked."""
    head, _, packed = part.partition(b"stream\n")
    length = re.search(rb"/Length (\d+)", head)
    assert length, "a stream without a length"
    packed = packed[: int(length[1])]
    return zlib.decompress(packed) if b"/FlateDecode" in head else packed


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")
