"""What counts as naming a group of stakeholders in a text, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.rules import mentions
from plans.rules.mention_names import with_changes
from stakeholders.models import Category

GP = mentions.GENERAL_PRACTICE

CASES = [
    # general practice in all its words
    ("General practice is the front door. GPs and their PCN lead.", {GP: 3}),
    ("A general practitioner, two General Practitioners, one GP", {GP: 3}),
    ("the LMC, both LMCs, the Local Medical Committee", {GP: 3}),
    ("family doctors in each primary care network (PCNs)", {GP: 3}),
    ("GP-led, non-GP, GP/LMC, (GP), GP’s and GPs' views", {GP: 7}),
    ("general-practice staff; general\u00a0practice; GENERAL PRACTICE", {GP: 3}),
    # abbreviations count only as they are written, and words only whole
    ("gp gps GPS lmc pcn GPFV GPX EGP", {}),
    ("generally practiced; in general, practice matters", {}),
    ("primary care", {}),
    ("see https://example.org/general-practice/GP (www.example.org/LMC)", {}),
    ("read/caring-through-modern-general-practice-and-more/", {}),
    ("x" * mentions.LIMIT, {}),
    ("-" * mentions.LIMIT, {}),
    # ends of lines
    ("gen-\neral practice", {GP: 1}),
    ("general prac-  \r\n   tice and gen\u00aderal practi\u00adtioners", {GP: 2}),
    ("general\npractice\n\nLocal\n  Medical Committee", {GP: 2}),
    ("non-\ngeneral practice and a GP-\nled hub", {GP: 2}),
    ("sub-\nICB and sub-ICB locations", {"commissioner": 2}),
    ("Health and Well-\nbeing Board", {"hwb": 1}),
    # the longer name is meant, and no word counts twice
    ("the Royal College of General Practitioners", {"royal_college": 1}),
    ("the Royal College of Nursing and general practice", {"royal_college": 1, GP: 1}),
    ("voluntary, community and social enterprise (VCSE) sector", {"vcse": 2}),
    ("the Council for Voluntary Service and the Council", {"vcse": 1, "council": 1}),
    ("NHS Foundation Trusts", {"trust": 1}),
    ("health and social care", {"social_care": 1}),
    ("the director of public health", {"public_health": 1}),
    ("patient participation groups", {"patient_group": 1}),
    # each of the others
    ("Integrated Care Boards (ICBs)", {"icb": 2}),
    ("clinical commissioning group, CCGs", {"commissioner": 2}),
    ("local authorities, councils and councillors", {"council": 3}),
    ("Health and Wel being Board, health & wellbeing boards, HWB", {"hwb": 3}),
    ("Healthwatch Bolton", {"healthwatch": 1}),
    ("the independent sector", {"independent": 1}),
    ("we trust them, in trust", {}),
    ("", {}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_counted(text, expected):
    assert {group: number for group, number in mentions.counted(text).items() if number} == expected


def test_counted_has_every_group_also_those_never_named():
    assert mentions.counted("") == dict.fromkeys(mentions.NAMES, 0)


def test_the_groups_are_categories_of_organisations():
    assert set(mentions.NAMES) <= set(Category.values)


@pytest.mark.parametrize("group", mentions.NAMES)
def test_every_name_is_counted_once_for_its_group(group):
    for name in mentions.NAMES[group]:
        assert list(mentions.groups_named(f"({name})")) == [group], name


NAMES = st.sampled_from([name for names in mentions.NAMES.values() for name in names])


@given(st.lists(NAMES, max_size=8), st.sampled_from(["\n", ". ", "; ", " | ", ".\n\n"]))
def test_mentions_apart_from_one_another_add_up(names, between):
    together = list(mentions.groups_named(between.join(names)))
    assert together == [group for name in names for group in mentions.groups_named(name)]


@given(NAMES, st.data())
def test_a_word_broken_at_the_end_of_a_line_is_still_one_mention(name, data):
    inside = [at for at in range(1, len(name)) if name[at - 1 : at + 1].isalpha()]
    at = data.draw(st.sampled_from(inside))
    assert list(mentions.groups_named(f"{name[:at]}-\n{name[at:]}")) == list(
        mentions.groups_named(name)
    )


HAND_COUNTED = {
    "nhse_planning_framework_2025-09.md": {
        "icb": 41, "council": 5, "social_care": 4, "trust": 4, "vcse": 3, "public_health": 2,
        "hwb": 1, "independent": 1,
    },
    "nhse_neighbourhood_health_guidelines_2025-26.md": {
        GP: 17, "social_care": 24, "council": 17, "icb": 14, "vcse": 14, "public_health": 3,
    },
    "dhsc_10_year_health_plan_executive_summary_2025-07.md": {
        GP: 7, "icb": 5, "social_care": 3, "trust": 3, "council": 2, "vcse": 1, "independent": 1,
    },
}  # fmt: skip
"""How often each group is named, counted by searching the documents for each word and reading what
was found: "public healthcare" and the "Wellcome Trust" of the executive summary name nobody."""


@pytest.mark.register
@pytest.mark.parametrize("name", HAND_COUNTED)
def test_counted_in_documents_as_published(register_data, name):
    """The planning framework of 2025 names voluntary organisations and no GP at all."""
    text = (register_data / "plan-documents" / name).read_text()

    found = mentions.counted(text)

    assert {group: number for group, number in found.items() if number} == HAND_COUNTED[name]


def told(pages, **names) -> list[tuple]:
    found = mentions.mentions(pages, names or mentions.NAMES)
    return [
        (one.group, one.name, one.page, f"{one.before}[{one.found}]{one.after}") for one in found
    ]


def test_each_mention_knows_its_page_and_the_words_around_it():
    pages = ["The gen-", "eral practice of\fhere and a G­P. ", "", f"{'x ' * 60}the LMC{' y' * 60}"]

    first, second, third = told(pages)

    assert first[:3] == (GP, "general practice", 1)
    assert first[3].startswith("The [general practice] of here and a GP. x x")
    assert second[:3] == (GP, "GP", 2)
    assert second[3].startswith("The general practice of here and a [GP]. x x")
    assert third[:3] == (GP, "LMC", 4)
    assert third[3].startswith("x x x")
    assert "x the [LMC] y y" in third[3]
    assert all(len(one[3]) < 2 * mentions.AROUND + len("[general practice]") for one in told(pages))


def test_pages_count_as_their_text_does():
    assert mentions.counted(["A gen-", "eral practice", "GPs"]) == mentions.counted(
        "A gen-\neral practice\nGPs"
    )


def test_a_list_of_other_words_is_counted_instead():
    names = with_changes([("vcse", "hospice"), ("vcse", "VCS"), ("vcse", "hospice")], [(GP, "GP")])

    assert mentions.counted("A hospice, a GP, GPs, VCS", names) | {} == {
        **dict.fromkeys(mentions.NAMES, 0), "vcse": 2, GP: 1,
    }  # fmt: skip
    assert mentions.counted("GP", {"a": ()}) == {"a": 0}
