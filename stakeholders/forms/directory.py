"""The filters of the directory, read from the address bar: junk gives everything and a sentence."""

from django import forms
from django.http import HttpRequest

from stakeholders.models import Category
from stakeholders.queries.directory import DirectoryFilters
from ui import query
from ui.forms import NhsForm

STATES = {"": "Open and closed", "open": "Open today", "closed": "Closed today"}


class DirectoryForm(NhsForm):
    """A search box and two choices."""

    q = forms.CharField(label="Name, code or postcode", required=False)
    category = forms.ChoiceField(
        label="Kind", choices=(("", "Every kind"), *Category.choices), required=False
    )
    state = forms.ChoiceField(label="Open or closed", choices=STATES.items(), required=False)


def read_filters(request: HttpRequest) -> tuple[DirectoryFilters, list[str]]:
    """What was asked for, as it can be used, and what was wrong with it in sentences."""
    answers = {
        "words": query.text(request, "q", max_length=100),
        "category": query.choice(request, "category", Category.values),
        "state": query.choice(request, "state", ("open", "closed")),
    }
    filters = DirectoryFilters(**{name: answer.value for name, answer in answers.items()})
    return filters, [answer.problem for answer in answers.values() if answer.problem]


def form_of(filters: DirectoryFilters) -> DirectoryForm:
    """The form, showing what was asked for."""
    asked = {"q": filters.words, "category": filters.category, "state": filters.state}
    return DirectoryForm(initial=asked)
