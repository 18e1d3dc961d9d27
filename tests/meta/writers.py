"""Who writes to the database and who records it, read from the source: a graph of calls."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.meta.verbs import ROOT, sources

WRITES = frozenset(
    {"create", "save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
)
STATEMENTS = ("INSERT", "UPDATE ", "DELETE FROM", "TRUNCATE")


@dataclass
class Function:
    """One function: what it calls, whether it writes or records by itself, and where it stands."""

    name: str
    path: Path
    is_public: bool
    calls: set[str] = field(default_factory=set)
    writes: bool = False
    records: bool = False

    @property
    def module(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def is_action(self) -> bool:
        return "actions" in self.module.split(".")


def functions() -> dict[str, Function]:
    """Every function and method of the product by its dotted name."""
    found: dict[str, Function] = {}
    for path, tree in sources():
        module = _module(path)
        known = _imported(module, tree, path.name == "__init__.py")
        top = {node.name: f"{module}.{node.name}" for node in tree.body if hasattr(node, "name")}
        for name, node in _defined(tree):
            found[f"{module}.{name}"] = _read(f"{module}.{name}", path, node, known | top)
    exported = {
        f"{_module(path)}.{name}": target
        for path, tree in sources()
        for name, target in _imported(_module(path), tree, path.name == "__init__.py").items()
    }
    for one in found.values():
        one.calls = {_followed(call, exported, found) for call in one.calls}
    return found


def reached(start: Function, among: dict[str, Function]) -> list[Function]:
    """The function and everything that it calls, directly or not."""
    seen, waiting = {start.name}, [start]
    for one in waiting:
        for call in one.calls & among.keys() - seen:
            seen.add(call)
            waiting.append(among[call])
    return waiting


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _defined(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    yield f"{node.name}.{inner.name}", inner


def _imported(module: str, tree: ast.Module, is_package: bool) -> dict[str, str]:
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known |= {one.asname or one.name: one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            known |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    return known


def _read(name: str, path: Path, node: ast.FunctionDef, known: dict[str, str]) -> Function:
    made = Function(
        name=name, path=path, is_public=not any(p.startswith("_") for p in name.split("."))
    )
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            made.writes |= inner.value.lstrip().startswith(STATEMENTS)
        if not isinstance(inner, ast.Call):
            if isinstance(inner, ast.Name) and inner.id in known:
                made.calls.add(known[inner.id])  # handed on, as to a table of functions
            continue
        called = ast.unparse(inner.func)
        made.records |= called.endswith(("audit.record", "audit.record_all"))
        if isinstance(inner.func, ast.Attribute):
            made.writes |= _is_write(inner.func.attr, inner)
        first, _, rest = called.partition(".")
        if first in known:
            made.calls.add(f"{known[first]}.{rest}" if rest else known[first])
    return made


def _is_write(name: str, call: ast.Call) -> bool:
    if name == "update":  # of a query set: by keywords alone
        return bool(call.keywords) and not call.args
    if name == "delete":
        return not call.args
    return name in WRITES


def _followed(call: str, exported: dict[str, str], found: dict[str, Function]) -> str:
    """Through the names that packages hand on, to where the function stands."""
    for _ in range(5):
        if call in found or call not in exported:
            break
        call = exported[call]
    if call not in found and f"{call}.__init__" in found:
        return f"{call}.__init__"
    return call
