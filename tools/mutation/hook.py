"""A pytest plugin (-p tools.mutation.hook): the product is imported with a switch at each check."""

import builtins
import importlib.machinery
import importlib.util
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import wraps
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tools.mutation.finding import APPS, DEFINES, Site, switched

ROOT = Path(__file__).resolve().parent.parent.parent
SITES: dict[str, Site] = {}
HITS: dict[str, set[Any]] = defaultdict(set)
"""Place of a check -> the cases that reached it."""
MOST_TESTS = 60
"""Tests that are run again without one check."""
SLOW = 5.0
"""Seconds of the processor; a test that takes more is not run again."""


class Now:
    """Which check is switched off, and which case is being run."""

    off = ""
    case: Any = None
    whatever = False
    """Whether any permission will do: inside a switched off call that takes a permission."""


def asked(place: str, kind: str, ask: Callable[[], Any]) -> Any:
    """What a check comes to: what it says, or everybody may where it is switched off."""
    if kind == "decorator":
        return _decorator(place, ask())
    HITS[place].add(Now.case)
    if place == Now.off:
        return NEUTRAL[kind](ask)
    if Now.whatever and SITES[place].text.startswith("has_permission("):
        return True
    return ask()


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


def _whatever(ask: Callable[[], Any]) -> Any:
    Now.whatever = True
    try:
        return ask()
    finally:
        Now.whatever = False


NEUTRAL: dict[str, Callable[[Callable[[], Any]], Any]] = {
    "nothing": lambda ask: None,
    "yes": lambda ask: True,
    "no": lambda ask: False,
    "everything": _everything,
    "everybody": _everybody,
    "whatever": _whatever,
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


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("mutants")
    group.addoption("--mutant", default="", help="a check that is switched off in the whole run")
    group.addoption(
        "--mutants-left", help="a file of checks: run each test again without those it reached"
    )
    group.addoption("--mutants-found", help="the file to which what is found is added")
    group.addoption("--mutants-in", default="", help="part of a path: only these checks")
    group.addoption("--mutants-routes", default="", help="only these routes are walked")


class Again:
    """Runs a test again without each check that it reached, until some test has missed the check."""

    def __init__(self, left: set[str], found: Path) -> None:
        self.left, self.found = left, found
        self.tried: Counter[str] = Counter()
        self.seconds = 0.0

    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        Now.case = item.nodeid
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        reports = runtestprotocol(item, nextitem=_module_of(item))
        slow = self.seconds > SLOW
        reached = [one for one in self.left if item.nodeid in HITS[one]]
        if not slow and all(one.passed for one in reports):
            for place in reached:
                self.try_without(place, item)
        item.session._setupstate.teardown_exact(nextitem)  # noqa: SLF001 - nothing public ends a module
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Iterator[None]:
        began = time.process_time()
        yield
        self.seconds = time.process_time() - began

    def try_without(self, place: str, item: pytest.Item) -> None:
        self.tried[place] += 1
        if self.tried[place] > MOST_TESTS:
            return
        Now.off = place
        try:
            item._initrequest()  # type: ignore[attr-defined] # noqa: SLF001 - its only way to run again
            reports = runtestprotocol(item, log=False, nextitem=_module_of(item))
        finally:
            Now.off = ""
        if any(one.failed for one in reports):
            self.left.discard(place)
            with self.found.open("a") as file:
                file.write(json.dumps({"place": place, "by": item.nodeid}) + "\n")


def _module_of(item: pytest.Item) -> Any:
    """Named as what comes next it stays, with what was made for the whole of it; the test does not."""
    return item.parent


def pytest_configure(config: pytest.Config) -> None:
    Now.off = config.getoption("--mutant")
    if left := config.getoption("--mutants-left"):
        places = set(Path(left).read_text().split())
        config.pluginmanager.register(Again(places, Path(config.getoption("--mutants-found"))))
