"""Writes to plans. Each is one transaction that leaves an audit row and marks what it changed."""

from plans.actions.changes import mark_changed

__all__ = ["mark_changed"]
