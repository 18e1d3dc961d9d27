"""Each step asks the database equally often for few and for many."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engagement.queries.search import findings
from tests.engagement.area import Logging, bolton, days_ago
from tests.factories import engagement, plans, stakeholders

pytestmark = pytest.mark.django_db
MOST_FOR_A_PAGE = 45


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def page_counts(number: int) -> dict[str, int]:
    """Queries of each page of a draft with this many attendees, recent ones and drafts."""
    area = bolton(practices=number)
    for practice in area.practices[:number]:
        person = stakeholders.person(at=practice)
        before = engagement.event(area.plan, held_on=days_ago(40), recorded_by=area.manager)
        engagement.took_part(practice, before, person=person)
    log = Logging(Client(), area)
    log.what()
    log.who(area.lmc, *area.practices)
    log.said(**{f"point-{n}-text": "x" for n in range(min(number, 20))})
    paths = {
        "start": "/events/log/",
        "found": f"{log.url('found')}?q=surgery",
        **{step: log.url(step) for step in ("what", "who", "said", "check")},
    }
    counts = {name: queries(log.client, path) for name, path in paths.items()}
    for made in (area.lmc, area.ccg):
        made.code = f"X{made.pk}"
        made.save()
    for practice in area.practices:
        practice.code = f"Y{practice.pk}"
        practice.save()
    return counts


def test_every_step_takes_as_many_queries_for_500_as_for_50() -> None:
    few, many = page_counts(50), page_counts(500)
    assert few == many
    assert max(few.values()) <= MOST_FOR_A_PAGE, few


def test_saving_takes_as_many_queries_for_50_as_for_2(client: Client) -> None:
    def saving(number: int) -> int:
        log = Logging(Client(), area)
        log.what(title=f"{number}", channel="phone" if number > 2 else "meeting")
        log.who(*area.practices[:number])
        log.said()
        with CaptureQueriesContext(connection) as captured:
            assert log.check().url.startswith("/events/")
        return len(captured)

    area = bolton(practices=50)
    assert saving(2) == saving(50)


def test_search_asks_at_most_ten_times() -> None:
    for _ in range(15):
        stakeholders.person("Castle Smith", at=stakeholders.practice(name="Castle Surgery"))
    with CaptureQueriesContext(connection) as captured:
        found = findings("castle", day=days_ago(0))
    assert found.more
    assert len(found.organisations) == len(found.people) == 10
    assert len(captured) <= 10


def test_several_footprints_cost_no_more(client: Client) -> None:
    area = bolton()
    log = Logging(client, area)
    others = [
        plans.plan(plans.footprint(), starts_on=days_ago(200), submission_on=days_ago(-9))
        for _ in range(9)
    ]
    for other in others:
        other.footprint.grants.create(user=area.manager, valid_from=days_ago(400))
    counts = []
    for credited in ([area.plan.pk], [area.plan.pk, *(other.pk for other in others)]):
        log.what(plans=credited)
        log.who(area.lmc)
        log.said()
        counts.append([queries(client, log.url(step)) for step in ("who", "said", "check")])
    assert counts[0] == counts[1]
