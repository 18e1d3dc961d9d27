"""Reads of the directory; each file says what it answers."""
