"""Reads of who can sign in, and of the history."""

from accounts.queries.history import history_of
from accounts.queries.people import has_synthetic_people

__all__ = ["has_synthetic_people", "history_of"]
