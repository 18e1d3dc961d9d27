"""The policies in force as a page of documentation, written from the data and never by hand."""

from collections.abc import Iterable, Sequence

from readiness.models import Criterion, Strength
from readiness.presenters.criteria import parameters_words, review_words
from readiness.queries.policies import PolicyInForce
from ui.words import and_list, nhs_date, plural

INTRODUCTION = """\
# Criteria

<!-- Written by `python manage.py describe_criteria > docs/criteria.md`. Do not edit. -->

Every criterion of every policy in force: what is counted, what is enough by default, whether that \
is an official number, and who says that it matters. The numbers are parameters of a policy: an \
administrator changes them in a new version, and a second person approves it.

A criterion is met, not met, disputed, without data, met by a named exception, or not applicable. \
The overall state of a plan is that of its worst must; there is no score.
"""

HEADINGS = ("Criterion", "Key", "What is counted", "Target", "Default", "Official?", "Source")


def criteria_document(policies: Iterable[PolicyInForce]) -> str:
    """The page in Markdown, ending in a line break."""
    return "\n".join([INTRODUCTION, *(_policy(one) for one in policies)])


def _policy(in_force: PolicyInForce) -> str:
    policy, criteria = in_force.policy, in_force.criteria
    musts = [one for one in criteria if one.strength == Strength.MUST]
    shoulds = [one for one in criteria if one.strength != Strength.MUST]
    days = and_list(str(day) for day in policy.flag_days)
    lines = [
        f"## {policy.title}, version {policy.version}",
        "",
        f"In force from {nhs_date(policy.effective_from)}. {_count(musts, shoulds)}. A flag rises "
        f"{days} days before the submission. {policy.note}".rstrip(),
        "",
        _official(criteria),
        "",
        *_table("Musts", musts),
        *_table("Shoulds", shoulds),
        "### Who wrote and checked them",
        "",
        *_reviews(criteria),
        "",
    ]
    return "\n".join(lines)


def _count(musts: Sequence[Criterion], shoulds: Sequence[Criterion]) -> str:
    return f"{plural(len(musts), 'must')} and {plural(len(shoulds), 'should')}"


def _official(criteria: Sequence[Criterion]) -> str:
    official = [one.title for one in criteria if one.official_threshold]
    if official:
        return f"Official thresholds: {and_list(official)}. Every other number is our choice."
    return "No official threshold exists for any of them: every number is our choice."


def _table(heading: str, criteria: Sequence[Criterion]) -> list[str]:
    return [
        f"### {heading}",
        "",
        _row(HEADINGS),
        _row(["---"] * len(HEADINGS)),
        *(_row(_cells(one)) for one in criteria),
        "",
    ]


def _cells(criterion: Criterion) -> list[str]:
    return [
        criterion.title,
        f"`{criterion.key}`",
        criterion.definition,
        criterion.target,
        parameters_words(criterion),
        "Yes" if criterion.official_threshold else "No, ours",
        criterion.source,
    ]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _reviews(criteria: Sequence[Criterion]) -> list[str]:
    """One line for all of whom the same is true."""
    titles: dict[str, list[str]] = {}
    for criterion in criteria:
        titles.setdefault(review_words(criterion), []).append(criterion.title)
    if len(titles) == 1:
        return [f"- All of them: {next(iter(titles))}"]
    return [f"- {and_list(of)}: {words}" for words, of in titles.items()]
