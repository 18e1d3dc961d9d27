"""Members' comments: they come in by a code, only the lead reads them, and one response is made."""

import datetime as dt
import logging
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.roles import Role
from accounts.rules.doors import DOORS
from consultations.models import Response
from consultations.queries.receipts import path_of
from engagement.actions import collations as actions
from engagement.models import Claim, Collation, Comment
from engagement.rules import codes
from engagement.rules.collations import BETWEEN, COMMENT_LENGTH, COMMENTS, STARTS_WITH, start_of
from mail.models import Message
from tests.engagement.area import bolton, days_ago
from tests.engagement.at_once import at_once
from tests.factories import accounts, claims, consultations, plans, stakeholders

pytestmark = pytest.mark.django_db

CANARY = "canary of a member"
NOWHERE = "This code leads to no question"


@pytest.fixture
def area():
    return bolton()


@pytest.fixture
def lead(area):
    return stakeholders.representative(area.lmc)


@pytest.fixture
def gathering(area, lead):
    return claims.collation(area.lmc, area.plan, opened_by=lead)


@pytest.fixture
def closed(area, lead):
    """Closed yesterday, with two comments."""
    made = claims.collation(area.lmc, area.plan, opened_by=lead, closes_in=dt.timedelta(-1))
    for words in ("More nurses.", "No more forms."):
        claims.comment(made, words=words)
    return made


def written(**differs):
    return {"words": CANARY, "practice": "", "name": "", "form_key": uuid.uuid4(), **differs}


# --- the code


def test_a_code_is_long_and_holds_no_letter_that_is_mistaken_for_another():
    assert codes.LENGTH >= 10
    assert not set(codes.ALPHABET) & set("B8I1L0OQ5SUVZ2")
    made = {codes.new_code() for _ in range(200)}
    assert len(made) == 200
    assert all(codes.as_stored(code) == code for code in made)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ACDEFGHJKMNP", "ACDEFGHJKMNP"),
        ("acde-fghj-kmnp", "ACDEFGHJKMNP"),
        (" ACDE FGHJ\tKMNP\n", "ACDEFGHJKMNP"),
        ("ACDE\u2013FGHJ\u2011KMNP", "ACDEFGHJKMNP"),
        ("ACDEFGHJKMN", ""),
        ("ACDEFGHJKMNPP", ""),
        ("ACDEFGHJKMN1", ""),
        ("", ""),
        ("\0" * 12, ""),
        ("x" * 10_000, ""),
    ],
)
def test_a_code_is_read_without_regard_to_case_spaces_and_hyphens(typed, stored):
    assert codes.as_stored(typed) == stored


def test_a_code_is_shown_in_groups():
    assert codes.as_shown("ACDEFGHJKMNP") == "ACDE-FGHJ-KMNP"


# --- the lead asks


def opening(area, **differs):
    return {
        "about": f"{area.lmc.pk}-{area.plan.pk}",
        "question": "What would you need?",
        "closes_on": days_ago(-14).isoformat(),
        **differs,
    }


def test_a_lead_asks_members_and_gets_a_code_to_share(client, area, lead):
    client.force_login(lead)
    page = client.post("/collations/", opening(area), follow=True)

    made = Collation.objects.get()
    assert page.redirect_chain[-1][0] == f"/collations/{made.pk}/"
    assert codes.as_shown(made.code) in page.text
    assert f"/c/{made.code}/" in page.text
    client.post("/collations/", opening(area))
    assert Collation.objects.count() == 1
    client.post("/collations/", opening(area, question="Another?"))
    assert Collation.objects.count() == 2


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"about": ""}, "Choose the plan or the consultation that you ask about"),
        ({"about": "1-1000000000"}, "must be one of the choices listed"),
        ({"about": "x"}, "must be one of the choices listed"),
        ({"question": ""}, "Enter what you ask your members"),
        ({"question": "x" * 301}, "must be 300 characters or fewer"),
        ({"closes_on": ""}, "Enter the last day on which they may answer"),
        ({"closes_on": "1/1/2020"}, "The last day must be today or later"),
        ({"closes_on": days_ago(-400).isoformat()}, "or earlier"),
    ],
)
def test_what_cannot_be_asked_is_said(client, area, lead, differs, sentence):
    client.force_login(lead)
    answer = client.post("/collations/", opening(area, **differs))

    assert answer.status_code == 200
    assert sentence in answer.text
    assert not Collation.objects.exists()


