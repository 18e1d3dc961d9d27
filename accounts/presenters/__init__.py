"""Wording of what accounts show."""
