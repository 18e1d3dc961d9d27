"""Organisations, people and how they hang together, each fact with the days on which it held.

Every ``valid_from`` and ``valid_to`` is an inclusive day; an empty ``valid_to`` means "still".
Codes are never reused, rows are closed and never deleted.
"""

from stakeholders.models.dated import (
    DatedModel,
    DatedQuerySet,
    GrantModel,
    GrantQuerySet,
    ends_after_start,
)
from stakeholders.models.organisations import (
    GENERAL_PRACTICE,
    Category,
    ListSize,
    OpenPeriod,
    Organisation,
    OrganisationQuerySet,
    Relationship,
    RelationshipKind,
    Succession,
)
from stakeholders.models.people import Invitation, Person, Post, Representative
from stakeholders.models.register import RegisterFile

__all__ = [
    "GENERAL_PRACTICE",
    "Category",
    "DatedModel",
    "DatedQuerySet",
    "GrantModel",
    "GrantQuerySet",
    "Invitation",
    "ListSize",
    "OpenPeriod",
    "Organisation",
    "OrganisationQuerySet",
    "Person",
    "Post",
    "RegisterFile",
    "Relationship",
    "RelationshipKind",
    "Representative",
    "Succession",
    "ends_after_start",
]
