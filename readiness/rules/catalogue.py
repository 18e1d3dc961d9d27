"""Every criterion that the service can compute, and the assessment of a plan by a policy.

To add one: a function in this package, a line in `CRITERIA`, a row in a policy.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from readiness.rules.answering import attestation
from readiness.rules.boards import gp_seat, system_partners
from readiness.rules.breadth import gp_breadth
from readiness.rules.consulting import consultation_triage, formal_consultation
from readiness.rules.contacts import channels, gp_depth, recent
from readiness.rules.facts import Facts
from readiness.rules.feedback import feedback_published
from readiness.rules.groups import required_groups
from readiness.rules.judging import BOX_NAMES, gp_support_shown, gpfv_delivery
from readiness.rules.lmcs import lmc_reached
from readiness.rules.localities import locality_spread
from readiness.rules.neighbours import cross_boundary, royal_colleges
from readiness.rules.omission import omission
from readiness.rules.opinions import hwb
from readiness.rules.papers import Excepted
from readiness.rules.phases import early_throughout, no_proxy
from readiness.rules.promises import commitments, engagement_plan
from readiness.rules.reach import counting_disputed
from readiness.rules.results import Parameters, Result
from readiness.rules.shown import lmc_saw_plan, openness
from readiness.rules.states import State, worst
from readiness.rules.verdicts import FAILING, exceptions_in_force, let_pass, with_dispute
from readiness.rules.wording import GROUP_NAMES, clip

Rule = Callable[[Facts, Parameters, date], Result]

MUST = "must"

SHARES = frozenset({"minimum_percent", "minimum_two_way_percent", "red_below", "amber_below"})
SWITCHES = frozenset({"must_lead", "five_tests", "must_ask"})
CHOICES: Mapping[str, Mapping[str, str]] = {
    "groups": GROUP_NAMES,
    "categories": GROUP_NAMES,
    "boxes": BOX_NAMES,
}
"""Parameters that are lists, and what each may hold: a word that nobody knows is never met."""

MAXIMUM = 10_000

FIGURE_LENGTH = 300
REMEDY_LENGTH = 500


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """A rule and the thresholds that it uses where a policy names none of its own.

    No official threshold exists for any of them: each number is ours and editable.
    """

    rule: Rule
    defaults: Parameters


CRITERIA: Mapping[str, Criterion] = {
    "lmc_reached": Criterion(rule=lmc_reached, defaults={"minimum_percent": 100}),
    "no_proxy": Criterion(rule=no_proxy, defaults={"minimum": 1, "grace_days": 30}),
    # 22% is the share of GPs who said in a poll of 2016 that they had been consulted: an anchor.
    "gp_breadth": Criterion(rule=gp_breadth, defaults={"red_below": 22, "amber_below": 40}),
    "locality_spread": Criterion(rule=locality_spread, defaults={"minimum_heard": 1}),
    "gp_depth": Criterion(
        rule=gp_depth, defaults={"minimum_two_way_percent": 50, "minimum_deep": 1}
    ),
    "early_throughout": Criterion(
        rule=early_throughout, defaults={"first_within_days": 60, "grace_days": 30}
    ),
    "recent": Criterion(rule=recent, defaults={"green_days": 60, "amber_days": 90}),
    "channels": Criterion(rule=channels, defaults={"minimum": 3}),
    "gp_seat": Criterion(rule=gp_seat, defaults={"minimum": 1, "hwb_minimum": 0}),
    "system_partners": Criterion(
        rule=system_partners,
        defaults={"groups": ("vcse", "social_care", "council", "public_health", "healthwatch")},
    ),
    "lmc_saw_plan": Criterion(rule=lmc_saw_plan, defaults={"minimum_working_days": 10}),
    "gp_support_shown": Criterion(rule=gp_support_shown, defaults={}),
    "gpfv_delivery": Criterion(
        rule=gpfv_delivery,
        defaults={
            "boxes": ("gpfv_delivery", "gpfv_sustainability", "gpfv_workforce", "gpfv_workload")
        },
    ),
    "required_groups": Criterion(
        rule=required_groups,
        defaults={
            "groups": (
                *("gp_practice", "lmc", "commissioner", "trust", "council", "hwb", "healthwatch"),
                *("vcse", "patient_group", "social_care", "public_health"),
            )
        },
    ),
    "engagement_plan": Criterion(rule=engagement_plan, defaults={"minimum_percent": 80}),
    "royal_colleges": Criterion(rule=royal_colleges, defaults={}),
    "cross_boundary": Criterion(rule=cross_boundary, defaults={"minimum_joint": 1}),
    "hwb": Criterion(rule=hwb, defaults={"must_lead": 0}),
    "omission": Criterion(
        rule=omission,
        defaults={
            "minimum_mentions": 1,
            "categories": (
                *("gp_practice", "council", "trust", "vcse", "social_care", "public_health"),
                *("healthwatch", "patient_group", "hwb"),
            ),
        },
    ),
    "consultation_triage": Criterion(rule=consultation_triage, defaults={}),
    "formal_consultation": Criterion(
        rule=formal_consultation,
        # The switches are off where a policy that was released before them is silent.
        defaults={"short_below_working_days": 30, "five_tests": 0, "must_ask": 0},
    ),
    "feedback_published": Criterion(rule=feedback_published, defaults={"maximum_weeks": 12}),
    "attestation": Criterion(rule=attestation, defaults={}),
    "commitments": Criterion(rule=commitments, defaults={"maximum_overdue": 0}),
    "openness": Criterion(rule=openness, defaults={}),
}

THIN_ENGAGEMENT = frozenset(
    {
        "lmc_reached",
        "no_proxy",
        "gp_breadth",
        "locality_spread",
        "early_throughout",
        "recent",
        "attestation",
    }
)
"""Criteria whose failing is what the service calls thin GP engagement."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """One line of a policy: which criterion, how strong, with which thresholds."""

    key: str
    strength: str = MUST
    parameters: Parameters = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """All results of a plan by one policy, in the policy's order.

    `overall` is the worst must. `musts` counts the musts that apply on the day; `musts_met` those
    that are met and `musts_excepted` those that a named exception lets pass, which are not met.
    """

    results: tuple[Result, ...]
    overall: State
    musts: int
    musts_met: int
    musts_excepted: int = 0
    thin: tuple[str, ...]


def thresholds(key: str, parameters: Parameters) -> Parameters:
    """The policy's thresholds over the defaults.

    Raises ValueError, naming the criterion and the parameter, for a name that the rule does
    not know and for a value that is not of the default's kind, is negative or is a share over 100%.
    """
    defaults = CRITERIA[key].defaults
    for name, value in parameters.items():
        if name not in defaults:
            message = f"{key} has no parameter {name}; it has {', '.join(sorted(defaults))}."
            raise ValueError(message)
        if not _fits(name, value, defaults[name]):
            raise ValueError(f"{key}: {name} cannot be {value!r}.")
    return {**defaults, **parameters}


def assess(facts: Facts, policy: Sequence[Terms], as_at: date) -> Assessment:
    """Apply every line of the policy to the facts of one plan on one day.

    1. The rule judges by what counts: a record that is disputed does not.
    2. What is not met and would be better if the disputed records counted is disputed; what would
       be worse stays as it was before the dispute.
    3. What is not met, disputed or without data and has a named exception in force is let pass.
    """
    believed = counting_disputed(facts, as_at) if facts.disputed else None
    exceptions = exceptions_in_force(facts, as_at)
    results = tuple(
        _judged(terms, facts, believed, exceptions.get(terms.key), as_at) for terms in policy
    )
    musts = [
        result.state
        for terms, result in zip(policy, results, strict=True)
        if terms.strength == MUST
    ]
    failing = {result.key for result in results if result.state in FAILING}
    return Assessment(
        results=results,
        overall=worst(musts),
        musts=sum(state is not State.NOT_APPLICABLE for state in musts),
        musts_met=sum(state is State.MET for state in musts),
        musts_excepted=sum(state is State.EXCEPTION for state in musts),
        thin=tuple(terms.key for terms in policy if terms.key in failing & THIN_ENGAGEMENT),
    )


def _judged(
    terms: Terms,
    facts: Facts,
    believed: Facts | None,
    exception: Excepted | None,
    as_at: date,
) -> Result:
    """One line of the policy; `believed` are the facts if the disputed records counted."""
    rule, parameters = CRITERIA[terms.key].rule, thresholds(terms.key, terms.parameters)
    result = rule(facts, parameters, as_at)
    if believed:
        result = with_dispute(result, rule(believed, parameters, as_at))
    return _fitting(let_pass(result, exception))


def _fitting(result: Result) -> Result:
    return replace(
        result,
        figure=clip(result.figure, FIGURE_LENGTH),
        would_clear=clip(result.would_clear, REMEDY_LENGTH),
    )


def _fits(name: str, value: object, default: object) -> bool:
    if not isinstance(default, int):
        return isinstance(value, list | tuple) and _chosen(value, CHOICES[name])
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    return 0 <= value <= (100 if name in SHARES else 1 if name in SWITCHES else MAXIMUM)


def _chosen(value: Sequence[object], words: Mapping[str, str]) -> bool:
    """At least one word, each known and none twice: a list of none would be met by nobody."""
    known = all(isinstance(item, str) and item in words for item in value)
    return bool(value) and known and len(set(value)) == len(value)
