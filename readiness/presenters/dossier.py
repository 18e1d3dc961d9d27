"""The dossier: the verdict as a sentence, the facts with their links, and the panels beside."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engagement.access import Sight
from plans.models import Plan
from plans.queries.moment import Moment
from readiness.models import Assessment, CriterionResult
from readiness.presenters import addresses
from readiness.presenters.plan_words import as_at_words, place_name, plan_type, submission
from readiness.presenters.standing import Standing, standing, verdict
from readiness.queries.pages.board import Line
from readiness.rules.facts import ATTEMPTED, HEARD, INFORMED, LMC, Member
from readiness.rules.states import State
from readiness.rules.wording import percent
from ui.shapes import Link
from ui.states import state_for
from ui.words import and_list, lower_first, nhs_date, nhs_date_short, plural

NAMED = 4


@dataclass(frozen=True, kw_only=True)
class Part:
    """A piece of a sentence; with a ``url`` it is a link."""

    text: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class LmcLine:
    """One LMC of the plan and whether it was heard."""

    name: str
    url: str
    state: str
    word: str


@dataclass(frozen=True, kw_only=True)
class PastLine:
    """One stored assessment of the plan."""

    as_at: str
    words: str
    policy: str


@dataclass(frozen=True, kw_only=True)
class DossierPage:
    """What stands at the top and in the rail."""

    caption: str
    title: str
    verdict: str
    kind: str
    facts: list[Part]
    note: str
    stale: str
    lmcs: list[LmcLine]
    lmcs_title: str
    changes: list[str]
    changes_title: str
    history: list[PastLine]
    url: str
    rail_label: str
    day_name: str
    log_url: str
    missing_url: str
    seats_url: str
    criteria_url: str


def dossier_page(
    plan: Plan,
    results: Sequence[CriterionResult],
    past: tuple[Assessment | None, Sequence[Assessment]],
    members: Sequence[Member],
    sight: Sight,
    *,
    moment: Moment,
) -> DossierPage:
    """``past`` is the assessment of about four weeks before the day and the newest ones by it."""
    before, newest = past
    today, kept = moment.day, moment.query()
    stands = standing({one.key: one.state for one in results}, [_line(one) for one in results])
    lmcs = [member for member in members if member.category == LMC]
    return DossierPage(
        caption=f"{plan_type(plan.plan_type)}. {submission(plan.submission_on, today)}."
        f" {plan.get_visibility_display()}",
        title=plan.footprint.name,
        verdict=_verdict(plan, stands, results, moment),
        kind=stands.kind if results else "neutral",
        facts=_facts(plan, results, before, stands, kept),
        note=_note(results),
        stale=_stale(plan) if results and not moment.is_past else "",
        lmcs=[
            lmc_line(one, tells=sight.tells_of(one.id, one.category), today=today) for one in lmcs
        ],
        lmcs_title=_lmcs_title(lmcs, today),
        changes=_changes(results, before),
        changes_title=f"Since {nhs_date(before.as_at)}" if before else "",
        history=[_past(one) for one in newest],
        url=addresses.dossier(plan.code),
        rail_label="LMCs" if moment.is_past else "LMCs, flags and what is planned",
        day_name="As at" if moment.is_past else "Today",
        log_url=addresses.log(plan=plan.code),
        missing_url=addresses.missing(plan.code, **kept),
        seats_url=addresses.seats(plan.code, **kept),
        criteria_url=addresses.criteria(_policy_anchor(results)),
    )


def title(plan: Plan) -> str:
    """`Greater Manchester, STP 2016`: two rounds of a footprint are told apart."""
    return f"{plan.footprint.name}, {plan_type(plan.plan_type)}"


def crumbs(*, is_own: bool) -> list[Link]:
    """Managers come from their own footprints; for everybody else home leads to their one page."""
    if is_own:
        return [Link("Your footprints", addresses.home())]
    return [Link("Home", addresses.home())]


def lmc_line(lmc: Member, *, tells: bool, today: dt.date) -> LmcLine:
    """Heard and when last, or how far it got; only heard or not where ``tells`` is not set."""
    heard = lmc.rung >= HEARD and lmc.heard_by(today)
    return LmcLine(
        name=lmc.name,
        url=addresses.organisation(lmc.code),
        state=State.MET if heard else State.NOT_MET,
        word=_how_far(lmc, heard=heard) if tells else "Heard" if heard else "Not heard",
    )


def _how_far(lmc: Member, *, heard: bool) -> str:
    if heard:
        return f"Heard {nhs_date_short(lmc.last_heard)}"
    if lmc.rung == ATTEMPTED:
        on = f", {nhs_date_short(lmc.last_attempt)}" if lmc.last_attempt else ""
        return f"Not heard, invited{on}"
    return "Not heard, only informed" if lmc.rung == INFORMED else "Not heard, never tried"


def _line(result: CriterionResult) -> Line:
    criterion = result.criterion
    return Line(
        key=result.key,
        title=criterion.title,
        short_title=criterion.short_title,
        is_must=criterion.strength == "must",
    )


def _verdict(
    plan: Plan, stands: Standing, results: Sequence[CriterionResult], moment: Moment
) -> str:
    if results:
        return verdict(stands)
    if moment.is_past:
        return "No policy judges a plan of this type."
    if plan.closed_on and plan.closed_on < moment.today:
        return f"Closed on {nhs_date(plan.closed_on)}. It was never assessed here."
    return "Not assessed yet. The first assessment runs within a minute."


def _facts(
    plan: Plan,
    results: Sequence[CriterionResult],
    before: Assessment | None,
    stands: Standing,
    kept: Mapping[str, str],
) -> list[Part]:
    """`General practice was heard from 38 of 492 practices (9% of patients) and 5 of 7 LMCs.`"""
    evidence = {one.key: one.evidence for one in results}
    parts = _heard_parts(
        plan, evidence.get("gp_breadth", {}), evidence.get("lmc_reached", {}), kept
    )
    silent = [
        place_name(place["name"])
        for place in evidence.get("locality_spread", {}).get("by_locality", ())
        if not place["heard"]
    ]
    if silent:
        parts.append(Part(text=f" Nobody has been heard in {_some(silent)}."))
    return [*parts, *_moved(before, stands)]


def _heard_parts(
    plan: Plan, breadth: Mapping[str, int], lmcs: Mapping[str, int], kept: Mapping[str, str]
) -> list[Part]:
    if not breadth.get("practices"):
        return []
    patients = (
        f" ({percent(breadth['patients_heard'], breadth['patients'])} of patients)"
        if breadth.get("patients")
        else ""
    )
    parts = [
        Part(text="General practice was heard from "),
        Part(
            text=f"{breadth['heard']:,} of {plural(breadth['practices'], 'practice')}",
            url=addresses.missing(plan.code, **kept),
        ),
        Part(text=patients),
    ]
    if lmcs.get("lmcs"):
        parts.append(Part(text=" and "))
        words = f"{lmcs['heard']} of {plural(lmcs['lmcs'], 'LMC')}"
        parts.append(Part(text=words, url=addresses.missing(plan.code, category="lmcs", **kept)))
    return [*parts, Part(text=".")]


def _some(names: Sequence[str]) -> str:
    if len(names) <= NAMED:
        return _or_list(names)
    return f"{', '.join(names[: NAMED - 1])} and {len(names) - NAMED + 1} other localities"


def _or_list(names: Sequence[str]) -> str:
    return and_list(names).replace(" and ", " or ") if len(names) == 2 else and_list(names)


def _moved(before: Assessment | None, stands: Standing) -> list[Part]:
    if before is None:
        return []
    moved = stands.met - before.musts_met
    since = f"since {nhs_date(before.as_at)}."
    if not moved:
        return [Part(text=f" As many musts are met as on {nhs_date(before.as_at)}.")]
    way = "Up" if moved > 0 else "Down"
    return [Part(text=f" {way} {plural(abs(moved), 'must')} {since}")]


def _note(results: Sequence[CriterionResult]) -> str:
    if not results:
        return ""
    one = results[0].assessment
    policy = f"Policy: {one.policy.title}, version {one.policy.version}."
    return f"{as_at_words(one.as_at, one.computed_at)} {policy}"


def _policy_anchor(results: Sequence[CriterionResult]) -> str:
    if not results:
        return ""
    policy = results[0].assessment.policy
    return f"{policy.plan_type}-{policy.version}"


def _stale(plan: Plan) -> str:
    waiting = plan.change_no - plan.assessed_no
    if waiting <= 0:
        return ""
    verb = "is" if waiting == 1 else "are"
    return f"{plural(waiting, 'change')} {verb} not counted yet. Figures follow within a minute."


def _lmcs_title(lmcs: Sequence[Member], today: dt.date) -> str:
    heard = sum(one.heard_by(today) for one in lmcs)
    return f"{heard} of {plural(len(lmcs), 'LMC')} heard" if lmcs else "LMCs"


def _changes(results: Iterable[CriterionResult], before: Assessment | None) -> list[str]:
    """`Recent contact: met to not met`, for every criterion whose state moved."""
    states = before.headline.get("states", {}) if before else {}
    return [
        f"{one.criterion.title}: {_word(states[one.key])} to {_word(one.state)}"
        for one in results
        if one.key in states and states[one.key] != one.state
    ]


def _word(state: str) -> str:
    word = state_for(state).word
    return word if word.isupper() else lower_first(word)


def _past(one: Assessment) -> PastLine:
    return PastLine(
        as_at=nhs_date(one.as_at),
        words=f"{one.musts_met} of {one.musts} musts met",
        policy=f"{one.policy.title}, version {one.policy.version}",
    )
