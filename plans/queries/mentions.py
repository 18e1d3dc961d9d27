"""The words that stand for each group today, and which texts they are looked for in."""

from collections.abc import Sequence

from plans.models import MentionName, PlanVersion
from plans.rules.mention_names import Names, with_changes


def names_in_use() -> Names:
    """Group -> its words: the list that comes with the service, as administrators changed it."""
    return with_changes(*_changes())


def changes() -> list[MentionName]:
    """What stands of the changes to the list, oldest first, with who made each."""
    found = MentionName.objects.standing().select_related("recorded_by")
    return list(found.order_by("pk"))


def pages_of(version: PlanVersion) -> list[str]:
    """The text of a version: its pages, or what was pasted as one; none where there is no text."""
    if version.text:
        return [version.text]
    return list(version.pages.order_by("number").values_list("text", flat=True))


def _changes() -> tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]:
    added: list[tuple[str, str]] = []
    left_out: list[tuple[str, str]] = []
    rows = MentionName.objects.standing().order_by("pk")
    for group, name, is_left_out in rows.values_list("category", "name", "is_left_out"):
        (left_out if is_left_out else added).append((group, name))
    return added, left_out
