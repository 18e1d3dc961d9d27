"""The themes of a plan: named, merged, decided, published. Always by a person.

Whoever changes a theme says which version they saw: two people at once lose nothing. Everybody holds
a response first, then themes in the order of their numbers, then consultations, then the plan, so that
no two wait for each other.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from consultations.access import second_readers
from consultations.actions.counting import recount
from consultations.models import Coding, Suggestion, Theme
from consultations.queries.themes import consultations_with, theme_named, tidy
from plans.actions import mark_changed
from plans.models import Plan


class ThemeChangedError(Exception):
    """Somebody else changed, merged or published the theme; nothing was written."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        super().__init__(theme.pk)


class NameTakenError(Exception):
    """Another theme of the plan has this name: ``theme``. Merge the two."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        super().__init__(theme.pk)


class OwnWordsError(Exception):
    """Whoever wrote the words that would be public wants to publish them, and somebody else may."""


class NotReadyError(Exception):
    """The theme cannot be published: nothing is decided, or what was said is not summed up."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What became of a theme. Without a ``disposition`` it is not decided, and needs no reason.

    ``said`` sums up in the plan's own words what people said; ``changed_in_id`` is the version of
    the plan whose ``section`` changed; ``told_on`` the day on which those who said it were told.
    """

    disposition: str
    reason: str = ""
    said: str = ""
    changed_in_id: int | None = None
    section: str = ""
    told_on: dt.date | None = None

    def facts(self) -> dict[str, Any]:
        """The same by the names of the columns. Raises ``ValueError`` for a decision without a reason."""
        if self.disposition and not self.reason.strip():
            message = "A decision needs its reason."
            raise ValueError(message)
        decided = bool(self.disposition)
        return {
            "said": self.said,
            "disposition": self.disposition,
            "reason": self.reason if decided else "",
            "changed_in_id": self.changed_in_id if decided else None,
            "section": self.section if decided else "",
            "told_on": self.told_on if decided else None,
        }


PUBLIC = ("said", "disposition", "reason", "changed_in_id", "section")
"""What the public reads of a theme: when it changes, a second look is needed again."""

READ_BY_ALL = frozenset({"name", *PUBLIC})
"""The same with the name, which is changed by itself."""

TOLD_ANEW = ("disposition", "reason", "changed_in_id", "section")
"""What makes a decision a new one, of which those who said it are told."""


@transaction.atomic
def add_theme(*, plan: Plan, name: str, by: User | None, now: dt.datetime) -> Theme:
    """Put a theme on the plan's list; one of the same name in any case is the one that is there."""
    if not tidy(name):
        message = "A theme needs a name."
        raise ValueError(message)
    Plan.objects.select_for_update().get(pk=plan.pk)
    if there := theme_named(plan, name):
        return there
    theme = Theme.objects.create(plan=plan, name=tidy(name), made_at=now, made_by=by)
    after = {"name": theme.name, "plan": plan.code}
    audit.record(by=by, verb="theme added", obj=theme, after=after, at=now)
    return theme


@transaction.atomic
def rename_theme(*, theme: Theme, name: str, seen_version: int, by: User, now: dt.datetime) -> bool:
    """Give the theme another name; False where it has that one.

    Raises ``NameTakenError`` when another theme has it, ``ThemeChangedError`` when somebody was
    quicker. A name is public: a theme that was published needs a second look again.
    """
    held = _held(theme, seen_version)
    Plan.objects.select_for_update().get(pk=held.plan_id)
    there = theme_named(held.plan, name)
    if there and there.pk != held.pk:
        raise NameTakenError(there)
    if held.name == tidy(name):
        return False
    _write(held, {"name": tidy(name), **_unpublished(held)}, "theme renamed", by=by, now=now)
    return True


@transaction.atomic
def decide_theme(
    *, theme: Theme, seen_version: int, decision: Decision, by: User, now: dt.datetime
) -> bool:
    """Say what became of what was said; False where it says so already.

    Raises ``ThemeChangedError`` when somebody was quicker and ``ValueError`` without a reason. What
    the public reads of a published theme is taken back until a second look has cleared it anew.
    """
    facts = decision.facts()
    held = _held(theme, seen_version)
    if all(getattr(held, name) == value for name, value in facts.items()):
        return False
    if any(getattr(held, name) != facts[name] for name in PUBLIC):
        facts |= _unpublished(held)
    if any(getattr(held, name) != facts[name] for name in TOLD_ANEW):
        facts |= {
            "decided_at": now if facts["disposition"] else None,
            "decided_by": by if facts["disposition"] else None,
        }
    _write(held, facts, "theme decided", by=by, now=now)
    recount(consultation_ids=consultations_with([held.pk]), by=by, now=now)
    mark_changed(plan_ids=[held.plan_id], now=now)
    return True


