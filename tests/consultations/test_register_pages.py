"""The register: what the public reads, how a consultation is held, and what its managers do."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.roles import Role
from consultations.queries import register as queries
from consultations.queries.register import Filters
from consultations.rules.register import Status, status
from plans.membership import members
from plans.models import Consultation, MustAsk, Plan
from readiness.actions import ensure_policies
from readiness.queries.facts import facts_for
from stakeholders.models import Category, Organisation
from tests.consultations.test_register_rule import CASES
from tests.factories import accounts, engagement, papers, plans, readiness, stakeholders
from tests.factories import consultations as make

OPENS, CLOSES = dt.date(2019, 12, 23), dt.date(2020, 1, 15)


@pytest.fixture
def lmc(db):
    return stakeholders.lmc(name="Bolton LMC", code="LMC012")


@pytest.fixture
def plan(lmc) -> Plan:
    commissioner = stakeholders.commissioner(name="Bolton CCG")
    stakeholders.practice(commissioner, represented_by=lmc, name="The Surgery")
    return plans.plan(plans.footprint(commissioner, name="Bolton"))


def entered(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def manager(plan) -> Client:
    return entered(plans.manager(plan.footprint))


def url(name: str, *args) -> str:
    return reverse(f"consultations:{name}", args=args)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def specifications(plan, **facts) -> Consultation:
    """The national engagement on network specifications of 2019, by its dates."""
    usual = {"title": "Network specifications", "opens_on": OPENS, "closes_on": CLOSES}
    return papers.paper("consultation", plan, on_day=OPENS, **{**usual, **facts})


def must_be_asked(row, *organisations) -> None:
    for one in organisations:
        MustAsk.objects.create(consultation=row, organisation=one, recorded_at=timezone.now())


def published(plan, **facts) -> Consultation:
    return specifications(plan, published_at=timezone.now(), summary="Seven services.", **facts)


def test_the_list_asked_for_a_status_gives_what_the_rule_says(plan):
    today = timezone.localdate()
    for opens, closes, out, expected, dropped, _ in CASES:
        day = {
            name: None if days is None else today + dt.timedelta(days)
            for name, days in (("heard_on", out), ("dropped_on", dropped))
        }
        papers.paper(
            "consultation",
            plan,
            opens_on=today + dt.timedelta(opens),
            closes_on=today + dt.timedelta(closes),
            report_expected=expected,
            dropped_reason="" if dropped is None else "Given up",
            **day,
        )
    person = accounts.user(Role.REVIEWER)
    found = {
        one: set(queries.registered(person, filters=Filters(status=one), today=today))
        for one in Status
    }
    rows = Consultation.objects.all()
    assert all(found[status(queries.course_of(row), today)] >= {row} for row in rows)
    assert sum(map(len, found.values())) == len(CASES)


def test_a_stranger_reads_what_is_published_and_nothing_else(client, plan):
    shown = published(plan, title="Asked of all", time_reason="The election")
    hidden = specifications(plan, title="Not told yet")
    withdrawn = published(plan, title="Recorded by mistake")
    Consultation.objects.filter(pk=withdrawn.pk).update(
        withdrawn_at=timezone.now(), withdrawn_reason="Wrong plan"
    )

    listed = words(client.get(url("register")))
    page = words(client.get(url("consultation", shown.pk)))

    assert "1 consultation, the newest first" in listed
    assert "Closed, analysing" in listed
    assert "Seven services." in page
    assert "Closed on 15 January 2020." in page
    assert "How it is held" not in page
    assert "The election" not in page
    for one in (hidden.pk, withdrawn.pk, 10**9):
        answer = client.get(url("consultation", one))
        assert answer.headers["Location"] == f"/sign-in/?next={url('consultation', one)}"
    odd = words(client.get(url("register"), {"status": "secret", "plan": "x", "page": "-1"}))
    assert "“secret” is not one of the choices" in odd
    assert "Asked of all" in odd


def test_an_open_one_with_a_form_can_be_answered_from_the_register(client, plan):
    now = {"published_at": timezone.now(), "summary": "Tell us"}
    open_one = make.consultation(plan, **now)
    paused = make.consultation(plan, title="Paused", **now)
    form, other = make.survey(open_one), make.survey(paused)
    type(other).objects.filter(pk=other.pk).update(paused_at=timezone.now())

    assert url("respond", form.code) in words(client.get(url("register"), {"status": "open"}))
    assert "without an account" in words(client.get(url("consultation", open_one.pk)))
    page = words(client.get(url("consultation", paused.pk)))
    assert "The form is paused." in page
    assert url("respond", other.code) not in page


def test_fifteen_working_days_need_a_reason(manager, plan):
    ensure_policies()
    row = specifications(plan)
    page = words(manager.get(url("consultation", row.pk)))
    assert "15 working days, fewer than 30, and no reason is recorded." in page
    assert "Record why it was open for 15 working days." in page
    assert "Reason needed" in page

    Consultation.objects.filter(pk=row.pk).update(time_reason="The contract begins in April")
    page = words(manager.get(url("consultation", row.pk)))
    assert "Short, reason given" in page
    assert "The reason: The contract begins in April" in page


def test_who_must_be_asked_is_read_from_the_record_and_from_showings(manager, plan, lmc):
    """The page and the criterion say the same of the same record."""
    ensure_policies()
    row = specifications(plan)
    trust = stakeholders.organisation(Category.TRUST, name="The Trust")
    council = stakeholders.organisation(Category.COUNCIL, name="The Council")
    healthwatch = stakeholders.organisation(Category.HEALTHWATCH, name="Healthwatch")
    late = stakeholders.organisation(Category.VCSE, name="The Charity")
    must_be_asked(row, lmc, trust, council, healthwatch, late)
    for category in (Category.GP_PRACTICE, Category.PCN):
        MustAsk.objects.create(consultation=row, category=category, recorded_at=timezone.now())
    event = engagement.event(plan, title="Webinar", held_on=dt.date(2020, 1, 8))
    engagement.took_part(lmc, event, outcome="invited")
    surgery = type(lmc).objects.get(name="The Surgery")
    engagement.took_part(surgery, event)
    engagement.took_part(council, event)
    engagement.dispute(council, event)
    papers.shown(papers.version(plan, on_day=OPENS), trust, on_day=CLOSES)
    afterwards = engagement.event(plan, held_on=CLOSES + dt.timedelta(1))
    engagement.took_part(late, afterwards)
    by_hand = MustAsk.objects.get(organisation=healthwatch)
    form = {"what": "asked", "asked_on": "3 January 2020"}
    manager.post(url("must-ask-one", row.pk, by_hand.pk), form)

    page = words(manager.get(url("must-ask", row.pk)))
    asking = {
        one.row.organisation.name if one.row.organisation else one.row.category: one.asked_on
        for one in queries.must_ask(row, today=timezone.localdate())
    }

    assert asking == {
        "Bolton LMC": dt.date(2020, 1, 8),
        "The Trust": CLOSES,
        "The Council": None,
        "Healthwatch": dt.date(2020, 1, 3),
        "The Charity": None,
        "gp_practice": dt.date(2020, 1, 8),
        "pcn": None,
    }
    assert "Shown a version of the plan on 15 January 2020." in page
    assert "1 of 1 on record as asked while it was open." in page
    (fact,) = facts_for([plan.pk], as_at=timezone.localdate())[plan.pk].papers.consultations
    assert (fact.must_ask, sorted(fact.not_asked)) == (
        7,
        ["The Charity", "The Council", "primary care networks"],
    )
    then = facts_for([plan.pk], as_at=timezone.localdate(), known=timezone.now())[plan.pk]
    assert then.papers.consultations == (fact,)


@pytest.mark.parametrize("known", [None, timezone.now])
def test_everybody_of_a_kind_are_those_who_belonged_when_it_closed(plan, known):
    """Neither the page nor the criterion asks for a practice that came afterwards."""
    row = specifications(plan)
    MustAsk.objects.create(
        consultation=row, category=Category.GP_PRACTICE, recorded_at=timezone.now()
    )
    surgery = Organisation.objects.get(name="The Surgery")
    engagement.took_part(surgery, engagement.event(plan, held_on=OPENS))
    newcomer = stakeholders.practice()
    plans.belong(newcomer, plan.footprint, valid_from=CLOSES + dt.timedelta(1))
    today = timezone.localdate()

    [asked] = queries.must_ask(row, today=today)
    [fact] = facts_for([plan.pk], as_at=today, known=known and known())[
        plan.pk
    ].papers.consultations

    assert (asked.number, asked.reached, asked.asked_on) == (1, 1, OPENS)
    assert fact.not_asked == ()
    assert newcomer.pk in {one.organisation_id for one in members(day=today)}


def test_what_has_not_opened_is_not_told_as_if_it_were_over(manager, plan):
    ensure_policies()
    today = timezone.localdate()
    ahead = {"opens_on": today + dt.timedelta(20), "closes_on": today + dt.timedelta(30)}
    row = specifications(plan, **ahead, pack_options=True)
    papers.paper("triage", plan, decided_by="Bolton Council", reason="A ward moves.")

    page = words(manager.get(url("consultation", row.pk)))

    held = page.split("How it is held")[1]
    assert "It has not opened: what is not ready can still be put right." in held
    assert "What people will be given" in held
    assert "Not ready" in held
    assert "by Bolton Council. Why: A ward moves. <" in held.replace("</dd>", " <")
    for over in ("Not kept", "Not given", "When it opened", "0 of 0"):
        assert over not in held


def test_whoever_reads_no_line_is_told_how_many_there_are(plan, lmc):
    row = specifications(plan)
    must_be_asked(row, stakeholders.lmc(name="Salford LMC"))

    page = words(entered(stakeholders.representative(lmc)).get(url("consultation", row.pk)))

    assert "1 line, which the plan's managers" in page.split('id="must-ask"')[1].replace(
        "&#x27;", "'"
    )
    assert "And 1" not in page


def test_an_lmc_reads_its_own_line_of_who_must_be_asked(plan, lmc):
    ensure_policies()
    row = specifications(plan)
    other = stakeholders.lmc(name="Salford LMC")
    must_be_asked(row, lmc, other)

    page = words(entered(stakeholders.representative(lmc)).get(url("consultation", row.pk)))

    table = page.split('id="must-ask"')[1]
    assert "Bolton LMC" in table
    assert "Salford LMC" not in table
    assert "And 1 more line" in table
    assert "Bring up to date" not in page
    assert "responses cleared" not in page


def test_a_lead_reads_that_every_lmc_means_their_own(plan, lmc):
    """By the rule that counts it: who belonged on the last day, and is on record while it was open."""
    today = timezone.localdate()
    row = make.consultation(plan)
    MustAsk.objects.create(
        consultation=row, category=Category.LMC, because="The law", recorded_at=timezone.now()
    )
    elsewhere = stakeholders.lmc(name="Salford LMC")
    plans.belong(stakeholders.practice(represented_by=elsewhere), plan.footprint)
    stranger = stakeholders.lmc(name="Wigan LMC")
    lead = entered(stakeholders.representative(lmc))
    sentence = "Your LMC is among those who must be asked"

    top, table = words(lead.get(url("consultation", row.pk))).split('id="must-ask"')

    assert f"{sentence}." in top
    assert "Every Local Medical Committee" in table
    assert sentence in table
    assert "Not on record as asked" in table
    assert "The law" not in table
    assert "more line" not in table
    engagement.took_part(lmc, engagement.event(plan, held_on=today), outcome="invited")
    table = words(lead.get(url("consultation", row.pk))).split('id="must-ask"')[1]
    assert "Named in an event on" in table
    assert "Not on record" not in table
    [asked] = queries.must_ask(row, today=today, ours=[lmc.pk, elsewhere.pk, stranger.pk])
    assert (asked.asked_on, asked.reached, asked.number, len(asked.own)) == (None, 1, 2, 2)
    Consultation.objects.filter(pk=row.pk).update(dropped_on=today, dropped_reason="Given up")
    assert f"{sentence}." not in words(lead.get(url("consultation", row.pk)))


def test_the_first_thing_to_do_is_the_readers_own(plan, lmc):
    """Working through what waits; else reading what was said; answering for everybody else."""
    row = make.consultation(plan)
    form = make.survey(row, "What would help?")
    manages = entered(plans.manager(plan.footprint))
    reviews = entered(accounts.user(Role.REVIEWER))
    leads = entered(stakeholders.representative(lmc))
    button = re.compile(r'<a class="nhsuk-button[^>]* href="([^"]+)">([^<]+)</a>')
    answer = url("respond", form.code)

    def offered(client: Client) -> list[tuple[str, str]]:
        page = words(client.get(url("consultation", row.pk)))
        assert f'href="{answer}"' in page
        return button.findall(page.split('id="about"')[0])

    read = [(url("analysis", row.pk), "What people said")]
    assert [offered(one) for one in (manages, reviews, leads)] == [[], [], [(answer, "Answer it")]]
    waits = make.waiting(row, "Nurses")
    assert offered(manages) == [(url("triage", row.pk), "Work through 1 response")]
    assert offered(reviews) == read
    assert offered(leads) == [(answer, "Answer it")]
    type(waits).objects.filter(pk=waits.pk).update(done_at=timezone.now())
    assert offered(manages) == read


def test_somebody_is_put_on_the_list_once_and_taken_off_with_a_reason(manager, plan, lmc):
    row, before = specifications(plan), plan.change_no
    add = url("must-ask", row.pk)
    for typed, sentence in (
        ({"organisation": ""}, "Enter the organisation that must be asked, or choose a kind"),
        ({"organisation": "LMC012", "category": "trust"}, "not both"),
        ({"organisation": "nobody at all"}, "is not an organisation open on"),
        ({"organisation": "LMC012", "because": "The law"}, "They are on the list."),
        ({"organisation": "LMC012"}, "They are on the list already."),
        ({"category": "trust"}, "They are on the list."),
    ):
        assert sentence in words(manager.post(add, typed, follow=True))
    assert MustAsk.objects.count() == 2
    one = url("must-ask-one", row.pk, MustAsk.objects.get(organisation=lmc).pk)
    for typed, sentence in (
        ({"what": ""}, "Choose what you want to record"),
        ({"what": "asked", "asked_on": "16/1/2020"}, "must be 15 January 2020 or earlier"),
        ({"what": "need-not"}, "Enter why they need not be asked"),
        ({"what": "asked", "asked_on": "2/1/2020"}, "It is saved."),
        ({"what": "asked", "asked_on": "2/1/2020"}, "It says so already."),
        ({"what": "need-not", "reason": "Twice on the list"}, "It is saved."),
    ):
        assert sentence in words(manager.post(one, typed, follow=True))
    assert manager.get(one).status_code == 404
    plan.refresh_from_db()
    assert plan.change_no == before + 4
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        *("must be asked", "must be asked", "changed", "withdrew"),
    ]


def test_nothing_is_published_that_says_nothing(manager, client, plan):
    row = specifications(plan)
    publish = url("publish", row.pk)
    assert "It cannot be published yet" in words(manager.get(publish))
    assert "Say what it is about first" in words(manager.post(publish, follow=True))
    Consultation.objects.filter(pk=row.pk).update(summary="Seven services.")
    assert "What the public reads" in words(manager.get(publish))

    first, second = (words(manager.post(publish, follow=True)) for _ in range(2))

    assert "Anybody can read this page" in first
    assert "in the public register already" in second
    assert client.get(url("consultation", row.pk)).status_code == 200
    assert AuditEntry.objects.filter(verb="consultation published").count() == 1


def test_what_is_given_up_says_why_and_is_tested_no_more(manager, client, plan):
    ensure_policies()
    row = published(plan, is_formal=True)
    drop = url("drop", row.pk)
    assert "Enter why it does not go forward" in words(
        manager.post(drop, {"dropped_on": "16/1/2020", "reason": ""})
    )

    typed = {"dropped_on": "16/1/2020", "reason": "The money went elsewhere"}
    first, second = (words(manager.post(drop, typed, follow=True)) for _ in range(2))

    assert "It does not go forward." in first
    assert "It had been given up before." in second
    assert "It does not go forward: The money went elsewhere" in words(
        client.get(url("consultation", row.pk))
    )
    (fact,) = facts_for([plan.pk], as_at=timezone.localdate())[plan.pk].papers.consultations
    assert (fact.is_dropped(dt.date(2020, 1, 15)), fact.is_dropped(dt.date(2020, 1, 16))) == (
        False,
        True,
    )
    assert AuditEntry.objects.get(verb="changed").was == {"dropped_on": None, "dropped_reason": ""}


CHANGE = {
    "summary": "Seven services.",
    "closes_on": "15/1/2020",
    "time_reason": "The contract begins in April",
    "options_open": "yes",
    "pack": ["pack_impact", "pack_options"],
    "duty": "13q",
    "duty_how": "Anybody could answer",
    "is_major_change": "yes",
    "five_clinical": "Report, page 4",
    "themes": "4",
    "themes_answered": "1",
    "report_expected": "yes",
}


def test_a_consultation_is_brought_up_to_date_whole(manager, plan):
    row = specifications(plan)
    change = url("change", row.pk)
    elsewhere = reverse("plans:paper-change", args=[plan.code, "consultation", row.pk])
    assert manager.get(elsewhere).headers["Location"] == change
    page = manager.get(change)
    assert "opens_on" not in page.context["form"].fields
    seen = page.context["form"]["seen"].value()

    first, second = (
        words(manager.post(change, {**CHANGE, "seen": seen}, follow=True)) for _ in range(2)
    )

    assert "The consultation is saved." in first
    assert "Nothing was saved: it says so already" in second
    row.refresh_from_db()
    assert (row.pack_options, row.pack_costs, row.pack_impact) == (True, False, True)
    assert (row.duty, row.is_major_change, row.five_clinical) == ("13q", True, "Report, page 4")
    assert (row.themes, row.report_expected) == (4, True)
    was = AuditEntry.objects.get(verb="changed").was
    assert (was["pack_impact"], was["time_reason"]) == (False, "")
    assert "closes_on" not in was


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"themes_answered": "5"}, "Themes answered must be 4 or fewer"),
        ({"closes_on": "22/12/2019"}, "must be 23 December 2019 or later"),
        ({"heard_on": "14/1/2020"}, "must be 15 January 2020 or later, because it closes then"),
        ({"report_expected": "no"}, "A formal consultation needs its report"),
        ({"options_open": ""}, "Choose whether the decision could still change"),
        ({"summary": "x" * 2_001}, "must be 2,000 characters or fewer"),
        ({"seen": "old"}, "Somebody else changed this after you opened it."),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_kept(manager, plan, typed, sentence):
    row = specifications(plan)
    change = url("change", row.pk)
    seen = manager.get(change).context["form"]["seen"].value()

    page = words(manager.post(change, {**CHANGE, "seen": seen, **typed}))

    assert sentence in page.replace("&#x27;", "'")
    assert "The contract begins in April" in page
    assert not AuditEntry.objects.filter(verb="changed").exists()


def test_the_first_day_moves_only_while_it_lies_ahead(manager, plan):
    today = timezone.localdate()
    ahead = make.consultation(plan, opened=-10, is_formal=False)
    change = url("change", ahead.pk)
    seen = manager.get(change).context["form"]["seen"].value()
    far = (today + dt.timedelta(300)).isoformat()
    typed = {"options_open": "no", "themes": "0", "themes_answered": "0", "closes_on": far}
    yesterday, later = ((today + dt.timedelta(days)).isoformat() for days in (-1, 30))

    refused = words(manager.post(change, {**typed, "seen": seen, "opens_on": yesterday}))
    manager.post(change, {**typed, "seen": seen, "opens_on": later, "report_expected": "no"})

    assert "because it has not opened yet" in refused
    ahead.refresh_from_db()
    assert ahead.opens_on == today + dt.timedelta(30)
    assert ahead.report_expected is False


def test_themes_are_counted_and_not_typed_where_the_responses_are_here(manager, plan):
    row = specifications(plan)
    make.survey(row)
    make.response(row, "More time")
    page = manager.get(url("change", row.pk))
    assert "themes" not in page.context["form"].fields
    assert "Nobody types them." in words(page)


def test_the_page_counts_organisations_and_people_once(manager, plan, lmc):
    row = specifications(plan)
    make.survey(row)
    of_lmc = make.for_organisation(row, lmc)
    for _ in range(3):
        make.response(row, "The same", by=of_lmc)
    make.response(row, "My own")
    make.waiting(row, "Unread")
    page = words(manager.get(url("consultation", row.pk)))
    figures = page.split('aria-label="Who answered"')[1].split("Is it fair?")[0]
    assert "<b>1</b> organisation</li> <li><b>1</b> person for themselves</li>" in figures
    assert "Organisations and people are counted once each. 2 responses repeat" in figures


JUNK = ("\x00", "x" * 10_000, "31/2/2016", "-1", "\u202e%s", "99999999999999999999", "' OR 1=1")


def test_junk_in_every_field_gives_a_page_and_writes_nothing(manager, plan, lmc):
    row = specifications(plan)
    must_be_asked(row, lmc)
    one = MustAsk.objects.get()
    pages = (url("must-ask", row.pk), url("must-ask-one", row.pk, one.pk), url("drop", row.pk))
    for page in pages:
        fields = manager.get(page).context["form"].fields
        for junk in JUNK:
            typed = dict.fromkeys(fields, junk)
            assert manager.post(page, typed).status_code == 200, (page, junk)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("number", [1, 12])
def test_the_pages_take_as_many_queries_for_few_as_for_many(
    manager, plan, lmc, django_assert_num_queries, number
):
    ensure_policies()
    rows = [published(plan, title=f"One of {count}") for count in range(number)]
    for count in range(number):
        who = stakeholders.organisation(Category.TRUST, name=f"Trust {count}")
        MustAsk.objects.create(consultation=rows[0], organisation=who, recorded_at=timezone.now())
        make.survey(rows[count])
    readiness.judgement(plan)
    with django_assert_num_queries(LIST):
        manager.get(url("register"))
    with django_assert_num_queries(PAGE):
        manager.get(url("consultation", rows[0].pk))


LIST, PAGE = 6, 17
"""Statements of the list and of the page, the session and the person among them."""
