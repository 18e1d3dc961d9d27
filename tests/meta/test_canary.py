"""Nobody reads a word that is not theirs to read: not on a page, in a file, a mail, or a log.

Every text of the world holds a word of its own (``canaries``); ``who_sees`` says, from the promises
and not from the product, who may read it. Then everybody opens and sends everything, and each
answer is searched for the words of others.
"""

import copy
import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import first_password
from accounts.models import User
from config import protection
from engagement.access import Sight
from engagement.actions import asking
from engagement.models import AnswerLink, Event
from engagement.queries import links
from mail.actions import deliver
from mail.models import Message
from readiness.models import Decision
from stakeholders.models import Invitation
from stakeholders.queries import invitations
from tests.factories import deciding, plans, stakeholders
from tests.meta import canaries, who_sees
from tests.meta import world as worlds
from tests.meta.test_permissions import address, lines

pytestmark = pytest.mark.django_db

SEARCH = {"q": canaries.BEGINNING}
"""Typed into every page that can be opened: it finds every word."""
JUNK = {"words": "", "reason": "", "title": "x" * 1_000, "held_on": "31/02/2016", "action": "x"}
"""Sent to every form that can be opened: a page that says what is wrong."""


PUBLIC = {"plans.Footprint.name"}
"""What a line of the log may hold."""


@dataclass
class Scene:
    """The world with its words, and what has been looked at."""

    world: worlds.World
    planted: canaries.Planted
    sight: who_sees.Sight
    searched: int = 0
    read: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def leaks(self, name: str, text: str, objects: str = "") -> list[str]:
        """The words in a text that this person may not read, by where they come from; ``objects``
        is what stood in the address."""
        self.searched += 1
        found = [self.planted.words[word] for word in self.planted.found_in(text)]
        self.read[name] |= {one.column for one in found}
        return sorted(
            str(one)
            for one in found
            if not self.sight.may(name, one.column, one.row)
            and not any(self.sight.may_by(link, one.column, one.row) for link in objects.split())
        )


class Kept(logging.Handler):
    """Every line that was logged."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker) -> Iterator[Scene]:
    with django_db_blocker.unblock(), transaction.atomic():
        protection.remove()  # who writes a world's words anew is its owner
        world = worlds.build()
        canaries.complete(world)
        planted = canaries.plant(world)
        for name, area in (("a", world.a), ("b", world.b)):
            area.plan.refresh_from_db()
            deciding.results(area.plan)
            world.values[f"decision-{name}"] = _decided(planted, area).pk
        _links(world)
        caches["pages"].clear()
        yield Scene(world, planted, who_sees.Sight(who_sees.readers(world)))
        transaction.set_rollback(True)


def _decided(planted: canaries.Planted, area: worlds.Area) -> Decision:
    """A decision whose frozen text was taken of the world with its words."""
    word = planted.word("readiness.Decision.summary", area.plan)
    return deciding.decision(area.plan, summary=word)


def _links(world: worlds.World) -> None:
    """Links are made of what has just been changed."""
    for name in ("a", "b"):
        world.values |= {
            f"token-{name}": links.token_of(
                AnswerLink.objects.get(pk=world.values[f"link-{name}"])
            ),
            f"invitation-link-{name}": invitations.token_of(
                Invitation.objects.get(pk=world.values[f"invitation-{name}"])
            ),
        }
    fresh = User.objects.get(pk=world.values["fresh"])
    world.values["first-link"] = first_password.token_for(fresh)


@pytest.fixture(scope="module")
def log(scene: Scene) -> Iterator[Kept]:
    kept, root = Kept(), logging.getLogger()
    root.addHandler(kept)
    yield kept
    root.removeHandler(kept)


@pytest.fixture(scope="module")
def clients(scene: Scene) -> dict[str, Client]:
    opened = {name: Client(raise_request_exception=False) for name in worlds.PEOPLE}
    for name, person in scene.world.people.items():
        person.refresh_from_db()
        opened[name].force_login(person)
    return opened


def text_of(response) -> str:
    """Headers and content: a file's name is a place to leak as well."""
    content = b"".join(response) if response.streaming else response.content
    return f"{response.headers}\n{content.decode('utf-8', 'replace')}"


def ask(client: Client, method: str, url: str, data: dict[str, str] | None = None) -> str:
    """What came back; whatever was written is taken back."""
    return asked(client, method, url, data)[1]


