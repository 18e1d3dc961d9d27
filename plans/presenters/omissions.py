"""The omission check: whom a plan names, how often and where, and whom it never names."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from plans.models import Plan, PlanVersion
from plans.presenters.mention_words import group_label
from plans.presenters.versions import naming, page_url
from plans.queries.omissions import Omissions
from plans.rules.mentions import GENERAL_PRACTICE, Mention
from ui.shapes import Link
from ui.words import and_list, nhs_date, plural

MOST_PAGES_NAMED = 6


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """One group: how often it is named, the share of all mentions, on which pages, by which words."""

    key: str
    label: str
    number: int
    share: float
    where: str
    words: str
    url: str
    is_chosen: bool
    is_general_practice: bool

    @property
    def is_missing(self) -> bool:
        """Never named at all."""
        return not self.number


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One mention with the words around it, and the page where it stands."""

    page: Link
    before: str
    found: str
    after: str


@dataclass(frozen=True, kw_only=True)
class OtherPlan:
    """The newest version of another plan: how it names general practice."""

    name: str
    url: str
    version: str
    number: int
    share: float
    most: str


@dataclass(frozen=True, kw_only=True)
class OmissionPage:
    """Everything that the page shows of a version."""

    version: PlanVersion
    about: str
    verdict: str
    kind: str
    silent: str
    rows: Sequence[GroupRow]
    chosen: GroupRow
    passages: Sequence[Passage]
    looked_for: str
    others: Sequence[OtherPlan]
    beside: str
    has_pages: bool

    @property
    def columns(self) -> list[str]:
        """The headings of the table; only a text with pages says on which."""
        where = ["Where"] if self.has_pages else []
        return ["Group", "Times named", "Share of all mentions", "Words found", *where]


def omission_page(plan: Plan, found: Omissions, *, group: str) -> OmissionPage | None:
    """The page about the version chosen; None where there is none to read."""
    version = found.version
    if version is None:
        return None
    by_group: dict[str, list[Mention]] = defaultdict(list)
    for mention in found.mentions:
        by_group[mention.group].append(mention)
    counts = {key: len(by_group[key]) for key in found.names}
    chosen = group if group in counts else _first_to_show(counts)
    order = sorted(counts, key=lambda key: (key != GENERAL_PRACTICE, -counts[key]))
    rows = [
        _row(plan, version, key, by_group[key], len(found.mentions), found.pages, chosen)
        for key in order
    ]
    ours = counts[GENERAL_PRACTICE] / (len(found.mentions) or 1)
    others = sorted(map(_other, found.others), key=lambda one: (one.share, one.name))
    return OmissionPage(
        version=version,
        about=f"{version.title}, dated {nhs_date(version.dated_on)}",
        verdict=naming(counts),
        kind="neutral" if counts[GENERAL_PRACTICE] else "bad",
        silent=_silent(rows),
        rows=rows,
        chosen=next(row for row in rows if row.key == chosen),
        passages=[_passage(version, mention, found.pages) for mention in by_group[chosen]],
        looked_for=", ".join(found.names[chosen]),
        others=others,
        beside=_beside(ours, others),
        has_pages=found.pages > 1,
    )


def hidden_words(found: Omissions) -> str:
    """Why the newest version is not the one shown."""
    if not found.newest_is_hidden:
        return _without_text(found)
    if found.version is None:
        return "The texts of this plan are read by its managers, the reviewers and those they were shown to."
    return "There is a newer version whose text you may not read. This is the newest that you may."


def _without_text(found: Omissions) -> str:
    """That newer versions are not counted, where the newest that is counted is shown."""
    if not found.uncounted or found.version != found.versions[0]:
        return ""
    newer = plural(found.uncounted, "newer version has", "newer versions have")
    return f"{newer} no text that can be counted. This is the newest that has one."


def _first_to_show(counts: Mapping[str, int]) -> str:
    """General practice, or what is named most where it is not: what the plan speaks of instead."""
    if counts[GENERAL_PRACTICE] or not any(counts.values()):
        return GENERAL_PRACTICE
    return max(counts, key=lambda key: counts[key])


def _row(  # noqa: PLR0913, PLR0917 - a row of the table has this many parts
    plan: Plan,
    version: PlanVersion,
    key: str,
    found: Sequence[Mention],
    all_mentions: int,
    pages: int,
    chosen: str,
) -> GroupRow:
    asked = urlencode({"version": version.pk, "group": key})
    words = Counter(mention.name for mention in found)
    return GroupRow(
        key=key,
        label=group_label(key),
        number=len(found),
        share=len(found) / all_mentions if all_mentions else 0.0,
        where=_where(sorted({mention.page for mention in found}), pages),
        words=", ".join(f"{word} {number:,}" for word, number in words.most_common()),
        url=f"{reverse('plans:omissions', args=[plan.code])}?{asked}#passages",
        is_chosen=key == chosen,
        is_general_practice=key == GENERAL_PRACTICE,
    )


def _where(on: Sequence[int], pages: int) -> str:
    """On which pages; a pasted text has none."""
    if pages < 2 or not on:
        return ""
    named = ", ".join(str(page) for page in on[:MOST_PAGES_NAMED])
    more = f" and {len(on) - MOST_PAGES_NAMED:,} more" if len(on) > MOST_PAGES_NAMED else ""
    return f"page{'s' if len(on) > 1 else ''} {named}{more}"


def _passage(version: PlanVersion, mention: Mention, pages: int) -> Passage:
    word = f"Page {mention.page}" if pages > 1 else "In the text"
    hidden = f": {mention.found}"
    return Passage(
        page=Link(word, page_url(version, mention.page), hidden),
        before=mention.before,
        found=mention.found,
        after=mention.after,
    )


def _silent(rows: Sequence[GroupRow]) -> str:
    """Whom else the version never names."""
    names = [row.label for row in rows if row.is_missing and not row.is_general_practice]
    if not names:
        return ""
    return f"{plural(len(names), 'other group is', 'other groups are')} never named: {', '.join(names)}."


def _other(version: PlanVersion) -> OtherPlan:
    counts = version.mentions
    most = max(counts, key=lambda key: counts[key], default="")
    asked = urlencode({"version": version.pk})
    return OtherPlan(
        name=version.plan.footprint.name,
        url=f"{reverse('plans:omissions', args=[version.plan.code])}?{asked}",
        version=f"{version.title}, {nhs_date(version.dated_on)}",
        number=counts.get(GENERAL_PRACTICE, 0),
        share=counts.get(GENERAL_PRACTICE, 0) / (sum(counts.values()) or 1),
        most=f"{group_label(most)} {counts[most]:,}" if most and counts[most] else "nobody",
    )


def _beside(ours: float, others: Sequence[OtherPlan]) -> str:
    if not others:
        return ""
    never = sum(not one.number for one in others)
    less = sum(one.share < ours for one in others)
    more = sum(one.share > ours for one in others)
    silent = f"{never:,} never {'name' if never > 1 else 'names'}" if never else "every one names"
    same = len(others) - less - more
    shares = [
        f"{word} in {number:,}"
        for word, number in (("smaller than here", less), ("larger", more), ("the same", same))
        if number
    ]
    return (
        f"Of {plural(len(others), 'other plan')} of this kind whose newest text you may read, {silent} general"
        f" practice. Its share of all mentions is {and_list(shares)}."
    )
