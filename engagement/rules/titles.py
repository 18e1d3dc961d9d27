"""A name for an event whose author gave none."""

from collections.abc import Sequence

LONGEST = 160


def title(kind: str, names: Sequence[str]) -> str:
    """``Meeting with Bolton LMC and 4 others``, never longer than a title may be."""
    if not names:
        return kind
    others = len(set(names)) - 1
    more = f" and {others} {'other' if others == 1 else 'others'}" if others else ""
    room = LONGEST - len(kind) - len(" with ") - len(more)
    first = names[0] if len(names[0]) <= room else f"{names[0][: room - 1]}…"
    return f"{kind} with {first}{more}"
