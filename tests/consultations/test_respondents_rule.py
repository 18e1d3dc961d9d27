"""Who answered twice, who sent the same words, and how many organisations and people that makes."""

import time

import pytest

from consultations.rules.concerns import concerns, is_nhs_number
from consultations.rules.respondents import (
    Voice,
    counted,
    fingerprint,
    register_key,
    respondent_key,
)

LONG = "We ask that the urgent care centre stays open at weekends, because no bus runs then."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"email": "Ann@Example.org"}, {"email": " ann@example.org "}),
        (
            {"email": "ann@example.org", "name": "Ann"},
            {"email": "ann@example.org", "name": "A. Lee"},
        ),
        ({"name": "José Pérez"}, {"name": "Jose\u0301  PE\u0301REZ"}),
        ({"name": "Dr Ann Lee"}, {"name": "dr. ann lee"}),
        (
            {"kind": "organisation", "organisation_name": "Bolton & District LMC"},
            {"kind": "organisation", "organisation_name": "bolton and district  lmc."},
        ),
        (
            {"kind": "organisation", "organisation_name": "St Mary's"},
            {"kind": "organisation", "organisation_name": "St Mary\u2019s"},
        ),
    ],
)
def test_the_same_respondent_has_the_same_key(one, other):
    assert respondent_key(**one) == respondent_key(**other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"email": "ann@example.org"}, {"email": "bob@example.org"}),
        (
            {"email": "ann@example.org"},
            {"email": "ann@example.org", "kind": "organisation", "organisation_name": "An LMC"},
        ),
        (
            {"email": "a@example.org", "kind": "organisation", "organisation_name": "One LMC"},
            {"email": "a@example.org", "kind": "organisation", "organisation_name": "Another LMC"},
        ),
        ({"name": "Ann Lee"}, {"kind": "organisation", "organisation_name": "Ann Lee"}),
        ({"kind": "organisation", "organisation_name": "L1"}, {"name": "Ann Lee"}),
    ],
)
def test_different_respondents_have_different_keys(one, other):
    assert respondent_key(**one) != respondent_key(**other)


@pytest.mark.parametrize(
    "nobody",
    [
        {},
        {"name": "Ann"},
        {"name": " ... "},
        {"kind": "organisation"},
        {"kind": "organisation", "organisation_name": "!!"},
        {"kind": "organisation", "name": "Ann Lee"},
        {"organisation_name": "Bolton LMC"},
    ],
)
def test_who_says_too_little_has_no_key(nobody):
    assert respondent_key(**nobody) == ""


def test_nobody_types_their_way_to_the_key_of_an_organisation_of_the_register():
    typed = respondent_key(kind="organisation", organisation_name="L1")

    assert register_key("l1") == register_key(" L1 ") != typed


@pytest.mark.parametrize(
    ("texts", "same"),
    [
        ([LONG.upper()], True),
        ([LONG.replace(",", "").replace(" ", "\n")], True),
        (LONG.split(" at ", 1), False),
        (LONG.split(", ", 1), True),
        ([f"{LONG} Ann Lee, Bolton"], False),
    ],
)
def test_the_same_words_have_the_same_fingerprint(texts, same):
    assert (fingerprint(texts) == fingerprint([LONG])) is same


@pytest.mark.parametrize("texts", [[], [""], ["I agree with all of this"], ["no " * 11]])
def test_too_few_words_are_no_campaign(texts):
    assert fingerprint(texts) == ""


def org(respondent, **facts):
    return Voice(respondent=respondent, kind="organisation", **facts)


def person(respondent, **facts):
    return Voice(respondent=respondent, kind="individual", **facts)


def test_300_responses_of_one_organisation_are_one_organisation():
    found = counted(
        org(
            number,
            organisation_name="Bolton LMC" if number % 2 else "BOLTON  LMC.",
            fingerprint="f",
        )
        for number in range(300)
    )

    assert (found.responses, found.organisations, found.people) == (300, 1, 0)
    assert found.repeats == 299
    assert found.campaigns == 0, "one sender makes no campaign"


def test_a_name_that_was_matched_once_counts_as_that_organisation():
    found = counted(
        [
            org(1, organisation=7, organisation_name="Bolton LMC"),
            org(2, organisation_name="bolton lmc"),
            org(3, organisation=7, organisation_name="Our LMC"),
            org(4, organisation_name="Our LMC"),
            org(5, organisation_name="Bury LMC"),
            org(6),
            org(7),
        ]
    )

    assert found.organisations == 4, "the LMC, Bury's, and two that gave no name"


def test_people_count_once_and_the_words_of_a_campaign_as_one_view():
    voices = [
        person(1, fingerprint="own"),
        person(1, fingerprint="other"),
        *(person(number, fingerprint="card") for number in range(2, 12)),
        person(20, fingerprint="card"),
        person(20, fingerprint="her own"),
        person(30),
        person(31),
    ]

    found = counted(voices)

    assert found.responses == 16
    assert found.people == 14
    assert found.repeats == 2
    assert (found.campaigns, found.in_campaigns) == (1, 11)
    assert found.views == 5, "1, 20, 30, 31, and the card"


def test_an_organisation_that_sends_a_campaign_is_still_an_organisation():
    found = counted([org(1, organisation=1, fingerprint="card"), person(2, fingerprint="card")])

    assert (found.organisations, found.people, found.campaigns) == (1, 1, 1)


def test_no_responses_are_zeros():
    assert counted([]).responses == counted([]).views == 0


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Ring me on 0161 496 0123.", ["phone"]),
        ("My mobile: 07700900123", ["phone"]),
        ("+44 (0)161 496 0000", ["phone"]),
        ("0044 7700 900123", ["phone"]),
        ("(020) 7946-0018", ["phone"]),
        ("Ring 111 or 999, open 08:00-18:30", []),
        ("In 2016/17 we saw 1,234,567 patients and 07/06/2016 was the last day", []),
        ("Write to ann.lee+nhs@example.org please", ["email"]),
        ("@home at 5", []),
        ("My number is 943 476 5919", ["nhs_number"]),
        ("NHS no. 943-476-5919", ["nhs_number"]),
        ("9434765919", ["nhs_number"]),
        ("943 476 5918", []),
        ("1111111111", []),
        ("I live at BL1 1AA", ["postcode"]),
        ("m1 1ae", ["postcode"]),
        ("The practice P82001 in STP 10", []),
        ("The chief executive is a LIAR", ["abuse"]),
        ("What utter bullshitting", ["abuse"]),
        ("Scunthorpe and Penistone are far", []),
        (
            "idiots! 0161 496 0123 a@example.org BL1 1AA 9434765919",
            ["phone", "email", "nhs_number", "postcode", "abuse"],
        ),
        ("ｉｄｉｏｔ", ["abuse"]),
        ("健康 здоровье 🩺", []),
        ("", []),
    ],
)
def test_what_a_person_must_look_at_is_found(text, codes):
    assert concerns(text) == codes


@pytest.mark.parametrize(
    "nasty", ["a" * 50_000, "0 " * 25_000, "1234567890 " * 4_500, "@." * 25_000]
)
def test_the_longest_comment_is_read_at_once(nasty):
    started = time.perf_counter()
    concerns(nasty)

    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("text", "holds"), [("9434765919", True), ("9434765910", False), ("12", False)]
)
def test_the_check_digit_of_an_nhs_number(text, holds):
    assert is_nhs_number(text) is holds
