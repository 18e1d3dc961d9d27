"""Writes to organisations and people. Each is one transaction that leaves an audit row."""

from stakeholders.actions.people import add_organisation, add_person

__all__ = ["add_organisation", "add_person"]