@transaction.atomic
def merge_themes(
    *, theme: Theme, into: Theme, seen_version: int, by: User, now: dt.datetime
) -> None:
    """``theme`` turned out to be ``into``, of the same plan: what carries the first carries the second.

    The first stays for the record. What the machine suggested for it and nobody has decided is
    dropped. Points are moved by ``engagement.actions.fates.merge_themes``, which calls this one.
    Raises ``ThemeChangedError`` when somebody was quicker or ``into`` is merged itself.
    """
    if theme.pk == into.pk or theme.plan_id != into.plan_id:
        message = "A theme is merged into another one of its plan."
        raise ValueError(message)
    both = Theme.objects.select_for_update().filter(pk__in=(theme.pk, into.pk)).order_by("pk")
    target = next(one for one in both if one.pk == into.pk)
    held = _held(theme, seen_version)
    if target.merged_into_id:
        raise ThemeChangedError(target)
    moved = _move_codings(held, target, by=by, now=now)
    Suggestion.objects.filter(theme=held, decided_at__isnull=True).delete()
    Theme.objects.filter(merged_into=held).update(merged_into=target)
    facts = {"merged_into_id": target.pk, **_unpublished(held)}
    _write(held, facts, "theme merged", by=by, now=now, more={"answers": moved})
    recount(consultation_ids=consultations_with([held.pk, target.pk]), by=by, now=now)
    mark_changed(plan_ids=[held.plan_id], now=now)


@transaction.atomic
def publish_theme(*, theme: Theme, seen_version: int, by: User, now: dt.datetime) -> None:
    """After a second look: what was said and what was done may be read by everybody.

    Whoever wrote it publishes it only where nobody else may, and the history says so. Raises
    ``OwnWordsError`` where somebody else may, ``NotReadyError`` for a theme that is not decided or not
    summed up, ``ThemeChangedError`` when it is not as it was looked at.
    """
    held = _held(theme, seen_version)
    if not held.said or not held.disposition:
        raise NotReadyError(held.pk)
    if held.published_at is not None:
        return
    is_writer = held.writer_id == by.pk
    if is_writer and second_readers(held, today=timezone.localtime(now).date()).exists():
        raise OwnWordsError(held.pk)
    verb = "theme published by its writer" if is_writer else "theme published"
    _write(held, {"published_at": now, "published_by": by}, verb, by=by, now=now)


@transaction.atomic
def unpublish_theme(*, theme: Theme, seen_version: int, by: User, now: dt.datetime) -> None:
    """Take a theme off the public page. Raises ``ThemeChangedError`` when somebody was quicker."""
    held = _held(theme, seen_version)
    if held.published_at is not None:
        _write(held, _unpublished(held), "theme taken off", by=by, now=now)


def hold_standing(theme: Theme) -> Theme:
    """The theme as it now is, until the transaction ends; for one that was merged, even a moment ago,
    the one that it was merged into."""
    rows = Theme.objects.select_for_update(of=("self",), no_key=True)
    held = rows.get(pk=theme.pk)
    while held.merged_into_id:
        held = rows.get(pk=held.merged_into_id)
    return held


def _held(theme: Theme, seen_version: int) -> Theme:
    """The theme until the transaction ends, as whoever changes it saw it."""
    held = Theme.objects.select_for_update(of=("self",)).select_related("plan").get(pk=theme.pk)
    if held.version != seen_version or held.merged_into_id:
        raise ThemeChangedError(held)
    return held


def _unpublished(theme: Theme) -> dict[str, Any]:
    return {"published_at": None, "published_by": None} if theme.published_at else {}


def _write(
    theme: Theme,
    facts: Mapping[str, Any],
    verb: str,
    *,
    by: User,
    now: dt.datetime,
    more: Mapping[str, Any] | None = None,
) -> None:
    """The moved columns, the next version and the entry in the history."""
    moved = {name: value for name, value in facts.items() if getattr(theme, name) != value}
    before = {name: getattr(theme, name) for name in moved}
    writer = {} if moved.keys().isdisjoint(READ_BY_ALL) else {"written_by": by}
    Theme.objects.filter(pk=theme.pk).update(**moved, **writer, version=theme.version + 1)
    audit.record(
        by=by,
        verb=verb,
        obj=theme,
        before=_told(before),
        after={**_told(moved), **(more or {})},
        at=now,
    )


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """As the history holds it: words under a key that can be redacted; who did it is said there."""
    names = {"said": "words", "merged_into_id": "merged_into", "changed_in_id": "changed_in"}
    hidden = {"decided_by", "published_by", "decided_at"}
    return {names.get(key, key): value for key, value in facts.items() if key not in hidden}


def _move_codings(theme: Theme, target: Theme, *, by: User, now: dt.datetime) -> int:
    """Who found the one theme has found the other; the first codings are undone and stay as they were."""
    mine = Coding.objects.filter(theme=theme, undone_at__isnull=True)
    there = Coding.objects.filter(theme=target, undone_at__isnull=True).values("answer")
    moved = [
        Coding(
            answer_id=one.answer_id,
            theme=target,
            evidence=one.evidence,
            coded_at=one.coded_at,
            coded_by_id=one.coded_by_id,
        )
        for one in mine.exclude(answer__in=there).order_by("pk")
    ]
    mine.update(undone_at=now, undone_by=by)
    return len(Coding.objects.bulk_create(moved))
