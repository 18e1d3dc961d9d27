"""List sizes, LMCs, councils, networks and the membership history."""

import datetime as dt

import pytest

from plans.membership import open_practices
from plans.models import Membership
from stakeholders.models import (
    Category,
    ListSize,
    OpenPeriod,
    Organisation,
    Relationship,
    RelationshipKind,
)
from stakeholders.register.problems import FileRefusedError
from tests.factories import plans as make_plans
from tests.factories import stakeholders as make
from tests.factories.register import FEBRUARY_2016, commissioner_row, csv_bytes, loaded, ods_row

pytestmark = pytest.mark.django_db
D = dt.date

BY_AGE = (
    "PCO Name,PCO Code,Practice Name,Practice Code,Male 0-4,Female 0-4,Male 5-14,Female 5-14\n"
    "BARKING CCG,07L00,ABBEY,A81001,10,20,30,40\n"
    "BARKING CCG,07L00,UNKNOWN,Z99999,1,1,1,1\n"
)
TOTALS = (
    "PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS\n"
    "GP_PRAC_PAT_LIST,01JAN2021,GP,00L,E38000130,A81001,NE65 7UW,ALL,ALL,5903\n"
    "GP_PRAC_PAT_LIST,01JAN2021,GP,00L,E38000130,A81001,NE65 7UW,MALE,ALL,2900\n"
)


def ties(code: str, kind: str) -> list[tuple[str, D, D | None]]:
    rows = Relationship.objects.filter(source__code=code, kind=kind).order_by("valid_from", "pk")
    return list(rows.values_list("target__code", "valid_from", "valid_to"))


def test_list_sizes_by_age_are_summed_and_unknown_practices_reported() -> None:
    make.practice(code="A81001", patients=None)
    outcome = loaded("list-sizes", BY_AGE.encode(), as_at=None, file_name="list_size_2016q1.csv")
    assert ListSize.objects.get().patients == 100
    assert outcome.as_at == D(2016, 1, 1)
    assert outcome.skipped == {"list sizes of unknown practices": 1}
    assert outcome.changes.notes[0].value == "Z99999"


def test_list_sizes_as_totals_say_their_day_and_corrections_are_written() -> None:
    make.practice(code="A81001", patients=None)
    assert loaded("list-sizes", TOTALS.encode(), as_at=None).as_at == D(2021, 1, 1)
    outcome = loaded("list-sizes", TOTALS.replace("5903", "5904").encode(), as_at=None)
    assert outcome.counts == {"list sizes corrected": 1}
    assert ListSize.objects.get().patients == 5904


def test_a_list_size_that_is_no_number_is_wrong() -> None:
    make.practice(code="A81001")
    outcome = loaded("list-sizes", BY_AGE.replace(",10,", ",ten,").encode())
    assert (outcome.changes.problems[0].row, outcome.changes.problems[0].value) == (2, "ten")


def test_commissioners_leave_hubs_out_and_regions_are_recognised() -> None:
    hub = commissioner_row("13N", "WESSEX COMMISSIONING HUB", sub_type="H")
    outcome = loaded("commissioners", csv_bytes(commissioner_row("00T"), hub))
    assert outcome.skipped == {"other authorities": 1}
    region = commissioner_row(
        "Y54", "NORTH OF ENGLAND COMMISSIONING REGION", sub_type="", region=""
    )
    loaded("commissioners", csv_bytes(region, commissioner_row("Q72", sub_type="S")))
    assert Organisation.objects.get(code="Y54").category == Category.REGION
    assert not Organisation.objects.filter(code__in=("13N", "Q72")).exists()


LMCS = (
    "lmc_id,name,group_or_secretariat,ccgs_2016\n"
    "newcastle-north-tyneside,Newcastle and North Tyneside LMC,,99C 13T*\n"
    "gateshead-south-tyneside,Gateshead and South Tyneside LMC,,13T*\n"
)
PAIRS = (
    "ccg_ods,lmc_id,extent\n"
    "99C,newcastle-north-tyneside,whole\n"
    "13T,newcastle-north-tyneside,part\n"
    "13T,gateshead-south-tyneside,part\n"
)
OWN = "practice_ods,ccg_ods,lmc_id,method\nA85001,13T,gateshead-south-tyneside,by hand\n"