def test_a_plan_outside_the_area_and_one_that_is_closed_cannot_be_asked_about(client, area, lead):
    elsewhere = plans.plan(plans.footprint())
    over = plans.plan(area.footprint, plan_type="nhp_2026")
    type(over).objects.filter(pk=over.pk).update(closed_on=days_ago(1))
    client.force_login(lead)

    choices = dict(client.get("/collations/").context["form"].fields["about"].choices)

    assert set(choices) == {"", f"{area.lmc.pk}-{area.plan.pk}"}
    assert elsewhere.title not in choices.values()


def test_a_practice_has_nobody_to_ask(client, area):
    client.force_login(stakeholders.representative(area.practices[0]))

    assert "There is no plan to ask about" in client.get("/collations/").text


# --- members comment


def test_a_member_comments_without_an_account_and_only_the_lead_reads_it(
    client, area, lead, gathering, caplog
):
    caplog.set_level(logging.DEBUG)
    practice = area.practices[0]
    page = client.get(f"/c/{codes.as_shown(gathering.code).lower()}/")
    assert "What would you need?" in page.text
    assert "Only the people who answer for Bolton LMC read what you write." in page.text

    sent = client.post(
        f"/c/{gathering.code}/",
        written(practice=f" {practice.code.lower()} ", name="Dr canary of a name"),
    )
    assert "Your comment has reached Bolton LMC" in sent.text
    comment = Comment.objects.get()
    assert (comment.practice, comment.name, comment.words) == (
        practice, "Dr canary of a name", CANARY,
    )  # fmt: skip

    entry = AuditEntry.objects.get(verb="comment came")
    assert (entry.actor, entry.was, entry.became) == (None, {}, {})
    assert "canary" not in caplog.text
    assert "canary" not in str(comment)
    client.force_login(lead)
    assert CANARY in client.get(f"/collations/{gathering.pk}/").text
    second = stakeholders.representative(area.lmc)
    client.force_login(second)
    assert CANARY in client.get(f"/collations/{gathering.pk}/").text


def test_nobody_but_those_who_answer_for_the_lmc_sees_comments(client, area, lead, closed):
    claims.comment(closed, words=CANARY, name="Dr canary")
    actions.send_response(
        collation_id=closed.pk, words="Our response.", by=lead, now=timezone.now()
    )
    claim = Claim.objects.get()
    others = [
        area.manager,
        accounts.user(Role.REVIEWER),
        accounts.user(Role.ADMINISTRATOR),
        stakeholders.representative(area.practices[0]),
    ]
    for person in others:
        client.force_login(person)
        for path in ("", "close/", "response/"):
            assert client.get(f"/collations/{closed.pk}/{path}").status_code == 404
        for path in (
            f"/claims/{claim.pk}/", f"/plans/{area.plan.code}/", "/collations/",
            f"/organisations/{area.lmc.code}/", "/events/", "/",
        ):  # fmt: skip
            assert "canary" not in client.get(path, follow=True).text
    assert not any("canary" in str(vars(one)) for one in AuditEntry.objects.all())
    assert not any("canary" in str(vars(one)) for one in Message.objects.all())


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"words": ""}, "Enter your comment"),
        ({"words": "\u200b"}, "Enter your comment"),
        ({"words": "a\0b"}, "holds characters that cannot be read"),
        ({"words": "x" * (COMMENT_LENGTH + 1)}, "must be 5,000 characters or fewer. It has 5,001"),
        ({"name": "x" * 121}, "must be 120 characters or fewer"),
        ({"practice": "Nowhere Surgery"}, "has the name or code “Nowhere Surgery”"),
        ({"practice": "X99999"}, "has the name or code “X99999”"),
        ({"practice": "surgery"}, "More than one practice has this name. Enter the code of yours"),
        ({"practice": "<script>alert(1)</script>"}, "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ],
)
def test_what_a_member_cannot_send_is_said_and_kept(client, gathering, differs, sentence):
    answer = client.post(f"/c/{gathering.code}/", written(**differs))

    assert answer.status_code == 200
    assert sentence in answer.text
    assert "words" in differs or CANARY in answer.text
    assert not Comment.objects.exists()


@pytest.mark.parametrize("typed", ["SURGERY 1", "surgery 1", "p80001", "P8 0001", "surgery  1."])
def test_a_practice_is_found_by_its_code_or_its_name(client, area, gathering, typed):
    client.post(f"/c/{gathering.code}/", written(practice=typed))

    assert Comment.objects.get().practice == area.practices[1]


