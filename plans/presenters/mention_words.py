"""What groups of stakeholders are called where their mentions are counted."""

from plans.rules.mentions import GENERAL_PRACTICE
from stakeholders.models import Category


def group_label(category: str) -> str:
    """A group of words by its category; general practice is counted in all its words."""
    return "General practice" if category == GENERAL_PRACTICE else Category(category).label
