"""Chance that repeats itself: one stream of dice for each purpose. Pure."""

import random


def dice(*purpose: str) -> random.Random:
    """The same purpose, seed included, always throws the same; no purpose disturbs another."""
    return random.Random(":".join(purpose))  # noqa: S311  (synthetic rows, nothing secret)
