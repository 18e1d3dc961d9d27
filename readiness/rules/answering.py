"""What those who are named in the records say of them."""

from collections.abc import Sequence
from datetime import date

from readiness.rules.facts import LMC, Facts, Member
from readiness.rules.lmcs import no_lmcs
from readiness.rules.papers import Answered
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import clip, count, first_few, listing

KEY = "attestation"

NAME_LENGTH = 40


def attestation(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when each LMC that was heard has answered a record that names it, and the managers have
    replied to every open dispute, whoever raised it. A disagreement that a reviewer let stand beside
    the record is an answer: it asks nothing of anybody and stays in the figure's words.

    An LMC that has answered was named, and belongs to those asked even where its dispute took
    its part out of what counts.
    """
    lmcs = facts.of_category(LMC)
    if not lmcs:
        return no_lmcs(KEY)
    answers = _by_day(facts, as_at)
    answered = {answer.organisation_id for answer in answers}
    asked = [lmc for lmc in lmcs if lmc.heard_by(as_at) or lmc.id in answered]
    silent = [lmc for lmc in asked if lmc.id not in answered]
    disputes = [answer for answer in answers if answer.disputed and answer.is_open]
    waiting = [dispute for dispute in disputes if not dispute.is_replied]
    stated = [answer for answer in answers if answer.is_stated]
    ids = tuple(lmc.id for lmc in silent)
    return Result(
        key=KEY,
        state=_state(asked, silent, waiting),
        figure=_figure(asked, silent, disputes, waiting) + _beside(stated),
        would_clear=_remedy(asked, silent, waiting),
        evidence={
            "answered": len(asked) - len(silent),
            "asked": len(asked),
            "lmcs": len(lmcs),
            "open_disputes": len(disputes),
            "unanswered_disputes": len(waiting),
            # Only where there are any: what was decided before they existed is proved as it was.
            **({"stated_disagreements": len(stated)} if stated else {}),
        },
        missing=ids,
        fewest=ids,
        events=_events(answers, lmcs),
    )


def _by_day(facts: Facts, as_at: date) -> list[Answered]:
    given = (answer for answer in facts.papers.answers if answer.answered_on <= as_at)
    return sorted(given, key=lambda one: (one.answered_on, one.event_id, one.organisation_id))


def _state(asked: Sequence[Member], silent: Sequence[Member], waiting: Sequence[Answered]) -> State:
    if silent or waiting:
        return State.NOT_MET
    return State.MET if asked else State.NO_DATA


def _figure(
    asked: Sequence[Member],
    silent: Sequence[Member],
    disputes: Sequence[Answered],
    waiting: Sequence[Answered],
) -> str:
    if asked:
        figure = f"{len(asked) - len(silent)} of {count(len(asked), 'LMC')} heard answered"
    else:
        figure = "No LMC was heard yet, so that nobody could be asked"
    if not disputes:
        return figure
    replies = f", {len(waiting)} without a reply" if waiting else ""
    return f"{figure}; {count(len(disputes), 'open dispute')}{replies}: {_named(disputes)}"


def _beside(stated: Sequence[Answered]) -> str:
    if not stated:
        return ""
    return f"; {count(len(stated), 'stated disagreement')}: {_named(stated)}"


def _named(disputes: Sequence[Answered]) -> str:
    """By organisation and not by event: everybody who reads the plan reads this, and not everybody
    may open the event."""
    names = dict.fromkeys(clip(one.organisation_name, NAME_LENGTH) for one in disputes)
    return first_few(list(names))


def _remedy(asked: Sequence[Member], silent: Sequence[Member], waiting: Sequence[Answered]) -> str:
    names = listing([lmc.name for lmc in silent])
    sentences = [
        f"Ask {names} to answer the records that name them." if silent else "",
        f"Reply to {_named(waiting)}." if waiting else "",
        "" if asked else "Hear an LMC, then ask it whether the record is right.",
    ]
    return " ".join(filter(None, sentences))


def _events(answers: Sequence[Answered], lmcs: Sequence[Member]) -> tuple[int, ...]:
    """The events of which an LMC said what it thinks, in the order of the answers."""
    ids = {lmc.id for lmc in lmcs}
    return tuple(
        dict.fromkeys(answer.event_id for answer in answers if answer.organisation_id in ids)
    )
