"""The whole demonstration: real structure, synthetic everything else, and stories that hold."""

import datetime as dt
from collections import Counter

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db.models import Count, F, Sum
from django.utils import timezone

from accounts.demonstration import ACCOUNTS, MANAGER, NEVER_CONSULTED, PASSWORD
from accounts.models import AuditEntry, User
from accounts.permissions import roles_of
from accounts.roles import Role
from engagement.models import Event, Participation, Status
from plans import reference
from plans.access import footprints_managed_by, plans_visible_to
from plans.membership import members
from plans.models import BoardSeat, Footprint, FootprintKind, Plan, PlanType
from readiness.actions import assess_plans
from readiness.models import Assessment, CriterionResult, Decision, Flag, SupportOffer
from readiness.rules.states import State
from stakeholders.access import organisation_ids_represented_by
from stakeholders.models import ListSize, Organisation, Person, Post
from tests.factories import engagement
from tests.readiness.demonstration.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

REAL = {"region", "commissioner", "lmc", "royal_college", "council", "hwb", "healthwatch"}
GREATER_MANCHESTER = "qop-stp-2016"


def current(code: str, key: str) -> CriterionResult:
    return CriterionResult.objects.get(
        assessment__plan__code=code, assessment__is_current=True, key=key
    )


@pytest.mark.parametrize(
    ("category", "number"),
    [
        ("gp_practice", 7_756),
        ("commissioner", 209),
        ("lmc", 104),
        ("council", 152),
        ("hwb", 152),
        ("healthwatch", 152),
        ("royal_college", 24),
        ("region", 4),
    ],
)
def test_register_has_the_real_number_of_each(category, number):
    assert Organisation.objects.filter(category=category).count() == number


def test_every_other_category_has_somebody_to_engage():
    there = set(Organisation.objects.values_list("category", flat=True))
    assert there >= {"pcn", "trust", "vcse", "patient_group", "gp_federation", "social_care"}


def test_networks_have_about_five_practices():
    practices, networks = (
        Organisation.objects.filter(category=category).count()
        for category in ("gp_practice", "pcn")
    )
    assert 4.5 < practices / networks < 5.5


def test_list_sizes_add_up_to_the_patients_of_england():
    assert ListSize.objects.aggregate(all=Sum("patients"))["all"] == 57_521_994


def test_synthetic_is_marked_and_real_is_not():
    for one in Organisation.objects.all():
        assert one.is_synthetic == (one.category not in REAL)
        assert one.is_synthetic == one.code.startswith("X")
    assert not Person.objects.filter(is_synthetic=False).exists()
    assert not User.objects.filter(is_synthetic=False).exists()


def test_nobody_has_an_address_that_could_receive_mail():
    addresses = [*Person.objects.values_list("email", flat=True)]
    addresses += User.objects.values_list("email", flat=True)
    assert all(address.endswith("@example.org") for address in addresses)
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize("day", [TODAY, TODAY - dt.timedelta(days=250)])
def test_every_practice_is_in_exactly_one_system(day):
    systems = set(Footprint.objects.filter(kind=FootprintKind.SYSTEM).values_list("pk", flat=True))
    homes = Counter(
        one.organisation_id
        for one in members(day=day)
        if one.category == "gp_practice" and one.footprint_id in systems
    )
    assert len(homes) == 7_756
    assert set(homes.values()) == {1}


def test_footprints_have_the_practices_and_lmcs_of_2016():
    found = members(day=TODAY)
    ids = dict(Footprint.objects.values_list("code", "pk"))
    practices = Counter(one.footprint_id for one in found if one.category == "gp_practice")
    lmcs = Counter(one.footprint_id for one in found if one.category == "lmc")
    assert [practices[ids[code]] for code in ("QT8", "QE1", "QOP")] == [47, 258, 492]
    assert [lmcs[ids[code]] for code in ("QE1", "QOP", "QRV", "QUA")] == [4, 7, 8, 5]
    assert practices[ids["E08000001"]] == 50


def test_every_practice_of_a_place_lies_in_a_locality():
    places = set(Footprint.objects.filter(kind=FootprintKind.PLACE).values_list("pk", flat=True))
    practices = [
        one
        for one in members(day=TODAY)
        if one.footprint_id in places and one.category == "gp_practice"
    ]
    assert all(one.network_id and one.lmc_id for one in practices)
    assert len({one.footprint_id for one in practices}) == 42


