"""The reference tables hold the numbers their README states, and agree with one another."""

from collections import Counter

import pytest

from plans import reference


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (reference.regions, 4),
        (reference.footprints, 44),
        (reference.commissioners, 209),
        (reference.lmcs, 104),
        (reference.lmc_areas, 212),
        (reference.boards, 152),
        (reference.colleges, 24),
        (reference.places, 42),
    ],
)
def test_table_has_the_stated_number_of_rows(table, rows):
    assert len(table()) == rows


@pytest.mark.parametrize(
    ("table", "key"),
    [
        (reference.regions, "code"),
        (reference.footprints, "code"),
        (reference.footprints, "number"),
        (reference.footprints, "tile_label"),
        (reference.commissioners, "code"),
        (reference.commissioners, "name"),
        (reference.lmcs, "code"),
        (reference.lmcs, "slug"),
        (reference.lmcs, "name"),
        (reference.boards, "council_code"),
        (reference.boards, "council_short_code"),
        (reference.boards, "board_name"),
        (reference.colleges, "code"),
        (reference.places, "council_code"),
    ],
)
def test_key_is_unique_and_never_blank(table, key):
    values = [getattr(row, key) for row in table()]
    assert len(set(values)) == len(values)
    assert all(values)


def test_practices_and_patients_add_up_to_england():
    rows = reference.commissioners()
    assert sum(row.practices for row in rows) == 7_756
    assert sum(row.patients for row in rows) == 57_521_994


def test_footprints_lie_in_known_regions_on_tiles_of_their_own():
    regions = {row.code for row in reference.regions()}
    rows = reference.footprints()
    assert {row.region for row in rows} == regions
    assert len({(row.tile_column, row.tile_row) for row in rows}) == len(rows)
    assert all(row.tile_column < 8 and row.tile_row < 10 for row in rows)


def test_every_footprint_has_a_commissioner_and_every_commissioner_a_footprint():
    known = {row.code for row in reference.footprints()}
    assert {row.footprint for row in reference.commissioners()} == known
    assert {row.also_footprint for row in reference.commissioners()} - {""} <= known


def test_practices_per_footprint_run_from_47_to_492():
    counts: Counter[str] = Counter()
    for row in reference.commissioners():
        counts[row.footprint] += row.practices - row.also_practices
        if row.also_practices:
            counts[row.also_footprint] += row.also_practices
    assert (min(counts.values()), counts["QT8"]) == (47, 47)
    assert (max(counts.values()), counts["QOP"]) == (492, 492)
    assert counts["QE1"] == 258


def test_only_cumbria_has_practices_in_two_footprints():
    twice = {row.code: row for row in reference.commissioners() if row.also_footprint}
    assert {code: row.also_extent for code, row in twice.items()} == {
        "01H": "part",
        "00J": "partner",
        "02Q": "partner",
        "99M": "partner",
    }
    assert [row.code for row in reference.commissioners() if row.also_practices] == ["01H"]


def test_lmc_areas_cover_every_practice_once():
    counts: Counter[str] = Counter()
    for row in reference.lmc_areas():
        counts[row.commissioner] += row.practices
    assert counts == {row.code: row.practices for row in reference.commissioners()}
    assert {row.lmc for row in reference.lmc_areas()} == {row.code for row in reference.lmcs()}


def test_three_commissioners_are_split_between_lmcs_and_marked_so():
    lmcs_of = Counter(row.commissioner for row in reference.lmc_areas())
    split = {code for code, number in lmcs_of.items() if number > 1}
    assert split == {"13T", "05L", "05A"}
    assert split == {row.commissioner for row in reference.lmc_areas() if row.extent == "part"}


def test_lmcs_per_footprint_run_from_one_to_eight():
    areas = reference.lmc_areas()
    lmcs_of: dict[str, set[str]] = {row.code: set() for row in reference.footprints()}
    for row in reference.commissioners():
        lmcs = {area.lmc for area in areas if area.commissioner == row.code}
        lmcs_of[row.footprint] |= lmcs
        if row.also_extent == "part":
            lmcs_of[row.also_footprint] |= lmcs
    numbers = [len(lmcs) for lmcs in lmcs_of.values()]
    assert (min(numbers), max(numbers), numbers.count(1)) == (1, 8, 19)


def test_every_council_is_a_partner_of_a_known_footprint():
    known = {row.code for row in reference.footprints()}
    assert all(row.footprints and set(row.footprints) <= known for row in reference.boards())
    assert {code for row in reference.boards() for code in row.footprints} == known


def test_places_are_whole_commissioners_of_their_region_used_once():
    region_of = {row.code: row.region for row in reference.footprints()}
    commissioners = {row.code: row for row in reference.commissioners()}
    used = [(place, code) for place in reference.places() for code in place.commissioners]
    assert len({code for _, code in used}) == len(used) == 44
    assert all(region_of[commissioners[code].footprint] == place.region for place, code in used)
    assert {place.council_code for place in reference.places()} <= {
        row.council_code for row in reference.boards()
    }


def test_names_are_written_as_people_write_them():
    names = {row.code: row.name for row in reference.commissioners()}
    assert names["00T"] == "NHS Bolton CCG"
    assert names["00K"] == "NHS Hartlepool and Stockton-on-Tees CCG"
    assert names["00D"] == "NHS Durham Dales, Easington and Sedgefield CCG"
    assert names["13P"] == "NHS Birmingham CrossCity CCG"
    assert all(name.startswith("NHS ") and name.endswith(" CCG") for name in names.values())


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (["code,title\n", "Y54,North\n"], "the columns must be code, name"),
        (["code,name\n", "Y54\n"], "line 2: it must have 2 columns"),
        (["code,name\n", "Y54,North,more\n"], "line 2: it must have 2 columns"),
        (["code,name\n", "Y54, North\n"], "line 2, column name: “ North” has spaces around it"),
    ],
)
def test_unreadable_table_is_refused_with_file_line_and_column(lines, complaint):
    with pytest.raises(reference.ReferenceTableError, match=complaint) as error:
        list(reference.read_rows("regions.csv", lines, reference.RegionRow))
    assert str(error.value).startswith("regions.csv")


def test_count_that_is_no_number_is_refused():
    lines = ["lmc,commissioner,extent,practices,patients\n", "x,00T,whole,many,1\n"]
    with pytest.raises(reference.ReferenceTableError, match="column practices: “many” is not"):
        list(reference.read_rows("lmc_areas.csv", lines, reference.LmcAreaRow))


@pytest.mark.parametrize("path", sorted(reference.FOLDER.glob("*.csv")), ids=lambda path: path.name)
def test_files_are_plain_utf8_with_line_feeds(path):
    content = path.read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    content.decode("utf-8")
