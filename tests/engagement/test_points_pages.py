"""The pages of themes and points, and what everybody reads of them: You said, we did."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.models import Answer, Theme
from engagement.models import Point, PointFate
from mail.actions import deliver
from plans.models import Commitment, PlanVersion
from readiness.actions import assess_plans, ensure_policies
from readiness.actions.digest import send_digests
from readiness.models import CriterionResult
from tests.engagement.area import bolton, days_ago, today
from tests.factories import consultations as make
from tests.factories import engagement, plans, stakeholders

pytestmark = pytest.mark.django_db
DECIDED = {
    "said": "Practices said that rooms are too small",
    "disposition": "accepted",
    "reason": "Money is set aside",
    "section": "Section 4",
    "changed_in": "",
    "told_on": "",
}


@pytest.fixture
def area():
    return bolton()


@pytest.fixture
def manager(client, area):
    client.force_login(area.manager)
    return client


@pytest.fixture
def event(area):
    made = engagement.event(area.plan, recorded_by=area.manager, held_on=days_ago(50))
    engagement.took_part(area.lmc, made, capacity="representative")
    return made


def point(area, event, text="Our rooms are too small", **facts):
    return Point.objects.create(event=event, organisation=area.lmc, text=text, **facts)


def carry(area, theme, *points):
    for one in points:
        PointFate.objects.create(point=one, plan=area.plan, theme=theme, themed_at=timezone.now())


def coded(area, theme, text, *, quote="", moderation="cleared"):
    asked = area.plan.consultations.first() or make.consultation(area.plan)
    if not hasattr(asked, "consultations_survey"):
        make.survey(asked)
    held = {"moderation_reason": "It attacks somebody"} if moderation == "held" else {}
    answer = make.response(asked, text, moderation=moderation, **held).answers.get()
    if quote:
        Answer.objects.filter(pk=answer.pk).update(quote=quote, quoted_at=timezone.now())
    make.coding(answer, theme)


def base(area, page):
    return f"/plans/{area.plan.code}/{page}/"


def test_the_list_of_themes_is_managed_by_people(manager, area, event):
    point(area, event, theme="Premises")
    for text in ("The leases expire", "Leases again", "Our leases"):
        point(area, event, text)
    url = base(area, "themes")

    empty = manager.get(url)
    assert "No themes yet" in empty.text
    assert "typed beside 1 point" in empty.text
    assert "suggested" not in empty.context
    assert [one.name for one in manager.get(f"{url}?suggest=1").context["suggested"]] == ["Leases"]
    assert "Enter the name of the theme" in manager.post(url, {"name": " "}).text
    assert "cannot be a theme" in manager.post(url, {"word": "x" * 61}, follow=True).text

    manager.post(url, {"name": "Access"})
    taken = manager.post(url, {"word": "Premises"}, follow=True)

    assert "It is given to 1 point." in taken.text
    lines = taken.context["lines"]
    assert [(one.name, one.points) for one in lines] == [("Premises", 1), ("Access", 0)]
    assert taken.context["summary"] == "2 of 2 themes are not decided."


@pytest.mark.parametrize(
    ("differs", "said"),
    [
        ({"reason": ""}, "Enter why it was decided so"),
        ({"disposition": ""}, "Choose what is done about it, or empty what stands below"),
        ({"disposition": "burnt"}, "must be one of the choices listed"),
        ({"told_on": "1/1/2190"}, "must be"),
        ({"changed_in": "VERSION", "section": ""}, "Enter the section of that version"),
        ({"changed_in": "999999"}, "must be one of the choices listed"),
    ],
)
def test_a_decision_that_does_not_fit_keeps_what_was_typed(manager, area, differs, said):
    theme = make.theme(area.plan)
    version = PlanVersion.objects.create(
        plan=area.plan, title="Draft 3", dated_on=today(), recorded_at=timezone.now()
    )
    sent = {**DECIDED, "seen": 1, **differs}
    sent["changed_in"] = str(sent["changed_in"]).replace("VERSION", str(version.pk))

    answer = manager.post(f"/themes/{theme.pk}/", sent)

    assert said in answer.text
    assert "Practices said that rooms are too small" in answer.text
    assert not Theme.objects.exclude(disposition="").exists()


def test_who_decides_second_sees_what_the_first_wrote(manager, area):
    theme = make.theme(area.plan)
    url = f"/themes/{theme.pk}/"
    assert manager.post(url, {**DECIDED, "seen": 1}).status_code == 302

    late = manager.post(url, {**DECIDED, "seen": 1, "reason": "My own words"})

    assert "Somebody else changed this after you opened it" in late.text
    assert "My own words" in late.text
    assert "Money is set aside" in late.text
    seen = re.search(r'name="seen" value="(\d+)"', late.text)
    manager.post(url, {**DECIDED, "seen": seen[1], "reason": "My own words"})
    theme.refresh_from_db()
    assert theme.reason == "My own words"


def test_points_are_listed_narrowed_and_given_a_theme_together(manager, area, event):
    theme = make.theme(area.plan, "Premises")
    points = [point(area, event, f"Point {n}") for n in range(60)]
    url = base(area, "points")

    first = manager.get(url)
    assert len(first.context["lines"]) == 50
    assert (
        len(
            manager.get(first.context["page"].next and url + first.context["page"].next).context[
                "lines"
            ]
        )
        == 10
    )
    assert "not one of the choices" in manager.get(f"{url}?theme=junk").text
    assert manager.get(f"{url}?after=junk").status_code == 400
    assert "Nothing that was said fits" in manager.get(f"{url}?q=nowhere").text
    for sent, said in (
        ({"to": theme.pk}, "Tick the points"),
        ({"point": points[0].pk}, "Choose the theme"),
        ({"point": points[0].pk, "to": "9999999"}, "The list has changed"),
    ):
        assert said in manager.post(url, sent).text

    ticked = [one.pk for one in points[:3]]
    done = manager.post(f"{url}?q=Point", {"point": ticked, "to": theme.pk}, follow=True)

    assert "3 points now carry “Premises”." in done.text
    assert done.request["QUERY_STRING"] == "q=Point", "the filter stays"
    assert len(manager.get(f"{url}?theme={theme.pk}").context["lines"]) == 3


def test_one_point_gets_a_decision_of_its_own(manager, area, event):
    said, theme = point(area, event), make.decided(area.plan, "Premises")
    url = f"{base(area, 'points')}{said.pk}/"
    own = {"theme": theme.pk, "disposition": "later", "reason": "In the next round", "seen": 0}

    assert manager.post(url, own).status_code == 302
    page = manager.get(url)

    assert "For later" in page.text
    assert "Somebody else changed this" in manager.post(url, {**own, "reason": "x"}).text
    shown = manager.get(f"/events/{event.pk}/")
    assert "For later" in shown.text
    assert "In the next round" in shown.text


def test_a_promise_takes_two_clicks(manager, area, event):
    said, theme = point(area, event), make.decided(area.plan, "Premises")
    for url, text, to in (
        (
            f"{base(area, 'points')}{said.pk}/commitment/",
            "Act on “Our rooms are too small”",
            area.lmc,
        ),
        (f"/themes/{theme.pk}/commitment/", "The plan now says who pays.", None),
    ):
        begun = manager.get(url).context["form"]
        sent = {name: begun[name].value() or "" for name in begun.fields}

        assert manager.post(url, sent).status_code == 302

        made = Commitment.objects.latest("pk")
        assert (made.text, made.organisation, made.owner) == (text, to, area.manager.name)
        assert made.due_on == today() + dt.timedelta(28)


def test_nothing_that_was_not_cleared_reaches_the_public_page(manager, area, event):
    public = make.decided(area.plan, "Premises", said="Rooms are small", section="Section 9")
    other = make.decided(area.plan, "canary unpublished", said="canary said", reason="canary why")
    version = PlanVersion.objects.create(
        plan=area.plan, title="canary version", dated_on=today(), recorded_at=timezone.now()
    )
    Theme.objects.filter(pk=public.pk).update(changed_in=version)
    carry(area, public, point(area, event, "canary point of an idiot"))
    carry(area, other, point(area, event, "canary point"))
    coded(area, public, "canary answer", quote="Our rooms leak")
    coded(area, public, "canary answer, not cleared", quote="canary one", moderation="waiting")
    coded(area, public, "canary answer, held back", quote="canary two", moderation="held")
    coded(area, other, "canary answer", quote="canary three")
    url, anybody = base(area, "you-said"), Client()
    assert anybody.get(url).status_code == 404

    look = manager.get(f"/themes/{public.pk}/publish/")
    assert "canary" not in look.text.split("<main")[1]
    manager.post(f"/themes/{public.pk}/publish/", {"seen": 1, "looked": "on"})

    lead = Client()
    lead.force_login(stakeholders.representative(area.lmc))
    for reader in (anybody, lead):
        page = reader.get(url)
        assert page.status_code == 200
        for shown in (
            "Rooms are small",
            "Section 9",
            "The plan now says who pays",
            "Our rooms leak",
        ):
            assert shown in page.text
        assert "Said by 1 organisation and 1 person." in page.text
        assert "canary" not in page.text
    assert 'href="/consultations/">Consultations</a>' in anybody.get(url).text
    waiting = manager.get(url).context["waiting"]
    assert [(one.name, one.why) for one in waiting] == [
        ("canary unpublished", "Ready for a second look.")
    ]
    PlanVersion.objects.filter(pk=version.pk).update(public_on=today(), title="Draft 3")
    assert "Changed in Section 9 of Draft 3." in anybody.get(url).text

    manager.post(f"/themes/{public.pk}/unpublish/")
    assert anybody.get(url).status_code == 404
    assert "Nothing is published yet" in lead.get(url).text


def test_nothing_is_published_without_a_second_look_at_what_stands_there(manager, area):
    theme = make.decided(area.plan)
    url = f"/themes/{theme.pk}/publish/"

    assert "and tick that you have" in manager.post(url, {"seen": 1}).text
    stale = manager.post(url, {"seen": 0, "looked": "on"}, follow=True)

    assert "after you opened it" in stale.text
    assert not Theme.objects.filter(published_at__isnull=False).exists()


def test_the_second_look_is_somebody_elses_where_somebody_else_may(manager, area):
    theme = make.decided(area.plan, written_by=area.manager)
    pages = url, look = f"/themes/{theme.pk}/", f"/themes/{theme.pk}/publish/"
    alone = "nobody else manages the plan who could look at it"
    assert all(alone in manager.get(page).text for page in pages)

    second = plans.manager(area.plan.footprint)
    assert all(f"Ask {second.name}." in manager.get(page).text for page in pages)
    assert "Take a second look" not in manager.get(url).text
    refused = manager.post(look, {"seen": 1, "looked": "on"})
    assert f"Ask {second.name}." in refused.text
    assert "Publish</button>" not in re.sub(r"\s+<", "<", refused.text)
    assert not Theme.objects.filter(published_at__isnull=False).exists()

    theirs = Client()
    theirs.force_login(second)
    theirs.post(look, {"seen": 1, "looked": "on"})
    assert f"{second.name} took the second look." in manager.get(url).text


def test_a_theme_that_its_only_manager_published_says_so(manager, area):
    theme = make.decided(area.plan, written_by=area.manager)

    manager.post(f"/themes/{theme.pk}/publish/", {"seen": 1, "looked": "on"})

    said = f"{area.manager.name} wrote it and published it: nobody else managed the plan"
    assert said in manager.get(f"/themes/{theme.pk}/").text


def test_what_a_machine_finds_is_said_at_the_second_look(manager, area):
    theme = make.decided(area.plan, said="Ring 0161 496 0000", reason="He is an idiot")

    page = manager.get(f"/themes/{theme.pk}/publish/").text

    assert "What people said: a telephone number." in page
    assert "The reason: words that may be abuse." in page


@pytest.mark.parametrize("number", [1, 25])
def test_every_page_takes_as_many_statements_however_much_was_said(manager, area, event, number):
    public = {"published_at": timezone.now(), "published_by": area.manager}
    for n in range(number):
        theme = make.decided(area.plan, **public)
        carry(area, theme, point(area, event), point(area, event, "Again"))
        point(area, event, "Without", theme=f"Word {n}")
        coded(area, theme, "Rooms", quote=f"Rooms {n}")
    mine = theme.engagement_fates.first().point

    pages = (
        f"{base(area, 'themes')}?suggest=1",
        base(area, "points"),
        f"{base(area, 'points')}{mine.pk}/",
        f"/themes/{theme.pk}/",
        base(area, "you-said"),
    )
    counted = []
    for reader, url in [*((manager, url) for url in pages), (Client(), pages[-1])]:
        with CaptureQueriesContext(connection) as found:
            assert reader.get(url).status_code == 200
        counted.append(len(found))

    assert counted == [12, 10, 10, 15, 14, 19]


def test_whoever_said_it_reads_where_it_stands_and_is_told_once(area, event, mailoutbox):
    lead = stakeholders.representative(area.lmc)
    stakeholders.representative(area.practices[0])
    reader = Client()
    reader.force_login(lead)
    theme = make.theme(area.plan, "Premises")
    carry(area, theme, point(area, event), point(area, event, "Again"))
    point(area, event, "Travel", theme="Roads")

    def answer():
        [section] = reader.get("/were-we-consulted/").context["sections"]
        return section.answers[0].answer.sentence, section.points

    sentence, points = answer()
    assert "No reply to your 3 points." in sentence
    assert {one.fates[0].word for one in points} == {"Not decided yet"}
    manager = Client()
    manager.force_login(area.manager)
    manager.post(f"/themes/{theme.pk}/", {**DECIDED, "seen": 1, "told_on": days_ago(0).isoformat()})

    sentence, points = answer()

    assert "2 of your 3 points were answered." in sentence
    first = points[0].fates[0]
    assert (first.word, first.theme, first.reason) == (
        "Accepted", "Premises", "Money is set aside",
    )  # fmt: skip
    assert "Changed in Section 4." in first.about
    assert first.is_told
    now = timezone.now()
    for moment in (now, now + dt.timedelta(hours=24)):
        send_digests(now=moment)
    deliver(now=now + dt.timedelta(hours=24))
    told = [mail for mail in mailoutbox if "What became of what you said" in mail.body]
    assert len(told) == 1
    assert lead.email in told[0].to[0]
    assert "“Premises”: accepted (2 points of yours), for Bolton LMC" in told[0].body


def test_the_fourth_principle_follows_the_themes(manager, area):
    ensure_policies()
    asked = make.consultation(
        area.plan, opened=100, lasts=60, options_open=True, pack_options=True, pack_costs=True,
        pack_impact=True, pack_equality=True, pack_rejected=True,
    )  # fmt: skip
    make.survey(asked)
    themes = [make.theme(area.plan), make.theme(area.plan)]
    for theme in themes:
        coded(area, theme, "Rooms")

    def figure():
        assess_plans(plan_ids=[area.plan.pk], as_at=today(), now=timezone.now())
        found = CriterionResult.objects.get(assessment__is_current=True, key="formal_consultation")
        return f"{found.figure} {found.evidence}"

    said = []
    for theme in themes:
        manager.post(f"/themes/{theme.pk}/", {**DECIDED, "seen": 1})
        said.append(figure())

    assert "1 of 2 themes not answered" in said[0]
    assert "not answered" not in said[1]
