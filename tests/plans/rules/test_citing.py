"""Which page a reviewer's reference means."""

import pytest

from plans.rules.citing import page_cited


@pytest.mark.parametrize(
    ("section", "page"),
    [
        ("section 4.2, pages 31 to 33", 31),
        ("Page 7", 7),
        ("pp. 12-14", 12),
        ("p.9", 9),
        ("section 4.2", 0),
        ("the whole plan", 0),
        ("page 123456", 0),
        ("homepage 3", 0),
        ("", 0),
    ],
)
def test_page_cited(section, page):
    assert page_cited(section) == page
