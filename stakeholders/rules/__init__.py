"""Rules about organisations that need no database."""

import re
import unicodedata


def search_text(*parts: str) -> str:
    """The words of ``parts`` in lower case without accents, each with a blank before it.

    "castle surg" is looked up as " castle" and " surg": each word by its beginning, on any
    database.
    """
    plain = unicodedata.normalize("NFKD", " ".join(parts)).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower().replace("'", ""))
    return "".join(f" {word}" for word in words)[:260]


LOCAL_CATEGORIES = (
    "patient_group",
    "vcse",
    "social_care",
    "gp_federation",
    "independent",
    "public_health",
    "other",
)
"""Kinds of body that no official register lists completely, so that one may be added by hand."""
