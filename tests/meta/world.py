"""Two footprints that know nothing of each other, and one person of each kind to walk them."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from engagement.models import AnswerLink, Event, EventDraft, NoteReader, Question, Status
from engagement.queries.links import token_of
from jobs.models import JobRun
from plans.models import Arrangement, BoardSeat, Capacity, Consultation, Plan
from readiness.actions import ensure_policies, policy_drafts
from readiness.models import Flag, Policy
from stakeholders.models import Organisation, Person
from tests.factories import accounts, deciding, engagement, papers, plans, readiness, stakeholders
from tests.meta import (
    world_claims,
    world_consultations,
    world_documents,
    world_evidence,
    world_history,
    world_lists,
    world_mail,
    world_people,
    world_points,
    world_register,
)

LONG_AGO = accounts.LONG_AGO

PEOPLE = (
    *("ANON", "LINK", "MGR", "MGX", "REV"),
    *("LMC", "LMX", "LMO", "REP", "ADM", "NIL", "SUS"),
)
"""Nobody signed in; the holder of an answer link of area a, who is not signed in either; manager of
area a, of area b; reviewer; LMC lead of area a; lead of another LMC whose area overlaps area a's
plan; LMC lead of area b; lead of a practice in area a; administrator; signed in without a role;
manager of area a, suspended."""


@dataclass
class Area:
    """A footprint with its plan, LMC, practice, events and everything that has an address."""

    plan: Plan
    lmc: Organisation
    practice: Organisation
    second_lmc: Organisation
    second_practice: Organisation
    event: Event
    planned: Event
    seat: BoardSeat
    arrangement: Arrangement
    flag: Flag


@dataclass
class World:
    """The two areas, who walks through them, and the values that addresses are made of."""

    a: Area
    b: Area
    people: dict[str, User]
    values: dict[str, object] = field(default_factory=dict)

    @property
    def objects(self) -> set[str]:
        """The names of what belongs to an area, so that somebody may not see it."""
        return {name for name in self.values if name.endswith(("-a", "-b", "-both"))}


def build() -> World:
    """The whole world; dates are around today, because the pages ask the clock."""
    ensure_policies()
    a, b = _area("Alpha"), _area("Beta")
    suspended = plans.manager(a.plan.footprint)
    User.objects.filter(pk=suspended.pk).update(is_active=False)
    people = {
        "MGR": a.event.recorded_by,
        "MGX": b.event.recorded_by,
        "REV": accounts.user(Role.REVIEWER),
        "LMC": stakeholders.representative(a.lmc),
        "LMX": stakeholders.representative(a.second_lmc),
        "LMO": stakeholders.representative(b.lmc),
        "REP": stakeholders.representative(a.practice),
        "ADM": accounts.user(Role.ADMINISTRATOR),
        "NIL": accounts.user(),
        "SUS": suspended,
    }
    world = World(a=a, b=b, people=people)
    world.values = {"nowhere": "no-such-thing", "none": 10**9, "no-draft": uuid.UUID(int=7)}
    for name, area in (("a", a), ("b", b)):
        world.values |= {
            f"plan-{name}": area.plan.code,
            f"lmc-{name}": area.lmc.code,
            f"practice-{name}": area.practice.code,
            f"second-lmc-{name}": area.second_lmc.code,
            f"second-practice-{name}": area.second_practice.code,
            f"event-{name}": area.event.pk,
            f"second-{name}": _of_second(area).pk,
            f"together-{name}": _together(area).pk,
            **_link_values(name, _link(area)),
            f"planned-{name}": area.planned.pk,
            f"seat-{name}": area.seat.pk,
            f"arrangement-{name}": area.arrangement.pk,
            f"flag-{name}": area.flag.pk,
            f"judgement-{name}": readiness.judgement(area.plan).pk,
            f"dispute-{name}": engagement.dispute(area.practice, area.event).pk,
            f"offer-{name}": readiness.offer(area.flag, area.event.recorded_by).pk,
            f"draft-{name}": _draft(area.event.recorded_by).pk,
            **_papers(name, area),
            **world_claims.values(name, area.plan, area.lmc, area.second_lmc),
            **world_consultations.values(name, area.plan, area.lmc, area.practice),
            **world_points.values(name, area.plan, area.event, area.lmc),
            **_decided(name, area),
            **world_documents.values(name, area.plan, timezone.now()),
        }
    for name in ("a", "b"):
        dispute = world.values[f"dispute-{name}"]
        world.values |= world_evidence.values(name, int(str(dispute)), timezone.now())
        area = a if name == "a" else b
        asked = Consultation.objects.get(pk=world.values[f"consultation-{name}"])
        world.values |= world_lists.values(
            name, area.plan, asked, area.practice, area.event.recorded_by, timezone.now()
        )
        world.values |= world_register.values(name, a if name == "a" else b, world.values)
    world.values |= _policies()
    world.values |= world_history.values(timezone.now())
    world.values["event-both"] = _shared(a, b).pk
    for name, kind in (("run", "sweep"), ("import", "register-preview")):
        made = JobRun.objects.create(kind=kind, title=name, queued_at=timezone.now())
        world.values[name] = made.pk
    world.values |= world_mail.values(timezone.now())
    world.values |= world_people.values_of_people(people)
    for name, area, lead in (("a", a, people["LMC"]), ("b", b, people["LMO"])):
        world.values |= world_people.values_of_colleagues(name, area.lmc, lead)
    return world


def _policies() -> dict[str, int]:
    """A policy in force, a draft, and one that waits for approval; somebody else wrote both."""
    author, now = accounts.user(Role.ADMINISTRATOR), timezone.now()
    made = {}
    for plan_type, name in (("stp_2016", "policy-draft"), ("nhp_2026", "policy-proposed")):
        approved = Policy.objects.filter(plan_type=plan_type, status="approved")
        made[name] = policy_drafts.draft_policy(
            based_on=approved.latest("version"),
            effective_from=timezone.localdate() + dt.timedelta(30),
            note="For the walk",
            by=author,
            now=now,
        ).pk
    policy_drafts.propose(policy_id=made["policy-proposed"], by=author, now=now)
    return {**made, "policy": Policy.objects.filter(status="approved").latest("pk").pk}


def _shared(a: Area, b: Area) -> Event:
    """An event credited to both plans, logged by the manager of area a, naming only area a's LMC."""
    made = engagement.event(a.plan, b.plan, title="Joint forum", recorded_by=a.event.recorded_by)
    engagement.took_part(a.lmc, made, capacity=Capacity.REPRESENTATIVE)
    return made


