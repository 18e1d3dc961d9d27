"""What text may contain, for forms and for the address bar alike. Pure."""

import re

CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def has_control_characters(text: str) -> bool:
    """Whether the text holds a NUL or another character that no keyboard makes; new lines and tabs are fine."""
    return bool(CONTROL_CHARACTERS.search(text))


def without_control_characters(text: str) -> str:
    """The text as it can be stored and shown again, with those characters left out."""
    return text if text.isprintable() else CONTROL_CHARACTERS.sub("", text)


def visible(text: str) -> str:
    """The text without the blanks around it, and empty when nothing in it could be seen."""
    stripped = text.strip()
    return stripped if stripped.isascii() or INVISIBLE.sub("", stripped).strip() else ""


def bare(text: str) -> str:
    """A date or a code as it was meant: without anything that cannot be seen, and without the blanks around it."""
    return INVISIBLE.sub("", without_control_characters(text)).strip()