def test_plans_are_counted_from_today():
    stp = Plan.objects.filter(plan_type=PlanType.STP_2016, closed_on__isnull=True)
    places = Plan.objects.filter(plan_type=PlanType.NHP_2026)
    assert (stp.count(), places.count()) == (44, 42)
    assert {(TODAY - plan.starts_on).days for plan in stp} == {250}
    submitted_in = Counter((plan.submission_on - TODAY).days for plan in stp)
    assert submitted_in.most_common(1)[0][0] == 39
    assert set(submitted_in) == {27, 39, 60}
    assert not places.filter(first_draft_on__lte=TODAY).exists()


def test_events_and_participations_have_the_size_of_a_year():
    assert 1_800 <= Event.objects.count() <= 2_800
    assert 20_000 <= Participation.objects.count() <= 35_000


def test_most_practices_were_never_heard():
    heard = (
        Participation.objects.filter(
            organisation__category="gp_practice",
            capacity="provider",
            outcome__in=("attended", "responded"),
        )
        .values("organisation")
        .distinct()
        .count()
    )
    assert 0.2 <= heard / 7_756 <= 0.4


def test_every_status_outcome_and_capacity_occurs():
    assert set(Event.objects.values_list("status", flat=True)) == set(Status.values)
    assert Participation.objects.values("outcome").distinct().count() == 7
    assert Participation.objects.values("capacity").distinct().count() == 5


def test_what_happened_lies_behind_and_what_is_planned_ahead():
    assert not Event.objects.filter(status=Status.PLANNED, held_on__lte=TODAY).exists()
    assert not Event.objects.exclude(status=Status.PLANNED).filter(held_on__gt=TODAY).exists()


def test_events_are_recorded_some_late_and_none_after_now():
    now = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(18)))
    delays = [
        (recorded.date() - held).days
        for held, recorded in Event.objects.filter(status=Status.HAPPENED).values_list(
            "held_on", "recorded_at"
        )
    ]
    assert not Event.objects.filter(recorded_at__gt=now).exists()
    assert min(delays) >= 0
    assert sum(delay > 28 for delay in delays) > 20


def test_days_are_copied_into_credits_and_participations():
    assert not Participation.objects.exclude(held_on=F("event__held_on")).exists()
    assert (
        not Plan.objects.filter(engagement_credits__isnull=False)
        .exclude(engagement_credits__held_on=F("engagement_credits__event__held_on"))
        .exists()
    )


def test_some_events_are_credited_to_two_plans():
    twice = Event.objects.annotate(plans=Count("credits")).filter(plans__gt=1)
    assert twice.count() > 30


def test_some_gps_speak_for_a_commissioner_and_for_their_practice():
    both = Post.objects.filter(title="Governing body GP").values("person")
    practices = Post.objects.filter(person__in=both, organisation__category="gp_practice")
    assert practices.count() == 2 * 209
    assert Participation.objects.filter(
        organisation__category="gp_practice", capacity="commissioner"
    ).exists()


def test_seats_of_general_practice_are_filled_vacant_or_held_for_a_commissioner():
    assert BoardSeat.objects.filter(organisation__isnull=True).exists()
    assert BoardSeat.objects.filter(organisation__category="lmc").exists()
    assert BoardSeat.objects.filter(
        organisation__category="gp_practice", capacity="commissioner"
    ).exists()


@pytest.mark.parametrize("plan_type", PlanType.values)
def test_a_few_plans_are_ready_and_the_others_lack_from_one_must_to_nearly_all(plan_type):
    found = Assessment.objects.filter(is_current=True, plan__plan_type=plan_type)
    lacking = Counter(one.musts - one.musts_met for one in found)
    assert 3 <= lacking[0] <= 6
    assert {1, 2, 3, 4, 5, 6} <= set(lacking)


def test_all_six_states_stand_on_the_board():
    found = CriterionResult.objects.filter(assessment__is_current=True)
    assert set(found.values_list("state", flat=True)) == set(State)


def test_every_criterion_is_met_by_one_plan_and_not_by_another():
    found = CriterionResult.objects.filter(assessment__is_current=True)
    states = {}
    for key, state in found.values_list("key", "state").distinct():
        states.setdefault(key, set()).add(state)
    assert {key for key, seen in states.items() if "met" not in seen} == set()
    assert {key for key, seen in states.items() if not seen & {"not_met", "no_data"}} == set()


