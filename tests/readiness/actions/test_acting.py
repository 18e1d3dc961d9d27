"""Taking a flag on, offering support, closing the offer."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from accounts.roles import Role
from engagement.actions import mark_counts_due
from readiness.actions import acting, assess_plans
from readiness.models import Flag, SupportOffer
from tests.factories import accounts, plans, readiness
from tests.readiness.country import NOW, TODAY, at

DUE = TODAY + dt.timedelta(days=14)


@pytest.fixture
def flag(somewhere):
    assess_plans(plan_ids=None, as_at=TODAY, now=NOW)
    return Flag.objects.get(key="gp_breadth")


@pytest.fixture
def manager(somewhere):
    return plans.manager(somewhere.plan.footprint)


def take_on(flag, by, **changes):
    words = {"owner": by, "action": "Ring ten practices", "due_on": DUE}
    return acting.take_on(flag_id=flag.pk, by=by, now=NOW, **{**words, **changes})


def trail(verb):
    return AuditEntry.objects.filter(verb=verb)


def test_taking_on_says_who_does_what_by_when_and_is_audited(flag, manager):
    take_on(flag, manager)

    flag.refresh_from_db()
    assert (flag.owner, flag.action, flag.due_on) == (manager, "Ring ten practices", DUE)
    assert (flag.acknowledged_by, flag.acknowledged_at) == (manager, NOW)
    assert trail("taken on").get().after["action"] == "Ring ten practices"


def test_the_same_words_twice_are_written_once(flag, manager):
    take_on(flag, manager)
    take_on(flag, manager)

    assert trail("taken on").count() == 1


def test_another_word_replaces_the_former_and_the_trail_has_both(flag, manager):
    take_on(flag, manager)
    take_on(flag, manager, action="Visit five practices")

    newest = trail("taken on").first()
    assert newest.before["action"] == "Ring ten practices"
    assert newest.after["action"] == "Visit five practices"


def test_a_flag_that_is_taken_on_stays_one_flag_and_keeps_its_owner(flag, manager, somewhere):
    take_on(flag, manager)
    somewhere.meeting(somewhere.practices[0])
    assess_plans(plan_ids=None, as_at=TODAY, now=NOW)

    flag.refresh_from_db()
    assert flag.figure == "1 of 5 practices; 20% of patients"
    assert flag.owner == manager


def test_a_cleared_flag_cannot_be_taken_on_nor_helped(flag, manager):
    readiness.cleared(flag)

    with pytest.raises(acting.FlagClearedMeanwhileError):
        take_on(flag, manager)
    with pytest.raises(acting.FlagClearedMeanwhileError):
        acting.offer_support(flag_id=flag.pk, what="Help", owner=manager, by=manager, now=NOW)
    assert not SupportOffer.objects.exists()


def test_support_has_an_owner_until_it_is_closed(flag, manager):
    reviewer = accounts.user(Role.REVIEWER)
    offer = acting.offer_support(
        flag_id=flag.pk, what="Two days of help", owner=manager, by=reviewer, now=NOW
    )
    with pytest.raises(acting.OfferOpenError) as second:
        acting.offer_support(flag_id=flag.pk, what="More", owner=manager, by=reviewer, now=NOW)
    assert second.value.offer == offer

    acting.close_support(offer_id=offer.pk, outcome="Visits were held", by=manager, now=NOW)

    offer.refresh_from_db()
    assert (offer.closed_by, offer.outcome) == (manager, "Visits were held")
    with pytest.raises(acting.OfferClosedError):
        acting.close_support(offer_id=offer.pk, outcome="Again", by=manager, now=NOW)
    assert [trail(verb).count() for verb in ("support offered", "support closed")] == [1, 1]


def test_an_offer_can_be_closed_after_its_flag_has_cleared(flag, manager):
    offer = readiness.offer(flag, manager)
    readiness.cleared(flag)

    acting.close_support(offer_id=offer.pk, outcome="Not needed", by=manager, now=NOW)

    assert SupportOffer.objects.get().closed_at == NOW


def test_what_comes_back_is_a_new_flag_linked_to_the_old(flag, manager, somewhere):
    take_on(flag, manager)
    held = somewhere.meeting(*somewhere.practices)
    assess_plans(plan_ids=None, as_at=TODAY, now=at(TODAY, 13))
    mark_counts_due(event_id=held.pk)
    held.participations.all().delete()
    assess_plans(plan_ids=None, as_at=TODAY, now=at(TODAY, 14))

    old, new = Flag.objects.filter(key="gp_breadth").order_by("pk")
    assert old.cleared_by == held
    assert (new.previous, new.owner, new.cleared_at) == (old, None, None)
