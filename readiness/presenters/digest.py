"""The words of a daily summary: a heading for each kind, a line and a link for each thing."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.queries.chain import Head
from engagement.models import Answer, ClaimKind, ClaimState
from mail.writing import address
from readiness.presenters import addresses
from readiness.queries.digest_items import PlanName
from readiness.rules.digest import Item, Kind, Section
from ui.words import day_span, lower_first, nhs_date, nhs_datetime, patients, plural


@dataclass(frozen=True, kw_only=True)
class DigestLine:
    """One thing, and where to read more; the link is absolute."""

    text: str
    url: str


@dataclass(frozen=True, kw_only=True)
class DigestSection:
    """All that is said of one kind; ``more`` says how many are not listed."""

    heading: str
    lines: list[DigestLine]
    more: str
    more_url: str


@dataclass(frozen=True, kw_only=True)
class _Speech:
    """How one kind is spoken of: heading, noun for the subject, words and path of a thing."""

    heading: str
    one: str
    words: Callable[[Item, str, dt.date], str]
    path: Callable[[Item, str], str]
    many: str = ""


def sections(
    found: Iterable[Section], plans: Mapping[int, PlanName], *, today: dt.date
) -> list[DigestSection]:
    """The summary in words, each plan by its name."""
    return [_section(section, plans, today) for section in found]


def subject(found: Iterable[Section], *, today: dt.date) -> str:
    """The three things that come first, such as "3 April 2016: 2 new flags and 1 answer"."""
    said = [
        plural(section.number, _SPEECH[section.kind].one, _SPEECH[section.kind].many)
        for section in found
    ]
    return f"Your summary of {nhs_date(today)}: {', '.join(said[:3])}"


def history(head: Head) -> str:
    """Where the history stands, for reviewers to keep; empty before anything is sealed."""
    if not head.sequence:
        return ""
    return (
        f"History on {nhs_datetime(head.at)}: {plural(head.count, 'entry', 'entries')}, "
        f"number {head.sequence}, head {head.hash}. Keep this mail: with it, anybody can prove later "
        "whether the history was changed."
    )


def _section(section: Section, plans: Mapping[int, PlanName], today: dt.date) -> DigestSection:
    speech = _SPEECH[section.kind]
    lines = []
    for item in section.items:
        plan = plans.get(item.plan) if item.plan else None
        words = speech.words(item, plan.title if plan else "", today)
        lines.append(
            DigestLine(text=words, url=address(speech.path(item, plan.code if plan else "")))
        )
    others = section.number - len(lines)
    is_flags = section.kind in {Kind.FLAG, Kind.SHARPENED, Kind.ACTION}
    return DigestSection(
        heading=speech.heading,
        lines=lines,
        more=f"And {patients(others)} more" if others else "",
        more_url=address(addresses.flags() if is_flags else addresses.home()),
    )


def _by(item: Item, today: dt.date) -> str:
    """ "by 3 April 2016, tomorrow"."""
    return f"by {nhs_date(item.due_on)}, {day_span(item.due_on, today)}"


def _answered(item: Item, plan: str, today: dt.date) -> str:
    verb = "disagrees" if item.detail == Answer.DISPUTED else "agrees"
    return f"{item.name} {verb} with “{item.of}”"


def _claimed(item: Item, plan: str, today: dt.date) -> str:
    return f"{item.name} about {plan}: {lower_first(ClaimKind(item.detail).label)}"


def _promised(item: Item, plan: str, today: dt.date) -> str:
    what = f"a reply to what was said at “{item.name}”" if _is_reply(item) else item.name
    return f"{plan}: {what}, {_by(item, today)}"


def _is_reply(item: Item) -> bool:
    return item.detail.startswith("reply")


def _promise_path(item: Item, code: str) -> str:
    return addresses.event(item.key) if _is_reply(item) else addresses.papers(code)


def _event(item: Item, code: str) -> str:
    return addresses.event(item.key)


def _flag(item: Item, code: str) -> str:
    return addresses.flag(item.key)


def _dossier(item: Item, code: str) -> str:
    return addresses.dossier(code)


def _claim(item: Item, code: str) -> str:
    return reverse("engagement:claim", args=[item.key])


_SPEECH: Mapping[Kind, _Speech] = {
    Kind.QUESTION: _Speech(
        heading="Waiting for your answer",
        one="question",
        words=lambda item, plan, today: (
            f"{item.name} is named in “{item.of}”, asked on {nhs_date(item.at)}"
        ),
        path=_event,
    ),
    Kind.REPLY: _Speech(
        heading="Answers to what you disagreed with",
        one="reply",
        many="replies",
        words=lambda item, plan, today: f"The managers replied to {item.name} about “{item.of}”",
        path=_event,
    ),
    Kind.CLAIM_DECIDED: _Speech(
        heading="What became of what you added",
        one="answer to what you added",
        many="answers to what you added",
        words=lambda item, plan, today: (
            f"{item.of}: {lower_first(ClaimState(item.detail).label)}, for {item.name}"
        ),
        path=_claim,
    ),
    Kind.POINTS: _Speech(
        heading="What became of what you said",
        one="answer to what you said",
        many="answers to what you said",
        words=lambda item, plan, today: f"{item.of}: {item.detail}, for {item.name}",
        path=lambda item, code: reverse("engagement:consulted"),
    ),
    Kind.READY: _Speech(
        heading="Plans that became ready",
        one="plan ready",
        many="plans ready",
        words=lambda item, plan, today: f"{plan}: every must is met or let pass",
        path=_dossier,
    ),
    Kind.NOT_READY: _Speech(
        heading="Plans that are ready no more",
        one="plan ready no more",
        many="plans ready no more",
        words=lambda item, plan, today: f"{plan}: a must is not met any more",
        path=_dossier,
    ),
    Kind.FLAG: _Speech(
        heading="New flags",
        one="new flag",
        words=lambda item, plan, today: f"{plan}: {item.name} ({item.detail.lower()})",
        path=_flag,
    ),
    Kind.SHARPENED: _Speech(
        heading="Flags that became more urgent",
        one="flag more urgent",
        many="flags more urgent",
        words=lambda item, plan, today: f"{plan}: {item.name} is now {item.detail.lower()}",
        path=_flag,
    ),
    Kind.ANSWER: _Speech(
        heading="What organisations answered", one="answer", words=_answered, path=_event
    ),
    Kind.CLAIM: _Speech(
        heading="What organisations added",
        one="addition to the record",
        many="additions to the record",
        words=_claimed,
        path=_claim,
    ),
    Kind.DISPUTE_OPEN: _Speech(
        heading="Open disputes",
        one="open dispute",
        words=lambda item, plan, today: f"{item.name} disagrees with “{item.of}” ({plan})",
        path=_event,
    ),
    Kind.PASSED: _Speech(
        heading="Planned events that have gone by: say what became of them",
        one="planned event gone by",
        many="planned events gone by",
        words=lambda item, plan, today: (
            f"{plan}: “{item.name}” was planned for {nhs_date(item.due_on)}"
        ),
        path=_event,
    ),
    Kind.MILESTONE: _Speech(
        heading="Coming up",
        one="milestone",
        words=lambda item, plan, today: (
            f"{plan}: {lower_first(item.name)} on {nhs_date(item.due_on)}, {day_span(item.due_on, today)}"
        ),
        path=_dossier,
    ),
    Kind.ACTION: _Speech(
        heading="Actions on flags that are due",
        one="action due",
        many="actions due",
        words=lambda item, plan, today: f"{plan}: {item.name} ({item.of}), {_by(item, today)}",
        path=_flag,
    ),
    Kind.PROMISE: _Speech(
        heading="Promises that are due",
        one="promise due",
        many="promises due",
        words=_promised,
        path=_promise_path,
    ),
    Kind.DECISION: _Speech(
        heading="Decisions that are due",
        one="decision due",
        many="decisions due",
        words=lambda item, plan, today: (
            f"{plan}: submission on {nhs_date(item.due_on)}, {day_span(item.due_on, today)}"
        ),
        path=_dossier,
    ),
    Kind.EXCEPTION: _Speech(
        heading="Exceptions that run out",
        one="exception running out",
        many="exceptions running out",
        words=lambda item, plan, today: f"{plan}: {item.name}, until {nhs_date(item.due_on)}",
        path=_dossier,
    ),
    Kind.CONDITION: _Speech(
        heading="Conditions that fall due",
        one="condition due",
        many="conditions due",
        words=lambda item, plan, today: f"{plan}: {item.name}, {_by(item, today)}",
        path=lambda item, code: addresses.conditions(item.key),
    ),
}
