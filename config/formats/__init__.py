"""Formats of our own for each language."""
