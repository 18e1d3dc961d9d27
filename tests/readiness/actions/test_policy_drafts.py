"""A new version of a policy: drafted, changed, proposed, and approved by somebody else."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from accounts.roles import Role
from plans.models import Plan
from readiness.actions import assess_plans, ensure_policies
from readiness.actions import policy_drafts as drafts
from readiness.models import Assessment, Policy, PolicyStatus
from readiness.queries.policies import policies_in_force
from tests.factories import accounts
from tests.readiness.country import NOW, TODAY, at

FROM = TODAY + dt.timedelta(days=7)


@pytest.fixture
def author(db):
    ensure_policies()
    return accounts.user(Role.ADMINISTRATOR)


@pytest.fixture
def second(db):
    return accounts.user(Role.REVIEWER)


def standing():
    return policies_in_force(as_at=TODAY)["stp_2016"].policy


@pytest.fixture
def draft(author):
    return drafts.draft_policy(
        based_on=standing(), effective_from=FROM, note="Broader", by=author, now=NOW
    )


def values_of(criterion, **changes):
    return {**drafts.as_written(criterion), **changes}


def change_breadth(draft, author, **changes):
    criterion = draft.criteria.get(key="gp_breadth")
    return drafts.change_criterion(
        policy_id=draft.pk,
        key="gp_breadth",
        seen=drafts.mark_of(criterion),
        values=values_of(criterion, **changes),
        by=author,
        now=NOW,
    )


def proposed(draft, author):
    return drafts.propose(policy_id=draft.pk, by=author, now=NOW)


def test_a_draft_copies_every_criterion_and_is_in_force_for_nobody(draft):
    former = draft.based_on
    words = [
        {"key": one.key, **drafts.as_written(one)} for one in former.criteria.order_by("position")
    ]
    copied = [
        {"key": one.key, **drafts.as_written(one)} for one in draft.criteria.order_by("position")
    ]

    assert copied == words
    assert (draft.version, draft.status) == (former.version + 1, PolicyStatus.DRAFT)
    assert policies_in_force(as_at=FROM)["stp_2016"].policy == former


def test_only_one_version_of_a_type_is_written_at_a_time(draft, author):
    with pytest.raises(drafts.PolicyMovedError):
        drafts.draft_policy(
            based_on=draft.based_on, effective_from=FROM, note="Another", by=author, now=NOW
        )
    drafts.drop(policy_id=draft.pk, by=author, now=NOW)
    again = drafts.draft_policy(
        based_on=draft.based_on, effective_from=FROM, note="Another", by=author, now=NOW
    )
    assert again.version == draft.version + 1


def test_approval_by_a_second_person_puts_it_in_force_from_its_day(
    draft, author, second, somewhere
):
    change_breadth(draft, author, parameters={"red_below": 22, "amber_below": 60})
    proposed(draft, author)
    assess_plans(plan_ids=None, as_at=TODAY, now=NOW)
    drafts.approve(policy_id=draft.pk, by=second, now=NOW)

    assert policies_in_force(as_at=FROM - dt.timedelta(days=1))["stp_2016"].policy != draft
    assert policies_in_force(as_at=FROM)["stp_2016"].policy == draft
    plan = Plan.objects.get(pk=somewhere.plan.pk)
    assert plan.change_no > plan.assessed_no
    somewhere.meeting(*somewhere.practices[:2])
    assess_plans(plan_ids=None, as_at=FROM, now=at(FROM))
    breadth = Assessment.objects.get(is_current=True).results.get(key="gp_breadth")
    assert (breadth.state, breadth.criterion.policy) == ("not_met", draft)


def test_nobody_approves_what_is_their_own(draft, author):
    proposed(draft, author)
    with pytest.raises(drafts.OwnWorkError):
        drafts.approve(policy_id=draft.pk, by=author, now=NOW)
    assert Policy.objects.get(pk=draft.pk).status == PolicyStatus.PROPOSED


@pytest.mark.parametrize("step", ["propose", "approve"])
def test_a_day_that_has_passed_is_refused(draft, author, second, step):
    late = at(FROM + dt.timedelta(days=1))
    if step == "approve":
        proposed(draft, author)
    with pytest.raises(drafts.TooLateError):
        getattr(drafts, step)(policy_id=draft.pk, by=second, now=late)


def test_what_waits_or_is_in_force_cannot_be_changed(draft, author, second):
    proposed(draft, author)
    with pytest.raises(drafts.PolicyMovedError):
        change_breadth(draft, author, title="Wider")
    drafts.approve(policy_id=draft.pk, by=second, now=NOW)
    with pytest.raises(drafts.PolicyMovedError):
        change_breadth(draft, author, title="Wider")


def test_sent_back_it_is_a_draft_again(draft, author, second):
    proposed(draft, author)
    drafts.send_back(policy_id=draft.pk, reason="Say why 60%", by=second, now=NOW)
    change_breadth(draft, author, title="Wider")

    assert draft.criteria.get(key="gp_breadth").title == "Wider"
    assert AuditEntry.objects.get(verb="sent back").became == {"reason": "Say why 60%"}


def test_a_criterion_changed_by_two_at_once_is_told_to_the_second(draft, author):
    seen = drafts.mark_of(draft.criteria.get(key="gp_breadth"))
    change_breadth(draft, author, title="Wider")
    with pytest.raises(drafts.PolicyMovedError):
        drafts.change_criterion(
            policy_id=draft.pk,
            key="gp_breadth",
            seen=seen,
            values=values_of(draft.criteria.get(key="gp_breadth"), title="Broad"),
            by=author,
            now=NOW,
        )
    assert draft.criteria.get(key="gp_breadth").title == "Wider"


def test_thresholds_that_the_rule_cannot_use_are_refused(draft, author):
    with pytest.raises(ValueError, match="amber_below"):
        change_breadth(draft, author, parameters={"red_below": 22, "amber_below": 400})


def test_days_that_flags_cannot_use_are_refused(draft, author):
    with pytest.raises(ValueError, match="smaller"):
        drafts.change_draft(
            policy_id=draft.pk,
            effective_from=FROM,
            flag_days=[14, 30, 60],
            note="n",
            by=author,
            now=NOW,
        )


def test_a_criterion_is_left_out_and_taken_in_again_from_another_version(draft, author):
    former = draft.based_on.criteria.get(key="channels")
    drafts.leave_out(policy_id=draft.pk, key="channels", by=author, now=NOW)
    assert not draft.criteria.filter(key="channels").exists()
    copied = drafts.take_in(policy_id=draft.pk, criterion=former, by=author, now=NOW)

    assert drafts.as_written(copied) == drafts.as_written(former)
    assert copied.position > draft.criteria.exclude(key="channels").count()
    with pytest.raises(drafts.PolicyMovedError):
        drafts.take_in(policy_id=draft.pk, criterion=former, by=author, now=NOW)
    assert former.policy.criteria.filter(key="channels").exists()


def test_every_step_is_audited_with_what_was_before(draft, author, second):
    change_breadth(draft, author, title="Wider")
    change_breadth(draft, author, title="Wider")
    proposed(draft, author)
    drafts.approve(policy_id=draft.pk, by=second, now=NOW)

    verbs = AuditEntry.objects.filter(object_type__startswith="readiness.").order_by("pk")
    told = [one.verb for one in verbs if one.verb not in {"added"}]
    assert told == ["drafted", "changed", "proposed", "approved"]
    changed = AuditEntry.objects.get(verb="changed")
    assert (changed.was, changed.became) == ({"title": "GP breadth"}, {"title": "Wider"})
