"""The omission check, two versions side by side, and the words that are counted."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.roles import Role
from jobs.models import JobRun
from plans.actions.mentions import recount
from plans.models import MentionName, Plan, VersionPage
from plans.rules.mentions import counted
from tests.factories import accounts, papers, plans, stakeholders
from tests.plans.papers.conftest import NOW, entered

SILENT = "The council leads. The council and social care decide."
PAGES = ("The gen-", "eral practice <b>matters</b>. The VCS too.", "A council and a GP")


def read(plan, pages=PAGES, **facts):
    """A version whose document was read."""
    made = papers.version(plan, reading="read", mentions=counted(pages), **facts)
    VersionPage.objects.bulk_create(
        VersionPage(version=made, number=number, text=text)
        for number, text in enumerate(pages, start=1)
    )
    return made


def check(client, plan, **asked):
    return client.get(reverse("plans:omissions", args=[plan.code]), asked)


def words(response) -> str:
    return " ".join(response.text.split())


def test_general_practice_never_named_is_said_in_a_word_and_a_symbol(manager, plan):
    papers.version(plan, text=SILENT)

    found = words(check(manager, plan))

    assert (
        "General practice is never named. Of the others most named: Local authority, 2 times."
        in found
    )
    assert "wt-verdict--bad" in found
    assert found.count("Never named") == 11
    assert "Local authority: 2 mentions" in found
    assert "<mark>council</mark> leads" in found


def test_each_mention_is_shown_with_its_page_and_nothing_of_the_text_is_markup(manager, plan):
    version = read(plan)

    found = words(check(manager, plan, group="gp_practice"))

    assert "General practice: 2 mentions" in found
    assert "The <mark>general practice</mark> &lt;b&gt;matters&lt;/b&gt;" in found
    text = reverse("plans:paper-text", args=[plan.code, version.pk])
    assert f'href="{text}?page=1#page-3"' in found
    assert "pages 1, 3" in found
    assert "GP 1, general practice 1" in found or "general practice 1, GP 1" in found


def test_the_version_asked_for_is_shown_and_junk_gives_the_newest(manager, plan):
    first = papers.version(plan, on_day=dt.date(2016, 5, 1), text="A GP", title="First")
    papers.version(plan, on_day=dt.date(2016, 6, 1), text=SILENT, title="Second")

    assert "First, dated 1 May 2016" in words(check(manager, plan, version=first.pk))
    for junk in ("x", "-1", 10**12, ""):
        found = words(check(manager, plan, version=junk, group="x", page="x"))
        assert "Second, dated 1 June 2016" in found


def test_a_version_that_one_may_not_read_is_not_counted_for_one(lead, plan, lmcs):
    papers.version(
        plan, on_day=dt.date(2016, 5, 1), text="A GP", title="Public", visibility="public"
    )
    secret = papers.version(plan, on_day=dt.date(2016, 6, 1), text=SILENT, title="Secret one")

    found = words(check(lead, plan, version=secret.pk))

    assert "Public, dated 1 May 2016" in found
    assert "There is a newer version whose text you may not read." in found
    assert "Secret one" not in found
    assert "two texts to compare" in words(lead.get(reverse("plans:compare", args=[plan.code])))


def test_where_nothing_can_be_read_the_page_says_what_to_do(manager, lead, plan):
    assert "Send the document of the newest version" in words(check(manager, plan))
    assert "There is no text to read" in words(check(lead, plan))
    papers.version(plan, text="GP")
    assert "are read by its managers" in words(check(lead, plan))


def test_newer_versions_without_a_text_are_said_beside_the_newest_that_has_one(manager, plan):
    first = papers.version(plan, on_day=dt.date(2016, 5, 1), text="A GP", title="First")
    papers.version(plan, on_day=dt.date(2016, 6, 1), title="A scan", reading="no_text")

    assert "1 newer version has no text that can be counted." in words(check(manager, plan))
    papers.version(plan, on_day=dt.date(2016, 6, 2), title="Another", reading="no_text")
    found = words(check(manager, plan, version=first.pk))
    assert "2 newer versions have no text that can be counted." in found
    papers.version(plan, on_day=dt.date(2016, 6, 3), text=SILENT, title="Last")
    assert "no text that can be counted" not in words(check(manager, plan))


def test_a_text_without_pages_has_no_column_that_says_where(manager, plan):
    papers.version(plan, text="A GP")

    found = words(check(manager, plan))
    assert "General practice is named once" in found
    assert "Where" not in found.split("Each group beside")[1].split("Beside other plans")[0]


def other(name: str, **facts) -> Plan:
    """A plan of another area, with a version."""
    made = plans.plan(plans.footprint(stakeholders.commissioner(), name=name))
    papers.version(made, **facts)
    return made


def test_other_plans_are_those_whose_newest_text_one_may_read(manager, reviewer, lead, plan, lmcs):
    papers.version(plan, text="A GP and a council", visibility="public")
    beyond = other("Far", text=SILENT)
    neighbours = [plans.plan(plan.footprint, plan_type="nhp_2026")]
    papers.version(neighbours[0], text=SILENT)

    assert "No other plan of this kind" in words(check(manager, plan))
    assert "No other plan of this kind" in words(check(lead, plan))
    found = words(check(reviewer, plan))
    assert (
        "Of 1 other plan of this kind whose newest text you may read, 1 never names general"
        in found
    )
    assert "Its share of all mentions is smaller than here in 1." in found
    assert reverse("plans:omissions", args=[beyond.code]) in found
    papers.version(beyond, on_day=dt.date(2016, 6, 20), text="A GP, GPs")
    assert "every one names general practice" in words(check(reviewer, plan))


def test_a_manager_of_two_areas_and_a_lead_who_was_shown_compare_with_what_they_may_read(
    plan, lmcs
):
    papers.version(plan, text="A GP", visibility="public")
    beyond = other("Far", text=SILENT)
    both = plans.manager(plan.footprint, beyond.footprint)
    assert "1 never names general" in words(check(entered(both), plan))

    commissioner = stakeholders.commissioner()
    stakeholders.practice(commissioner, represented_by=lmcs[0])
    near = plans.plan(plans.footprint(commissioner, name="Near"))
    confided = papers.version(near, text=SILENT, visibility="in_confidence")
    lead = entered(stakeholders.representative(lmcs[0]))
    assert "No other plan of this kind" in words(check(lead, plan))
    papers.shown(confided, lmcs[0])
    assert "1 never names general" in words(check(lead, plan))


@pytest.mark.parametrize("number", [1, 6])
def test_the_check_takes_as_many_queries_for_few_as_for_many(
    reviewer, plan, number, django_assert_num_queries
):
    for at in range(number):
        papers.version(plan, text="GP council " * 20 * number, on_day=dt.date(2016, 5, 1 + at))
        other(f"Far {at}", text=SILENT)
    check(reviewer, plan)

    with django_assert_num_queries(CHECK):
        check(reviewer, plan)


CHECK = 11


def test_two_versions_side_by_side(manager, plan):
    older = read(plan, on_day=dt.date(2016, 5, 1), title="Draft 1")
    papers.version(
        plan,
        on_day=dt.date(2016, 6, 1),
        title="Draft 2",
        text="The council <leads>.\n\nA council and a trust board",
    )

    found = words(manager.get(reverse("plans:compare", args=[plan.code])))

    assert "Draft 1, 1 May 2016" in found
    assert "No longer named" in found
    assert "<ins>trust board</ins>" in found
    assert "<del>GP</del>" in found
    assert "&lt;leads&gt;" in found
    turned = manager.get(
        reverse("plans:compare", args=[plan.code]), {"version": older.pk, "with": "x", "page": 9}
    )
    assert "<ins>trust board</ins>" in words(turned), "the older one is always on the left"


def test_two_versions_that_say_the_same(manager, plan):
    for day in (1, 2):
        papers.version(plan, on_day=dt.date(2016, 5, day), text="GP")

    assert "The texts are the same." in words(
        manager.get(reverse("plans:compare", args=[plan.code]))
    )


# --- The words -----------------------------------------------------------------------------------


@pytest.fixture
def administrator(db):
    return entered(accounts.user(Role.ADMINISTRATOR))


def change(client, lines: str, category: str = "vcse", **typed):
    url = reverse("plans:mention-words", args=[category])
    seen = client.get(url).context["form"]["seen"].value()
    return client.post(
        url, {"words": lines, "reason": "Hospices", "seen": seen, **typed}, follow=True
    )


def recounted() -> None:
    for run in JobRun.objects.filter(kind="plans-recount-mentions", state="queued"):
        recount(run_id=run.pk, now=NOW, clock=lambda: NOW)


def test_words_that_change_count_every_plan_anew(administrator, plan):
    version = papers.version(plan, text="A hospice, a charity, a VCS")
    empty = papers.version(plan)
    before = Plan.objects.get(pk=plan.pk).change_no

    said = change(administrator, "hospice\n\nvoluntary  sector\nhospice")
    recounted()

    version.refresh_from_db()
    empty.refresh_from_db()
    assert "Every plan is counted anew within a minute" in words(said)
    assert "Put on the list: hospice, on 1 July 2016" in words(said)
    assert (version.mentions["vcse"], empty.mentions) == (1, {})
    assert Plan.objects.get(pk=plan.pk).change_no == before + 1
    moved = AuditEntry.objects.get(verb="changed")
    assert (moved.was["mentions"]["vcse"], moved.became["mentions"]["vcse"]) == (2, 1)
    assert MentionName.objects.filter(is_left_out=True).count() > 10

    change(administrator, "charity\nvoluntary sector")
    recounted()
    assert MentionName.objects.standing().filter(name__in=["hospice", "charity"]).count() == 0
    told = AuditEntry.objects.filter(verb="changed the words of a group").latest("pk")
    assert (told.became["words_now"], told.was["words_before"]) == (["charity"], ["hospice"])
    again = change(administrator, "charity\nvoluntary sector")
    assert "Nothing was changed" in words(again)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "Enter at least one word"),
        ("x", "must have between 2 and 80 characters"),
        ("y" * 81, "must have between 2 and 80 characters"),
        ("12", "must begin with a letter or a number and hold a letter"),
        (".*", "must begin with a letter or a number and hold a letter"),
        ("GPs", "stands for another group already"),
        ("\n".join(f"word {n}" for n in range(201)), "Enter 200 words or fewer. There are 201"),
    ],
)
def test_words_that_cannot_be_counted_are_refused_and_kept_as_typed(administrator, lines, sentence):
    answer = change(administrator, lines)

    assert sentence in answer.text
    assert lines.splitlines()[:1] == answer.context["form"]["words"].value().splitlines()[:1]
    assert not MentionName.objects.exists()


def test_a_list_that_somebody_else_changed_is_not_written_over(administrator):
    url = reverse("plans:mention-words", args=["vcse"])
    seen = administrator.get(url).context["form"]["seen"].value()
    change(administrator, "hospice")

    refused = administrator.post(url, {"words": "charity", "reason": "x", "seen": seen})

    assert "Somebody else changed these words after you opened them." in refused.text
    again = refused.context["form"]["seen"].value()
    saved = administrator.post(url, {"words": "charity", "reason": "x", "seen": again})
    assert saved.status_code == 302


def test_a_recount_that_is_taken_from_the_worker_stops(administrator, plan):
    papers.version(plan, text="A hospice")
    change(administrator, "hospice")
    run = JobRun.objects.get(kind="plans-recount-mentions")

    def away():
        JobRun.objects.filter(pk=run.pk).update(state="quarantined")
        return NOW

    recount(run_id=run.pk, now=NOW, clock=away)
    recount(run_id=run.pk, now=NOW, clock=away)
    run.refresh_from_db()
    assert run.state == "quarantined"
