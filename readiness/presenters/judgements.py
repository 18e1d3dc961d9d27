"""What reviewers judged of a plan: what counts, what is still to be read, what was withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from plans.models import Plan, PlanVersion
from plans.presenters.versions import cited_link
from readiness.models import Judgement, Subject
from readiness.queries.pages.judgements import newest_standing
from readiness.rules.states import State
from ui.shapes import Link
from ui.words import nhs_date


@dataclass(frozen=True, kw_only=True)
class SubjectLine:
    """One subject and the judgement that counts for it, if there is one."""

    title: str
    state: str
    verdict: str
    words: str
    who: str
    cited: Link | None
    judge_url: str
    withdraw_url: str


@dataclass(frozen=True, kw_only=True)
class FormerLine:
    """A judgement that does not count any more, and why."""

    title: str
    verdict: str
    who: str
    why: str


@dataclass(frozen=True, kw_only=True)
class JudgementsPage:
    """Every subject of the plan, and the judgements before."""

    subjects: list[SubjectLine]
    former: list[FormerLine]
    sentence: str
    url: str


def judgements_page(
    plan: Plan,
    subjects: Sequence[Subject],
    judgements: Sequence[Judgement],
    *,
    may_judge: bool,
    versions: Sequence[PlanVersion] = (),
) -> JudgementsPage:
    """``judgements`` come newest first, and so do the ``versions`` that the reader may open."""
    counted = newest_standing(judgements)
    return JudgementsPage(
        subjects=[
            _subject(plan, one, counted.get(one), versions, may_judge=may_judge) for one in subjects
        ],
        former=[_former(one) for one in judgements if counted.get(one.subject) != one],
        sentence=_sentence(subjects, counted),
        url=reverse("readiness:judgements", args=[plan.code]),
    )


def _sentence(subjects: Sequence[Subject], counted: dict[str, Judgement]) -> str:
    """`3 of 5 are judged; 2 of them are explicit.`"""
    judged = [counted[one] for one in subjects if one in counted]
    if not judged:
        return "Nobody has judged yet what the plan says. A board reviewer reads it and says so."
    explicit = sum(one.is_explicit for one in judged)
    return f"{len(judged)} of {len(subjects)} judged, {explicit} of them explicit in the plan."


def _subject(
    plan: Plan,
    subject: Subject,
    judgement: Judgement | None,
    versions: Sequence[PlanVersion],
    *,
    may_judge: bool,
) -> SubjectLine:
    judge = reverse("readiness:judgement-add", args=[plan.code])
    withdraw = ""
    if judgement is not None and may_judge:
        withdraw = reverse("readiness:judgement-withdraw", args=[plan.code, judgement.pk])
    return SubjectLine(
        title=subject.label,
        state=_state(judgement),
        verdict=_verdict(judgement) if judgement else "Not judged yet",
        words=judgement.words if judgement else "",
        who=_who(judgement) if judgement else "",
        cited=cited_link(versions, judgement.section, judgement.judged_on) if judgement else None,
        judge_url=f"{judge}?subject={subject.value}" if may_judge else "",
        withdraw_url=withdraw,
    )


def _state(judgement: Judgement | None) -> str:
    if judgement is None:
        return State.NO_DATA
    return State.MET if judgement.is_explicit else State.NOT_MET


def _verdict(judgement: Judgement) -> str:
    word = "Explicit" if judgement.is_explicit else "Not explicit"
    return f"{word}: {judgement.section}"


def _who(judgement: Judgement) -> str:
    by = judgement.recorded_by.name if judgement.recorded_by else "The service"
    return f"{by}, {nhs_date(judgement.judged_on)}"


def _former(judgement: Judgement) -> FormerLine:
    why = "A newer judgement counts"
    if judgement.withdrawn_at is not None:
        by = judgement.withdrawn_by.name if judgement.withdrawn_by else "the service"
        why = (
            f"Withdrawn on {nhs_date(judgement.withdrawn_at)} by {by}: {judgement.withdrawn_reason}"
        )
    return FormerLine(
        title=Subject(judgement.subject).label,
        verdict=_verdict(judgement),
        who=_who(judgement),
        why=why,
    )
