"""Footprints, who lies in them, and what becomes of them."""

import datetime as dt

import pytest

from plans.membership import members
from plans.models import Footprint, FootprintRegion, FootprintSuccession, Membership
from stakeholders.models import Category, Organisation
from stakeholders.register.problems import FileRefusedError
from tests.factories.register import commissioner_row, csv_bytes, loaded, ods_row

pytestmark = pytest.mark.django_db
SPRING = dt.date(2016, 3, 1)
FOOTPRINTS = (
    "footprint_no,ods_code,ons_code_2016,name_2016,region4_ods,region4_name,region7_ods,region7_name\n"
    '1,QVP,E54000001,"Northumberland, Tyne and Wear",Y54,North of England,Y63,North East and Yorkshire\n'
    "2,QT8,E54000002,West Cumbria,Y54,North of England,Y63,North East and Yorkshire\n"
    "4,QE1,E54000004,Lancashire,Y54,North of England,Y62,North West\n"
    "30,QKK,E54000030,South East London,Y56,London,Y56,London\n"
)
LOOKUP = (
    "ccg_ods,ccg_name,stp_ons_2016,stp_name_2016,secondary_stp_ons,region_ods,region_name,note\n"
    "00L,NHS NORTHUMBERLAND CCG,E54000001,Northumberland,,Y54,North of England,\n"
    "01H,NHS CUMBRIA CCG,E54000002,West Cumbria,E54000004,Y54,North of England,CCG split: two\n"
    "02Q,NHS BASSETLAW CCG,E54000004,Lancashire,E54000001,Y54,North of England,also partner\n"
)
OVERRIDES = (
    "practice_ods,ccg_ods,stp_ons_2016,method\n"
    "A82001,01H,E54000002,by hand\n"
    "A82002,01H,E54000004,by hand\n"
)
CHANGE_LOG = (
    "date,stp_code_as_given,stp_name,change_type,details\n"
    '2018-06-07,QVP,Northumberland STP,STP code closed (merger),"Code closed, merged into QHM"\n'
    '2018-06-07,QT8,West Cumbria STP,STP code closed (merger),"Code closed, merged into QHM"\n'
    "2018-06-07,QHM,Cumbria & North East STP,New STP code,New code allocated\n"
    "2018-07-12,-,All in South,Region update,Nothing for us\n"
)
LOOKUP_2018 = (
    "ccg_ods,ccg_ons,ccg_name,population_mid2018,stp_ons_2018,stp_name,region_ons,region_name\n"
    "00L,E38000130,NHS Northumberland CCG,1,E54000049,Cumbria and North East,E40000009,North East and Yorkshire\n"
    "01H,E38000041,NHS North Cumbria CCG,1,E54000049,Cumbria and North East,E40000009,North East and Yorkshire\n"
    "02Q,E38000008,NHS Bassetlaw CCG,1,E54000048,Lancashire,E40000010,North West\n"
)


@pytest.fixture
def register_of_2016() -> None:
    loaded(
        "commissioners",
        csv_bytes(*(commissioner_row(code) for code in ("00L", "01H", "02Q"))),
        as_at=SPRING,
    )
    loaded("footprints", FOOTPRINTS.encode(), as_at=None)
    loaded("footprints", LOOKUP.encode(), as_at=None)
    practices = [ods_row("A81001", commissioner="00L"), ods_row("A82001", commissioner="01H")]
    practices += [ods_row("A82002", commissioner="01H"), ods_row("C84001", commissioner="02Q")]
    loaded("practices", csv_bytes(*practices), as_at=SPRING)
    loaded("footprints", OVERRIDES.encode(), as_at=None)


def practices_by_footprint(day: dt.date) -> dict[str, set[str]]:
    codes = dict(Footprint.objects.values_list("pk", "code"))
    names = dict(Organisation.objects.values_list("pk", "code"))
    found: dict[str, set[str]] = {}
    for member in members(day=day):
        if member.category == Category.GP_PRACTICE:
            found.setdefault(codes[member.footprint_id], set()).add(names[member.organisation_id])
    return found


def extents(code: str, day: dt.date) -> dict[str, str]:
    rows = Membership.objects.on(day).filter(organisation__code=code)
    return dict(rows.values_list("footprint__code", "extent"))


def regions(code: str) -> list[tuple[str, dt.date, dt.date | None]]:
    rows = FootprintRegion.objects.filter(footprint__code=code).order_by("valid_from")
    return list(rows.values_list("region__code", "valid_from", "valid_to"))


