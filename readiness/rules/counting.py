"""Arithmetic that several rules share. Whole numbers only: no rounding can meet a threshold."""

from collections.abc import Mapping, Sequence

from readiness.rules.facts import Contact, Member


def reaches(part: int, whole: int, minimum_percent: int) -> bool:
    """Whether part / whole is at least the share, by cross-multiplication."""
    return part * 100 >= minimum_percent * whole


def needed(part: int, whole: int, minimum_percent: int) -> int:
    """How many more make `part` reach the share of `whole`; 0 when it does."""
    return max(0, -(-minimum_percent * whole // 100) - part)


def patients_of(members: Sequence[Member]) -> int:
    """Registered patients of the practices whose list is known."""
    return sum(member.patients or 0 for member in members)


def longest_lists_first(practices: Sequence[Member]) -> list[Member]:
    """Unknown lists last; equal lists in the order of codes, so that the answer is stable."""
    return sorted(practices, key=lambda practice: (-(practice.patients or 0), practice.code))


def left_out(contacts: Sequence[Contact]) -> Mapping[str, int]:
    """Contacts that never count as engagement of general practice, by reason."""
    reasons = {
        "inform_only": sum(contact.one_way for contact in contacts),
        "commissioner_capacity": sum(contact.proxy_only for contact in contacts),
    }
    return {reason: number for reason, number in reasons.items() if number}