def asked(
    client: Client, method: str, url: str, data: dict[str, str] | None = None
) -> tuple[HttpResponseBase, str]:
    """The answer with its text."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method.lower())(url, data or {})
        text = text_of(response)
        transaction.set_rollback(True)
    client.cookies = cookies  # who signed out is back
    return response, text


@pytest.mark.parametrize("name", [one for one in worlds.PEOPLE if one != "SUS"])
def test_nobody_reads_what_is_not_theirs(name, scene, clients, log):
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines():
        url = address(line, scene.world)
        for data in sent(line, name):
            text = ask(clients[name], line["method"], url, data)
            for leaked in scene.leaks(name, text, line["objects"]):
                found[leaked].add(f"{line['method']} {line['route']} {line['objects']}".strip())

    told = "\n".join(f"{one}: {', '.join(sorted(where))}" for one, where in sorted(found.items()))
    assert not told, f"{name} reads what is not theirs:\n{told}"


def sent(line: dict[str, str], name: str) -> list[dict[str, str] | None]:
    """Plain; and where the page opens, searched for every word, or sent with what cannot be right."""
    if line[name] == "5":
        return []
    more = [SEARCH if line["method"] == "GET" else JUNK] if line[name] in "YR" else []
    return [None, *more]


def test_who_manages_here_and_speaks_there_reads_as_either_and_no_more(scene, log):
    """The manager of area b answers for the second LMC of area a as well: where they speak for one
    organisation they read nobody else's words."""
    with transaction.atomic():
        both = _both(scene)
        client = Client(raise_request_exception=False)
        client.force_login(both)
        told = [
            f"{line['route']} {line['objects']} tells {leaked}"
            for line in lines()
            if line["method"] == "GET" and not line["objects"].endswith("-b")
            for data in ([None, SEARCH] if line["LMX"] in "YR" else [None])
            for leaked in scene.leaks(
                "BOTH", ask(client, "GET", address(line, scene.world), data), line["objects"]
            )
        ]
        transaction.set_rollback(True)

    assert told == []
    assert "engagement.Point.text" in scene.read["BOTH"], "They read what is their own."


def _both(scene: Scene) -> User:
    """Who is manager and representative at once, until the transaction ends."""
    world, readers = scene.world, scene.sight.readers
    user = plans.manager(world.b.plan.footprint)
    speaker = stakeholders.representative(world.a.second_lmc)
    speaker.stakeholders_representatives.update(user=user)
    speaker.role_grants.update(user=user)
    readers["BOTH"] = replace(
        readers["LMX"],
        name="BOTH",
        user_id=user.pk,
        manages=readers["MGX"].manages,
        footprints=readers["LMX"].footprints | readers["MGX"].footprints,
    )
    return user


def test_no_mail_tells_its_reader_more_than_a_page_would(scene, mailoutbox):
    """The outbox of the world and the questions about its events, as they arrive."""
    now, told = timezone.now(), []
    with transaction.atomic():
        for name in ("event-a", "together-a", "second-a"):
            manager = scene.world.people["MGR"]
            event = Event.objects.get(pk=scene.world.values[name])
            asking.ask_about(event=event, by=manager, now=now)
        Message.objects.update(state="waiting", due_at=now, problem="")
        deliver(now=now)
        for mail in mailoutbox:
            text = "\n".join(
                [mail.subject, mail.body, *(str(part[0]) for part in mail.alternatives)]
            )
            whose = [scene.planted.words[word] for word in scene.planted.found_in(mail.to[0])]
            reader = who_sees.recipient(whose[0].row)
            scene.searched += 1
            told += [
                f"{mail.subject} to {reader.name} tells {one}"
                for one in map(scene.planted.words.get, scene.planted.found_in(text))
                if one.row != whose[0].row
                and not who_sees.rule_for(one.column)(who_sees.holding(reader), one.row)
            ]
        transaction.set_rollback(True)

    assert len(mailoutbox) > 3
    assert told == []


def test_a_page_that_tells_too_much_is_found(scene, clients, monkeypatch):
    """Without the rule on whose words one sees, the lead of another LMC reads a dispute."""
    monkeypatch.setattr(Sight, "covers", lambda self, organisation_id: True)
    url = reverse("engagement:event", args=[scene.world.values["together-a"]])

    leaked = scene.leaks("LMX", ask(clients["LMX"], "GET", url))

    assert any(one.startswith("engagement.Attestation.words of") for one in leaked)


def test_no_log_line_holds_a_word(scene, log):
    """After everything above: nobody's words, not even one's own. What an area is called is public,
    and a refusal may say it."""
    words = scene.planted.found_in("\n".join(log.lines))
    found = {str(one) for one in map(scene.planted.words.get, words) if one.column not in PUBLIC}

    assert len(log.lines) > 10
    assert found == set()


def test_every_text_column_is_planted_or_left_out_with_a_reason(scene, record_property):
    texts = {f"{label}.{one.name}" for _, label, fields in canaries.columns() for one in fields}
    planted = {one.column for one in scene.planted.words.values()}
    record_property(
        "counted",
        f"Canaries: {len(scene.planted.words):,} words in {len(planted)} columns,"
        f" {scene.searched:,} answers searched",
    )

    assert set(canaries.LEFT_OUT) <= texts, "These are left out and exist no more."
    assert scene.searched > 1_000
    assert "accounts.AuditEntry.contact" in planted
    empty = texts - planted - set(canaries.LEFT_OUT)
    assert empty == set(), "Give the world a row of each, or leave it out with a reason."
