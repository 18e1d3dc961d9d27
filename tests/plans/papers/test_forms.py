"""Each kind of paper by its form: recorded once, refused with a sentence, brought up to date."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from plans.actions.papers import change_paper
from plans.forms.paper_kinds import FORMS
from plans.models import PlanVersion, Sharing
from plans.presenters.paper_kinds import KINDS
from plans.queries.papers import MODELS
from plans.rules.mentions import LIMIT
from stakeholders.models import Category
from tests.factories import papers, plans, stakeholders
from tests.plans.papers.conftest import NOW, TODAY, entered

DAY = dt.date(2016, 6, 1)

TYPED = {
    "version": {"title": "Draft 1", "dated_on": "1/6/2016", "is_final": "no",
                "visibility": "confidential", "public_on": "", "text": "GPs met the council"},
    "opinion": {"organisation": "HWB-BOL", "kind": "opinion", "given_on": "1/6/2016",
                "reference": "Minute 7"},
    "reason": {"category": "trust", "reason": "There is none", "given_on": "1/6/2016"},
    "activity": {"title": "Visit", "category": "", "owner": "Director", "due_on": "1/6/2016",
                 "done_on": ""},
    "advice": {"specialty": "Psychiatry", "college": "RCPSYCH", "needed_from": "1/6/2016"},
    "triage": {"formal_needed": "no", "decided_on": "1/6/2016", "decided_by": "Board",
               "reason": "Nothing closes"},
    "consultation": {"title": "Hospitals", "is_formal": "yes", "opens_on": "1/6/2016",
                     "closes_on": "13/7/2016", "time_reason": "", "options_open": "yes",
                     "pack": ["pack_options", "pack_costs"], "themes": "4", "themes_answered": "1",
                     "report_on": "", "heard_on": "", "decision_on": ""},
    "commitment": {"text": "A visit each year", "organisation": "LMC000", "owner": "Director",
                   "made_on": "1/6/2016", "due_on": "1/6/2016", "done_on": ""},
}  # fmt: skip

SHARING = {
    "to_lmc": ["LMC000", "LMC001"],
    "shown_on": "1/6/2016",
    "how": "By email",
    "in_confidence": "yes",
}


def url(plan, name: str, *args) -> str:
    return reverse(f"plans:paper-{name}", args=[plan.code, *args])


def change_of(plan, kind: str, pk: int) -> str:
    """Where a paper is brought up to date: a consultation on a page of its own."""
    if kind == "consultation":
        return reverse("consultations:change", args=[pk])
    return url(plan, "change", kind, pk)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_every_kind_has_a_model_a_form_and_words():
    assert list(MODELS) == list(FORMS) == list(KINDS)
    assert {*TYPED, "sharing"} == set(KINDS)


@pytest.mark.parametrize("kind", TYPED)
def test_a_form_sent_twice_records_once(manager, plan, college, kind):
    before = plan.change_no

    first = manager.post(url(plan, "add", kind), TYPED[kind], follow=True)
    second = manager.post(url(plan, "add", kind), TYPED[kind], follow=True)

    row = MODELS[kind].objects.get(plan=plan)
    assert row.recorded_by
    assert row.recorded_at.date() == TODAY
    plan.refresh_from_db()
    assert plan.change_no == before + 1
    assert AuditEntry.objects.get(verb="recorded").object_key == str(row.pk)
    assert f"The {KINDS[kind].noun} is recorded. The plan&#x27;s figures" in words(first)
    assert "That was on paper already. Nothing was recorded twice." in words(second)


def test_what_was_withdrawn_can_be_recorded_again(manager, plan):
    row = papers.paper("reason", plan, on_day=DAY, category="trust", reason="There is none")
    manager.post(url(plan, "withdraw", "reason", row.pk), {"reason": "Typed too early"})

    manager.post(url(plan, "add", "reason"), TYPED["reason"])

    assert MODELS["reason"].objects.standing().count() == 1
    assert MODELS["reason"].objects.count() == 2


def test_a_version_goes_to_several_organisations_at_once(manager, plan, lmcs):
    version = papers.version(plan, on_day=DAY)
    papers.shown(version, lmcs[0], how="By email", in_confidence=True)
    typed = {**SHARING, "version": version.pk}

    page = words(manager.post(url(plan, "add", "sharing"), typed, follow=True))

    shown = Sharing.objects.standing().filter(version=version, shown_on=DAY)
    assert {one.organisation for one in shown} == set(lmcs)
    assert len(shown) == 2
    assert "1 organisation was shown the version. 1 had been recorded before." in page


def test_who_can_be_shown_a_version_are_those_of_the_footprint(manager, plan, lmcs, board):
    papers.version(plan, on_day=DAY)

    page = words(manager.get(url(plan, "add", "sharing")))

    for name in ("Bolton LMC", "Salford LMC", "Bolton Board", "Bolton CCG"):
        assert name in page
    assert "Far away LMC" not in page
    assert 'name="to_gp_practice"' not in page
    assert page.index("Bolton LMC") < page.index("Bolton CCG")


@pytest.mark.parametrize(
    ("kind", "changes", "sentence"),
    [
        ("version", {"title": ""}, "Enter what the version is called"),
        ("version", {"dated_on": "2/7/2016"}, "must be 1 July 2016 or earlier"),
        ("version", {"visibility": "public"}, "Enter the day since when it is public"),
        ("version", {"visibility": "public", "public_on": "soon"}, "must be a real date"),
        ("version", {"visibility": "secret"}, "must be one of the choices listed"),
        ("version", {"text": "a\0b"}, "The text holds characters that cannot be read. Copy it"),
        ("version", {"text": "x" * (LIMIT + 1)}, "must be 400,000 characters or fewer. It has"),
        ("opinion", {"organisation": ""}, "Choose the board"),
        ("opinion", {"organisation": "LMC000"}, "must be one of the choices listed"),
        ("opinion", {"reference": "x" * 201}, "must be 200 characters or fewer. It has 201"),
        ("reason", {"category": "other"}, "must be one of the choices listed"),
        ("reason", {"reason": "\x01"}, "holds characters that cannot be read"),
        ("activity", {"due_on": "31/2/2016"}, "The due date must be a real date"),
        ("activity", {"done_on": "2/7/2016"}, "must be 1 July 2016 or earlier"),
        ("advice", {"college": "HWB-BOL"}, "must be one of the choices listed"),
        ("triage", {"formal_needed": ""}, "Choose whether a formal consultation is needed"),
        ("consultation", {"closes_on": "31/5/2016"}, "The last day must be 1 June 2016 or later, because it opens then"),
        ("consultation", {"decision_on": "1/5/2016"}, "The day of the decision must be 1 June 2016 or later"),
        ("consultation", {"report_on": "12/7/2016"}, "The day of the report must be 13 July 2016 or later, because it closes then"),
        ("consultation", {"heard_on": "12/7/2016"}, "The day of publication must be 13 July 2016 or later, because it closes then"),
        ("consultation", {"themes_answered": "5"}, "Themes answered must be 4 or fewer, because that many were raised"),
        ("consultation", {"themes": "-1"}, "must be 0 or more"),
        ("consultation", {"themes": str(2**64)}, "must be 9999 or fewer"),
        ("consultation", {"pack": ["pack_secret"]}, "must be one of the choices listed"),
        ("commitment", {"due_on": "31/5/2016"}, "The due date must be 1 June 2016 or later, because it was made then"),
        ("commitment", {"done_on": "31/5/2016"}, "must be 1 June 2016 or later, because it was made then"),
        ("commitment", {"organisation": "LMC999"}, "must be one of the choices listed"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(
    manager, plan, college, kind, changes, sentence
):
    typed = {**TYPED[kind], **changes}

    response = manager.post(url(plan, "add", kind), typed)

    page = words(response)
    assert response.status_code == 200
    assert sentence in page
    assert "There is a problem" in page
    kept = next(value for name, value in typed.items() if name not in changes and value)
    assert str(kept) in page
    assert not MODELS[kind].objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"to_lmc": []}, "Choose at least one organisation"),
        ({"to_lmc": ["LMC999"]}, "must be one of the choices listed"),
        ({"shown_on": "31/5/2016"}, "The version is dated 1 June 2016, so it was shown then or later"),
        ({"version": "0"}, "must be one of the choices listed"),
        ({"version": ""}, "Choose the version"),
        ({"how": ""}, "Enter how it was shown"),
    ],
)  # fmt: skip
def test_a_sharing_that_cannot_be_is_refused(manager, plan, changes, sentence):
    version = papers.version(plan, on_day=DAY)

    page = words(
        manager.post(url(plan, "add", "sharing"), {**SHARING, "version": version.pk, **changes})
    )

    assert sentence in page
    assert not Sharing.objects.exists()


def test_another_plans_version_cannot_be_shown(manager, plan):
    elsewhere = papers.version(plans.plan(plans.footprint()), on_day=DAY)
    papers.version(plan, on_day=DAY)

    page = words(manager.post(url(plan, "add", "sharing"), {**SHARING, "version": elsewhere.pk}))

    assert "must be one of the choices listed" in page


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("sharing", "No version of the plan is on paper yet. Add the version first"),
        ("opinion", "The register names no Health and Wellbeing Board in this footprint"),
    ],
)
@pytest.mark.django_db
def test_where_there_is_nothing_to_choose_the_page_says_what_to_do(kind, sentence):
    bare = plans.plan(plans.footprint())
    manager = entered(plans.manager(bare.footprint))

    for answer in (
        manager.get(url(bare, "add", kind)),
        manager.post(url(bare, "add", kind), {"x": "1"}),
    ):
        page = words(answer)
        assert sentence in page
        assert '<button class="nhsuk-button' not in page.split("<main")[1].split("</main>")[0]


def test_a_text_is_counted_when_it_is_saved(manager, plan):
    typed = {**TYPED["version"], "text": "The gen-\neral practice\fand a GP met two councils."}
    manager.post(url(plan, "add", "version"), typed)

    version = PlanVersion.objects.get(plan=plan)
    assert version.text == "The gen-\neral practice\nand a GP met two councils."
    assert (version.mentions["gp_practice"], version.mentions["council"]) == (2, 1)
    assert version.mentions["healthwatch"] == 0
    assert AuditEntry.objects.get(verb="recorded").became["text"].endswith("characters")


def test_two_versions_of_one_name_and_day_are_refused(manager, plan):
    manager.post(url(plan, "add", "version"), TYPED["version"])

    page = words(manager.post(url(plan, "add", "version"), {**TYPED["version"], "text": "Another"}))

    assert "A version of this name, dated 1 June 2016, is on paper already" in page
    assert "Another" in page
    assert PlanVersion.objects.count() == 1


def test_a_text_may_follow_later_and_is_then_never_replaced(manager, plan):
    version = papers.version(plan, on_day=DAY)
    change = url(plan, "change", "version", version.pk)
    typed = {"visibility": "public", "public_on": "1/7/2016", "text": "One LMC"}
    seen = manager.get(change).context["form"]["seen"].value()

    manager.post(change, {**typed, "seen": seen})

    version.refresh_from_db()
    assert (version.text, version.mentions["gp_practice"]) == ("One LMC", 1)
    assert AuditEntry.objects.get(verb="changed").was["has_text"] is False
    assert (version.visibility, version.public_on) == ("public", TODAY)
    assert "text" not in manager.get(change).context["form"].fields


def test_a_version_that_is_public_no_more_has_no_public_day(manager, plan):
    version = papers.version(plan, on_day=DAY, visibility="public", public_on=DAY, text="x")
    change = url(plan, "change", "version", version.pk)
    seen = manager.get(change).context["form"]["seen"].value()

    typed = {"visibility": "in_confidence", "public_on": "1/6/2016", "seen": seen}
    refused = manager.post(change, typed)
    manager.post(change, {**typed, "confided_on": "2/6/2016"})

    assert "Enter the day since when it is shared in confidence" in words(refused)
    version.refresh_from_db()
    assert (version.visibility, version.public_on) == ("in_confidence", None)
    assert version.confided_on == dt.date(2016, 6, 2)


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("activity", {"done_on": "2/7/2016"}, "must be 1 July 2016 or earlier"),
        ("commitment", {"done_on": "31/5/2016"}, "must be 1 June 2016 or later"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused(manager, plan, kind, typed, sentence):
    row = papers.paper(kind, plan, on_day=DAY)

    assert sentence in words(manager.post(url(plan, "change", kind, row.pk), typed))


def test_marking_as_done_twice_writes_once(manager, plan):
    row = papers.paper("activity", plan, on_day=DAY)
    change = url(plan, "change", "activity", row.pk)
    typed = {
        "done_on": "30 June 2016",
        "seen": manager.get(change).context["form"]["seen"].value(),
    }

    first, second = (words(manager.post(change, typed, follow=True)) for _ in range(2))

    row.refresh_from_db()
    plan.refresh_from_db()
    assert row.done_on == dt.date(2016, 6, 30)
    assert plan.change_no == 2
    assert AuditEntry.objects.get(verb="changed").was == {"done_on": None}
    assert "The activity is saved." in first
    assert "Nothing was saved: it says so already" in second


def test_a_change_made_in_the_same_moment_is_not_written_over(plan):
    paper = papers.paper("activity", plan, on_day=DAY)
    MODELS["activity"].objects.filter(pk=paper.pk).update(done_on=DAY)

    assert not change_paper(paper=paper, facts={"done_on": TODAY}, by=None, now=NOW)
    paper.refresh_from_db()
    assert paper.done_on == DAY


def test_withdrawing_twice_keeps_the_first_reason(manager, plan):
    row = papers.paper("triage", plan, on_day=DAY)
    withdraw = url(plan, "withdraw", "triage", row.pk)

    first = words(manager.post(withdraw, {"reason": "Wrong plan"}, follow=True))
    second = words(manager.post(withdraw, {"reason": "Again"}, follow=True))

    row.refresh_from_db()
    plan.refresh_from_db()
    assert (row.withdrawn_reason, row.withdrawn_at.date()) == ("Wrong plan", TODAY)
    assert plan.change_no == 2
    assert "Withdrawn on 1 July 2016: Wrong plan" in first
    assert "was withdrawn before. Nothing was changed." in second


def test_withdrawing_needs_a_reason(manager, plan):
    row = papers.paper("triage", plan, on_day=DAY)

    page = words(manager.post(url(plan, "withdraw", "triage", row.pk), {"reason": " "}))

    assert "Enter why it is withdrawn" in page
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_a_version_takes_its_sharings_along(manager, plan, lmcs):
    version, other = papers.version(plan, on_day=DAY), papers.version(plan, on_day=DAY)
    gone, stays = papers.shown(version, lmcs[0]), papers.shown(other, lmcs[0])

    manager.post(url(plan, "withdraw", "version", version.pk), {"reason": "Never written"})

    for one in (gone, stays):
        one.refresh_from_db()
    assert (gone.withdrawn_reason, stays.withdrawn_at) == ("Never written", None)
    assert AuditEntry.objects.filter(verb="withdrew").count() == 2


def test_what_was_withdrawn_is_not_changed(manager, plan):
    row = papers.paper("activity", plan, on_day=DAY)
    manager.post(url(plan, "withdraw", "activity", row.pk), {"reason": "Wrong plan"})

    manager.post(url(plan, "change", "activity", row.pk), {"done_on": "1/6/2016"})

    row.refresh_from_db()
    assert row.done_on is None


def test_categories_without_an_end_are_all_offered(manager, plan):
    page = words(manager.get(url(plan, "add", "reason")))

    assert all(f'value="{one}"' in page for one in Category.values if one != Category.OTHER)


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(("kind", "queries"), [("sharing", 8), ("opinion", 7), ("commitment", 7)])
def test_a_form_takes_as_many_queries_for_few_as_for_many(
    manager, plan, django_assert_num_queries, kind, queries, number
):
    for _ in range(number):
        papers.version(plan, on_day=DAY)
        for category in (Category.HEALTH_AND_WELLBEING_BOARD, Category.GP_FEDERATION):
            plans.belong(stakeholders.organisation(category), plan.footprint)

    with django_assert_num_queries(queries):
        manager.get(url(plan, "add", kind))


JUNK = ("\0", "x" * 10_000, "-1", str(2**64), "1e3", "健康", "<script>", "0000-00-00")


@pytest.mark.parametrize("kind", FORMS)
def test_junk_in_every_field_gives_a_page_and_records_nothing(manager, plan, college, kind):
    version = papers.version(plan, on_day=DAY)
    row = (
        version if kind == "version" else papers.paper(kind, plan, on_day=DAY, **_lacks(kind, plan))
    )
    before = MODELS[kind].objects.count()
    fields = manager.get(url(plan, "add", kind)).context["form"].fields

    for junk in JUNK:
        typed = dict.fromkeys([*fields, "seen"], junk)
        for page in (url(plan, "add", kind), change_of(plan, kind, row.pk)):
            assert manager.post(page, typed).status_code in {200, 404}, (page, junk)

    assert MODELS[kind].objects.count() == before


def _lacks(kind, plan) -> dict:
    """What a row of this kind cannot do without beside what its factory gives."""
    organisation = stakeholders.organisation()
    version = papers.version(plan, on_day=DAY)
    return {
        "sharing": {"organisation": organisation, "version": version},
        "opinion": {"organisation": organisation},
    }.get(kind, {})


@pytest.mark.parametrize("pk", ["0", str(2**64), "9" * 400, "x", "-1"])
@pytest.mark.parametrize("page", ["version/{}/", "activity/{}/change/", "activity/{}/withdraw/"])
def test_junk_in_the_address_is_not_found(manager, plan, page, pk):
    assert manager.get(f"/plans/{plan.code}/papers/{page.format(pk)}").status_code == 404
