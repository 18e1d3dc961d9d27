"""What goes with an answer: which links may be shown, and how they are called."""

from urllib.parse import urlsplit

MOST_LINKS = 3
MOST_FILES = 3
LONGEST_LINK = 500
_SCHEMES = ("http", "https")


class NotALinkError(Exception):
    """Its text says why and what to do."""


def links_in(text: str) -> list[str]:
    """The links, one on each line, each once. Raises ``NotALinkError``."""
    found = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(found) > MOST_LINKS:
        message = f"Enter no more than {MOST_LINKS} links. There are {len(found)}"
        raise NotALinkError(message)
    return [_checked(link) for link in found]


def host_of(link: str) -> str:
    """Where the link leads, in letters that cannot pretend to be others."""
    host = (urlsplit(link).hostname or "").lower()
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _checked(link: str) -> str:
    shown = f"“{link[:80]}”"
    if len(link) > LONGEST_LINK:
        message = f"{shown} is longer than {LONGEST_LINK} characters. Enter a shorter link"
        raise NotALinkError(message)
    try:
        parts = urlsplit(link)
        host, _ = host_of(link), parts.port
    except (ValueError, UnicodeError):
        host, parts = "", urlsplit("")
    if parts.scheme.lower() not in _SCHEMES or not host or any(c.isspace() for c in link):
        message = f"{shown} is not a web address, like https://www.example.org/minutes. Put each on a line of its own"
        raise NotALinkError(message)
    if "@" in parts.netloc:
        message = f"{shown} holds a user name. Enter the link without it"
        raise NotALinkError(message)
    return link