def _of_second(area: Area) -> Event:
    """An event of the area that names its second LMC and not the first."""
    day = area.event.held_on + dt.timedelta(1)
    return _event(
        area.plan,
        area.second_lmc,
        area.second_practice,
        area.event.recorded_by,
        day,
        Status.HAPPENED,
        title=f"{area.plan.footprint.name} second forum",
    )


def _together(area: Area) -> Event:
    """An event that names both LMCs of the area; the first disputes it, in words and with a reply."""
    made = engagement.event(
        area.plan,
        title=f"{area.plan.footprint.name} forum of all",
        held_on=area.event.held_on + dt.timedelta(2),
        recorded_by=area.event.recorded_by,
        recorded_at=timezone.now(),
    )
    for organisation in (area.lmc, area.second_lmc):
        person = organisation.posts.get().person
        engagement.took_part(organisation, made, capacity=Capacity.REPRESENTATIVE, person=person)
        made.points.create(organisation=organisation, text=f"canary point of {organisation.name}")
    engagement.dispute(area.lmc, made)
    return made


def _link_values(name: str, link: AnswerLink) -> dict[str, object]:
    return {f"link-{name}": link.pk, f"token-{name}": token_of(link)}


def _link(area: Area) -> AnswerLink:
    """The first LMC is asked about the event; a person there, without an account, holds a link."""
    now = timezone.now()
    question = Question.objects.create(event=area.event, organisation=area.lmc, asked_at=now)
    return AnswerLink.objects.create(
        question=question,
        person=area.lmc.posts.get().person,
        nonce=uuid.uuid4().hex,
        made_at=now,
        expires_at=now + dt.timedelta(7),
    )


