"""Ten decisions, then the world moves on: no snapshot changes, and every later difference is told."""

import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command

from config import protection
from engagement.actions import withdraw_event
from engagement.models import Answer, Attestation, EventPlan, Level, Participation
from plans.models import Plan
from readiness.actions import assess_plans
from readiness.models import Criterion, CriterionException, Decision, Policy
from readiness.rules.canonical import digest
from stakeholders.models import ListSize, OpenPeriod, Organisation, Relationship, Succession
from tests.factories import accounts, plans, stakeholders
from tests.factories.register import commissioner_row, csv_bytes, loaded, ods_row
from tests.readiness.country import NOW, TODAY, Country, at, country
from tests.readiness.deciding import decided

pytestmark = pytest.mark.django_db

LATER = at(TODAY + dt.timedelta(40))
MAY = dt.date(2016, 5, 31)
SIZES = (
    "PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS"
)
OUTCOMES = ("agree", "conditions", "return", "refuse")


def sizes(day: str, **patients: int) -> bytes:
    rows = [f"GP,{day},GP,00K,E1,{code},TS1,ALL,ALL,{number}" for code, number in patients.items()]
    return "\n".join([SIZES, *rows, ""]).encode()


def registered() -> Country:
    """A footprint whose practices came by the official register."""
    loaded("commissioners", csv_bytes(commissioner_row("00K")))
    loaded("practices", csv_bytes(*(ods_row(f"A8100{n}", f"SURGERY {n}") for n in range(1, 6))))
    loaded("list-sizes", sizes("01JAN2016", **{f"A8100{n}": 5000 for n in range(1, 6)}))
    commissioner, lmc = Organisation.objects.get(code="00K"), stakeholders.lmc()
    stakeholders.tie(commissioner, "represented_by", lmc)
    practices = list(Organisation.objects.filter(code__startswith="A8100").order_by("code"))
    return Country(plans.plan(plans.footprint(commissioner)), commissioner, lmc, practices)


def verify(*options: str) -> list[dict]:
    out = io.StringIO()
    call_command("verify_decisions", *options, "--json", stdout=out)
    return json.loads(out.getvalue())["decisions"]


def told_of(one: dict) -> dict[str, list[str]]:
    """What is said of one decision: sentences by their cause, and `figures`."""
    assert one["sound"], one["faults"]
    said = {"figures": [difference["words"] for difference in one["differences"]]}
    for change in one["changes"]:
        said.setdefault(change["cause"], []).append(change["words"])
    return said


def told(plan: Plan) -> dict[str, list[str]]:
    """The same of the only decision on a plan."""
    (one,) = verify("--plan", plan.code)
    return told_of(one)


@pytest.fixture
def five() -> list[Country]:
    """Five plans, each with a meeting that reached some practices, and two decisions."""
    places = [registered(), *(country(4) for _ in range(4))]
    for number, place in enumerate(places):
        place.meeting(place.lmc, *place.practices[:2], held_on=TODAY - dt.timedelta(20))
        for turn in range(2):
            decided(place.plan, OUTCOMES[(number + turn) % 4], now=NOW + dt.timedelta(minutes=turn))
    return places


def new_thresholds(*, effective_from: dt.date) -> None:
    """The next version of the policy, approved, with a lower bar for breadth."""
    policy = Policy.objects.filter(plan_type="stp_2016").latest("version")
    criteria = list(policy.criteria.order_by("position"))
    policy.pk, policy.version, policy.effective_from = None, policy.version + 1, effective_from
    policy.save()
    for one in criteria:
        one.pk, one.policy = None, policy
        if one.key == "gp_breadth":
            one.parameters = {**one.parameters, "amber_below": 25}
    Criterion.objects.bulk_create(criteria)


def the_register_moves_on(place: Country) -> None:
    """A file as at a day before the decisions arrives after them, and one of a later day."""
    rows = [ods_row(f"A8100{n}", f"SURGERY {n}") for n in range(2, 6)]
    closed = ods_row("A81001", "SURGERY 1", status="C", closed="20160430")
    begun = ods_row("A81009", "SURGERY 9", opened="20160501", joined="20160501")
    data = csv_bytes(closed, *rows, begun)
    loaded("practices", data, as_at=MAY, file_name="late.csv", accept_large_change=True)
    loaded("list-sizes", sizes("01JUN2016", A81002=9000), as_at=None, file_name="june.csv")


def an_organisation_is_merged(place: Country) -> None:
    gone, heir = place.practices[2], place.practices[3]
    merged_on = TODAY - dt.timedelta(5)
    OpenPeriod.objects.filter(organisation=gone).update(valid_to=merged_on)
    Relationship.objects.filter(source=gone).update(valid_to=merged_on)
    Succession.objects.create(predecessor=gone, successor=heir, happened_on=merged_on)


