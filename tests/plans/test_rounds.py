"""Opening a round of plans, as an action and as a command."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry
from plans.actions.rounds import Round, RoundRefusedError, open_round
from plans.models import Footprint, Plan, PlanType
from tests.factories import plans as make

STARTS, DRAFT, SUBMISSION = dt.date(2016, 1, 15), dt.date(2016, 6, 30), dt.date(2016, 10, 21)
PHASES = (("Set-up", STARTS), ("Drafting", dt.date(2016, 4, 1)))


def a_round(**changes) -> Round:
    return Round(
        **{
            "plan_type": PlanType.STP_2016,
            "starts_on": STARTS,
            "first_draft_on": DRAFT,
            "submission_on": SUBMISSION,
            "phases": PHASES,
            **changes,
        }
    )


def opened(facts: Round, *codes: str) -> list[Plan]:
    return open_round(by=None, facts=facts, footprint_codes=codes, now=timezone.now())


@pytest.mark.django_db
class TestOpenRound:
    def test_makes_a_stale_plan_with_phases_for_every_footprint(self) -> None:
        first, second = make.footprint(name="Here"), make.footprint(name="There")
        made = opened(a_round())
        assert {plan.footprint for plan in made} == {first, second}
        plan = Plan.objects.get(footprint=first)
        assert plan.change_no > plan.assessed_no
        assert list(plan.phases.values_list("name", "starts_on", "ends_on")) == [
            ("Set-up", STARTS, dt.date(2016, 3, 31)),
            ("Drafting", dt.date(2016, 4, 1), SUBMISSION),
        ]
        assert AuditEntry.objects.filter(verb="opened").count() == 2

    def test_again_adds_only_what_was_missing(self) -> None:
        make.footprint()
        opened(a_round())
        later = make.footprint()
        assert [plan.footprint for plan in opened(a_round())] == [later]
        assert Plan.objects.count() == 2

    def test_a_later_round_has_another_code(self) -> None:
        make.footprint()
        opened(a_round())
        again = a_round(
            starts_on=dt.date(2017, 1, 1),
            first_draft_on=None,
            submission_on=dt.date(2017, 9, 1),
            phases=(("All", dt.date(2017, 1, 1)),),
        )
        [plan] = opened(again)
        assert plan.code.endswith("-2017-01")

    def test_leaves_out_footprints_closed_or_of_another_kind(self) -> None:
        closed = make.footprint()
        Footprint.objects.filter(pk=closed.pk).update(closed_on=dt.date(2015, 12, 31))
        place = make.footprint()
        Footprint.objects.filter(pk=place.pk).update(kind="place")
        with pytest.raises(RoundRefusedError, match="Load the footprints first"):
            opened(a_round())

    def test_names_codes_that_are_no_footprint(self) -> None:
        known = make.footprint()
        with pytest.raises(RoundRefusedError, match="code QXX"):
            opened(a_round(), known.code, "qxx")
        assert not Plan.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"submission_on": STARTS}, "later than the start"),
            ({"first_draft_on": dt.date(2017, 1, 1)}, "first draft must lie"),
            ({"phases": ()}, "first phase"),
            ({"phases": (("Late", DRAFT),)}, "first phase"),
            ({"phases": (*PHASES, ("Too late", dt.date(2017, 1, 1)))}, "last phase"),
        ],
    )
    def test_refuses_days_that_cannot_be(self, changes: dict, says: str) -> None:
        make.footprint()
        with pytest.raises(RoundRefusedError, match=says):
            opened(a_round(**changes))

    def test_asks_as_much_for_two_footprints_as_for_twenty_but_for_the_audit_rows(self) -> None:
        asked = []
        for number in (2, 20):
            for _ in range(number):
                make.footprint()
            with CaptureQueriesContext(connection) as queries:
                made = opened(a_round())
            asked.append(len(queries) - len(made))
        assert asked[0] == asked[1]


@pytest.mark.django_db
class TestCommand:
    def run(self, *more: str) -> None:
        call_command(
            "open_round", "stp_2016", "--starts", "2016-01-15", "--submission", "2016-10-21", *more
        )

    def test_says_how_many_were_opened(self, capsys: pytest.CaptureFixture[str]) -> None:
        make.footprint()
        self.run("--phase", "Set-up=2016-01-15", "--phase", "Drafting=2016-04-01")
        assert "1 plan opened, to be submitted on 21 October 2016." in capsys.readouterr().out

    def test_says_what_is_wrong(self) -> None:
        with pytest.raises(CommandError, match="Load the footprints first") as refused:
            self.run()
        assert refused.value.returncode == 2

    @pytest.mark.parametrize("phase", ["Set-up", "=2016-01-15", "Set-up=15/01/2016"])
    def test_refuses_a_phase_it_cannot_read(self, phase: str) -> None:
        with pytest.raises(CommandError):
            self.run("--phase", phase)
