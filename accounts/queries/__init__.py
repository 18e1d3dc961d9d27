"""Reads of who can sign in, and of the history."""

from accounts.queries.people import has_synthetic_people, history_of

__all__ = ["has_synthetic_people", "history_of"]
