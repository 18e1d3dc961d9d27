"""Which page of a plan a reviewer's reference means."""

import re

_PAGE = re.compile(r"\b(?:pages?|pp?\.?)\s*(\d{1,4})\b", re.IGNORECASE)


def page_cited(section: str) -> int:
    """The first page that is named: 31 of "section 4.2, pages 31 to 33"; 0 for none."""
    found = _PAGE.search(section)
    return int(found[1]) if found else 0
