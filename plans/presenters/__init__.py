"""Wording of the pages of plans."""
