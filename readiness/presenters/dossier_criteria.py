"""One criterion as a dossier shows it: state, figure, what clears it, what was counted and what not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from plans.models import Plan
from readiness.models import Criterion, CriterionResult
from readiness.presenters import addresses
from readiness.presenters import dossier_evidence as evidence
from readiness.presenters.board_table import SETTLED
from readiness.presenters.dossier_evidence import EvidenceLine, ExceptionLine, Told
from readiness.rules.catalogue import CRITERIA
from readiness.rules.states import State, severity_rank
from readiness.rules.verdicts import CAN_BE_EXCEPTED
from ui.shapes import Link
from ui.states import state_for
from ui.words import and_list, nhs_date, plural

CONTENTS_FROM = 4
"""A list of so many criteria begins with its contents."""

STATE_WORDS = {
    State.EXCEPTION.value: "Met by exception",
    State.NOT_APPLICABLE.value: "Not applicable",
}
"""States that the board says shorter than there is room for here."""

NOT_COUNTED: Mapping[str, Callable[[int], str]] = {
    "inform_only": lambda n: f"{plural(n, 'contact')} that only informed",
    "commissioner_capacity": lambda n: f"{plural(n, 'contact')} with commissioners alone",
    "outside_period": lambda n: f"{plural(n, 'contact')} before the plan started",
    "outside_phases": lambda n: f"{plural(n, 'contact')} outside every phase",
    "disputed": lambda n: f"{plural(n, 'event')} that somebody named in the record disputes",
    "withdrawn": lambda n: f"{plural(n, 'event')} whose record was withdrawn",
    "other_capacity": lambda n: f"{plural(n, 'seat')} held by a GP for a commissioner",
}
"""Why a contact was seen and left out, by the rules' own reasons."""


@dataclass(frozen=True, kw_only=True)
class CriterionLine:
    """Everything about one criterion of one plan."""

    key: str
    title: str
    short_title: str
    state: str
    word: str
    figure: str
    clear: str
    fewest: list[EvidenceLine]
    fewest_link: Link | None
    fewest_rest: str
    exception: ExceptionLine | None
    is_disputed: bool
    target: str
    threshold: str
    not_counted: str
    source: str
    evidence_title: str
    why: str
    definition: str
    said_by: str
    events: list[EvidenceLine]
    events_note: str
    links: list[Link]


@dataclass(frozen=True, kw_only=True)
class Group:
    """The criteria behind one tab, with the words of the tab and its heading."""

    name: str
    label: str
    heading: str
    lines: list[CriterionLine]

    @property
    def has_contents(self) -> bool:
        """Whether it is long enough to begin with its contents."""
        return len(self.lines) >= CONTENTS_FROM


@dataclass(frozen=True, kw_only=True)
class Groups:
    """The three tabs; none before the first assessment."""

    attention: Group
    settled: Group
    shoulds: Group


def groups(plan: Plan, results: Sequence[CriterionResult], told: Told) -> Groups | None:
    """Musts that need attention, worst first; musts that are settled; shoulds."""
    if not results:
        return None
    musts = [one for one in results if one.criterion.strength == "must"]
    attention = [one for one in musts if one.state not in SETTLED]
    attention.sort(key=lambda one: severity_rank(State(one.state)))
    settled = [one for one in musts if one.state in SETTLED]
    settled.sort(key=lambda one: one.state != State.EXCEPTION)
    shoulds = [one for one in results if one.criterion.strength != "must"]
    return Groups(
        attention=Group(
            name="attention",
            label=f"Needs attention ({len(attention)})",
            heading=_attention_heading(len(attention)),
            lines=_lines(plan, attention, told),
        ),
        settled=Group(
            name="settled",
            label=f"Met or settled ({len(settled)})",
            heading=_settled_heading(len(settled)),
            lines=_lines(plan, settled, told),
        ),
        shoulds=Group(
            name="shoulds",
            label=f"Shoulds ({len(shoulds)})",
            heading=_shoulds_heading(shoulds),
            lines=_lines(plan, shoulds, told),
        ),
    )