def everything_moves_on(five: list[Country]) -> None:
    """One later change of each kind, a plan each, and new thresholds for all."""
    by_register, withdrawn, merged, late, disputed = five
    author = accounts.user()
    the_register_moves_on(by_register)
    event = withdrawn.plan.engagement_credits.get().event
    withdraw_event(by=author, event_id=event.pk, reason="Logged twice", now=LATER)
    an_organisation_is_merged(merged)
    held_on = TODAY - dt.timedelta(3)
    late.meeting(*late.practices, held_on=held_on, recorded_at=LATER, title="Evening forum")
    Attestation.objects.create(
        event=disputed.plan.engagement_credits.get().event,
        organisation=disputed.lmc,
        answer=Answer.DISPUTED,
        words="We were not there",
        answered_at=LATER,
        answered_by=author,
    )
    new_thresholds(effective_from=TODAY - dt.timedelta(30))


def test_ten_snapshots_stay_byte_for_byte_as_they_are(five):
    frozen = {one.pk: (one.snapshot, one.sha256) for one in Decision.objects.all()}
    assert len(frozen) == 10
    assert [told_of(one) for one in verify()] == [{"figures": []}] * 10

    everything_moves_on(five)
    assess_plans(plan_ids=None, as_at=TODAY, now=LATER)

    assert {one.pk: (one.snapshot, one.sha256) for one in Decision.objects.all()} == frozen
    assert len([one for one in verify() if one["sound"]]) == 10


def test_every_later_difference_is_named(five):
    everything_moves_on(five)
    of = {(one["plan"], one["number"]): told_of(one) for one in verify()}
    assert len(of) == 10
    for said in of.values():
        assert said["policy changed"][0].startswith("Version 3 then, version 4 now")
        assert said["policy changed"][1] == "GP breadth: amber below 40 then, 25 now."
    for place in five:
        assert of[place.plan.code, 1] == of[place.plan.code, 2]
    by_register, withdrawn, merged, late, disputed = (of[place.plan.code, 1] for place in five)

    said = by_register
    assert said["register changed"] == [
        "june.csv, the register as at 1 June 2016, was loaded since.",
        "late.csv, the register as at 31 May 2016, was loaded since.",
        "No longer in the footprint on that day: Surgery 1 (A81001).",
        "In the footprint on that day now, and not then: Surgery 9 (A81009).",
        "1 practice's list size differs: 20,000 patients then, 24,000 now, in the practices of both.",
    ]
    assert any(words.startswith("GP breadth: 2 of 5 practices") for words in said["figures"])

    said = withdrawn
    assert said["withdrawn since"] == [
        "Practice forum, 11 June 2016, was withdrawn on 10 August 2016: Logged twice."
    ]
    assert any(words.endswith("0 of 1 LMC (not met) now.") for words in said["figures"])

    gone, heir = five[2].practices[2:4]
    assert merged["register changed"] == [
        *by_register["register changed"][:2],
        f"Merged: {gone.name} ({gone.code}) into {heir.name} ({heir.code}) on 26 June 2016.",
        f"No longer in the footprint on that day: {gone.name} ({gone.code}).",
    ]
    assert late["recorded late"] == [
        "Evening forum, 28 June 2016, was recorded on 10 August 2016, after the decision: "
        "4 organisations."
    ]
    assert disputed["disputed since"] == [
        f"{five[4].lmc.name} in Practice forum, 11 June 2016, is disputed now."
    ]


def test_what_was_amended_recorded_on_paper_or_seated_since_is_named():
    place = country(4)
    held = place.meeting(place.lmc, *place.practices[:2])
    decided(place.plan)
    type(held).objects.filter(pk=held.pk).update(level=Level.INFORM)
    Participation.objects.filter(event=held, organisation=place.practices[1]).delete()
    CriterionException.objects.create(
        plan=place.plan, key="gp_breadth", reason="Rural", starts_on=TODAY - dt.timedelta(9),
        expires_on=TODAY + dt.timedelta(9), recorded_at=LATER, recorded_by=accounts.user(),
    )  # fmt: skip
    place.plan.seats.create(
        body="Board", title="GP", organisation=place.lmc, capacity="representative",
        valid_from=TODAY - dt.timedelta(60),
    )  # fmt: skip
    Plan.objects.filter(pk=place.plan.pk).update(submission_on=dt.date(2016, 11, 1))

    said = told(place.plan)
    assert said["amended since"] == [
        "Practice forum, 1 July 2016: level consult then, inform now; "
        "1 participation of then is gone or changed."
    ]
    assert said["papers changed"] == ["1 exception new or changed."]
    assert said["seats or arrangements changed"] == ["1 seat new or changed."]
    assert said["plan changed"] == ["The submission was 21 October 2016 then, 1 November 2016 now."]
    assert any(words.startswith("GP breadth:") for words in said["figures"])


