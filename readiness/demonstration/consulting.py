"""What the plans shown most ask today: a consultation in each status, with responses to work on."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from consultations.models import Moderation, RespondentKind, Response, Theme
from plans.models import Consultation, Duty, MustAsk
from readiness.demonstration import fates, replies
from readiness.demonstration.dice import dice
from readiness.demonstration.rounds import PlanToTell
from readiness.demonstration.scripts import NEAR_HOME
from stakeholders.models import Category, Organisation

ANSWERED_FOR = "X01000"
"""The practice of the demonstration's own account: one response is matched with it."""

ABOUT = (
    "More care is to move out of hospital. Tell us what would have to be there first: people, rooms,"
    " money, transport. Your answer is read by a person, and you can follow what became of it."
)


@dataclass(frozen=True, kw_only=True)
class Asking:
    """One consultation of a plan, in days from today; with ``form`` it has questions and answers.

    ``number`` responses, of which the last ``unread`` wait.
    """

    plan: str
    title: str
    opens: int
    closes: int
    summary: str
    form: str = ""
    number: int = 0
    unread: int = 0
    heard: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    must_ask: Mapping[str, str] = field(default_factory=dict)


ASKED = (
    Asking(
        plan="qop-stp-2016",
        title="Care near home: what would have to be there first?",
        opens=-18,
        closes=24,
        summary=ABOUT,
        form="near-home",
        number=34,
        unread=17,
        facts={"options_open": True, "pack_options": True, "pack_costs": True},
        must_ask={
            Category.LMC: "They speak for the practices that would do the work",
            Category.HEALTHWATCH: "They speak for patients",
        },
    ),
    Asking(
        plan="qop-stp-2016",
        title="Where the urgent care hubs will be",
        opens=20,
        closes=62,
        summary="Three sites out of five. The pack is being put together.",
    ),
    Asking(
        plan="qe1-stp-2016",
        title="One community team for each neighbourhood",
        opens=-58,
        closes=-9,
        summary="Who should be in the team, and who leads it.",
        form="one-team",
        number=44,
        unread=15,
        facts={"options_open": True, "pack_options": True},
    ),
    Asking(
        plan="qyg-stp-2016",
        title="What general practice needs from this plan",
        opens=-130,
        closes=-80,
        heard=-41,
        summary="Asked before the first draft was written. What was heard is in the draft.",
        form="from-this-plan",
        number=58,
        facts={"options_open": True, "pack_options": True, "pack_impact": True},
    ),
    Asking(
        plan="bolton-nhp-2026",
        title="Opening hours of the walk-in room",
        opens=-82,
        closes=-61,
        summary="A short question to those who use the room. No report was promised.",
        facts={"report_expected": False},
    ),
    Asking(
        plan="bolton-nhp-2026",
        title="One hub for the whole borough",
        opens=-40,
        closes=12,
        summary="It was asked whether one hub could take the place of four.",
        facts={
            "dropped_reason": "The building is not for sale any more. Four hubs stay.",
        },
    ),
)
"""One in each status that the register knows."""

DROPPED = 6
"""Days since the last of them does not go forward."""


def write(
    plans: Sequence[PlanToTell], *, accounts: Mapping[str, User], now: dt.datetime, seed: str
) -> int:
    """Every consultation with its responses, the points of the plans with what became of them.

    How many responses that are. Call it when the record and the papers are written.
    """
    keeper = accounts["manager@example.org"]
    by_code = {one.plan.code: one for one in plans}
    themes = {
        code: fates.write(by_code[code], keeper, now=now, seed=seed)
        for code in dict.fromkeys(one.plan for one in ASKED)
    }
    number = 0
    for asked in ASKED:
        row = _written(asked, by_code[asked.plan], keeper, now)
        MustAsk.objects.bulk_create(_must_ask(asked, row))
        if asked.form:
            number += len(_answered(asked, row, themes[asked.plan], keeper, now, seed))
    return number


def _written(asked: Asking, one: PlanToTell, keeper: User, now: dt.datetime) -> Consultation:
    def day(offset: int) -> dt.date:
        return now.date() + dt.timedelta(offset)

    dropped = {"dropped_on": day(-DROPPED)} if "dropped_reason" in asked.facts else {}
    recorded = min(now, now + dt.timedelta(asked.opens - 14))
    return Consultation.objects.create(
        plan=one.plan,
        title=asked.title,
        summary=asked.summary,
        is_formal=False,
        duty=Duty.CCG,
        duty_how="The governing bodies were told in public before it opened.",
        opens_on=day(asked.opens),
        closes_on=day(asked.closes),
        heard_on=None if asked.heard is None else day(asked.heard),
        published_at=recorded,
        recorded_at=recorded,
        recorded_by=keeper,
        **asked.facts,
        **dropped,
    )


def _must_ask(asked: Asking, row: Consultation) -> Iterator[MustAsk]:
    for category, because in asked.must_ask.items():
        yield MustAsk(
            consultation=row,
            category=category,
            because=because,
            recorded_at=row.recorded_at,
            recorded_by=row.recorded_by,
        )


def _answered(
    asked: Asking,
    row: Consultation,
    themes: Mapping[str, Theme],
    keeper: User,
    now: dt.datetime,
    seed: str,
) -> list[Response]:
    yesterday = now.date() - dt.timedelta(1)
    asking = replies.Asking(
        consultation=row,
        script=NEAR_HOME,
        form=asked.form,
        number=asked.number,
        unread=asked.unread,
        last=min(row.closes_on, yesterday),
        reader=keeper,
        read_on=min(row.heard_on or yesterday, yesterday),
        introduction=ABOUT,
    )
    sent = replies.write(asking, themes, rng=dice(seed, "asked", asked.form))
    found = replies.themes_in(row)
    row.themes = len(found)
    row.themes_answered = sum(bool(one.disposition) for one in found)
    row.save(update_fields=["themes", "themes_answered"])
    if asked is ASKED[0]:
        _match(sent, keeper, now)
    return sent


def _match(sent: Sequence[Response], keeper: User, now: dt.datetime) -> None:
    """One of the organisations that answered turns out to be a practice of the register."""
    practice = Organisation.objects.get(code=ANSWERED_FOR)
    answered = next(
        one.respondent
        for one in sent
        if one.moderation == Moderation.CLEARED
        and one.respondent.kind == RespondentKind.ORGANISATION
    )
    answered.organisation, answered.organisation_name = practice, practice.name
    answered.matched_at, answered.matched_by = now - dt.timedelta(days=1), keeper
    answered.save()
