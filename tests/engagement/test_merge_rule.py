"""Two people changed one record: nothing that either of them wrote is lost."""

from engagement.rules.merge import differences, joined, merged


def row(organisation: int, outcome: str = "attended") -> dict:
    return {
        "organisation": organisation,
        "person": None,
        "capacity": "provider",
        "outcome": outcome,
    }


def point(text: str) -> dict:
    return {"text": text, "theme": "", "organisation": "", "follow_up_by": ""}


BASE = {
    "what": {"title": "Forum", "held_on": "3 April 2016"},
    "who": {"rows": [row(1), row(2)]},
    "said": {"summary": "Old", "points": [point("one")]},
}


def test_merged_takes_mine_where_i_changed_it_and_theirs_elsewhere() -> None:
    theirs = {**BASE, "what": {"title": "Theirs", "held_on": "4 April 2016"}}
    mine = {**BASE, "what": {"title": "Mine", "held_on": "3 April 2016"}}
    assert merged(BASE, theirs, mine)["what"] == {"title": "Mine", "held_on": "4 April 2016"}


def test_merged_keeps_what_only_they_changed() -> None:
    theirs = {**BASE, "said": {"summary": "New", "points": [point("one")]}}
    assert merged(BASE, theirs, BASE)["said"]["summary"] == "New"


def test_merged_keeps_people_whom_either_added_and_drops_whom_either_took_off() -> None:
    theirs = {**BASE, "who": {"rows": [row(1), row(3)]}}
    mine = {**BASE, "who": {"rows": [row(2), row(4)]}}
    rows = merged(BASE, theirs, mine)["who"]["rows"]
    assert [one["organisation"] for one in rows] == [3, 4]


def test_merged_takes_my_answer_about_somebody_and_their_answer_about_others() -> None:
    theirs = {**BASE, "who": {"rows": [row(1, "apologised"), row(2)]}}
    mine = {**BASE, "who": {"rows": [row(1), row(2, "no_show")]}}
    rows = merged(BASE, theirs, mine)["who"]["rows"]
    assert [one["outcome"] for one in rows] == ["apologised", "no_show"]


def test_merged_keeps_points_of_both() -> None:
    theirs = {**BASE, "said": {"summary": "Old", "points": [point("one"), point("theirs")]}}
    mine = {**BASE, "said": {"summary": "Old", "points": [point("mine")]}}
    texts = [one["text"] for one in merged(BASE, theirs, mine)["said"]["points"]]
    assert texts == ["theirs", "mine"]


def test_differences_names_every_field_that_moved() -> None:
    theirs = {**BASE, "what": {"title": "Theirs", "held_on": "3 April 2016"}}
    mine = {**BASE, "said": {"summary": "Mine", "points": [point("one")]}}
    assert list(differences(BASE, theirs, mine)) == [("what", "title"), ("said", "summary")]
    assert not list(differences(BASE, BASE, BASE))


def test_joined_adds_my_people_and_points_to_their_record() -> None:
    mine = {
        "what": {"title": "Mine"},
        "who": {"rows": [row(2, "apologised"), row(9)]},
        "said": {"summary": "Mine", "points": [point("one"), point("two")]},
    }
    both = joined(BASE, mine)
    assert both["what"] == BASE["what"]
    assert both["who"]["rows"] == [row(1), row(2), row(9)]
    assert both["said"]["summary"] == "Old\n\nMine"
    assert [one["text"] for one in both["said"]["points"]] == ["one", "two"]