def test_a_practice_of_another_lmc_is_no_member(client, area, gathering):
    other = stakeholders.practice(
        area.ccg, represented_by=stakeholders.lmc(), name="Far Surgery", code="P89999"
    )

    assert "No practice of Bolton LMC" in client.post(
        f"/c/{gathering.code}/", written(practice=other.code)
    ).text  # fmt: skip


def test_unknown_closed_and_mistyped_codes_give_the_same_page(client, closed):
    sent = claims.collation(closed.organisation, closed.plan)
    Collation.objects.filter(pk=sent.pk).update(closed_at=timezone.now())
    tokens = set()
    for code in (closed.code, sent.code, codes.new_code(), "short", "%00", "x" * 3000, "1"):
        for answer in (
            client.get(f"/c/{code}/"),
            client.post(f"/c/{code}/", written()),
        ):
            assert answer.status_code == 404
            assert NOWHERE in answer.text
        tokens.add(client.get(f"/c/{code}/").text)
    assert len(tokens) == 1
    lost = client.post(f"/c/{closed.code}/", written()).text
    assert "Your comment was not sent." in lost
    assert CANARY in lost
    assert Comment.objects.filter(words=CANARY).count() == 0


@pytest.mark.parametrize("junk", ["", " ", "\0", "x" * 10_000, "健康", "%"])
def test_the_door_leads_to_the_question_or_to_the_page_for_no_code(client, gathering, junk):
    shown = codes.as_shown(gathering.code).lower()

    assert client.get("/c/").status_code == 200
    assert client.get("/c/", {"code": shown}).url == f"/c/{gathering.code}/"
    assert client.get("/c/", {"code": junk}).status_code in {200, 404}


def test_the_same_comment_twice_comes_once_and_a_changed_one_again(client, gathering):
    key = uuid.uuid4()
    for words in ("One", "One", "One, put better"):
        assert client.post(
            f"/c/{gathering.code}/", written(words=words, form_key=key)
        ).status_code == 200  # fmt: skip

    assert Comment.objects.count() == 2


def test_more_comments_than_it_takes_are_refused_with_words(client, gathering):
    Comment.objects.bulk_create(
        Comment(collation=gathering, words="x", written_at=timezone.now(), form_key=uuid.uuid4())
        for _ in range(COMMENTS)
    )

    answer = client.post(f"/c/{gathering.code}/", written())

    assert "This question has had 2,000 comments" in answer.text
    assert CANARY in answer.text


def test_the_door_is_braked(gathering):
    cache.clear()
    limit = int(DOORS["collation"].address.partition("/")[0])
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(limit):
        assert stranger.get("/c/ACDEFGHJKMNP/").status_code == 404

    for answer in (
        stranger.get(f"/c/{gathering.code}/"),
        stranger.post(f"/c/{gathering.code}/", written()),
        stranger.get("/c/"),
    ):
        assert answer.status_code == 429
    assert not Comment.objects.exists()


# --- one response


@pytest.mark.parametrize(
    ("comments", "text", "left_over"),
    [
        ([], "", 0),
        (["One", "Two"], f"One{BETWEEN}Two", 0),
        (["One", "x" * STARTS_WITH, "Three"], "One", 2),
    ],
)
def test_what_a_response_starts_from(comments, text, left_over):
    start = start_of(comments)

    assert (start.text, start.left_over) == (text, left_over)


def test_a_response_starts_from_what_is_ticked_and_becomes_a_claim(client, area, lead, closed):
    first, second = Comment.objects.order_by("pk")
    client.force_login(lead)
    client.post(f"/collations/{closed.pk}/", {"used": [second.pk]})
    path = f"/collations/{closed.pk}/response/"
    start = client.get(path)
    assert "No more forms." in start.text
    assert first.words not in start.text

    preview = client.post(path, {"words": "Our members <want> fewer forms.", "action": ""})
    assert "Send the response?" in preview.text
    assert not Claim.objects.exists()
    back = client.post(path, {"words": "Our members <want> fewer forms.", "action": "change"})
    assert "Our members &lt;want&gt; fewer forms." in back.text
    sent = client.post(
        path, {"words": "Our members <want> fewer forms.", "action": "send"}, follow=True
    )

    claim = Claim.objects.get()
    assert sent.redirect_chain[-1][0] == f"/claims/{claim.pk}/"
    assert (claim.kind, claim.state, claim.organisation) == ("sent", "open", area.lmc)
    assert "1 comment of members" in sent.text
    assert {one.user for one in Message.objects.filter(kind="claim-made")} == {area.manager}
    closed.refresh_from_db()
    assert closed.response == claim
    client.force_login(area.manager)
    assert "1 comment of members" in client.get(f"/claims/{claim.pk}/").text


