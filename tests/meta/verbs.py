"""Every verb that the source writes into the history, read from the source itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = (
    "config",
    "readiness",
    "engagement",
    "consultations",
    "plans",
    "stakeholders",
    "mail",
    "accounts",
    "files",
    "jobs",
)

WRITING = ("audit.record", "audit.record_all")


def sources() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the product."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, ast.parse(path.read_text())


def verbs_written() -> dict[str, str]:
    """Verb -> where. Raises ``AssertionError`` for a call whose verb cannot be told."""
    found: dict[str, str] = {}
    for path, tree in sources():
        for call in ast.walk(tree):
            if not (isinstance(call, ast.Call) and ast.unparse(call.func).endswith(WRITING)):
                continue
            [given] = [one.value for one in call.keywords if one.arg == "verb"]
            where = f"{path.relative_to(ROOT)}:{call.lineno}"
            words = words_in(given, tree)
            assert words, f"{where}: which verbs can this be? {ast.unparse(given)}"
            found |= dict.fromkeys(words, where)
    return found


def words_in(given: ast.expr, tree: ast.Module) -> set[str] | None:
    """The texts that an expression can be: a constant, one of two, or what its name is given in the module."""
    if isinstance(given, ast.Constant):
        return {given.value}
    if isinstance(given, ast.IfExp):
        both = [words_in(one, tree) for one in (given.body, given.orelse)]
        return set().union(*both) if all(both) else None
    if isinstance(given, ast.Subscript):
        return _texts_of_table(given.value, tree)
    if isinstance(given, ast.Name | ast.Attribute):
        name = given.id if isinstance(given, ast.Name) else given.attr
        return set(_given_to(name, tree)) or None
    return None


def _texts_of_table(table: ast.expr, tree: ast.Module) -> set[str] | None:
    name = ast.unparse(table)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if ast.unparse(target) == name:
                texts = {v.value for v in node.value.values if isinstance(v, ast.Constant)}
                return texts or None
    return None


def _given_to(name: str, tree: ast.Module) -> Iterator[str]:
    """Constants assigned to the name, passed by it, or passed at its place to a function of the module."""
    places = {
        one.name: [arg.arg for arg in one.args.args].index(name)
        for one in ast.walk(tree)
        if isinstance(one, ast.FunctionDef) and name in [arg.arg for arg in one.args.args]
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            yield from words_in(node.value, ast.parse("")) or ()
        if not isinstance(node, ast.Call):
            continue
        for one in node.keywords:
            if one.arg == name and not isinstance(one.value, ast.Name | ast.Attribute):
                yield from (text for text in words_in(one.value, tree) or () if text)
        place = places.get(ast.unparse(node.func))
        if place is not None and not isinstance(node.args[place], ast.Name):
            yield from words_in(node.args[place], tree) or ()
