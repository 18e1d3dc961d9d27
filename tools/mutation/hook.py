"""A pytest plugin (-p tools.mutation.hook): the product is imported with a switch at each check."""

import builtins
import importlib.machinery
import importlib.util
import os
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from types import CodeType
from typing import Any

from tools.mutation.finding import APPS, DEFINES, Site, switched

ROOT = Path(__file__).resolve().parent.parent.parent
SITES: dict[str, Site] = {}
HITS: dict[str, set[Any]] = defaultdict(set)
"""Place of a check -> the cases that reached it."""


class Now:
    """Which check is switched off, and which case is being run."""

    off = os.environ.get("MUTANT", "")
    case: Any = None


def asked(place: str, kind: str, ask: Callable[[], Any]) -> Any:
    """What a check comes to: what it says, or everybody may where it is switched off."""
    if kind == "decorator":
        return _decorator(place, ask())
    HITS[place].add(Now.case)
    if place != Now.off:
        return ask()
    return NEUTRAL[kind](ask)


def _decorator(place: str, decorate: Callable[..., Any]) -> Callable[..., Any]:
    def switching(view: Callable[..., Any]) -> Callable[..., Any]:
        guarded = decorate(view)

        @wraps(guarded)
        def chosen(*args: Any, **kwargs: Any) -> Any:
            HITS[place].add(Now.case)
            return (view if place == Now.off else guarded)(*args, **kwargs)

        return chosen

    return switching


def _everything(ask: Callable[[], Any]) -> Any:
    found = ask()
    return found.model.objects.all() if hasattr(found, "model") else found


def _everybody(ask: Callable[[], Any]) -> Any:
    from stakeholders.models import Organisation  # noqa: PLC0415 - Django is set up by now

    return frozenset(Organisation.objects.values_list("pk", flat=True))


NEUTRAL: dict[str, Callable[[Callable[[], Any]], Any]] = {
    "nothing": lambda ask: None,
    "yes": lambda ask: True,
    "no": lambda ask: False,
    "everything": _everything,
    "everybody": _everybody,
    "all-seeing": lambda ask: replace(ask(), everybody=True),
}


class Loader(importlib.machinery.SourceFileLoader):
    """Compiles a module of the product with its switches; nothing is kept on the disk."""

    def get_code(self, fullname: str) -> CodeType:
        path = Path(self.get_filename(fullname))
        where = path.relative_to(ROOT).as_posix()
        if DEFINES.search(where):
            return compile(path.read_bytes(), str(path), "exec")
        tree, sites = switched(path.read_text(), where)
        SITES.update({site.place: site for site in sites})
        return compile(tree, str(path), "exec")


class Finder(importlib.machinery.PathFinder):
    """Finds the product's own modules for the loader above."""

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname.split(".", maxsplit=1)[0] not in APPS or ".migrations" in fullname:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = Loader(spec.loader.name, spec.loader.path)
        return spec


vars(builtins)["__check__"] = asked
sys.meta_path.insert(0, Finder)


def pytest_runtest_logstart(nodeid: str) -> None:
    Now.case = nodeid


def pytest_sessionfinish() -> None:
    """Where the file CHECKS_SEEN is named: each check and the tests that reached it, for the next run."""
    kept = os.environ.get("CHECKS_SEEN")
    if kept:
        lines = [
            f"{place}\t{case}"
            for place, cases in HITS.items()
            for case in cases
            if case is not None
        ]
        Path(kept).write_text("\n".join(lines))
