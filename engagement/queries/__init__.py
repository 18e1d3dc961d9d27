"""Reads for pages; each file says what it answers."""
