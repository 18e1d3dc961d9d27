"""How the tests of the component library draw a piece of a template."""

from collections.abc import Callable
from copy import deepcopy
from html.parser import HTMLParser

import pytest
from django.conf import LazySettings
from django.template import engines
from django.test import RequestFactory

Draw = Callable[..., str]


@pytest.fixture(autouse=True)
def _own_addresses(settings: LazySettings) -> None:
    """The library is tested without the apps above it: no addresses and no menu of theirs."""
    settings.ROOT_URLCONF = "tests.ui.urls"
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"] = ["django.template.context_processors.request"]
    settings.TEMPLATES = templates


@pytest.fixture
def draw(rf: RequestFactory) -> Draw:
    """``draw("{% tag 'New' %}", value=1)``: what the words give, as a page would get it."""

    def drawn(source: str, *, path: str = "/", **values: object) -> str:
        loads = "{% load nhsuk text charts crispy_forms_tags %}"
        return engines["django"].from_string(loads + source).render(values, rf.get(path))

    return drawn


class Elements(HTMLParser):
    """Every start tag of a piece of markup with its attributes, for questions that a text search answers badly."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        """Every value of an attribute, in order."""
        return [attrs[attribute] or "" for _, attrs in self.found if attribute in attrs]

    def with_attribute(self, attribute: str, value: str) -> list[dict[str, str | None]]:
        """The attributes of every element that has this one."""
        return [attrs for _, attrs in self.found if attrs.get(attribute) == value]
