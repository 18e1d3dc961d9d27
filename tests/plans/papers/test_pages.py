"""What everybody in scope reads of the papers of a plan, and what only some may."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.html import escape

from plans.actions.papers import change_paper, withdraw_paper
from plans.presenters.paper_kinds import KINDS
from plans.presenters.papers_panel import papers_panel
from plans.queries.papers import MODELS, panel_papers
from readiness.rules.catalogue import CRITERIA
from tests.factories import papers, plans, stakeholders
from tests.plans.papers.conftest import NOW, TODAY, entered

DAY = dt.date(2016, 6, 1)


def page_of(client, plan, **asked) -> str:
    answer = client.get(reverse("plans:papers", args=[plan.code]), asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def text_of(client, version):
    return client.get(reverse("plans:paper-text", args=[version.plan.code, version.pk]))


@pytest.fixture
def everything(plan, lmcs, board, college):
    """One row of every kind; the version is confidential and was shown to both LMCs."""
    version = papers.version(plan, on_day=DAY, title="Draft 1", text="canary: a GP, an LMC")
    for lmc in lmcs:
        papers.shown(version, lmc)
    papers.opinion(plan, board)
    papers.paper("advice", plan, specialty="Psychiatry", college=college)
    for kind in ("reason", "activity", "triage", "consultation", "commitment"):
        papers.paper(kind, plan)
    return version


def test_a_manager_reads_every_section_and_may_change_it(manager, plan, everything):
    page = page_of(manager, plan)

    for words in (
        "Dated 1 June 2016. Confidential. Shown to 2 organisations. The text names general practice 2 times.",
        "Shown on 1 June 2016. How: By email.",
        "Gave a written opinion, on 1 June 2016.",
        "Has none here. Given on 1 June 2016.",
        "Due by 1 June 2016, 30 days late.",
        "Royal College of Psychiatrists. Needed from 1 June 2016.",
        "A formal consultation is not needed",
        "Open from 1 June 2016 to 13 July 2016. The decision could not change any more. People were not given the options, costs, impact, equality and what was rejected.",
        "Promised to general practice as a whole on 1 June 2016.",
        "Recorded on 1 June 2016.",
    ):
        assert words in page, words
    for kind in MODELS:
        assert f'href="#{kind}"' in page
        assert f"/papers/{kind}/add/" in page
    assert page.count("/withdraw/") == 10


def test_every_section_says_which_criteria_read_it(manager, plan):
    page = page_of(manager, plan)
    fed = {key for words in KINDS.values() for key in words.feeds}

    assert fed <= set(CRITERIA)
    assert all(f"#{key}" in page for key in fed)


@pytest.mark.parametrize("kind", MODELS)
def test_an_empty_section_says_what_to_do(manager, reviewer, plan, kind):
    words = KINDS[kind]

    for_managers, for_others = page_of(manager, plan), page_of(reviewer, plan)

    assert escape(words.nothing) in for_managers
    assert escape(words.nothing) in for_others
    assert (
        f'<a href="/plans/{plan.code}/papers/{kind}/add/">{words.add}'.replace("'", "&#x27;")
        in for_managers
    )
    assert f"/papers/{kind}/add/" not in for_others
    assert "The footprint&#x27;s managers keep this list." in for_others


def test_a_reviewer_reads_everything_and_changes_nothing(reviewer, plan, everything):
    page = page_of(reviewer, plan)

    assert "Salford LMC" in page
    assert "The text names general practice 2 times." in page
    assert "/withdraw/" not in page
    assert "canary" in text_of(reviewer, everything).content.decode()


def test_an_lmc_reads_of_a_confidential_version_name_and_date(lead, plan, everything):
    page = page_of(lead, plan)

    assert "Dated 1 June 2016. Confidential. <span" in page
    assert "names general practice" not in page
    assert "Bolton LMC" in page
    assert "Salford LMC" not in page
    assert "“Draft 1” was shown to 1 other organisation." in page
    assert text_of(lead, everything).status_code == 403


@pytest.mark.parametrize(
    ("visibility", "was_shown", "status"),
    [
        ("public", False, 200),
        ("in_confidence", True, 200),
        ("in_confidence", False, 403),
        ("confidential", True, 403),
    ],
)
def test_who_may_read_a_text_follows_its_visibility(
    lead, plan, lmcs, visibility, was_shown, status
):
    version = papers.version(plan, on_day=DAY, visibility=visibility, text="canary text")
    if was_shown:
        papers.shown(version, lmcs[0])
    papers.shown(version, lmcs[1])

    answer = text_of(lead, version)

    assert answer.status_code == status
    assert ("canary" in answer.content.decode()) == (status == 200)
    assert (f"/papers/version/{version.pk}/" in page_of(lead, plan)) == (status == 200)


def test_a_withdrawn_sharing_opens_no_text(lead, plan, lmcs):
    version = papers.version(plan, on_day=DAY, visibility="in_confidence", text="canary")
    papers.shown(version, lmcs[0], withdrawn_at=NOW, withdrawn_reason="Sent to another")

    assert text_of(lead, version).status_code == 403


def test_a_manager_who_only_speaks_for_an_lmc_here_reads_as_an_lmc_does(plan, lmcs, everything):
    person = plans.manager(plans.footprint())
    person.role_grants.create(role="representative", valid_from=stakeholders.LONG_AGO)
    person.stakeholders_representatives.create(
        organisation=lmcs[0], valid_from=stakeholders.LONG_AGO
    )
    client = entered(person)

    assert "Salford LMC" not in page_of(client, plan)
    assert text_of(client, everything).status_code == 403


def test_what_was_withdrawn_stays_with_its_reason(manager, lead, plan):
    papers.paper("triage", plan, withdrawn_at=NOW, withdrawn_reason="Wrong plan")
    papers.version(plan, title="Draft 0", withdrawn_at=NOW, withdrawn_reason="canary reason")

    ours, theirs = page_of(manager, plan), page_of(lead, plan)

    for page in (ours, theirs):
        assert "Withdrawn (1)" in page
        assert "Withdrawn on 1 July 2016: Wrong plan" in page
        assert "No decision is recorded" in page
    assert "canary reason" in ours
    assert "canary reason" not in theirs


def test_the_page_of_a_text_shows_how_often_each_group_is_named(manager, everything):
    page = " ".join(text_of(manager, everything).content.decode().split())

    assert page.index("General practice") < page.index("Healthwatch")
    assert "canary: a GP, an LMC" in page


def test_the_page_of_a_version_without_text_says_so(manager, plan):
    assert "No text is here" in text_of(manager, papers.version(plan)).content.decode()


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_takes_as_many_queries_for_few_as_for_many(
    manager, lead, plan, lmcs, django_assert_num_queries, number
):
    for _ in range(number):
        version = papers.version(plan, text="A GP")
        papers.opinion(plan, lmcs[0])
        papers.shown(version, lmcs[0])
        papers.paper("advice", plan, college=lmcs[0])
        papers.paper("commitment", plan, organisation=lmcs[0])
        for kind in ("reason", "activity", "triage", "consultation"):
            papers.paper(kind, plan)

    with django_assert_num_queries(15):
        page_of(manager, plan)
    with django_assert_num_queries(18):
        page_of(lead, plan)


class TestOfAPastDay:
    """The page as at a day, and as it had been recorded by another."""

    def test_shows_what_there_was_and_changes_nothing(self, manager, plan, lmcs):
        papers.shown(papers.version(plan, on_day=DAY, title="Draft 1"), lmcs[0], on_day=TODAY)
        papers.version(plan, on_day=TODAY, title="Draft 2")
        papers.paper("activity", plan, on_day=DAY, title="Visit", done_on=TODAY)

        page = page_of(manager, plan, **{"as-at": "2016-06-10"})

        assert "As at 10 June 2016, as it is recorded now." in page
        assert "Draft 1" in page
        assert "Shown to nobody yet." in page
        assert "Draft 2" not in page
        assert "Due by 1 June 2016, 9 days late." in page
        assert "/add/" not in page
        assert "/withdraw/" not in page
        assert f"/plans/{plan.code}/?as-at=2016-06-10#openness" in page

    def test_knows_what_had_been_recorded_by_then(self, manager, plan):
        row = papers.paper("commitment", plan, on_day=DAY, text="A visit")
        gone = papers.paper("triage", plan, on_day=DAY)
        papers.paper("reason", plan, on_day=DAY, recorded_at=NOW)
        for paper, later in ((row, DAY), (row, TODAY)):
            change_paper(paper=paper, facts={"done_on": later}, by=None, now=NOW)
            paper.refresh_from_db()
        withdraw_paper(paper=gone, reason="Wrong plan", by=None, now=NOW)
        then = {"as-at": "2016-06-20", "known": "2016-06-25"}

        known, now = (
            page_of(manager, plan, **then),
            page_of(manager, plan, **{"as-at": "2016-07-01"}),
        )

        assert "as it had been recorded by 25 June 2016" in known
        assert "Due by 1 June 2016, 19 days late." in known
        assert "A formal consultation is not needed" in known
        assert "No reasons are recorded" in known
        assert "Kept on 1 July 2016" in page_of(manager, plan)
        assert "Kept on 1 July 2016" in now

    @pytest.mark.parametrize(
        ("asked", "sentence"),
        [
            ({"as-at": "31/2/2016"}, "“31/2/2016” is not a date."),
            ({"as-at": "2016-07-02"}, "2 July 2016 lies in the future."),
        ],
    )
    def test_a_day_that_cannot_be_is_said(self, manager, plan, asked, sentence):
        page = page_of(manager, plan, **asked)

        assert sentence in page
        assert "/papers/version/add/" in page


def test_names_stand_as_they_were_typed_and_every_sentence_ends(manager, plan):
    papers.paper("triage", plan, decided_by="Bolton Council", reason="A ward moves.")
    papers.paper("commitment", plan, owner="Dr Meera Joshi")

    page = page_of(manager, plan)

    assert "Decided on 1 June 2016 by Bolton Council. Why: A ward moves. <" in page
    assert "To be kept by Dr Meera Joshi." in page


def test_what_lies_ahead_is_not_told_as_if_it_were_over(manager, plan):
    ahead = {"opens_on": TODAY + dt.timedelta(9), "closes_on": TODAY + dt.timedelta(60)}
    papers.paper("consultation", plan, **ahead, options_open=True, pack_options=True)
    papers.version(plan, text="a council")

    page = page_of(manager, plan)

    assert (
        "The decision can still change. What people will be given lacks costs, impact,"
        " equality and what was rejected so far. <" in page
    )
    assert "The text never names general practice." in page


class TestPanel:
    """What the dossier says of the papers."""

    def panel(self, plan, *, day=TODAY, known=None):
        return papers_panel(plan, panel_papers(plan, day=day, known=known), today=day)

    def test_says_where_it_stands(self, plan, everything):
        panel = self.panel(plan)

        assert panel.versions == [("Draft 1", "1 June 2016. Shown to 2 organisations.")]
        assert panel.triage == (
            "A formal consultation is not needed, decided on 1 June 2016 by Programme board."
        )
        ((_, words),) = panel.consultations
        assert words == "Open from 1 June 2016 to 13 July 2016."
        assert (panel.more, panel.url) == ("", f"/plans/{plan.code}/papers/")

    def test_says_what_is_not_there(self, plan):
        panel = self.panel(plan)

        assert (panel.versions, panel.consultations) == ([], [])
        assert panel.triage == "Nobody has decided whether a formal consultation is needed."

    def test_leaves_out_what_was_later_or_withdrawn(self, plan, lmcs, everything):
        papers.version(plan, on_day=TODAY)
        papers.shown(everything, lmcs[0], on_day=TODAY)
        papers.version(plan, withdrawn_at=NOW, withdrawn_reason="Wrong")

        assert self.panel(plan, day=DAY).versions == [
            ("Draft 1", "1 June 2016. Shown to 2 organisations.")
        ]

    def test_knows_only_what_had_been_recorded(self, plan, everything):
        noon = everything.recorded_at

        assert self.panel(plan, known=noon).versions == []
        assert len(self.panel(plan, known=noon + dt.timedelta(1)).versions) == 1

    def test_shows_the_newest_versions_and_counts_the_rest(self, plan):
        for days in range(6):
            papers.version(plan, on_day=DAY + dt.timedelta(days), title=f"Draft {days}")

        panel = self.panel(plan)

        assert [title for title, _ in panel.versions] == [f"Draft {n}" for n in (5, 4, 3, 2)]
        assert panel.more == "And 2 earlier versions."

    @pytest.mark.parametrize("number", [1, 12])
    def test_takes_four_queries(self, plan, lmcs, django_assert_num_queries, number):
        for _ in range(number):
            papers.shown(papers.version(plan), lmcs[0])
            papers.paper("triage", plan)
            papers.paper("consultation", plan)

        with django_assert_num_queries(4):
            self.panel(plan)