def _area(name: str) -> Area:
    lmc = stakeholders.lmc(name=f"{name} LMC")
    commissioner = stakeholders.commissioner(name=f"{name} CCG")
    practice = stakeholders.practice(commissioner, represented_by=lmc, name=f"{name} Surgery")
    second_lmc = stakeholders.lmc(name=f"{name} second LMC")
    second_practice = stakeholders.practice(
        commissioner, represented_by=second_lmc, name=f"{name} second Surgery"
    )
    footprint = plans.footprint(commissioner, name=name)
    today = timezone.localdate()
    plan = plans.plan(
        footprint,
        starts_on=today - dt.timedelta(200),
        first_draft_on=today - dt.timedelta(60),
        submission_on=today + dt.timedelta(60),
    )
    manager = plans.manager(footprint)
    event, planned = (
        _event(plan, lmc, practice, manager, today + dt.timedelta(days), status)
        for days, status in ((-100, Status.HAPPENED), (20, Status.PLANNED))
    )
    return Area(
        plan=plan,
        lmc=lmc,
        practice=practice,
        second_lmc=second_lmc,
        second_practice=second_practice,
        event=event,
        planned=planned,
        seat=BoardSeat.objects.create(
            plan=plan,
            body="Programme board",
            title="LMC member",
            organisation=lmc,
            capacity=Capacity.REPRESENTATIVE,
            valid_from=LONG_AGO,
        ),
        arrangement=Arrangement.objects.create(
            plan=plan, organisation=lmc, description="Terms of reference", valid_from=LONG_AGO
        ),
        flag=readiness.flag(plan),
    )


def _event(plan, lmc, practice, manager, held_on, status, *, title=""):
    """One event that names the LMC, with a note that only another manager may read as well."""
    made = engagement.event(
        plan,
        title=title or f"{plan.footprint.name} forum",
        held_on=held_on,
        status=status,
        recorded_by=manager,
        recorded_at=timezone.now(),
    )
    Event.objects.filter(pk=made.pk).update(restricted_note=f"canary note of {plan.footprint.name}")
    NoteReader.objects.create(event=made, user=plans.manager(plan.footprint))
    for organisation, capacity in (
        (lmc, Capacity.REPRESENTATIVE),
        (practice, Capacity.PROVIDER),
    ):
        person = _person_at(organisation)
        engagement.took_part(
            organisation,
            made,
            capacity=capacity,
            person=person,
            outcome="attended" if status == Status.HAPPENED else "invited",
        )
    return made


def _person_at(organisation: Organisation) -> Person:
    """Whoever speaks for the organisation, made the first time."""
    if held := organisation.posts.select_related("person").first():
        return held.person
    person = stakeholders.person(f"canary person of {organisation.name}", at=organisation)
    person.email = f"canary.{organisation.code.lower()}@example.org"
    person.save()
    return person


def _draft(owner: User) -> EventDraft:
    now = timezone.now()
    return EventDraft.objects.create(owner=owner, created_at=now, updated_at=now)


def _papers(name: str, area: Area) -> dict[str, object]:
    """A confidential version, one that is public, who was shown which, and an activity."""
    today = timezone.localdate()
    secret, public = (
        papers.version(
            area.plan, on_day=today, text=f"canary text of {name}", visibility=visibility
        )
        for visibility in ("confidential", "public")
    )
    shown = papers.shown(secret, area.lmc)
    papers.shown(secret, area.practice)
    return {
        f"version-{name}": secret.pk,
        f"public-{name}": public.pk,
        f"sharing-{name}": shown.pk,
        f"activity-{name}": papers.paper("activity", area.plan, on_day=today).pk,
    }


def _decided(name: str, area: Area) -> dict[str, int]:
    """Results to decide on, a decision with a condition, and an exception."""
    deciding.results(area.plan)
    made = deciding.decision(area.plan)
    return {
        f"decision-{name}": made.pk,
        f"condition-{name}": made.conditions.get().pk,
        f"exception-{name}": deciding.excepted(area.plan).pk,
    }
