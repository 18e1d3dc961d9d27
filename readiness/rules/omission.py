"""Whether the plan's own words name everybody, general practice first of all."""

from collections.abc import Mapping, Sequence
from datetime import date

from readiness.rules.facts import GP_PRACTICE, Facts
from readiness.rules.papers import Version
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import GROUP_NAMES, count, everyone

KEY = "omission"

GENERAL_PRACTICE = "general practice"


def omission(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when the newest version that has text names each category `minimum_mentions` times or
    more. `gp_practice` stands for general practice in all its words."""
    with_text = [one for one in facts.papers.versions_by(as_at) if one.mentions is not None]
    if not with_text:
        return Result(
            key=KEY,
            state=State.NO_DATA,
            figure="No version of the plan has text to read",
            would_clear="Add the text of the newest version of the plan.",
        )
    newest = with_text[-1]
    categories = parameters["categories"]
    minimum = parameters["minimum_mentions"]
    mentions = _mentions(newest, categories)
    lacking = [category for category in _gp_first(categories) if mentions[category] < minimum]
    return Result(
        key=KEY,
        state=State.NOT_MET if lacking else State.MET,
        figure=_figure(mentions, categories, lacking, minimum),
        would_clear=_remedy(lacking, minimum),
        evidence={
            "version": newest.title,
            "dated_on": newest.dated_on.isoformat(),
            "mentions": mentions,
            "named": len(categories) - len(lacking),
            "categories": len(categories),
        },
    )


def _mentions(version: Version, categories: Sequence[str]) -> dict[str, int]:
    """How often each category is named; general practice is always looked at."""
    found = version.mentions or {}
    return {category: found.get(category, 0) for category in (GP_PRACTICE, *categories)}


def _gp_first(categories: Sequence[str]) -> list[str]:
    return sorted(categories, key=lambda category: category != GP_PRACTICE)


def _name(category: str) -> str:
    if category == GP_PRACTICE:
        return GENERAL_PRACTICE
    return GROUP_NAMES.get(category, category)


def _figure(
    mentions: Mapping[str, int], categories: Sequence[str], lacking: Sequence[str], minimum: int
) -> str:
    """General practice, what is named most often beside it, and how many are named enough."""
    figure = f"General practice is named {count(mentions[GP_PRACTICE], 'time')}"
    others = [category for category in categories if category != GP_PRACTICE]
    if others:
        most = min(others, key=lambda category: (-mentions[category], category))
        figure += f", {_name(most)} {mentions[most]:,}"
    enough = f" at least {minimum} times" if minimum > 1 else ""
    named = len(categories) - len(lacking)
    return f"{figure}; {named} of {count(len(categories), 'group')} named{enough}"


def _remedy(lacking: Sequence[str], minimum: int) -> str:
    if not lacking:
        return ""
    each = " each" if len(lacking) > 1 else ""
    often = f" at least {minimum} times{each}" if minimum > 1 else ""
    names = everyone([_name(category) for category in lacking])
    return f"Name {names}{often} in the plan, and record the new version with its text."
