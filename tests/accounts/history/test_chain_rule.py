"""The chain finds whatever is done to it: a table of what an owner of the database could do."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.chain import (
    BEGINNING,
    Checkpoint,
    Entry,
    Finding,
    Sealed,
    Tampering,
    Verifier,
    digest_of,
    link,
    read_checkpoints,
)
from accounts.rules.personal import REDACTED, Values, marks_in, opened, sealed

START = dt.datetime(2016, 4, 3, 9, 0, tzinfo=dt.UTC)


def entry(number: int, **over: object) -> Entry:
    values: Values = {}
    at = START + dt.timedelta(days=number)
    after = sealed({"name": f"Person {number}", "level": number}, values)
    given = {
        "id": number * 10,
        "recorded_at": at,
        "stored_at": at,
        "happened_at": None,
        "actor_id": 1,
        "on_behalf_of": "",
        "request_id": "r",
        "verb": "changed",
        "object_type": "accounts.user",
        "object_key": str(number),
        "object_label": "Somebody",
        "before": {},
        "after": after,
        "personal": values,
    }
    return Entry(**{**given, **over})


def chain_of(entries: list[Entry]) -> list[Sealed]:
    made, former = [], BEGINNING
    for number, one in enumerate(entries, 1):
        at = one.stored_at + dt.timedelta(seconds=10)
        digest = digest_of(one)
        former = link(former, number, one.id, at, digest)
        made.append(Sealed(number, one.id, at, digest, former, one))
    return made


def found_in(
    seals: list[Sealed], *, unsealed: tuple[Entry, ...] = (), **given: object
) -> list[Finding]:
    verifier = Verifier(**given)
    for seal in seals:
        verifier.look_at(seal)
    return verifier.end(unsealed)


def kinds(findings: list[Finding]) -> set[tuple[Tampering, int | None]]:
    return {(one.kind, one.entry) for one in findings}


def with_entry(seals: list[Sealed], place: int, **over: object) -> list[Sealed]:
    """The chain with the entry at a place changed under its seal."""
    changed = seals[place].entry._replace(**over)
    return [*seals[:place], seals[place]._replace(entry=changed), *seals[place + 1 :]]


def swapped(seals: list[Sealed]) -> list[Sealed]:
    """The entries at places 4 and 6 have changed seats."""
    a, b = seals[3], seals[5]
    seals = list(seals)
    seals[3] = a._replace(entry_id=b.entry_id, entry=b.entry)
    seals[5] = b._replace(entry_id=a.entry_id, entry=a.entry)
    return seals


EDITS: list[tuple[str, dict[str, object]]] = [
    ("verb", {"verb": "agreed"}),
    ("actor", {"actor_id": 2}),
    ("nobody", {"actor_id": None}),
    ("whom for", {"on_behalf_of": "Bolton LMC"}),
    ("object", {"object_key": "99"}),
    ("before", {"before": {"level": "inform"}}),
    ("after", {"after": {"level": 5}}),
    ("happened", {"happened_at": START}),
    ("recorded", {"recorded_at": START}),
    ("request", {"request_id": "other"}),
]


@pytest.mark.parametrize(("name", "over"), EDITS, ids=[name for name, _ in EDITS])
def test_an_edit_of_any_part_is_found_and_named_once(name: str, over: dict[str, object]) -> None:
    seals = chain_of([entry(number) for number in range(1, 11)])
    assert found_in(seals) == []
    found = found_in(with_entry(seals, 4, **over))
    assert (Tampering.EDITED, 50) in kinds(found)
    assert {one.entry for one in found} == {50}


TAMPERINGS: list[tuple[str, Callable[[list[Sealed]], list[Sealed]], Tampering, int | None]] = [
    ("entry deleted", lambda c: [*c[:4], c[4]._replace(entry=None), *c[5:]],
     Tampering.DELETED, 50),
    ("entry and seal deleted", lambda c: [*c[:4], *c[5:]], Tampering.DELETED, None),
    ("seal moved up", lambda c: [*c[:4], c[5]._replace(sequence=5)],
     Tampering.INSERTED, 60),
    ("swapped", swapped, Tampering.REORDERED, 40),
    ("back-dated", lambda c: with_entry(c, 4, stored_at=START), Tampering.BACKDATED, 50),
    ("value changed",
     lambda c: with_entry(c, 4, personal={m: [s, "Other"] for m, (s, _) in c[4].entry.personal.items()}),
     Tampering.EDITED, 50),
    ("value gone", lambda c: with_entry(c, 4, personal={}), Tampering.TAKEN_OUT, 50),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "kind", "where"), [row[1:] for row in TAMPERINGS], ids=[row[0] for row in TAMPERINGS]
)
def test_tampering_is_found_and_named(
    change: Callable[[list[Sealed]], list[Sealed]], kind: Tampering, where: int | None
) -> None:
    seals = chain_of([entry(number) for number in range(1, 11)])
    assert (kind, where) in kinds(found_in(change(seals)))


def test_an_entry_put_in_by_hand_is_found_and_one_of_the_last_seconds_is_not() -> None:
    seals = chain_of([entry(number) for number in range(1, 11)])
    late = seals[-1].sealed_at + dt.timedelta(seconds=3)
    assert found_in(seals, unsealed=(entry(11, stored_at=late),)) == []
    by_hand = entry(11, id=55, stored_at=START + dt.timedelta(days=5))
    assert kinds(found_in(seals, unsealed=(by_hand,))) == {(Tampering.INSERTED, 55)}


def test_one_put_in_and_sealed_by_the_service_is_back_dated() -> None:
    made = [entry(number) for number in range(1, 6)]
    slipped = entry(6, stored_at=START + dt.timedelta(days=2), recorded_at=START)
    seals = chain_of([*made, slipped])
    assert kinds(found_in(seals)) == {(Tampering.BACKDATED, 60)}


def test_without_a_checkpoint_a_cut_tail_is_not_seen_and_with_one_it_is() -> None:
    seals = chain_of([entry(number) for number in range(1, 11)])
    kept = Checkpoint(sequence=10, hash=seals[-1].hash, count=10)
    assert found_in(seals[:7]) == []
    cut = found_in(seals[:7], checkpoints=[kept])
    assert kinds(cut) == {(Tampering.CUT, None)}
    assert "3 more" in cut[0].words


def test_a_chain_made_anew_from_the_edit_on_is_found_by_a_checkpoint() -> None:
    made = [entry(number) for number in range(1, 11)]
    seals = chain_of(made)
    kept = Checkpoint(sequence=8, hash=seals[7].hash, count=8)
    made[4] = made[4]._replace(verb="agreed")
    anew = chain_of(made)
    assert found_in(anew) == []
    assert kinds(found_in(anew, checkpoints=[kept])) == {(Tampering.REWRITTEN, 80)}


def test_a_redaction_by_two_leaves_the_chain_whole() -> None:
    seals = chain_of([entry(number) for number in range(1, 11)])
    marks = frozenset(seals[4].entry.personal)
    taken = with_entry(seals, 4, personal={})
    assert found_in(taken, redacted={50: marks}) == []
    assert found_in(taken, redacted={60: marks}) != []


class TestCheckpoints:
    def test_a_line_is_read_back(self) -> None:
        made = Checkpoint(sequence=12, hash="a" * 64, count=12, at="2016-04-03T09:00:00+00:00")
        assert read_checkpoints(made.line()) == [made]

    def test_a_printed_line_is_read_too(self) -> None:
        text = f"\nHistory checkpoint: sequence 12,345, hash {'b' * 64}\n"
        assert read_checkpoints(text) == [Checkpoint(sequence=12345, hash="b" * 64, count=12345)]

    @pytest.mark.parametrize("line", ["hello", "sequence 3", "a" * 64, '{"sequence": 3}'])
    def test_anything_else_is_named(self, line: str) -> None:
        with pytest.raises(ValueError, match="Line 1"):
            read_checkpoints(line)


texts = st.text(max_size=20)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "level", "words", "plans"]), inner, max_size=4)
    ),
    max_leaves=12,
)


class TestPersonal:
    @given(plain)
    def test_what_is_sealed_opens_to_what_it_was(self, value: object) -> None:
        values: Values = {}
        assert opened(sealed(value, values), values) == value

    @given(st.dictionaries(st.sampled_from(["name", "words", "email"]), st.text(min_size=1)))
    def test_no_personal_text_is_left_in_the_sealed_form(self, value: dict[str, str]) -> None:
        values: Values = {}
        kept = sealed(value, values)
        assert marks_in(kept) == set(values)
        assert set(opened(kept, {}).values()) <= {REDACTED}

    def test_the_same_name_has_another_mark_each_time(self) -> None:
        values: Values = {}
        sealed({"name": "Jo Lee"}, values)
        sealed({"name": "Jo Lee"}, values)
        assert len(values) == 2
