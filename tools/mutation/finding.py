"""Finds every permission check in a source by its shape, and puts a switch in its place.

The switch asks the check, as before, but for the one that is switched off: that one lets everybody
through. So all mutants are compiled once and a mutant costs no more than the tests that reach it.
"""

import ast
import re
from dataclasses import dataclass

APPS = ("accounts", "config", "consultations", "engagement", "files", "jobs", "mail", "plans", "readiness",
        "stakeholders")  # fmt: skip

KINDS: dict[str, str] = {
    # A refusal: nothing happens.
    r"check|check_either|refuse_own": "nothing",
    # An object in scope for whoever has a permission: the object, whatever the permission.
    r"\w*_in_scope|plan_to_judge": "whatever",
    # A decorator: the view as it is.
    r"require": "decorator",
    # A question: yes.
    r"has_permission|may_(?!be_excepted|be_sent_again|also_credit)\w+|recently|allow|covers|tells_of": "yes",
    # Who may write about a plan is no judge of it: no.
    r"has_grant_in": "no",
    # A filter: everything.
    r"\w+_visible_to|\w+_managed_by|organisations_represented_by": "everything",
    r"organisation_ids_\w+(_by|_for)": "everybody",
    r"sight_of": "all-seeing",
}
"""What a check is called, and what it comes to where it is switched off."""

MEMBERSHIPS = {"Permission", "Role"}
"""`Permission.DECIDE in may` asks as well."""

DEFINES = re.compile(r"accounts/throttle\.py$|/register/|/demonstration/")
"""Where a name means something else than a check."""


@dataclass(frozen=True)
class Site:
    """One check: where it stands and what it says."""

    place: str
    text: str
    kind: str


class Switches(ast.NodeTransformer):
    """Puts a switch in the place of each check of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.sites: list[Site] = []

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = _name(node.func)
        kind = next((kind for shape, kind in KINDS.items() if re.fullmatch(shape, name)), "")
        if name == "check" and "request" not in {_name(one) for one in node.args}:
            return node  # of a password, of a form
        if kind == "whatever" and "ermission" not in ast.unparse(node):
            return node  # asks whose it is and nothing else, in the function itself
        return self._switch(node, kind) if kind else node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        asks = isinstance(node.left, ast.Attribute) and _name(node.left.value) in MEMBERSHIPS
        if not asks or not isinstance(node.ops[0], ast.In | ast.NotIn):
            return node
        return self._switch(node, "yes" if isinstance(node.ops[0], ast.In) else "no")

    def _switch(self, node: ast.expr, kind: str) -> ast.AST:
        place = f"{self.path}:{node.lineno}:{node.col_offset}"
        self.sites.append(Site(place, ast.unparse(node), kind))
        asked = ast.Lambda(args=ast.arguments([], [], None, [], [], None, []), body=node)
        switch = ast.Call(
            func=ast.Name("__check__", ast.Load()),
            args=[ast.Constant(place), ast.Constant(kind), asked],
            keywords=[],
        )
        return ast.copy_location(switch, node)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def switched(source: str, path: str) -> tuple[ast.Module, list[Site]]:
    """The tree of a file with its switches, and the checks that they stand for."""
    tree = ast.parse(source)
    switches = Switches(path)
    tree = ast.fix_missing_locations(switches.visit(tree))
    return tree, ([] if DEFINES.search(path) else switches.sites)