def test_an_event_credited_elsewhere_since_is_an_amendment():
    place = country(4)
    held, other = place.meeting(place.lmc), country(1)
    shared = other.meeting(place.practices[0], title="Joint day")
    decided(place.plan)
    EventPlan.objects.filter(event=held).update(plan=other.plan)
    EventPlan.objects.create(event=shared, plan=place.plan, held_on=TODAY)
    assert told(place.plan)["amended since"] == [
        "Practice forum, 1 July 2016, counted for this plan then and does not now.",
        "Joint day, 1 July 2016, counts for this plan now and did not then: 1 organisation.",
    ]


def test_a_dispute_that_has_ended_since_is_named():
    place = country(4)
    held = place.meeting(place.lmc)
    dispute = Attestation.objects.create(
        event=held, organisation=place.lmc, answer=Answer.DISPUTED, words="Not us",
        answered_at=at(TODAY, 1), answered_by=accounts.user(),
    )  # fmt: skip
    made = decided(place.plan)
    (kept,) = json.loads(made.snapshot)["disputes"]
    assert (kept["organisation"], kept["words"]) == (place.lmc.code, "Not us")
    dispute.resolved_at, dispute.resolution = LATER, "taken_back"
    dispute.save()
    assert told(place.plan)["no longer disputed"] == [
        f"{place.lmc.name} in Practice forum, 1 July 2016, was disputed then and is not now."
    ]


def test_a_policy_of_a_later_day_is_named_and_moves_no_figure_of_the_day():
    place = country(4)
    decided(place.plan)
    new_thresholds(effective_from=TODAY + dt.timedelta(31))
    said = told(place.plan)
    assert said == {
        "figures": [],
        "policy changed": [
            "Version 4 is in force from 1 August 2016, after the day of the figures.",
            "GP breadth: amber below 40 then, 25 now.",
        ],
    }


def tampered(text: str, how: str) -> str:
    if how == "figure":
        return text.replace('"figure":"', '"figure":"9', 1)
    if how == "part":
        return text.replace('"outcome":"attended"', '"outcome":"invited"', 1)
    if how == "blank":
        return text.replace('{"as_at"', '{ "as_at"', 1)
    return text[: len(text) // 2]


@pytest.mark.parametrize("how", ["figure", "part", "blank", "cut"])
@pytest.mark.parametrize("hashed_again", [False, True])
def test_a_snapshot_that_was_touched_is_found(how, hashed_again):
    place = country(4)
    place.meeting(place.lmc, *place.practices[:2])
    made = decided(place.plan)
    text = tampered(made.snapshot, how)
    assert text != made.snapshot
    sha256 = digest(text) if hashed_again else made.sha256
    protection.remove()  # as who owns the database could
    Decision.objects.filter(pk=made.pk).update(snapshot=text, sha256=sha256)

    out = io.StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("verify_decisions", stdout=out)
    assert failed.value.returncode == 1
    assert "NOT SOUND" in out.getvalue()
    assert ("Its SHA-256 does not hold." in out.getvalue()) is not hashed_again


def test_a_row_that_says_something_else_than_its_snapshot_is_found():
    made = decided(country(4).plan)
    protection.remove()
    Decision.objects.filter(pk=made.pk).update(outcome="refuse")
    with pytest.raises(CommandError):
        call_command("verify_decisions", stdout=io.StringIO())


def test_without_a_difference_it_says_so_and_an_unknown_plan_is_bad_input():
    made = decided(country(4).plan)
    out = io.StringIO()
    call_command("verify_decisions", stdout=out)
    assert "1 decision, 1 sound snapshot" in out.getvalue()
    assert "The record says the same of that day now." in out.getvalue()
    assert made.sha256 in out.getvalue()
    with pytest.raises(CommandError) as failed:
        call_command("verify_decisions", "--plan", "nowhere", stdout=io.StringIO())
    assert failed.value.returncode == 2


def test_what_moved_unseen_is_admitted():
    """A list size corrected in place leaves no file behind, and is still named."""
    place = country(4)
    place.meeting(*place.practices[:2])
    decided(place.plan)
    ListSize.objects.filter(organisation=place.practices[0]).update(patients=60_000)
    assert told(place.plan)["register changed"] == [
        "1 practice's list size differs: 24,000 patients then, 78,000 now, in the practices of both."
    ]
