"""Two people changed one record: what each of them changed, and both together.

All three texts have the shape of a draft's content: what was there when the editor began
(``base``), what is there now (``theirs``) and what the editor has typed (``mine``).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from engagement.rules.attendees import Row, key

Content = Mapping[str, Mapping[str, Any]]
LISTS = {"rows", "points"}
SECTIONS = ("what", "who", "said")


def differences(base: Content, theirs: Content, mine: Content) -> Iterator[tuple[str, str]]:
    """Section and field wherever the three texts are not all the same, in the order of the form."""
    for section in SECTIONS:
        texts = [text.get(section, {}) for text in (base, theirs, mine)]
        for field in dict.fromkeys(name for text in texts for name in text):
            answers = [text.get(field) or None for text in texts]
            if any(answer != answers[0] for answer in answers[1:]):
                yield section, field


def merged(base: Content, theirs: Content, mine: Content) -> dict[str, dict[str, Any]]:
    """Their text with my changes on top: nothing that either of them added is lost.

    A field that both changed takes mine; who took part and the points are merged one by one.
    """
    return {section: _section(base, theirs, mine, section) for section in SECTIONS}


def _section(base: Content, theirs: Content, mine: Content, section: str) -> dict[str, Any]:
    before, now, typed = (text.get(section, {}) for text in (base, theirs, mine))
    result = dict(now)
    for field, value in typed.items():
        if field == "rows":
            result[field] = _rows(before.get(field, []), now.get(field, []), value)
        elif field == "points":
            result[field] = _points(before.get(field, []), now.get(field, []), value)
        elif (value or None) != (before.get(field) or None):
            result[field] = value
    return result


def _rows(base: list[Row], theirs: list[Row], mine: list[Row]) -> list[Row]:
    """Row by row: mine where I added or changed it, gone where I took it off, else theirs."""
    before = {key(row): row for row in base}
    typed = {key(row): row for row in mine}
    kept = {
        name: row
        for name, row in ((key(row), row) for row in theirs)
        if name in typed or name not in before
    }
    changed = {
        name: row for name, row in typed.items() if name not in before or row != before[name]
    }
    return list((kept | changed).values())


def _points(base: list[Any], theirs: list[Any], mine: list[Any]) -> list[Any]:
    """Points have no name of their own: what I took out goes, what I wrote is added."""
    kept = [point for point in theirs if point in mine or point not in base]
    return kept + [point for point in mine if point not in kept and point not in base]


def joined(theirs: Content, mine: Content) -> dict[str, Any]:
    """Their record with my people and points added: the two turned out to be the same event.

    Somebody whom both have keeps what they said of them; a summary is put below theirs.
    """
    who, said = theirs.get("who", {}), theirs.get("said", {})
    there = {key(row) for row in who.get("rows", [])}
    added = [row for row in mine.get("who", {}).get("rows", []) if key(row) not in there]
    my_said = mine.get("said", {})
    points = said.get("points", [])
    summaries = [said.get("summary", ""), my_said.get("summary", "")]
    return {
        **theirs,
        "who": {**who, "rows": [*who.get("rows", []), *added]},
        "said": {
            **said,
            "summary": "\n\n".join(dict.fromkeys(filter(None, summaries))),
            "points": [*points, *(one for one in my_said.get("points", []) if one not in points)],
        },
    }
