"""Personal details leave the history by two people, for good, and the chain still holds."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts import audit
from accounts.actions import redactions, sealing
from accounts.models import AuditEntry, LegalHold, Redaction
from accounts.queries.verification import verified_history
from accounts.roles import Role
from tests.factories import accounts

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def renamed(name: str, words: str = "hello") -> AuditEntry:
    about = accounts.user(name=name)
    audit.record(
        by=about, verb="renamed", obj=about, after={"name": name, "words": words, "level": 2}
    )
    return AuditEntry.objects.latest("pk")


def asked(words: str, **over: str) -> Redaction:
    given = {"object_type": "", "object_key": "", "reason": "Asked by letter", **over}
    return redactions.ask_for_redaction(
        words=words, by=accounts.user(Role.ADMINISTRATOR), now=NOW, **given
    )


def done(asked: Redaction) -> int:
    return redactions.do_redaction(redaction_id=asked.pk, by=accounts.user(Role.REVIEWER), now=NOW)


def test_the_words_are_gone_everywhere_and_the_chain_holds() -> None:
    first, second = renamed("Jo Lee", "Jo Lee said no"), renamed("Ann Poe")
    sealing.seal(now=NOW)
    assert done(asked("jo lee")) == 3
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.label, first.became) == (
        "[redacted]",
        {"name": "[redacted]", "words": "[redacted]", "level": 2},
    )
    assert second.became["name"] == "Ann Poe"
    sealing.seal(now=NOW + dt.timedelta(minutes=1))
    assert verified_history().findings == []
    assert "Jo Lee" not in str(list(AuditEntry.objects.values())) + str(
        list(Redaction.objects.values())
    )


def test_only_in_one_record_where_that_was_asked() -> None:
    one, other = renamed("Jo Lee"), renamed("Jo Lee")
    done(asked("Jo Lee", object_type=one.object_type, object_key=one.object_key))
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.label, other.label) == ("[redacted]", "Jo Lee")


@pytest.mark.parametrize("name", ["Zoë Ümlaut", "O’Brien", 'The "Doc"', "50% Sure_Thing"])
def test_letters_and_signs_of_any_kind_are_found(name: str) -> None:
    renamed(name)
    assert done(asked(name)) == 2


def test_who_asked_does_not_decide() -> None:
    renamed("Jo Lee")
    one = asked("Jo Lee")
    with pytest.raises(redactions.RedactionRefused, match="second person"):
        redactions.do_redaction(redaction_id=one.pk, by=one.asked_by, now=NOW)
    assert Redaction.objects.get().done_at is None


def test_it_is_decided_once() -> None:
    renamed("Jo Lee")
    one = asked("Jo Lee")
    redactions.refuse_redaction(
        redaction_id=one.pk, reason="Needed", by=accounts.user(Role.REVIEWER), now=NOW
    )
    with pytest.raises(redactions.RedactionRefused, match="already"):
        done(one)
    one.refresh_from_db()
    assert one.words == ""


def test_a_hold_stands_in_the_way_until_it_is_lifted() -> None:
    entry = renamed("Jo Lee")
    one, reviewer = asked("Jo Lee"), accounts.user(Role.REVIEWER)
    held = redactions.place_hold(
        object_type=entry.object_type,
        object_key=entry.object_key,
        reason="A claim",
        by=reviewer,
        now=NOW,
    )
    with pytest.raises(redactions.RedactionRefused, match="legal hold"):
        done(one)
    assert redactions.lift_hold(hold_id=held.pk, by=reviewer, now=NOW)
    assert not redactions.lift_hold(hold_id=held.pk, by=reviewer, now=NOW)
    assert done(one) == 2


@pytest.mark.parametrize("words", ["nobody of this name", ""])
def test_words_that_stand_nowhere_are_refused(words: str) -> None:
    renamed("Jo Lee")
    with pytest.raises(redactions.RedactionRefused, match="Check them"):
        asked(words)


class TestPages:
    def page(self, client, role: Role, address: str, **data: str):
        client.force_login(accounts.user(role))
        return client.post(address, data) if data else client.get(address)

    def test_the_history_says_where_the_chain_ends(self, client) -> None:
        renamed("Jo Lee")
        sealing.seal(now=NOW)
        page = self.page(client, Role.REVIEWER, "/history/")
        assert "1 entry is sealed" in page.text
        assert "Jo Lee" in page.text

    def test_it_asks_the_same_number_of_things_for_one_and_for_forty(
        self, client, django_assert_num_queries
    ) -> None:
        client.force_login(accounts.user(Role.REVIEWER))
        renamed("Jo Lee")
        client.get("/history/")
        with django_assert_num_queries(5):
            client.get("/history/")
        for number in range(40):
            renamed(f"Person {number}")
        with django_assert_num_queries(5):
            client.get("/history/")

    def test_what_is_asked_for_is_kept_when_it_cannot_be_done(self, client) -> None:
        page = self.page(
            client,
            Role.ADMINISTRATOR,
            "/history/redactions/ask/",
            words="Nobody Here",
            where="everywhere",
            reason="Letter of 3 April",
        )
        assert "No personal detail in the history holds these words" in page.text
        assert 'value="Nobody Here"' in page.text
        assert "Letter of 3 April" in page.text

    def test_two_people_walk_it(self, client) -> None:
        renamed("Jo Lee")
        self.page(
            client,
            Role.ADMINISTRATOR,
            "/history/redactions/ask/",
            words="Jo Lee",
            where="everywhere",
            reason="Letter of 3 April",
        )
        one = Redaction.objects.get()
        shown = self.page(client, Role.REVIEWER, f"/history/redactions/{one.pk}/")
        assert "Take these out for good" in shown.text
        self.page(client, Role.REVIEWER, f"/history/redactions/{one.pk}/", do="1")
        page = client.get("/history/").text
        assert "Person: [redacted]" in page
        assert "Person: Jo Lee" not in page  # the person's own record is changed where it is kept

    def test_words_repeated_in_the_reason_are_refused(self, client) -> None:
        renamed("Jo Lee")
        page = self.page(
            client,
            Role.ADMINISTRATOR,
            "/history/redactions/ask/",
            words="Jo Lee",
            where="everywhere",
            reason="Jo Lee asked",
        )
        assert "Leave the words themselves out of the reason" in page.text

    def test_a_hold_is_placed_and_lifted(self, client) -> None:
        entry = renamed("Jo Lee")
        self.page(
            client,
            Role.REVIEWER,
            "/history/holds/place/",
            object_type=entry.object_type,
            object_key=entry.object_key,
            reason="A claim",
        )
        held = LegalHold.objects.get()
        lift = f"/history/holds/{held.pk}/lift/"
        assert lift in client.get("/history/holds/").text
        client.post(lift)
        assert lift not in client.get("/history/holds/").text
