"""What a person makes of a response: cleared or held back, its themes, whose it is.

Only what is cleared is themed. Whoever clears or holds back says which version of the response they
saw; a theme found twice is found once, so that two people at once lose nothing.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from consultations.actions.counting import recount
from consultations.actions.themes import hold_standing
from consultations.models import (
    Answer,
    Coding,
    Moderation,
    Respondent,
    Response,
    Suggestion,
    Theme,
)
from plans.actions import mark_changed
from stakeholders.models import Organisation

VERBS = {
    Moderation.CLEARED: "response cleared",
    Moderation.HELD: "response held back",
    Moderation.WAITING: "response put back",
}


class ChangedMeanwhileError(Exception):
    """Somebody else worked on the response after it was shown; ``response`` is how it now stands."""

    def __init__(self, response: Response) -> None:
        self.response = response
        super().__init__(response.pk)


class MatchedMeanwhileError(Exception):
    """Somebody else said which organisation it is; ``organisation`` is what now stands, perhaps none."""

    def __init__(self, organisation: Organisation | None) -> None:
        self.organisation = organisation
        super().__init__(organisation.pk if organisation else None)


class NotClearedError(Exception):
    """A response that nobody has cleared carries no themes."""


@transaction.atomic
def add_coding(
    *,
    answer: Answer,
    theme: Theme,
    suggestion: Suggestion | None = None,
    by: User,
    now: dt.datetime,
) -> Coding:
    """Say that the answer is about the theme; where somebody has said so, theirs stands.

    The words by which the machine had suggested it are kept as evidence, and the suggestion is
    accepted. A theme that was merged stands for the one that it was merged into. Raises
    ``NotClearedError``, and ``ValueError`` for a theme of another plan.
    """
    response = hold(answer.response_id)
    if response.moderation != Moderation.CLEARED:
        raise NotClearedError(response.pk)
    theme = hold_standing(theme)
    if theme.plan_id != response.consultation.plan_id:
        message = "The theme is of another plan."
        raise ValueError(message)
    if there := standing(answer, theme):
        return there
    coding = _found(response, answer, theme, suggestion, by=by, now=now)
    recount(consultation_ids=[response.consultation_id], by=by, now=now)
    return coding


@transaction.atomic
def add_codings(
    *, response: Response, found: Iterable[tuple[Answer, Theme]], by: User, now: dt.datetime
) -> int:
    """The same for several answers of one response; how many themes they have got by that."""
    held = hold(response.pk)
    if held.moderation != Moderation.CLEARED:
        raise NotClearedError(held.pk)
    given = 0
    for answer, named in sorted(found, key=lambda one: one[1].pk):
        theme = hold_standing(named)
        if standing(answer, theme) is None:
            _found(held, answer, theme, None, by=by, now=now)
            given += 1
    recount(consultation_ids=[held.consultation_id], by=by, now=now)
    return given


def _found(
    response: Response,
    answer: Answer,
    theme: Theme,
    suggestion: Suggestion | None,
    *,
    by: User,
    now: dt.datetime,
) -> Coding:
    """The coding of an answer that has none of the theme, with the words that had suggested it."""
    suggested = suggestion or Suggestion.objects.filter(answer=answer, theme=theme).first()
    coding = Coding.objects.create(
        answer=answer,
        theme=theme,
        evidence=suggested.words if suggested else [],
        coded_at=now,
        coded_by=by,
    )
    if suggested:
        Suggestion.objects.filter(pk=suggested.pk).update(
            is_accepted=True, decided_at=now, decided_by=by
        )
    after = {"theme": theme.name, "suggested": bool(suggested)}
    _step(response, "theme found", after=after, by=by, now=now)
    return coding


@transaction.atomic
def undo_coding(*, coding: Coding, by: User, now: dt.datetime) -> bool:
    """Take a theme off an answer; it stays for the record. False where it was taken off before.

    A suggestion that was accepted so is open again.
    """
    response = hold(coding.answer.response_id)
    standing_still = Coding.objects.filter(pk=coding.pk, undone_at__isnull=True)
    if not standing_still.update(undone_at=now, undone_by=by):
        return False
    Suggestion.objects.filter(
        answer=coding.answer_id, theme=coding.theme_id, is_accepted=True
    ).update(is_accepted=None, decided_at=None, decided_by=None)
    _step(response, "theme taken back", after={"theme": coding.theme.name}, by=by, now=now)
    recount(consultation_ids=[response.consultation_id], by=by, now=now)
    return True


@transaction.atomic
def moderate(
    *,
    response: Response,
    moderation: str,
    reason: str = "",
    seen_version: int,
    by: User,
    now: dt.datetime,
) -> bool:
    """Clear the response, hold it back with a reason, or put it back to be read; False where it is so.

    What is held back is worked through with that; what is cleared after it has still to be. Raises
    ``ChangedMeanwhileError`` when somebody was quicker, ``ValueError`` when held without a reason.
    """
    if moderation == Moderation.HELD and not reason.strip():
        message = "What is held back needs its reason."
        raise ValueError(message)
    held = hold(response.pk)
    facts = {
        "moderation": moderation,
        "moderation_reason": reason.strip() if moderation == Moderation.HELD else "",
    }
    before = {name: getattr(held, name) for name in facts}
    if before == facts:
        return False
    refuse_changed(held, seen_version)
    is_held, is_waiting = moderation == Moderation.HELD, moderation == Moderation.WAITING
    was_held = held.moderation == Moderation.HELD
    done = {"done_at": now, "done_by": by} if is_held else {"done_at": None, "done_by": None}
    Response.objects.filter(pk=held.pk).update(
        **facts,
        moderated_at=None if is_waiting else now,
        moderated_by=None if is_waiting else by,
        **(done if is_held or is_waiting or was_held else {}),
    )
    _step(
        held,
        VERBS[Moderation(moderation)],
        before=_told(before),
        after=_told(facts),
        by=by,
        now=now,
    )
    recount(consultation_ids=[held.consultation_id], by=by, now=now)
    mark_changed(plan_ids=[held.consultation.plan_id], now=now)
    return True


@transaction.atomic
def match_organisation(
    *,
    respondent: Respondent,
    organisation: Organisation | None,
    seen_code: str,
    by: User,
    now: dt.datetime,
) -> bool:
    """Say which organisation of the register answered, or that none is known; False where it is so.

    ``seen_code`` is that of the one that the page showed, empty for none. Raises
    ``MatchedMeanwhileError`` when somebody was quicker.
    """
    held = (
        Respondent.objects.select_for_update(of=("self",))
        .select_related("consultation", "organisation")
        .get(pk=respondent.pk)
    )
    wanted = organisation.pk if organisation else None
    if held.organisation_id == wanted:
        return False
    if (held.organisation.code if held.organisation else "") != seen_code:
        raise MatchedMeanwhileError(held.organisation)
    Respondent.objects.filter(pk=held.pk).update(
        organisation_id=wanted,
        matched_at=now if organisation else None,
        matched_by=by if organisation else None,
    )
    audit.record(
        by=by,
        verb="respondent matched" if organisation else "respondent not matched",
        obj=held,
        before={"organisation": held.organisation},
        after={"organisation": organisation},
        at=now,
    )
    mark_changed(plan_ids=[held.consultation.plan_id], now=now)
    return True


def hold(response_id: int) -> Response:
    """The response until the transaction ends."""
    rows = Response.objects.select_for_update(of=("self",)).select_related("consultation")
    return rows.get(pk=response_id)


def refuse_changed(response: Response, seen_version: int) -> None:
    """Raises ``ChangedMeanwhileError`` unless it is as whoever writes has seen it."""
    if response.version != seen_version:
        raise ChangedMeanwhileError(response)


def standing(answer: Answer, theme: Theme) -> Coding | None:
    """Where somebody has found the theme in the answer."""
    found = Coding.objects.filter(answer=answer, theme=theme, undone_at__isnull=True)
    return found.first()


def _step(
    response: Response,
    verb: str,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    by: User,
    now: dt.datetime,
) -> None:
    """The next version of the response, and the entry in its history."""
    Response.objects.filter(pk=response.pk).update(version=F("version") + 1)
    audit.record(by=by, verb=verb, obj=response, before=before, after=after, at=now)


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    """As the history holds it: a reason may name somebody."""
    return {"moderation": facts["moderation"], "reason": facts["moderation_reason"]}