@pytest.mark.usefixtures("register_of_2016")
class TestOn2016:
    def test_a_ccg_may_lie_in_two_footprints_and_its_practices_in_one_each(self) -> None:
        assert extents("00L", SPRING) == {"QVP": "whole"}
        assert extents("01H", SPRING) == {"QT8": "part", "QE1": "part"}
        assert extents("02Q", SPRING) == {"QE1": "whole", "QVP": "partner"}
        assert practices_by_footprint(SPRING) == {
            "QVP": {"A81001"},
            "QT8": {"A82001"},
            "QE1": {"A82002", "C84001"},
        }

    def test_regions_change_in_april_2019_where_they_change(self) -> None:
        first = dt.date(2016, 1, 1)
        assert regions("QVP") == [
            ("Y54", first, dt.date(2019, 3, 31)),
            ("Y63", dt.date(2019, 4, 1), None),
        ]
        assert regions("QKK") == [("Y56", first, None)]

    @pytest.mark.parametrize("content", [FOOTPRINTS, LOOKUP, OVERRIDES])
    def test_the_same_file_twice_writes_nothing(self, content: str) -> None:
        assert loaded("footprints", content.encode(), as_at=None).changes.rows_written == 0

    def test_the_change_log_merges_footprints_from_its_day_on(self) -> None:
        outcome = loaded("footprints", CHANGE_LOG.encode(), as_at=None)
        eve, day = dt.date(2018, 6, 6), dt.date(2018, 6, 7)
        assert practices_by_footprint(eve) == practices_by_footprint(SPRING)
        assert practices_by_footprint(day) == {
            "QHM": {"A81001", "A82001"},
            "QE1": {"A82002", "C84001"},
        }
        assert Footprint.objects.get(code="QVP").closed_on == eve
        assert Footprint.objects.get(code="QHM").opened_on == day
        pairs = FootprintSuccession.objects.values_list(
            "predecessor__code", "successor__code", "happened_on"
        )
        assert set(pairs) == {("QVP", "QHM", day), ("QT8", "QHM", day)}
        assert regions("QHM")[0] == ("Y54", day, dt.date(2019, 3, 31))
        assert outcome.skipped == {"changes of names and partners": 1}
        assert loaded("footprints", CHANGE_LOG.encode(), as_at=None).changes.rows_written == 0

    @pytest.mark.parametrize("with_log", [True, False])
    def test_a_later_lookup_closes_what_it_no_longer_has(self, with_log: bool) -> None:
        before = practices_by_footprint(SPRING)
        if with_log:
            loaded("footprints", CHANGE_LOG.encode(), as_at=None)
        loaded("footprints", LOOKUP_2018.encode(), as_at=None)
        assert practices_by_footprint(SPRING) == before
        assert practices_by_footprint(dt.date(2018, 7, 1)) == {
            "QHM": {"A81001", "A82001"},
            "QE1": {"A82002", "C84001"},
        }
        heirs = FootprintSuccession.objects.values_list("predecessor__code", "successor__code")
        assert set(heirs) == {("QVP", "QHM"), ("QT8", "QHM")}
        assert loaded("footprints", LOOKUP_2018.encode(), as_at=None).changes.rows_written == 0

    def test_a_wrong_row_is_named(self) -> None:
        wrong = LOOKUP + "99Z,NHS NOWHERE CCG,E54000099,Nowhere,,Y54,North of England,\n"
        outcome = loaded("footprints", wrong.encode(), as_at=None)
        assert "No footprint has this ONS code" in outcome.changes.problems[0].message
        assert outcome.changes.problems[0].row == 5

    def test_practices_of_unknown_codes_are_named(self) -> None:
        outcome = loaded("footprints", OVERRIDES.replace("A82002", "Z99999").encode(), as_at=None)
        assert [p.value for p in outcome.changes.problems] == ["Z99999"]
        assert not outcome.loaded


def test_unknown_commissioners_are_added_from_the_lookup() -> None:
    loaded("footprints", FOOTPRINTS.encode(), as_at=None)
    outcome = loaded("footprints", LOOKUP.encode(), as_at=None)
    assert outcome.counts["added"] == 3
    assert Organisation.objects.get(code="00L").name == "NHS Northumberland CCG"


def test_an_older_lookup_after_a_newer_one_is_refused() -> None:
    loaded("footprints", LOOKUP_2018.encode(), as_at=None)
    with pytest.raises(FileRefusedError, match="is loaded already"):
        loaded("footprints", LOOKUP_2018.encode(), as_at=dt.date(2018, 1, 1))


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "ods_code\n", LOOKUP.splitlines()[0] + "\n"])
def test_what_is_no_footprints_file_is_refused(content: str) -> None:
    with pytest.raises(FileRefusedError, match="expected a CSV file with headings"):
        loaded("footprints", content.encode(), as_at=SPRING)