def criterion_line(plan: Plan, result: CriterionResult, told: Told) -> CriterionLine:
    """One result in words, stored or computed."""
    criterion = result.criterion
    return CriterionLine(
        key=result.key,
        title=criterion.title,
        short_title=criterion.short_title,
        state=result.state,
        word=STATE_WORDS.get(result.state, state_for(result.state).word),
        figure=result.figure,
        clear=result.would_clear,
        fewest=evidence.fewest_lines(result, told),
        fewest_link=evidence.fewest_link(plan, result, told),
        fewest_rest=evidence.fewest_rest(result),
        exception=evidence.exception_line(result),
        is_disputed=_is_disputed(result),
        target=criterion.target,
        threshold=threshold_in_short(criterion),
        not_counted=not_counted_words(result.evidence.get("not_counted", {})),
        source=evidence.source(result),
        evidence_title=f"Why, and what was counted: {criterion.title}",
        why=criterion.why,
        definition=criterion.definition,
        said_by=criterion.source,
        events=evidence.event_lines(result, told),
        events_note=_events_note(result, told),
        links=_links(plan, result, told),
    )


def threshold_words(criterion: Criterion) -> str:
    """Whether anybody official set the number, and if not, who did and when it is looked at again."""
    review = f"review {nhs_date(criterion.review_on)}"
    if criterion.official_threshold:
        return f"The threshold is official; {review}."
    return f"No official threshold exists: this one is ours ({criterion.author}), {review}."


def threshold_in_short(criterion: Criterion) -> str:
    """The same in the few words that can be read 25 times; nothing where there is no number."""
    known = CRITERIA.get(criterion.key)
    if not criterion.parameters and not (known and known.defaults):
        return ""
    return (
        "An official threshold." if criterion.official_threshold else "Our threshold, not official."
    )


def not_counted_words(reasons: Mapping[str, int]) -> str:
    """What was seen and left out: `Not counted: 2 contacts that only informed.`"""
    said = [NOT_COUNTED[key](number) for key, number in reasons.items() if key in NOT_COUNTED]
    return f"Not counted: {and_list(said)}." if said else ""


def _lines(plan: Plan, results: Iterable[CriterionResult], told: Told) -> list[CriterionLine]:
    return [criterion_line(plan, one, told) for one in results]


def _attention_heading(number: int) -> str:
    if not number:
        return "No must needs attention"
    return f"{plural(number, 'must')} {'needs' if number == 1 else 'need'} attention"


def _settled_heading(number: int) -> str:
    return f"{plural(number, 'must')} met or settled" if number else "No must is met yet"


def _shoulds_heading(shoulds: Sequence[CriterionResult]) -> str:
    if not shoulds:
        return "This policy has no shoulds"
    met = sum(one.state == State.MET for one in shoulds)
    return f"{met} of {plural(len(shoulds), 'should')} met"


def _is_disputed(result: CriterionResult) -> bool:
    before = result.evidence.get("without_exception", result.state)
    return State.DISPUTED in {result.state, before}


def _events_note(result: CriterionResult, told: Told) -> str:
    """How many of the events counted are named above it, and why not all."""
    number, newest = evidence.events_counted(result), result.evidence.get("events", ())
    named = sum(pk in told.events for pk in newest[-evidence.SHOWN :])
    if not number or named == number:
        return ""
    if named == evidence.SHOWN:
        return f"The newest {named} of {plural(number, 'event')}."
    unnamed = min(number, evidence.SHOWN) - named
    if not unnamed:
        return ""
    return f"{plural(unnamed, 'event')} counted {'does' if unnamed == 1 else 'do'} not name you, so only their number is shown."


def _links(plan: Plan, result: CriterionResult, told: Told) -> list[Link]:
    found = evidence.links(plan, result, told)
    if told.can_except and State(result.state) in CAN_BE_EXCEPTED:
        url = addresses.grant_exception(plan.code, result.key)
        found.append(Link("Let it pass by exception", url, f": {result.criterion.title}"))
    return found
