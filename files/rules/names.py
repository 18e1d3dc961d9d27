"""What a file is called: kept as text beside it, never used as a path."""

import re
import unicodedata

LONGEST = 200
_SLASHES = re.compile(r"[\\/]+")


def shown_name(given: str) -> str:
    """The name as it may be shown and offered again: its last part, at most 200 characters.

    Control characters, line ends and the marks that turn the direction of writing are taken out:
    "fdp.exe" must not be shown as "exe.pdf". The ending is kept where the name is cut.
    """
    last = _SLASHES.split(unicodedata.normalize("NFC", given))[-1]
    seen = "".join(
        letter for letter in last if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co"}
    )
    name = " ".join(seen.split()).strip(" .") or "file"
    if len(name) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"
