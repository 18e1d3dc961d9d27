"""How every figure is worked out, in words anybody can check."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from readiness.models import Criterion, Policy, Strength
from readiness.presenters import addresses
from readiness.presenters.dossier_criteria import threshold_words
from readiness.rules.catalogue import CRITERIA
from readiness.rules.judging import BOX_NAMES
from readiness.rules.wording import GROUP_NAMES
from ui.shapes import Row
from ui.words import and_list, nhs_date, plural, sentence_case

PARAMETER_WORDS: Mapping[str, str] = {
    "minimum_percent": "At least {}%",
    "minimum": "At least {}",
    "grace_days": "A phase is tested once it is over or has run for {} days",
    "red_below": "Red below {}%",
    "amber_below": "Met from {}%",
    "minimum_heard": "At least {} heard in each locality",
    "minimum_two_way_percent": "At least {}% of contacts two-way",
    "minimum_deep": "At least {} at involve or above",
    "first_within_days": "First contact within {} days of the start",
    "green_days": "Met up to {} days",
    "amber_days": "Red after {} days",
    "hwb_minimum": "At least {} on a Health and Wellbeing Board",
    "groups": "With {}",
    "minimum_working_days": "At least {} working days before the submission",
    "boxes": "Judged on {}",
    "minimum_joint": "Joint events with each, at least {}",
    "must_lead": "Each board has to lead the plan",
    "minimum_mentions": "Times that each is named, at least {}",
    "categories": "Looked for: {}",
    "short_below_working_days": "A reason is needed below {} working days",
    "five_tests": "A major service change shows that it meets the five tests",
    "must_ask": "Those recorded as who must be asked were asked",
    "maximum_weeks": "At most {} weeks after the close",
    "maximum_overdue": "At most {} overdue",
}
MEMBER_WORDS = GROUP_NAMES | BOX_NAMES
"""What stands in a list of a policy, as it is said inside a sentence."""


@dataclass(frozen=True, kw_only=True)
class CriterionText:
    """One criterion of a policy."""

    anchor: str
    title: str
    strength: str
    target: str
    threshold: str
    why: str
    rows: list[Row]


@dataclass(frozen=True, kw_only=True)
class PolicyText:
    """One policy and its criteria, the musts first."""

    title: str
    anchor: str
    note: str
    numbers: str
    criteria: list[CriterionText]


@dataclass(frozen=True, kw_only=True)
class PolicyLink:
    """One version that can be shown."""

    text: str
    url: str
    note: str
    is_on: bool


def anchor_of(policy: Policy) -> str:
    """`stp_2016-2`: how a version is called in addresses."""
    return f"{policy.plan_type}-{policy.version}"


def policy_links(
    policies: Iterable[Policy], in_force: Collection[Policy], shown: Policy | None
) -> list[PolicyLink]:
    """Every version, which is in force, and which one the page shows."""
    return [
        PolicyLink(
            text=f"{one.title}, version {one.version}",
            url=addresses.criteria(anchor_of(one)),
            note=_standing(one, in_force),
            is_on=one == shown,
        )
        for one in policies
    ]


def policy_text(policy: Policy, criteria: Sequence[Criterion]) -> PolicyText:
    """One policy in words."""
    texts = [criterion_text(policy, one) for one in criteria]
    texts.sort(key=lambda one: one.strength != Strength.MUST.label)
    musts = sum(one.strength == Strength.MUST.label for one in texts)
    return PolicyText(
        title=f"{policy.title}, version {policy.version}",
        anchor=anchor_of(policy),
        note=f"For {_plural(policy.get_plan_type_display())}. In force from {nhs_date(policy.effective_from)}."
        f"{_flag_words(policy.flag_days)}",
        numbers=f"{plural(musts, 'must')} and {plural(len(texts) - musts, 'should')}",
        criteria=texts,
    )


def criterion_text(policy: Policy, criterion: Criterion) -> CriterionText:
    """One criterion: what is counted, what is enough, who says so."""
    return CriterionText(
        anchor=f"{anchor_of(policy)}-{criterion.key}",
        title=criterion.title,
        strength=criterion.get_strength_display(),
        target=criterion.target,
        threshold="Official" if criterion.official_threshold else "Ours",
        why=criterion.why,
        rows=[
            Row(key="What is counted", value=criterion.definition),
            Row(key="Target", value=criterion.target),
            Row(key="Thresholds", value=parameters_words(criterion)),
            Row(key="Source", value=criterion.source),
            Row(key="Official?", value=threshold_words(criterion)),
            Row(key="Written and checked", value=review_words(criterion)),
        ],
    )


def _standing(policy: Policy, in_force: Collection[Policy]) -> str:
    if policy in in_force:
        return "in force"
    newer = any(
        one.plan_type == policy.plan_type and one.version > policy.version for one in in_force
    )
    return "replaced" if newer else f"in force from {nhs_date(policy.effective_from)}"


def _flag_words(days: Sequence[int]) -> str:
    if not days:
        return ""
    return f" A flag rises {and_list(days)} days before the submission."


def review_words(criterion: Criterion) -> str:
    """Who wrote a criterion and who checked it, when it was looked at last and when it is next."""
    checker = criterion.checker
    checked = f"Checked by {checker}" if checker else "Not checked by a second person yet"
    last, following = criterion.last_reviewed_on, nhs_date(criterion.review_on)
    reviews = f"Last reviewed on {nhs_date(last)}, next on {following}" if last else ""
    return f"{criterion.author}. {checked}. {reviews or f'To be reviewed on {following}'}."


def parameters_words(criterion: Criterion) -> str:
    """The numbers that the rule uses: those of the policy, and its own where the policy is silent."""
    known = CRITERIA.get(criterion.key)
    values = {**(known.defaults if known else {}), **criterion.parameters}
    said = [_parameter(name, value) for name, value in values.items() if _says(name, value)]
    return ". ".join(said) + "." if said else "None."


def _says(name: str, value: Any) -> bool:
    """A minimum of nought, a switch that is off and an empty list ask for nothing."""
    return bool(value) or name.startswith("maximum_")


def _parameter(name: str, value: Any) -> str:
    if isinstance(value, list | tuple):
        value = and_list(MEMBER_WORDS.get(member, member) for member in value)
    words = PARAMETER_WORDS.get(name, sentence_case(name.replace("_", " ")) + ": {}")
    return words.format(value)


def _plural(title: str) -> str:
    return f"{title}s"
