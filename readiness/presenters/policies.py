"""The pages of policies: every version, one of them, and what a draft would change."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from readiness.models import Criterion, Policy, PolicyStatus
from readiness.presenters import addresses
from readiness.presenters.criteria import parameters_words
from readiness.queries.pages.policies import Preview
from ui.shapes import Link, Row
from ui.states import state_for
from ui.words import and_list, nhs_date, plural

COLOURS = {
    PolicyStatus.DRAFT.value: "grey",
    PolicyStatus.PROPOSED.value: "yellow",
    PolicyStatus.APPROVED.value: "green",
    PolicyStatus.DROPPED.value: "grey",
}
BROUGHT = "Comes with the service"


@dataclass(frozen=True, kw_only=True)
class PolicyLine:
    """One version in the list."""

    title: str
    url: str
    status: str
    colour: str
    in_force: str
    criteria: str
    people: str


@dataclass(frozen=True, kw_only=True)
class CriterionRow:
    """One criterion of a version."""

    title: str
    strength: str
    target: str
    thresholds: str
    review: str
    url: str
    leave_out_url: str


@dataclass(frozen=True, kw_only=True)
class PolicyPage:
    """One version with everything that can be done about it by the reader."""

    title: str
    status: str
    colour: str
    rows: list[Row]
    criteria: list[CriterionRow]
    lacking: list[Link]
    preview_url: str
    actions: list[Link]
    note: str
    crumbs: list[Link]


@dataclass(frozen=True, kw_only=True)
class PreviewLine:
    """One plan that a draft would change."""

    name: str
    url: str
    before: str
    after: str
    moved: str


def policy_line(policy: Policy) -> PolicyLine:
    """A version with who wrote and who approved it; it needs ``number`` of its criteria."""
    return PolicyLine(
        title=str(policy),
        url=_url("policy", policy),
        status=PolicyStatus(policy.status).label,
        colour=COLOURS[policy.status],
        in_force=f"From {nhs_date(policy.effective_from)}",
        criteria=plural(getattr(policy, "number", 0), "criterion", "criteria"),
        people=_people(policy),
    )


def policy_page(
    policy: Policy,
    criteria: Sequence[Criterion],
    lacking: Iterable[Criterion],
    *,
    is_author: bool,
    may_edit: bool,
    may_approve: bool,
) -> PolicyPage:
    """Drafts can be changed by administrators; nobody approves what is their own."""
    is_draft = policy.status == PolicyStatus.DRAFT
    can_change = may_edit and is_draft
    return PolicyPage(
        title=str(policy),
        status=PolicyStatus(policy.status).label,
        colour=COLOURS[policy.status],
        rows=_rows(policy, can_change=can_change),
        criteria=[_criterion_row(policy, one, can_change=can_change) for one in criteria],
        lacking=[
            Link(one.title, reverse("readiness:policy-take-in", args=[policy.pk, one.key]))
            for one in lacking
        ]
        if can_change
        else [],
        preview_url=_url("policy-preview", policy)
        if policy.status in {PolicyStatus.DRAFT, PolicyStatus.PROPOSED}
        and (may_edit or may_approve)
        else "",
        actions=_actions(policy, is_author=is_author, may_edit=may_edit, may_approve=may_approve),
        note=_note(policy, is_author=is_author, may_approve=may_approve),
        crumbs=[Link("Criteria", addresses.criteria()), Link("Policies", _address("policies"))],
    )


def preview_sentence(found: Preview) -> str:
    """`7 of 44 plans would change: 3 of them would have another verdict.`"""
    if not found.plans:
        return f"No plan of this type was open on {nhs_date(found.as_at)}."
    if not found.changed:
        return f"No plan would change: all {found.plans:,} would be judged as they are."
    changed = f"{len(found.changed):,} of {plural(found.plans, 'plan')} would change"
    if not found.turned:
        return f"{changed}; none would have another verdict as a whole."
    return f"{changed}; {plural(found.turned, 'plan')} would have another verdict as a whole."


def preview_lines(found: Preview) -> list[PreviewLine]:
    """Each plan that would change, with the criteria that move it."""
    return [
        PreviewLine(
            name=one.name,
            url=addresses.dossier(one.code),
            before=one.before,
            after=one.after,
            moved=and_list(
                f"{part.title}: {_word(part.before)} to {_word(part.after)}" for part in one.moved
            ),
        )
        for one in found.changed
    ]


def preview_title(policy: Policy, as_at: dt.date, today: dt.date) -> str:
    """What the page is called."""
    on = "today" if as_at == today else f"on {nhs_date(as_at)}"
    return f"What {policy} would change {on}"


def _word(state: str) -> str:
    return state_for(state).word.lower() if state else "not asked"


def _people(policy: Policy) -> str:
    if policy.author is None:
        return BROUGHT
    written = f"Written by {policy.author.name}"
    return f"{written}, approved by {policy.approved_by.name}" if policy.approved_by else written


def _rows(policy: Policy, *, can_change: bool) -> list[Row]:
    url = _url("policy-change", policy) if can_change else ""
    approved = ""
    if policy.approved_by and policy.approved_at:
        approved = f"{policy.approved_by.name}, {nhs_date(policy.approved_at)}"
    rows = [
        Row(key="For", value=f"{policy.get_plan_type_display()}s"),
        Row(key="In force from", value=nhs_date(policy.effective_from), url=url),
        Row(
            key="A flag rises at",
            value=f"{and_list(policy.flag_days)} days before submission",
            url=url,
        ),
        Row(key="Why", value=policy.note or BROUGHT, url=url),
        Row(key="Based on", value=str(policy.based_on) if policy.based_on else ""),
        Row(key="Written by", value=policy.author.name if policy.author else BROUGHT),
        Row(key="Approved by", value=approved),
    ]
    return [row for row in rows if row.value]


def _criterion_row(policy: Policy, criterion: Criterion, *, can_change: bool) -> CriterionRow:
    args = [policy.pk, criterion.key]
    checked = f"; checked by {criterion.checker}" if criterion.checker else ""
    return CriterionRow(
        title=criterion.title,
        strength=criterion.get_strength_display(),
        target=criterion.target,
        thresholds=parameters_words(criterion),
        review=f"Review {nhs_date(criterion.review_on)}{checked}",
        url=reverse("readiness:policy-criterion", args=args) if can_change else "",
        leave_out_url=reverse("readiness:policy-leave-out", args=args) if can_change else "",
    )


def _actions(policy: Policy, *, is_author: bool, may_edit: bool, may_approve: bool) -> list[Link]:
    links = []
    if policy.status == PolicyStatus.DRAFT and may_edit:
        links.append(Link("Ask for approval", _url("policy-propose", policy)))
        links.append(Link("Drop this draft", _url("policy-drop", policy)))
    if policy.status == PolicyStatus.PROPOSED:
        if may_approve and not is_author:
            links.append(Link("Approve", _url("policy-approve", policy)))
        if may_approve or may_edit:
            links.append(Link("Send back", _url("policy-send-back", policy)))
    return links


def _note(policy: Policy, *, is_author: bool, may_approve: bool) -> str:
    if policy.status == PolicyStatus.APPROVED:
        return "It is approved, so it is never changed: a new version follows it."
    if policy.status == PolicyStatus.PROPOSED and is_author:
        return "It waits for a second person: you wrote it, so you cannot approve it."
    if policy.status == PolicyStatus.PROPOSED and not may_approve:
        return "It waits for a second person, who may be an administrator or a board reviewer."
    if policy.status == PolicyStatus.DROPPED:
        return "It was given up before it was ever in force."
    return ""


def _url(name: str, policy: Policy) -> str:
    return reverse(f"readiness:{name}", args=[policy.pk])


def _address(name: str) -> str:
    return reverse(f"readiness:{name}")
