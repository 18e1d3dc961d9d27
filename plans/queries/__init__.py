"""Reads for pages and computations; each file says what it answers."""
