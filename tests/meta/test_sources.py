"""Rules of the house that a reader of the files can check."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = (
    "accounts",
    "config",
    "consultations",
    "engagement",
    "files",
    "jobs",
    "mail",
    "plans",
    "readiness",
    "stakeholders",
    "ui",
)


def sources(*folders: str, kind: str = "py") -> list[Path]:
    """Our files of one kind, without migrations, which Django writes."""
    found = [path for folder in folders for path in (ROOT / folder).rglob(f"*.{kind}")]
    assert found
    return [path for path in found if "migrations" not in path.parts]


def matches(pattern: str, files: list[Path]) -> list[str]:
    """Where the pattern stands, as file:line."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]


TEMPLATES = ("templates",)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\|\s*safe\b|autoescape off",
        r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|javascript:",
        r"<[^>]*\son[a-z]+=",
        r"""(?:src|href)=["']https?://""",
    ],
    ids=["unescaped", "inline script or style", "event attribute", "another server"],
)
def test_no_template_breaks_the_content_security_policy(pattern: str) -> None:
    assert matches(pattern, sources(*TEMPLATES, kind="html")) == []


def test_no_python_file_is_longer_than_300_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in sources(*APPS, "tools")
        if (lines := len(path.read_text().splitlines())) > 300
    ]
    assert long == []


def test_views_and_forms_write_nothing() -> None:
    parts = [
        path
        for path in sources(*APPS)
        if {"views", "forms"} & {*path.relative_to(ROOT).parts[1:], path.stem}
    ]
    writes = (
        r"\.(save|delete|update|create|bulk_create|bulk_update|get_or_create|update_or_create)\("
    )
    assert matches(writes, [path for path in parts if path.parts[-2] != "ui"]) == []


def test_views_and_tasks_load_nothing_by_themselves() -> None:
    """Rows come through scoped functions; that views import no models is the import-linter's to
    say, and this that they do not reach them round its back."""
    round_the_back = (
        r"\.(objects|_default_manager|_base_manager)\b|get_(object|list)_or_404|get_model"
    )
    parts = [
        path
        for path in sources(*APPS)
        if {"views", "tasks"} & {*path.relative_to(ROOT).parts[1:], path.stem}
        and path.relative_to(ROOT).parts[0] != "ui"
    ]
    assert matches(round_the_back, parts) == []
    assert matches(r"^\s*(from|import) \w+\.models\b", parts) == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "helpers", "signals", "common", "misc"}
    assert [str(p) for p in sources(*APPS, "tools", "tests") if p.stem in drawers] == []


def test_every_module_with_code_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources(*APPS, "tools", "tests")
        if (tree := ast.parse(path.read_text())).body and not ast.get_docstring(tree)
    ]
    assert silent == []


def test_the_pinned_lists_name_no_registry() -> None:
    globs = ("requirements*", "package*.json", "tools/*.in", "tools/*.txt")
    lists = [path for glob in globs for path in ROOT.glob(glob)]
    assert lists
    assert matches(r"--(extra-)?index-url|--find-links|\"resolved\"|https?://(?!docs)", lists) == []