def test_lmcs_represent_whole_commissioners_and_single_practices() -> None:
    whole, split = make.commissioner(code="99C"), make.commissioner(code="13T")
    make.practice(whole, code="A84001")
    make.practice(split, code="A85001")
    make.practice(split, code="A85002")
    loaded("lmcs", LMCS.encode(), as_at=None)
    assert loaded("lmcs", PAIRS.encode(), as_at=None).changes.rows_written == 0
    loaded("lmcs", OWN.encode(), as_at=None)
    codes = dict(Organisation.objects.values_list("pk", "code"))
    found = {codes[p.practice_id]: codes.get(p.lmc_id) for p in open_practices(day=D(2016, 3, 1))}
    assert found == {"A84001": "LMC002", "A85001": "LMC003", "A85002": None}


def test_a_later_list_of_lmcs_moves_a_commissioner() -> None:
    make.commissioner(code="99C")
    make.commissioner(code="13T")
    loaded("lmcs", LMCS.encode(), as_at=None)
    moved = "ccg_ods,lmc_id,extent\n99C,gateshead-south-tyneside,whole\n"
    loaded("lmcs", moved.encode(), as_at=D(2020, 1, 1))
    assert ties("99C", RelationshipKind.REPRESENTED_BY) == [
        ("LMC002", D(2016, 1, 1), D(2019, 12, 31)),
        ("LMC003", D(2020, 1, 1), None),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (LMCS.replace("newcastle-north-tyneside,", "atlantis,"), "not known by that name"),
        (LMCS, "No LMC, commissioner or practice with this code"),
        (PAIRS.replace("whole", "half"), "whole"),
    ],
)
def test_wrong_lmc_rows_are_named(content: str, said: str) -> None:
    outcome = loaded("lmcs", content.encode(), as_at=None)
    assert said in outcome.changes.problems[0].message
    assert not outcome.loaded


def test_an_lmc_of_no_list_may_bring_a_code_of_its_own() -> None:
    content = "lmc_id,name,ccgs_2016,code\natlantis,Atlantis LMC,,LMC105\n"
    loaded("lmcs", content.encode(), as_at=None)
    assert Organisation.objects.get(code="LMC105").name == "Atlantis LMC"


COUNCILS = (
    "la_code,ons_code,official_name,short_name,type,region,start_date,end_date,"
    "stp_2016_footprints_naming_it_as_partner\n"
    "BNS,E08000016,Barnsley Metropolitan Borough Council,Barnsley,Metropolitan district,X,1974-04-01,,9\n"
    "POL,E06000029,Poole Borough Council,Poole,Unitary authority,X,1997-04-01,2019-03-31,41\n"
    "ESS,E10000012,Essex County Council,Essex,County,X,,,41\n"
)


def test_councils_have_a_board_and_belong_where_they_are_named() -> None:
    for code in ("QF7", "QVV"):
        made = make_plans.footprint()
        made.code = code
        made.save()
    loaded("councils", COUNCILS.encode(), as_at=D(2023, 4, 1))
    board = Organisation.objects.get(code="HWB-BNS")
    assert (board.name, board.category) == (
        "Barnsley Health and Wellbeing Board",
        Category.HEALTH_AND_WELLBEING_BOARD,
    )
    assert ties("HWB-BNS", RelationshipKind.BOARD_OF) == [("E08000016", D(2013, 4, 1), None)]
    periods = OpenPeriod.objects.filter(organisation__code="HWB-POL")
    assert list(periods.values_list("valid_from", "valid_to")) == [(D(2013, 4, 1), D(2019, 3, 31))]
    rows = Membership.objects.filter(organisation__code="E06000029")
    assert list(rows.values_list("footprint__code", "valid_from", "valid_to")) == [
        ("QVV", D(2016, 1, 1), D(2019, 3, 31))
    ]
    assert loaded("councils", COUNCILS.encode(), as_at=D(2023, 4, 1)).changes.rows_written == 0


