"""Walks the whole history and says what is wrong with it."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from accounts.queries import chain
from accounts.rules.chain import Checkpoint, Finding, Verifier

Progress = Callable[[int], None]
TELL = 100_000
"""Entries between two words of progress."""


@dataclass(frozen=True, kw_only=True)
class Verified:
    """How many entries the chain holds, where it ends, and what is wrong; nothing is well."""

    count: int
    sequence: int
    hash: str
    waiting: int
    findings: Sequence[Finding]


def verified_history(
    *, checkpoints: Sequence[Checkpoint] = (), progress: Progress = lambda done: None
) -> Verified:
    """The chain from its beginning, compared with checkpoints from outside the database.

    ``waiting`` counts entries of the last seconds, which are not sealed yet.
    """
    verifier = Verifier(redacted=chain.redacted_marks(), checkpoints=checkpoints)
    with _no_collection():
        for seal in chain.seals():
            verifier.look_at(seal)
            if verifier.count % TELL == 0:
                progress(verifier.count)
    waiting = list(chain.entries(chain.unsealed(everything=True)))
    findings = verifier.end(waiting)
    return Verified(
        count=verifier.count,
        sequence=verifier.sequence,
        hash=verifier.hash,
        waiting=len(waiting),
        findings=findings,
    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Millions of short-lived rows hold no cycles; looking for some took a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