def test_after_it_was_sent_nothing_changes_any_more(client, lead, closed):
    claim = actions.send_response(
        collation_id=closed.pk, words="Ours.", by=lead, now=timezone.now()
    )
    client.force_login(lead)

    assert client.get(f"/collations/{closed.pk}/response/").url == f"/claims/{claim.pk}/"
    client.post(f"/collations/{closed.pk}/response/", {"words": "Again", "action": "send"})
    page = client.post(f"/collations/{closed.pk}/", {"used": []}, follow=True)
    assert "cannot be changed any more" in page.text
    client.post(f"/collations/{closed.pk}/close/")

    assert Claim.objects.get().words == "Ours."
    assert not Comment.objects.filter(left_out_at__isnull=False).exists()


def test_while_members_may_comment_there_is_no_response(client, lead, gathering):
    claims.comment(gathering)
    client.force_login(lead)
    path = f"/collations/{gathering.pk}/response/"

    assert (
        "Close it first" in client.post(path, {"words": "Ours", "action": "send"}, follow=True).text
    )
    with pytest.raises(actions.CollationOpenError):
        actions.send_response(collation_id=gathering.pk, words="Ours", by=lead, now=timezone.now())
    page = client.post(f"/collations/{gathering.pk}/close/", follow=True)
    assert "No more comments come in." in page.text
    assert client.get(path).status_code == 200
    assert client.get(f"/c/{gathering.code}/").status_code == 404


def test_without_a_comment_that_is_used_nothing_is_sent(client, lead, closed):
    client.force_login(lead)
    client.post(f"/collations/{closed.pk}/", {"used": []})
    path = f"/collations/{closed.pk}/response/"

    assert "No comment is ticked" in client.get(path, follow=True).text
    with pytest.raises(actions.NothingGatheredError):
        actions.send_response(collation_id=closed.pk, words="O", by=lead, now=timezone.now())
    assert not Claim.objects.exists()


@pytest.mark.parametrize("junk", [["x"], ["10000000000"], ["\0"], ["1" * 5000]])
def test_a_choice_that_cannot_be_read_changes_nothing(client, lead, closed, junk):
    client.force_login(lead)

    page = client.post(f"/collations/{closed.pk}/", {"used": junk}, follow=True)

    assert "That choice could not be read" in page.text
    assert not Comment.objects.filter(left_out_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("", "Write the response"), ("x" * 50_001, "must be 50,000 characters or fewer")],
)
def test_a_response_that_cannot_be_sent_is_kept(client, lead, closed, words, sentence):
    client.force_login(lead)

    answer = client.post(f"/collations/{closed.pk}/response/", {"words": words, "action": "send"})

    assert sentence in answer.text
    assert not Claim.objects.exists()


def test_a_response_made_into_a_record_counts_as_any_other(client, area, lead, closed):
    claim = actions.send_response(
        collation_id=closed.pk, words="Ours.", by=lead, now=timezone.now()
    )
    client.force_login(area.manager)
    form = client.get(f"/claims/{claim.pk}/accept/").context["form"]

    assert form.initial["outcome"] == "responded"
    assert form.initial["title"] == "Views of Bolton LMC"


