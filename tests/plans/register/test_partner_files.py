"""Who is named as a partner: typed by hand, with every sort of code and none."""

import datetime as dt
from pathlib import Path

import pytest

from plans.models import Membership
from stakeholders.models import Category
from tests.factories import plans as make_plans
from tests.factories import stakeholders as make
from tests.factories.register import loaded

pytestmark = pytest.mark.django_db
D = dt.date

PARTNERS = (
    "stp_ods,stp_status,partner_kind,partner_name,partner_code_as_given\n"
    "F901,current,CCG,Bolton CCG,00T\n"
    "F901,current,LA,Bolton Council,304\n"
    "F901,current,LA,* a footnote among the names,\n"
    "F901,current,TRUST,Bolton NHS Foundation Trust,RMC\n"
    "F901,current,OTHER,Locala C.I.C.,NL8 (CQC: 1-256729774)\n"
    "F901,current,OTHER,Healthwatch Bolton,CQC: 1-600736408\n"
    "F901,current,OTHER,Age UK Bolton,?\n"
    "F901,current,OTHER,Bolton Local Medical Committee,?\n"
)


@pytest.fixture
def bolton():
    made = make_plans.footprint(make.commissioner(code="00T"))
    made.code = "F901"
    made.save()
    return made


@pytest.mark.usefixtures("bolton")
class TestPartners:
    def test_every_sort_of_code_is_understood(self) -> None:
        outcome = loaded("partners", PARTNERS.encode(), as_at=D(2019, 4, 30))
        names = Membership.objects.values_list("organisation__code", "organisation__category")
        found = dict(names)
        own = next(code for code in found if code.startswith("X-"))
        assert found == {
            "00T": Category.COMMISSIONER,
            "E08000001": Category.COUNCIL,
            "RMC": Category.TRUST,
            "NL8": Category.INDEPENDENT,
            "1-600736408": Category.HEALTHWATCH,
            own: Category.VCSE,
        }
        assert [note.row for note in outcome.changes.notes] == [4, 8, 9]
        assert loaded("partners", PARTNERS.encode(), as_at=D(2019, 4, 30)).changes.rows_written == 0

    def test_a_commissioner_that_belongs_stays_whole(self) -> None:
        loaded("partners", PARTNERS.encode(), as_at=D(2019, 4, 30))
        assert Membership.objects.get(organisation__code="00T").extent == "whole"

    def test_a_trust_that_a_newer_list_leaves_out_leaves(self) -> None:
        loaded("partners", PARTNERS.encode(), as_at=D(2019, 4, 30))
        newer = PARTNERS.replace("Bolton NHS Foundation Trust,RMC", "Other Trust,RM1")
        loaded("partners", newer.encode(), as_at=D(2020, 4, 30))
        assert Membership.objects.get(organisation__code="RMC").valid_to == D(2020, 4, 29)
        assert Membership.objects.get(organisation__code="E08000001").valid_to is None

    def test_unknown_commissioners_councils_and_footprints_are_named(self) -> None:
        wrong = (
            PARTNERS.replace("00T", "99Z")
            .replace("304", "003")
            .replace("F901,current,OTHER", "F902,current,OTHER")
        )
        outcome = loaded("partners", wrong.encode(), as_at=D(2019, 4, 30))
        assert {(p.row, p.value) for p in outcome.changes.problems} == {
            (2, "99Z"),
            (3, "003"),
            (6, "F902"),
            (7, "F902"),
            (8, "F902"),
        }


@pytest.mark.register
def test_the_workbook_and_its_flat_copy_say_the_same(register_data: Path) -> None:
    from plans.register.partners import parse
    from stakeholders.register.reading import read_book

    folder = register_data / "stp-footprints"
    found = [
        parse(read_book((folder / name).read_bytes()))
        for name in ("stp_partner_mapping_2019-04_redacted.xlsx", "stp_partners_2019-04.csv")
    ]
    pairs = [{(m.organisation, m.footprint, m.until) for m in one.memberships} for one in found]
    # One line of the workbook names no footprint and stands among those of QF7; the copy has QOQ.
    assert pairs[0] ^ pairs[1] == {("RX8", "QF7", None)}
    assert len(pairs[0]) > 700
