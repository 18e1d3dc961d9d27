"""What was decided about consulting, promised and judged: the second half of a plan's papers."""

import datetime as dt
from collections.abc import Iterator

from plans.models import Commitment, Consultation, PlanType, Triage
from readiness.demonstration.paperwork import DELIVERY, SUPPORT, TRIAGE, Desk
from readiness.models import Judgement, Subject

PROMISES = (
    "Protected time for practices to read the next draft",
    "An answer in writing to each point that the LMC made",
    "A named contact for practices in every locality",
)


def triages(desk: Desk) -> Iterator[Triage]:
    """Most plans decided that no formal consultation is needed; a few have one."""
    if TRIAGE in desk.lacks:
        return
    day = desk.day(0.4)
    formal = is_formal(desk)
    yield Triage(
        plan=desk.one.plan,
        decided_on=day,
        formal_needed=formal,
        reason="Beds would move between two sites"
        if formal
        else "No service is opened, closed or moved by this plan",
        decided_by="the programme board",
        **desk.recorded(day),
    )


def is_formal(desk: Desk) -> bool:
    """Whether this plan is one of the few that consult in form; the same answer each time."""
    return not desk.lacks and sum(map(ord, desk.one.plan.code)) % 3 == 0


def consultations(desk: Desk) -> Iterator[Consultation]:
    """A lawful formal consultation where one was needed, and a short informal one here and there."""
    if is_formal(desk):
        opens = desk.day(0.45)
        closes = opens + dt.timedelta(days=45)
        themes = desk.rng.randint(6, 14)
        yield Consultation(
            plan=desk.one.plan,
            title="Where urgent care will be",
            is_formal=True,
            opens_on=opens,
            closes_on=closes,
            options_open=True,
            pack_options=True,
            pack_costs=True,
            pack_impact=True,
            pack_equality=True,
            pack_rejected=True,
            themes=themes,
            themes_answered=themes,
            report_on=min(closes + dt.timedelta(days=21), desk.today),
            heard_on=min(closes + dt.timedelta(days=28), desk.today),
            **desk.recorded(opens),
        )
    elif desk.rng.random() < 0.25:
        opens = desk.day(0.3)
        closes = opens + dt.timedelta(days=21)
        is_out = desk.rng.random() < 0.6
        yield Consultation(
            plan=desk.one.plan,
            title="What matters to you",
            is_formal=False,
            opens_on=opens,
            closes_on=closes,
            heard_on=min(closes + dt.timedelta(days=40), desk.today) if is_out else None,
            **desk.recorded(opens),
        )


def commitments(desk: Desk) -> Iterator[Commitment]:
    """Promises to general practice; thin plans are late with one."""
    for number, text in enumerate(desk.rng.sample(PROMISES, desk.rng.randint(0, 2))):
        made = desk.day(0.4 + number / 5)
        due = made + dt.timedelta(days=45)
        is_kept = due <= desk.today and not (number == 0 and len(desk.lacks) > 2)
        yield Commitment(
            plan=desk.one.plan,
            text=text,
            owner="Programme director",
            made_on=made,
            due_on=due,
            done_on=due - dt.timedelta(days=5) if is_kept else None,
            **desk.recorded(made),
        )


def judgements(desk: Desk) -> Iterator[Judgement]:
    """What the reviewer found explicit, found lacking, or has not read yet."""
    asked = [(Subject.GP_SUPPORT, SUPPORT)]
    if desk.one.plan.plan_type == PlanType.STP_2016:
        asked += [(one, DELIVERY) for one in Subject if one is not Subject.GP_SUPPORT]
    for number, (subject, part) in enumerate(asked):
        is_explicit = part not in desk.lacks or (part == DELIVERY and number % 2 == 0)
        if not is_explicit and desk.rng.random() < 0.5:
            continue
        day = desk.day(0.95)
        yield Judgement(
            plan=desk.one.plan,
            subject=subject,
            section=f"Section {4 + number}",
            is_explicit=is_explicit,
            words="It names what changes, for whom and by when."
            if is_explicit
            else "It is mentioned once, without saying what would change.",
            judged_on=day,
            **desk.recorded(day, by=desk.reviewer),
        )
