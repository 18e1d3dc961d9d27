"""Reads for computations and pages; each file says what it answers."""