def test_the_list_of_all_authorities_gives_the_upper_tier_of_england() -> None:
    content = (
        "local-authority-code,official-name,nice-name,gss-code,start-date,end-date,nation,"
        "local-authority-type-name\n"
        "ABE,Aberdeen City Council,Aberdeen,S12000033,,,Scotland,Scottish unitary authority\n"
        "ESS,Essex County Council,Essex,E10000012,,,England,County\n"
        "MAL,Maldon District Council,Maldon,E07000074,,,England,Non-metropolitan district\n"
    )
    outcome = loaded("councils", content.encode(), as_at=D(2025, 7, 1))
    assert set(Organisation.objects.values_list("code", flat=True)) == {"E10000012", "HWB-ESS"}
    assert outcome.skipped == {"other authorities": 2}


NETWORKS = (
    "PCN Code,PCN Name,Current Sub ICB Loc Code,Sub ICB Location,Open Date,Close Date,"
    "Address Line 1,Address Line 2,Address Line 3,Address Line 4,Address Line 5,Postcode\n"
    "U00070,WEST MERTON PCN,36L,X,20191001,,TREVELYAN HOUSE,,,LONDON,,SW17 0RT\n"
)
MEMBERS = (
    "Partner Organisation Code,Partner Name,PCN Code,PCN Name,"
    "Practice to PCN Relationship Start Date,Practice to PCN Relationship End Date\n"
    "A81001,THE SURGERY,U00070,WEST MERTON PCN,20191001,20200331\n"
    "A81001,THE SURGERY,U00070,WEST MERTON PCN,20200701,\n"
    "A81002,ANOTHER,U,UNALLOCATED,20191001,\n"
    "Z99999,NOT OURS,U00070,WEST MERTON PCN,20191001,\n"
)


def test_networks_and_their_practices() -> None:
    make.commissioner(code="36L")
    make.practice(code="A81001")
    loaded("pcns", NETWORKS.encode(), as_at=D(2023, 1, 31))
    outcome = loaded("pcns", MEMBERS.encode(), as_at=D(2023, 1, 31))
    network = Organisation.objects.get(code="U00070")
    assert (network.name, network.address) == ("West Merton PCN", "Trevelyan House, London")
    assert ties("A81001", RelationshipKind.NETWORK_MEMBER_OF) == [
        ("U00070", D(2019, 10, 1), D(2020, 3, 31)),
        ("U00070", D(2020, 7, 1), None),
    ]
    assert outcome.skipped == {"in no network": 1, "ties to an unknown organisation": 1}
    assert loaded("pcns", MEMBERS.encode(), as_at=D(2023, 1, 31)).changes.rows_written == 0


def test_the_membership_history_fills_in_former_commissioners() -> None:
    loaded("commissioners", csv_bytes(commissioner_row("00K"), commissioner_row("00M")))
    loaded("practices", csv_bytes(ods_row("A81001", joined="20150401")))
    history = csv_bytes(
        ("A81001", "5E1", "W", "20010401", "20130331", "0"),
        ("A81001", "00M", "W", "20130401", "20150331", "0"),
        ("A81001", "00K", "W", "20150401", "", "0"),
    )
    outcome = loaded("memberships", history, as_at=D(2019, 10, 31))
    assert ties("A81001", RelationshipKind.COMMISSIONED_BY) == [
        ("00M", D(2013, 4, 1), D(2015, 3, 31)),
        ("00K", D(2015, 4, 1), None),
    ]
    assert outcome.skipped == {"ties to an unknown organisation": 1}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("list-sizes", "patients by age band"),
        ("commissioners", "27 columns without a heading"),
        ("partners", "workbook"),
        ("lmcs", "lmc_id"),
        ("councils", "Health and Wellbeing Board areas"),
        ("pcns", "ePCN"),
        ("memberships", "6 columns"),
    ],
)
def test_a_file_of_another_kind_is_refused_saying_what_was_expected(kind: str, said: str) -> None:
    with pytest.raises(FileRefusedError, match="This is not a file of the kind") as refused:
        loaded(kind, b"one,two\n1,2\n", as_at=FEBRUARY_2016)
    assert said in str(refused.value)
