"""Who sees which plan on which day, and where they may write."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.roles import Permission, Role
from plans.access import footprints_managed_by, may_write, plan_in_scope, plans_visible_to
from plans.models import FootprintGrant, FootprintRegion
from stakeholders.models import Representative
from tests.factories import accounts as make_accounts
from tests.factories import plans as make
from tests.factories import stakeholders

TODAY = dt.date(2016, 9, 12)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(1), TODAY + dt.timedelta(1)


def sees(user, plan) -> bool:
    return plan in plans_visible_to(user, today=TODAY)


@pytest.mark.django_db
class TestManager:
    def test_sees_and_writes_where_granted_and_nowhere_else(self) -> None:
        ours, theirs = make.plan(make.footprint()), make.plan(make.footprint())
        manager = make.manager(ours.footprint)
        assert (sees(manager, ours), sees(manager, theirs)) == (True, False)
        assert may_write(manager, ours, today=TODAY)
        assert not may_write(manager, theirs, today=TODAY)

    def test_of_a_region_follows_the_footprint_from_region_to_region(self) -> None:
        north, south = make.region(), make.region()
        footprint = make.footprint()
        FootprintRegion.objects.create(
            footprint=footprint, region=north, valid_from=make.LONG_AGO, valid_to=YESTERDAY
        )
        FootprintRegion.objects.create(footprint=footprint, region=south, valid_from=TODAY)
        for region, day, managed in (
            (north, YESTERDAY, True), (north, TODAY, False),
            (south, YESTERDAY, False), (south, TODAY, True),
        ):  # fmt: skip
            manager = make.manager(in_region=region)
            assert footprints_managed_by(manager, today=day).exists() is managed

    def test_loses_the_footprint_when_the_grant_ends(self) -> None:
        plan = make.plan(make.footprint())
        manager = make_accounts.user(Role.MANAGER)
        FootprintGrant.objects.create(
            user=manager, footprint=plan.footprint, valid_from=make.LONG_AGO, valid_to=YESTERDAY
        )
        assert not sees(manager, plan)

    def test_a_grant_without_the_role_opens_nothing(self) -> None:
        plan = make.plan(make.footprint())
        reviewer_no_more = make_accounts.user()
        FootprintGrant.objects.create(
            user=reviewer_no_more, footprint=plan.footprint, valid_from=make.LONG_AGO
        )
        assert not sees(reviewer_no_more, plan)


@pytest.mark.django_db
class TestRepresentative:
    def test_of_an_lmc_sees_the_plans_that_cover_a_practice_of_its_area(self) -> None:
        ccg, lmc = stakeholders.commissioner(), stakeholders.lmc()
        stakeholders.practice(ccg, represented_by=lmc)
        covering, elsewhere = make.plan(make.footprint(ccg)), make.plan(make.footprint())
        lead = stakeholders.representative(lmc)
        assert (sees(lead, covering), sees(lead, elsewhere)) == (True, False)
        assert not may_write(lead, covering, today=TODAY)

    def test_sees_nothing_once_they_answer_for_nobody(self) -> None:
        charity = stakeholders.organisation()
        plan = make.plan(make.footprint(charity))
        lead = stakeholders.representative(charity)
        assert sees(lead, plan)
        Representative.objects.update(valid_to=YESTERDAY)
        assert not sees(lead, plan)


@pytest.mark.django_db
class TestPlanInScope:
    def test_outside_the_scope_is_as_unknown_as_no_plan_at_all(self) -> None:
        theirs = make.plan(make.footprint())
        manager = make.manager(make.footprint())
        for code in (theirs.code, "no-such-plan"):
            with pytest.raises(Http404):
                plan_in_scope(manager, code, permission=Permission.READ_READINESS, today=TODAY)

    def test_inside_without_the_permission_is_denied(self) -> None:
        plan = make.plan(make.footprint())
        administrator = make_accounts.user(Role.ADMINISTRATOR)
        with pytest.raises(PermissionDenied):
            plan_in_scope(
                administrator, plan.code, permission=Permission.READ_READINESS, today=TODAY
            )

    def test_a_reviewer_reads_every_plan(self) -> None:
        plan = make.plan(make.footprint())
        reviewer = make_accounts.user(Role.REVIEWER)
        found = plan_in_scope(
            reviewer, plan.code, permission=Permission.READ_READINESS, today=TODAY
        )
        assert found == plan
