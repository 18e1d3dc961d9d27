"""What reviewers judge by reading a plan."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEntry, User
from plans.models import FootprintGrant, PlanType
from readiness.actions import assess_plans
from readiness.actions.decisions import HasGrant
from readiness.actions.judgements import WithdrawnError, judge, withdraw_judgement
from readiness.models import CriterionResult, Judgement
from tests.factories import papers, plans, readiness
from tests.readiness.country import NOW, TODAY
from tests.readiness.pages.conftest import words

GOOD = {
    "subject": "gp_support",
    "section": "Section 4.2",
    "is_explicit": "yes",
    "words": "Names a support team.",
}


def url(place, name="judgements", *more):
    return reverse(f"readiness:{name}", args=[place.plan.code, *more])


def user_of(client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


def state_now(place, key="gp_support_shown"):
    assess_plans(plan_ids=None, as_at=TODAY, now=NOW)
    return CriterionResult.objects.get(
        assessment__plan=place.plan, assessment__is_current=True, key=key
    ).state


def test_a_reviewer_judges_and_the_criterion_follows(reviewer, place):
    assert state_now(place) == "no_data"

    page = words(reviewer.post(url(place, "judgement-add"), GOOD, follow=True))

    assert "1 of 5 judged, 1 of them explicit in the plan." in page
    assert "Explicit: Section 4.2" in page
    assert state_now(place) == "met"
    reviewer.post(url(place, "judgement-add"), {**GOOD, "is_explicit": "no"})
    assert state_now(place) == "not_met"


def test_a_judgement_leads_to_the_page_that_it_cites(reviewer, place):
    """In the version that was the newest on its day, however many came after."""
    dated = {"on_day": TODAY, "reading": "read", "mentions": {"gp_practice": 1}}
    version = papers.version(place.plan, title="Draft 2", **dated)
    for section in ("Section 4.2", "section 4.2, page 31"):
        reviewer.post(url(place, "judgement-add"), {**GOOD, "section": section})
        page = words(reviewer.get(url(place)))
        told = "Open page 31 of Draft 2" if "page" in section else "Open Draft 2"
        assert f'{told}<span class="nhsuk-u-visually-hidden">: {section}' in page

    text = reverse("plans:paper-text", args=[place.plan.code, version.pk])
    assert f'href="{text}?page=2#page-31"' in reviewer.get(url(place)).text
    papers.MODELS["version"].objects.update(dated_on=TODAY + dt.timedelta(1))
    assert "Open " not in words(reviewer.get(url(place)))


def test_the_same_words_twice_are_one_judgement(reviewer, place):
    for _ in range(2):
        reviewer.post(url(place, "judgement-add"), GOOD)

    assert Judgement.objects.count() == 1
    assert AuditEntry.objects.filter(verb="judged").count() == 1


def test_a_withdrawn_judgement_gives_way_to_the_one_before(reviewer, place):
    for explicit in ("yes", "no"):
        reviewer.post(url(place, "judgement-add"), {**GOOD, "is_explicit": explicit})
    newest = Judgement.objects.latest("pk")
    form = url(place, "judgement-withdraw", newest.pk)

    assert "Enter why the judgement is withdrawn" in words(reviewer.post(form, {"reason": ""}))
    page = words(reviewer.post(form, {"reason": "Read the wrong draft"}, follow=True))

    assert "Read the wrong draft" in page
    assert state_now(place) == "met"
    assert reviewer.post(form, {"reason": "Again"}).status_code == 404
    with pytest.raises(WithdrawnError):
        withdraw_judgement(judgement_id=newest.pk, reason="Again", by=user_of(reviewer), now=NOW)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("subject", "", "Choose what you judge"),
        ("subject", "weather", "must be one of the choices listed"),
        ("section", "", "Enter the section of the plan that you read"),
        ("is_explicit", "", "Choose whether the plan is explicit"),
        ("words", "", "Enter why"),
        ("words", "x" * 501, "must be 500 characters or fewer"),
    ],
)
def test_bad_input_is_told_and_what_was_typed_is_kept(reviewer, place, field, value, sentence):
    data = {**GOOD, "section": "Section 9.9", field: value}
    page = words(reviewer.post(url(place, "judgement-add"), data))

    assert sentence in page
    assert data["section"] in page
    assert not Judgement.objects.exists()


def test_who_may_write_in_the_footprint_does_not_judge_its_plan(reviewer, place):
    judgement = readiness.judgement(place.plan)
    person = user_of(reviewer)
    FootprintGrant.objects.create(
        user=person, footprint=place.plan.footprint, valid_from=plans.LONG_AGO
    )

    assert reviewer.post(url(place, "judgement-add"), GOOD).status_code == 403
    assert url(place, "judgement-add") not in words(reviewer.get(url(place)))
    facts = {"subject": "gp_support", "section": "4", "is_explicit": True, "words": "So"}
    with pytest.raises(HasGrant):
        judge(plan=place.plan, by=person, now=NOW, **facts)
    with pytest.raises(HasGrant):
        withdraw_judgement(judgement_id=judgement.pk, reason="So", by=person, now=NOW)


def test_a_plan_of_2026_is_not_asked_about_the_forward_view(reviewer, place):
    assert "Workforce" in words(reviewer.get(url(place)))
    place.plan.plan_type = PlanType.NHP_2026
    place.plan.save()

    page = words(reviewer.get(url(place)))
    assert "Workforce" not in page
    assert "How local GPs will be supported" in page


def test_managers_and_lmc_leads_read_and_cannot_judge(manager, lead, place):
    readiness.judgement(place.plan)
    for client in (manager, lead):
        page = words(client.get(url(place)))
        assert "Explicit: Section 4" in page
        assert url(place, "judgement-add") not in page


@pytest.mark.parametrize("number", [1, 15])
def test_as_many_queries_for_few_as_for_many(reviewer, place, django_assert_num_queries, number):
    for _ in range(number):
        readiness.judgement(place.plan)

    with django_assert_num_queries(7):
        reviewer.get(url(place))
