"""How every figure is worked out, in words anybody can check."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from readiness.models import Criterion, Policy
from readiness.presenters.dossier_criteria import threshold_words
from readiness.rules.catalogue import CRITERIA
from readiness.rules.judging import BOX_NAMES
from readiness.rules.wording import GROUP_NAMES
from ui.shapes import Row
from ui.words import and_list, nhs_date, sentence_case

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
    why: str
    rows: list[Row]


@dataclass(frozen=True, kw_only=True)
class PolicyText:
    """One policy and its criteria."""

    title: str
    anchor: str
    note: str
    criteria: list[CriterionText]


def policy_texts(policies: Iterable[Policy]) -> list[PolicyText]:
    """Each policy in words."""
    return [
        PolicyText(
            title=f"{policy.title}, version {policy.version}",
            anchor=f"{policy.plan_type}-{policy.version}",
            note=f"For {_plural(policy.get_plan_type_display())}. In force from {nhs_date(policy.effective_from)}.",
            criteria=[criterion_text(policy, one) for one in policy.criteria.all()],
        )
        for policy in policies
    ]


def criterion_text(policy: Policy, criterion: Criterion) -> CriterionText:
    """One criterion: what is counted, what is enough, who says so."""
    return CriterionText(
        anchor=f"{policy.plan_type}-{policy.version}-{criterion.key}",
        title=criterion.title,
        strength=criterion.get_strength_display(),
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