@pytest.mark.parametrize("number", [1, 40])
def test_the_lead_s_pages_ask_as_often_however_many_commented(
    client, area, lead, closed, number, django_assert_num_queries
):
    for practice in area.practices * (number // 4 or 1):
        claims.comment(closed, practice=practice)
        claims.comment(claims.collation(area.lmc, area.plan))
    client.force_login(lead)

    with django_assert_num_queries(7):
        client.get(f"/collations/{closed.pk}/")
    with django_assert_num_queries(11):
        client.get("/collations/")


@pytest.mark.parametrize("number", [4, 60])
def test_a_comment_asks_as_often_however_many_members_there_are(
    client, number, django_assert_num_queries
):
    area = bolton(practices=number)
    gathering = claims.collation(area.lmc, area.plan)
    for _ in range(number):
        claims.comment(gathering)
    cache.clear()

    with django_assert_num_queries(21):
        client.post(f"/c/{gathering.code}/", written(practice="P80001"))


# --- at the same moment


@pytest.mark.django_db(transaction=True)
def test_a_response_sent_twice_at_once_is_one_claim():
    area = bolton()
    lead = stakeholders.representative(area.lmc)
    made = claims.collation(area.lmc, area.plan, closes_in=dt.timedelta(-1))
    claims.comment(made)

    def send():
        return actions.send_response(
            collation_id=made.pk, words="Ours.", by=lead, now=timezone.now()
        ).pk

    assert set(at_once(*[send] * 4)) == {Claim.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_a_comment_that_comes_while_it_is_closed_is_in_or_is_told():
    area = bolton()
    lead = stakeholders.representative(area.lmc)
    made = claims.collation(area.lmc, area.plan)

    def comment():
        return actions.add_comment(
            collation_id=made.pk, practice_id=None, name="", words="Late", form_key=uuid.uuid4(),
            now=timezone.now(),
        )  # fmt: skip

    def close():
        actions.close_collation(collation_id=made.pk, by=lead, now=timezone.now())

    found = at_once(comment, close, comment, told=actions.CollationClosedError)

    told = sum(isinstance(one, actions.CollationClosedError) for one in found)
    assert Comment.objects.count() == 2 - told


# --- about a consultation


@pytest.fixture
def asked(area):
    """An open consultation that asks one thing in words."""
    made = consultations.consultation(area.plan, title="Urgent care")
    consultations.survey(made, "What would you need?")
    return made


def test_a_lead_may_ask_about_an_open_consultation_of_its_area_and_no_other(
    client, area, lead, asked
):
    consultations.survey(consultations.consultation(area.plan, opened=90, lasts=42))
    consultations.survey(consultations.consultation(area.plan, opened=-3))
    consultations.consultation(area.plan, title="Asks nothing")
    elsewhere = plans.plan(plans.footprint(stakeholders.commissioner(), name="Bury"))
    consultations.survey(consultations.consultation(elsewhere))
    client.force_login(lead)

    choices = dict(client.get("/collations/").context["form"].fields["about"].choices)

    about = f"{area.lmc.pk}-{area.plan.pk}"
    assert list(choices) == ["", about, f"{about}-{asked.pk}"]
    late = {"about": f"{about}-{asked.pk}", "question": "What?"}
    late["closes_on"] = (asked.closes_on + dt.timedelta(1)).isoformat()
    assert "The consultation closes on" in client.post("/collations/", late).text
    assert client.post("/collations/", late | {"closes_on": asked.closes_on}).status_code == 302
    assert Collation.objects.get().consultation == asked


def test_the_response_of_the_members_is_one_to_the_consultation_once(client, area, lead, asked):
    gathered = claims.collation(
        area.lmc, area.plan, opened_by=lead, closes_in=dt.timedelta(-1), consultation=asked
    )
    claims.comment(gathered)
    send = {"collation_id": gathered.pk, "words": "Our members say no.", "by": lead}
    for _ in range(2):
        actions.send_response(**send, now=timezone.now())

    kept = Response.objects.get()
    who = kept.respondent
    assert (kept.route, kept.moderation, kept.recorded_by) == ("collated", "waiting", lead)
    assert (who.organisation, who.group, who.kind) == (area.lmc, "lmc", "organisation")
    assert kept.answers.get().text == "Our members say no."
    assert Claim.objects.count() == 1
    client.force_login(lead)
    page = client.get(f"/collations/{gathered.pk}/")
    assert path_of(kept) in page.text
    assert "Our members say no." in client.get(path_of(kept)).text


@pytest.mark.parametrize("ended", [{"withdrawn_at": timezone.now(), "withdrawn_reason": "x"},
                                   {"dropped_on": days_ago(1), "dropped_reason": "x"}])  # fmt: skip
def test_nothing_is_sent_to_a_consultation_that_has_ended(area, lead, asked, ended):
    gathered = claims.collation(
        area.lmc, area.plan, opened_by=lead, closes_in=dt.timedelta(-1), consultation=asked
    )
    claims.comment(gathered)
    type(asked).objects.filter(pk=asked.pk).update(**ended)

    actions.send_response(
        collation_id=gathered.pk, words="Our members say no.", by=lead, now=timezone.now()
    )

    assert Claim.objects.exists()
    assert not Response.objects.exists()