def test_the_board_has_decided_on_three_plans_and_every_snapshot_is_sound():
    outcomes = set(Decision.objects.values_list("outcome", flat=True))
    assert outcomes == {"agree", "conditions", "return"}
    call_command("verify_decisions")


def test_flags_are_taken_on_and_helped():
    assert Flag.objects.filter(owner__isnull=False).count() == 12
    assert SupportOffer.objects.filter(closed_at__isnull=True).count() == 2


def test_every_plan_is_assessed_thrice_and_none_is_stale():
    days = Counter(Assessment.objects.values_list("as_at", flat=True))
    assert {(TODAY - day).days: number for day, number in days.items()} == {56: 86, 28: 86, 0: 86}
    assert not Plan.objects.filter(change_no__gt=F("assessed_no")).exists()


def test_flags_stand_for_every_must_that_is_not_met_or_disputed():
    unmet = CriterionResult.objects.filter(
        assessment__is_current=True, criterion__strength="must", state__in=("not_met", "disputed")
    )
    flags = Flag.objects.filter(cleared_at__isnull=True)
    assert set(flags.values_list("plan", "key")) >= set(
        unmet.values_list("assessment__plan", "key")
    )


def test_audit_says_of_every_plan_that_it_was_made_for_the_demonstration():
    assert AuditEntry.objects.filter(verb="made for the demonstration").count() == 86


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.email)
def test_everybody_of_the_sign_in_page_can_sign_in(account):
    user = authenticate(username=account.email, password=PASSWORD)
    assert user is not None
    assert roles_of(user, today=TODAY) == {account.role}


def test_whoever_only_records_or_answers_cannot_sign_in():
    shown = {account.email for account in ACCOUNTS}
    recorders = User.objects.exclude(email__in=shown)
    assert recorders.filter(role_grants__role=Role.MANAGER).count() == 3
    assert not any(user.has_usable_password() for user in recorders)


def test_managers_manage_what_the_table_says():
    north = User.objects.get(email=MANAGER.email)
    london = User.objects.get(email="manager.london@example.org")
    managed = footprints_managed_by(north, today=TODAY).values_list("code", flat=True)
    assert set(managed) == set(MANAGER.footprints)
    assert footprints_managed_by(london, today=TODAY).count() == 5 + 32


def test_practice_lies_in_salford():
    practice = Organisation.objects.get(code="X01000")
    area = {row.code: row for row in reference.commissioners()}["01G"]
    assert practice.relationships_from.get(kind="commissioned_by").target.name == area.name
    user = User.objects.get(email="practice@example.org")
    assert set(plans_visible_to(user, today=TODAY).values_list("code", flat=True)) == {
        GREATER_MANCHESTER,
        "salford-nhp-2026",
    }


def test_one_lmc_was_never_so_much_as_asked():
    lmc = Organisation.objects.get(code=NEVER_CONSULTED.organisation)
    assert lmc.name == "Bolton LMC"
    assert not Participation.objects.filter(organisation=lmc).exists()
    lead = User.objects.get(email=NEVER_CONSULTED.email)
    assert organisation_ids_represented_by(lead, today=TODAY) == {lmc.pk}


def test_that_lmc_is_all_that_is_missing_and_hearing_it_clears_the_flag():
    plan = Plan.objects.get(code=GREATER_MANCHESTER)
    lmc = Organisation.objects.get(code=NEVER_CONSULTED.organisation)
    before = current(plan.code, "lmc_reached")
    flag = Flag.objects.get(plan=plan, key="lmc_reached", cleared_at__isnull=True)
    assert (before.state, before.figure) == ("not_met", "6 of 7 LMCs")
    assert lmc.name in before.would_clear

    practices = Organisation.objects.filter(
        relationships_from__target__code="00T", category="gp_practice"
    )[:5]
    event = engagement.event(plan, held_on=TODAY, title="Meeting with Bolton LMC")
    engagement.took_part(lmc, event, capacity="representative")
    for practice in practices:
        engagement.took_part(practice, event)
    an_hour_later = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(19)))
    Plan.objects.filter(pk=plan.pk).update(change_no=F("change_no") + 1)
    assess_plans(plan_ids=[plan.pk], as_at=TODAY, now=an_hour_later)

    assert current(plan.code, "lmc_reached").state == "met"
    flag.refresh_from_db()
    assert flag.cleared_by == event
