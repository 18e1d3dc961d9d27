"""A decision is told to who manages the plan and to the leads of the LMCs in its area, once each."""

import datetime as dt

import pytest

from accounts.models import RoleGrant, User
from accounts.roles import Role
from mail import actions as mail_actions
from mail.models import Message
from plans.models import FootprintGrant, FootprintRegion
from tests.factories import accounts, plans, stakeholders
from tests.readiness.country import NOW, TODAY
from tests.readiness.deciding import decided, reviewer

pytestmark = pytest.mark.django_db


def told(decision):
    return set(
        Message.objects.filter(kind="decision-taken", about_key=str(decision.pk)).values_list(
            "user", flat=True
        )
    )


def test_managers_and_leads_are_told_and_nobody_else(somewhere):
    region = plans.region()
    FootprintRegion.objects.create(
        footprint=somewhere.plan.footprint, region=region, valid_from=accounts.LONG_AGO
    )
    wanted = {
        plans.manager(somewhere.plan.footprint).pk,
        plans.manager(in_region=region).pk,
        stakeholders.representative(somewhere.lmc).pk,
    }
    stakeholders.representative(somewhere.practices[0])
    stakeholders.representative(stakeholders.lmc())
    plans.manager(plans.footprint())
    for gone in (
        plans.manager(somewhere.plan.footprint),
        stakeholders.representative(somewhere.lmc),
    ):
        User.objects.filter(pk=gone.pk).update(is_active=False)
    ended = plans.manager(somewhere.plan.footprint)
    RoleGrant.objects.filter(user=ended).update(valid_to=TODAY - dt.timedelta(1))
    both = accounts.user(Role.MANAGER, Role.REVIEWER)

    decision = decided(somewhere.plan, by=both)

    assert told(decision) == wanted


def test_who_may_not_see_the_plan_any_more_is_not_told(somewhere, mailoutbox):
    manager = plans.manager(somewhere.plan.footprint)
    decision = decided(somewhere.plan, "conditions", by=reviewer())
    assert told(decision) == {manager.pk}
    FootprintGrant.objects.filter(user=manager).update(valid_to=TODAY - dt.timedelta(1))

    assert mail_actions.deliver(now=NOW) == {"dropped": 1}
    assert mailoutbox == []


def test_the_letter_names_the_outcome_and_leads_to_the_reasons(somewhere, mailoutbox):
    plans.manager(somewhere.plan.footprint)
    decision = decided(somewhere.plan, "conditions")
    mail_actions.deliver(now=NOW)

    [mail] = mailoutbox
    assert mail.subject == f"{somewhere.plan.title}: Agree with conditions"
    assert "on 1 July 2016: Agree with conditions (1 condition)." in mail.body
    assert f"https://tent.example.org/decisions/{decision.pk}/" in mail.body
    assert decision.summary not in mail.body
