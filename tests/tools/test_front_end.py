"""The front-end files as we serve them: nothing from elsewhere, nothing that is not there."""

import pytest

from config.settings import FRONT_END_DIR
from tools import front_end

CSS = (
    "@font-face{font-family:F;src:url(https://fonts.example.org/f.woff2)}"
    ".a{background:url(/assets/images/tick.svg)}\n/*# sourceMappingURL=x.css.map */\n"
)


def test_the_style_sheet_loses_its_remote_fonts_and_source_map_and_finds_its_pictures() -> None:
    assert front_end.served_css(CSS).strip() == ".a{background:url(assets/images/tick.svg)}"


def test_a_style_sheet_that_would_fetch_from_elsewhere_is_refused() -> None:
    with pytest.raises(SystemExit, match="not ours"):
        front_end.served_css(".a{background:url(https://cdn.example.org/a.png)}")


def test_the_script_loses_its_source_map_only() -> None:
    assert front_end.served_js("go();//# sourceMappingURL=x.js.map\n") == "go();"


def test_every_picture_that_the_built_style_sheet_names_is_there() -> None:
    import re

    sheets = list(FRONT_END_DIR.glob("nhsuk-frontend-*/nhsuk-frontend.min.css"))
    assert len(sheets) == 1
    named = set(re.findall(r"url\((assets/[^)]+)\)", sheets[0].read_text()))
    assert named
    assert [name for name in named if not (sheets[0].parent / name).exists()] == []
