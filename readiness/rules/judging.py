"""What only a reviewer who reads the plan can say: whether it is explicit about general practice."""

from collections.abc import Mapping, Sequence
from datetime import date

from readiness.rules.facts import Facts
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import clip, count, listing

SUPPORT = "gp_support_shown"
DELIVERY = "gpfv_delivery"

GP_SUPPORT = "gp_support"

BOX_NAMES = {
    "gp_support": "support of local GPs",
    "gpfv_delivery": "delivery",
    "gpfv_sustainability": "sustainability and quality",
    "gpfv_workforce": "workforce",
    "gpfv_workload": "workload",
}
"""Each subject of a judgement, as it is said inside a sentence."""

SECTION_LENGTH = 60


def gp_support_shown(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when a reviewer judged that the plan is explicit about how local GPs are supported."""
    verdicts = _verdicts(facts, [GP_SUPPORT])
    state = _state(verdicts)
    sections = _sections(facts, GP_SUPPORT)
    where = f" in {clip(listing(sections), SECTION_LENGTH)}" if sections else ""
    figures = {
        State.MET: f"Explicit{where}",
        State.NOT_MET: f"Judged not explicit{where}",
        State.NO_DATA: "Not judged yet",
    }
    return Result(
        key=SUPPORT,
        state=state,
        figure=figures[state],
        would_clear=_remedy(verdicts),
        evidence={"explicit": int(state is State.MET), "boxes": 1, "by_box": dict(verdicts)},
    )


def gpfv_delivery(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when a reviewer judged that the plan is explicit on each of `boxes`: how it delivers the
    GP Forward View. One box judged not explicit is not met; one that nobody judged is no data."""
    verdicts = _verdicts(facts, parameters["boxes"])
    explicit = sum(verdict is True for verdict in verdicts.values())
    return Result(
        key=DELIVERY,
        state=_state(verdicts),
        figure=f"{explicit} of {count(len(verdicts), 'box', 'boxes')}{_lacking_words(verdicts)}",
        would_clear=_remedy(verdicts),
        evidence={"explicit": explicit, "boxes": len(verdicts), "by_box": dict(verdicts)},
    )


Verdicts = Mapping[str, bool | None]
"""Subject -> explicit, not explicit, or None where no reviewer judged it."""


def _verdicts(facts: Facts, subjects: Sequence[str]) -> Verdicts:
    given = facts.papers.judgements
    found = {}
    for subject in subjects:
        said = [judgement.is_explicit for judgement in given if judgement.subject == subject]
        found[subject] = all(said) if said else None
    return found


def _state(verdicts: Verdicts) -> State:
    said = verdicts.values()
    if False in said:
        return State.NOT_MET
    return State.NO_DATA if None in said else State.MET


def _sections(facts: Facts, subject: str) -> list[str]:
    named = {one.section for one in facts.papers.judgements if one.subject == subject}
    return sorted(filter(None, named))


def _names(verdicts: Verdicts, *, wanted: bool | None) -> str:
    return listing([BOX_NAMES.get(s, s) for s, verdict in verdicts.items() if verdict is wanted])


def _lacking_words(verdicts: Verdicts) -> str:
    refused, unread = _names(verdicts, wanted=False), _names(verdicts, wanted=None)
    words = f"; not explicit on {refused}" if refused else ""
    return words + (f"; not judged: {unread}" if unread else "")


def _remedy(verdicts: Verdicts) -> str:
    refused, unread = _names(verdicts, wanted=False), _names(verdicts, wanted=None)
    sentences = [
        f"Say explicitly in the plan what it does on {refused}, and have it judged again."
        if refused
        else "",
        f"A reviewer has to read the plan and record a judgement on {unread}." if unread else "",
    ]
    return " ".join(filter(None, sentences))
