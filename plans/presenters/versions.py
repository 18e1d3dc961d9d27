"""One version of a plan: its file, how far its text was read, how often it names each group."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from files.models import Scan
from plans.models import PlanVersion, Reading
from plans.presenters.mention_words import group_label
from plans.presenters.paper_lines import who_may_read, withdrawn_words
from plans.queries.versions import PAGES_AT_ONCE, VersionText
from plans.rules.citing import page_cited
from plans.rules.mention_names import Names
from plans.rules.mentions import GENERAL_PRACTICE
from ui.shapes import Link
from ui.words import and_list, file_size, nhs_date, plural, times

NO_TEXT = "No text found: omissions cannot be counted"
OF_A_SCAN = (
    "The file seems to be a scan: its pages are pictures. Save the plan as a PDF from the program in"
    " which it was written and send that, or paste its text."
)

NOT_READ = "The file could not be read"
GIVEN_UP = (
    "The work on it stopped each time before it was done. Send the file again, or a smaller one, or"
    " paste its text."
)


@dataclass(frozen=True, kw_only=True)
class FilePart:
    """The document that was sent: what it is called, whether it can be had, what was found in it."""

    name: str
    facts: str
    url: str
    notes: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class VersionPart:
    """A version on its page."""

    title: str
    sentences: Sequence[str]
    withdrawn: str
    file: FilePart | None
    is_waiting: bool
    problem: str
    remedy: str
    mend: Link | None
    counts: Sequence[tuple[str, str, str]]
    naming: str
    is_bad: bool
    links: Sequence[Link]


def version_part(found: VersionText, names: Names, *, may_edit: bool) -> VersionPart:
    """A version whose text may be read."""
    version = found.version
    code = version.plan.code
    is_standing = version.withdrawn_at is None
    problem, remedy = (NOT_READ, GIVEN_UP) if found.has_stopped else _problem(version)
    mend = Link("Send another file or paste the text", _change_url(version))
    return VersionPart(
        title=version.title,
        sentences=(
            f"Dated {nhs_date(version.dated_on)}. {who_may_read(version)}",
            "The final plan." if version.is_final else "A draft.",
        ),
        withdrawn="" if is_standing else withdrawn_words(version, tell=True),
        file=_file(version, found),
        is_waiting=version.reading == Reading.WAITING and not found.has_stopped,
        problem=problem,
        remedy=remedy,
        mend=mend if may_edit and is_standing else None,
        counts=mention_rows(version.mentions, names),
        naming=naming(version.mentions) if version.mentions else "",
        is_bad=bool(version.mentions) and not version.mentions.get(GENERAL_PRACTICE),
        links=_links(code, version) if version.mentions and is_standing else (),
    )


def naming(mentions: Mapping[str, int]) -> str:
    """How often general practice is named, and what is named most beside it."""
    number = mentions.get(GENERAL_PRACTICE, 0)
    others = {group: count for group, count in mentions.items() if group != GENERAL_PRACTICE}
    most = min(others, key=lambda group: (-others[group], group_label(group)), default="")
    said = f"named {times(number)}" if number else "never named"
    if not others.get(most):
        return f"General practice is {said}."
    return f"General practice is {said}. Of the others most named: {group_label(most)}, {times(others[most])}."


def mention_rows(mentions: Mapping[str, int], names: Names) -> list[tuple[str, str, str]]:
    """Group, number and the words counted for it: general practice first, then the most named."""
    order = sorted(mentions, key=lambda key: (key != GENERAL_PRACTICE, -mentions[key]))
    return [
        (group_label(key), f"{mentions[key]:,}", ", ".join(names.get(key, ()))) for key in order
    ]


def page_url(version: PlanVersion, number: int) -> str:
    """Where a page of the text stands; a pasted text has one page."""
    url = reverse("plans:paper-text", args=[version.plan.code, version.pk])
    if version.reading != Reading.READ:
        return f"{url}#text"
    sheet = (number - 1) // PAGES_AT_ONCE + 1
    return f"{url}?{urlencode({'page': sheet})}#page-{number}"


def cited_link(versions: Sequence[PlanVersion], section: str, day: dt.date) -> Link | None:
    """The page that ``section`` cites ("pages 31 to 33"), in the newest of ``versions`` (the newest
    first) on that day; the version where it cites none, and nothing where there was no version."""
    version = next((one for one in versions if one.dated_on <= day), None)
    if version is None:
        return None
    page = page_cited(section) if version.reading == Reading.READ else 0
    told = f"Open page {page} of {version.title}" if page else f"Open {version.title}"
    return Link(told, page_url(version, page or 1), f": {section}")


def same_words(same: Sequence[PlanVersion]) -> str:
    """That the same bytes came before, or came again."""
    if not same:
        return ""
    told = and_list(f"{one.title} of {nhs_date(one.dated_on)}" for one in same)
    return f"It is the same file, byte for byte, as {told}."


def _links(code: str, version: PlanVersion) -> list[Link]:
    asked = urlencode({"version": version.pk})
    return [
        Link("See where each group is named", f"{reverse('plans:omissions', args=[code])}?{asked}"),
        Link("Compare with another version", f"{reverse('plans:compare', args=[code])}?{asked}"),
    ]


def _problem(version: PlanVersion) -> tuple[str, str]:
    """Why there is no text, and what to do; nothing where there is one."""
    if version.reading == Reading.REFUSED:
        return NOT_READ, version.reading_note
    if version.reading == Reading.NO_TEXT:
        return NO_TEXT, OF_A_SCAN
    return "", ""


def _file(version: PlanVersion, found: VersionText) -> FilePart | None:
    if version.file is None:
        return None
    states = {
        Scan.WAITING: "not yet checked for viruses: it can be downloaded once it is",
        Scan.HELD: "held by the virus scanner: it cannot be downloaded",
    }
    number = found.page.paginator.count if found.page else 0
    # A Word file that nobody has printed knows no pages.
    pages = [plural(number, "page")] if number > 1 else []
    state = states.get(Scan(version.file.scan), "")
    is_clean = version.file.scan == Scan.CLEAN
    facts = [file_size(version.file.size), *pages, *([state] if state else [])]
    return FilePart(
        name=version.file_name,
        facts=", ".join(facts),
        url=reverse("plans:paper-file", args=[version.plan.code, version.pk]) if is_clean else "",
        notes=[*version.found_in_file, *filter(None, [same_words(found.same)])],
    )


def _change_url(version: PlanVersion) -> str:
    return reverse("plans:paper-change", args=[version.plan.code, "version", version.pk])
