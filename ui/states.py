"""The six states a criterion can be in: a word and a shape of its own, so that colour never carries the meaning alone."""

from dataclasses import dataclass

from django.template import TemplateSyntaxError


@dataclass(frozen=True)
class State:
    """How one state is shown. `name` is its CSS suffix and the name of its symbol in the sprite."""

    name: str
    word: str


STATES = {
    "met": State("met", "Met"),
    "not_met": State("not-met", "Not met"),
    "exception": State("exception", "Exception"),
    "disputed": State("disputed", "Disputed"),
    "no_data": State("no-data", "No data"),
    "not_applicable": State("not-applicable", "N/A"),
}


def state_for(key: str) -> State:
    """The state for `key`, which may be a member of a `StrEnum`; an unknown key is a mistake in a template."""
    try:
        return STATES[str(key)]
    except KeyError:
        known = ", ".join(STATES)
        message = f"“{key}” is not a state. Choose from {known}."
        raise TemplateSyntaxError(message) from None
