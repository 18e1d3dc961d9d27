"""What two LMCs add to the record from their side, and what the members of one of them write."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from accounts.models import User
from engagement.actions import claims, collations
from engagement.models import Claim, Collation, Event
from engagement.rules.record import Attendance, Record
from plans.models import Plan
from readiness.demonstration.rounds import PlanToTell
from stakeholders.models import Organisation
from stakeholders.queries.representation import practices_spoken_for

MANAGER, SALFORD, BOLTON = (
    f"{name}@example.org" for name in ("manager", "lmc.salford", "lmc.bolton")
)
SALFORD_LMC, BOLTON_LMC = "LMC015", "LMC011"
FOOTPRINT = "QOP"
CODE = "ACDEFGHJKMNP"
"""The code of the open collation; made up here so that each loading gives the same rows."""

COMMENTS = (
    ("Blood tests that the hospital stops must not come to us without the nurse who does them.", 0),
    ("We lost our branch surgery's lease. Nobody on the board knew that it was the only one.", 1),
    ("More home visits by one shared team, please: it worked in the pilot.", 2),
    ("Half of the forms in the draft ask for what the record already holds.", None),
    ("I have no time to read 80 pages. Two, with the money in them, would do.", None),
)
"""What members write, and by their place in the list the practice that they name."""


def write(
    plans: Sequence[PlanToTell],
    *,
    accounts: Mapping[str, User],
    today: dt.date,
    now: dt.datetime,
) -> int:
    """A claim in each state, one that nobody has answered, and an open collation. Before assessing.

    Gives the number of claims.
    """
    plan = next(
        one.plan
        for one in plans
        if one.plan.footprint.code == FOOTPRINT and one.plan.closed_on is None
    )
    salford = Organisation.objects.get(code=SALFORD_LMC)
    lead, manager = accounts[SALFORD], accounts[MANAGER]

    def add(days: int, kind: str, channel: str, words: str, with_whom: str = "") -> Claim:
        return _add(plan, salford, lead, today, now, (days, kind, channel, words, with_whom))

    def decided(days: int) -> dt.datetime:
        return now - dt.timedelta(days=days - 4)

    add(9, "met", "meeting", "We met for an hour about workload in section 5 and left a note.",
        "The programme director")  # fmt: skip
    taken_in = add(34, "sent", "letter", "Our letter on the estates chapter, four pages.")
    claims.accept(
        claim_id=taken_in.pk, record=_record(plan, salford, taken_in), by=manager, now=decided(34)
    )
    there = _named(plan, salford)
    if there is not None:
        days = (today - there.held_on).days
        known = add(days, "met", there.channel, "You will find it in your own diary.")
        claims.link(claim_id=known.pk, event_id=there.pk, by=manager, now=now)
    declined = add(48, "met", "phone", "We rang about the urgent care hub.", "The switchboard")
    claims.decline(
        claim_id=declined.pk,
        reason="The call was about a patient's appointment and not about the plan.",
        by=manager,
        now=decided(48),
    )
    back = add(60, "met", "webinar", "We were at the webinar on workforce.")
    claims.take_back(
        claim_id=back.pk, words="That was the webinar of the neighbouring plan.", by=lead,
        now=decided(60),
    )  # fmt: skip
    _ask_members(plan, salford, lead, today=today, now=now)
    bolton = Organisation.objects.get(code=BOLTON_LMC)
    unheard = (
        70, "no_reply", "email",
        "We asked in writing for a seat on the programme board and were never answered.",
        "The programme office",
    )  # fmt: skip
    _add(plan, bolton, accounts[BOLTON], today, now, unheard)
    return Claim.objects.count()


def _add(
    plan: Plan,
    organisation: Organisation,
    by: User,
    today: dt.date,
    now: dt.datetime,
    what: tuple[int, str, str, str, str],
) -> Claim:
    """Claimed a day after it happened, so many days ago."""
    days, kind, channel, words, with_whom = what
    said = claims.Said(
        kind=kind, happened_on=today - dt.timedelta(days), channel=channel, words=words,
        with_whom=with_whom,
    )  # fmt: skip
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"{organisation.code} {days}")
    at = now - dt.timedelta(days=max(days - 1, 0))
    return claims.make_claim(
        plan=plan, organisation=organisation, said=said, form_key=key, by=by, now=at
    )


def _record(plan: Plan, organisation: Organisation, claim: Claim) -> Record:
    part = Attendance(
        organisation_id=organisation.pk, person_id=None, capacity="representative",
        outcome="responded",
    )  # fmt: skip
    return Record(
        plan_ids=(plan.pk,),
        title=f"Views of {organisation.name}",
        held_on=claim.happened_on,
        channel=claim.channel,
        status="happened",
        level="consult",
        attendances=(part,),
    )


def _named(plan: Plan, organisation: Organisation) -> Event | None:
    """The newest record of the plan that names the organisation and was not made of a claim."""
    found = Event.objects.filter(
        credits__plan=plan, participations__organisation=organisation, status="happened",
        withdrawn_at__isnull=True, claims__isnull=True,
    )  # fmt: skip
    return found.order_by("-held_on", "-pk").first()


def _ask_members(
    plan: Plan, lmc: Organisation, lead: User, *, today: dt.date, now: dt.datetime
) -> None:
    asked = collations.open_collation(
        organisation=lmc,
        plan=plan,
        question="The draft moves care out of hospital. What would your practice need for that?",
        closes_on=today + dt.timedelta(16),
        by=lead,
        now=now - dt.timedelta(days=5),
    )
    Collation.objects.filter(pk=asked.pk).update(code=CODE)
    practices = list(practices_spoken_for([lmc.pk], day=today).order_by("code")[:3])
    for number, (words, practice) in enumerate(COMMENTS):
        collations.add_comment(
            collation_id=asked.pk,
            practice_id=None if practice is None else practices[practice].pk,
            name="",
            words=words,
            form_key=uuid.uuid5(uuid.NAMESPACE_URL, f"comment {number}"),
            now=now - dt.timedelta(days=4, hours=-number),
        )
