"""Two national engagements as worked examples: real dates and numbers, invented answers.

They stand in a record of their own, of England as a whole and long closed, so that no plan's figures
hang on them: it has no members, is on no board and is never assessed. What is known of them:

- the draft specifications of primary care networks: 23 December 2019 to 15 January 2020, 4,048
  responses, a summary on 30 January 2020 (GPonline); what came of them, with three specifications
  of the five, was agreed and published on 6 February 2020 (British Geriatrics Society,
  bgs.org.uk/policy-and-media, on the update to the GP contract agreement 2020/21 to 2023/24)
- the Call to Action for general practice: launched in August 2013, 521 responses, analysed by
  somebody independent in 2014. The days of its opening and close are assumed.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from accounts.models import User
from consultations.models import Disposition, Theme
from plans.models import (
    Consultation,
    Duty,
    Footprint,
    FootprintGrant,
    FootprintKind,
    Plan,
    PlanType,
    PlanVersion,
    Visibility,
)
from plans.rules.mentions import counted
from readiness.demonstration import replies
from readiness.demonstration.dice import dice
from readiness.demonstration.scripts import CALL, NETWORKS, Script

FOOTPRINT = "ENG"
KEEPER = "manager.national@example.org"
UTC = dt.UTC

INVENTED = (
    "A worked example. Its dates and the number of responses are real; the questions, every answer,"
    " the themes and what was decided are invented."
)


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided about a theme; ``said`` where it is published."""

    disposition: str
    reason: str
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Example:
    """One engagement: the record that it stands in, its dates, and what came of it."""

    code: str
    record: str
    title: str
    starts_on: dt.date
    ends_on: dt.date
    opens_on: dt.date
    closes_on: dt.date
    heard_on: dt.date
    is_formal: bool
    summary: str
    script: Script
    form: str
    number: int
    decided: Mapping[str, Decided]
    analyst: str = ""
    decision_on: dt.date | None = None
    draft: str = ""
    final: str = ""


EXAMPLES = (
    Example(
        code="network-specifications-2019",
        record="Network specifications, 2019 to 2020 (worked example)",
        title="Draft specifications of primary care networks (worked example)",
        starts_on=dt.date(2019, 12, 1),
        ends_on=dt.date(2020, 3, 31),
        opens_on=dt.date(2019, 12, 23),
        closes_on=dt.date(2020, 1, 15),
        heard_on=dt.date(2020, 1, 30),
        decision_on=dt.date(2020, 2, 6),
        is_formal=True,
        summary=f"{INVENTED} It is measured here as a formal consultation would be. Real are: open"
        " from 23 December 2019 to 15 January 2020, 4,048 responses, a summary on 30 January 2020, what"
        " was agreed on 6 February 2020.",
        script=NETWORKS,
        form="networks",
        number=4_048,
        decided={
            "Workload": Decided(
                disposition=Disposition.ACCEPTED,
                reason="The first year asks for fewer specifications, and for less in each.",
                said="There are not enough hours in the day for what the drafts ask of networks.",
            ),
            "Care homes": Decided(
                disposition=Disposition.PARTLY,
                reason="Visits go by need. Each home still has a named network.",
                said="A visit every fortnight by a named doctor cannot be staffed everywhere.",
            ),
            "Medication reviews": Decided(
                disposition=Disposition.ACCEPTED,
                reason="Networks choose whose medicines are reviewed first.",
                said="Reviews for everybody at once would take every pharmacist's week.",
            ),
            "Workforce": Decided(
                disposition=Disposition.LATER,
                reason="More roles are paid for from the second year on.",
                said="The people on whom all of it rests cannot be hired in time.",
            ),
            "Community services": Decided(
                disposition=Disposition.OUT_OF_SCOPE,
                reason="The contracts of community providers are not part of these drafts.",
            ),
        },
        draft="Draft specifications, written for this example. A primary care network visits each"
        " care home every fortnight. A pharmacist reviews the medicines of everybody in five groups."
        " Networks work with community nurses and with NHS trusts.",
        final="Final specifications, written for this example. Section 1: three specifications begin"
        " in the first year. Section 2: a primary care network visits care homes by need, and general"
        " practice agrees with each home how. Section 3: networks choose whose medicines are reviewed"
        " first. Networks work with community nurses and with NHS trusts.",
    ),
    Example(
        code="call-to-action-2013",
        record="General practice: a Call to Action, 2013 to 2014 (worked example)",
        title="General practice: a Call to Action (worked example)",
        starts_on=dt.date(2013, 8, 1),
        ends_on=dt.date(2014, 3, 31),
        opens_on=dt.date(2013, 8, 14),
        closes_on=dt.date(2013, 11, 10),
        heard_on=dt.date(2014, 2, 28),
        is_formal=False,
        summary=f"{INVENTED} Real are: launched in August 2013, 521 responses, analysed by somebody"
        " independent in 2014. The days on which it opened and closed are assumed.",
        script=CALL,
        form="call",
        number=521,
        analyst="An independent research organisation, 2014",
        decided={
            "Workforce": Decided(
                disposition=Disposition.ACCEPTED,
                reason="Training places for general practice are to grow each year.",
                said="More people have to be trained for general practice, and kept.",
            ),
            "Working together": Decided(
                disposition=Disposition.ACCEPTED,
                reason="Practices that want to work in federations are helped to begin.",
                said="Federations let practices share what none can do by itself.",
            ),
            "Premises": Decided(
                disposition=Disposition.LATER,
                reason="Premises follow once it is known which care moves.",
            ),
        },
    ),
)


def write(accounts: Mapping[str, User], *, since: dt.date, seed: str) -> int:
    """The record of England, both engagements in it; how many responses that are."""
    keeper = accounts[KEEPER]
    england = Footprint.objects.create(
        code=FOOTPRINT, name="England", kind=FootprintKind.SYSTEM, opened_on=dt.date(2013, 4, 1)
    )
    FootprintGrant.objects.create(user=keeper, footprint=england, valid_from=since)
    for one in EXAMPLES:
        _write(one, england, keeper, seed)
    return sum(one.number for one in EXAMPLES)


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=UTC)


def _write(one: Example, england: Footprint, keeper: User, seed: str) -> None:
    plan = Plan.objects.create(
        code=one.code,
        title=one.record,
        footprint=england,
        plan_type=PlanType.STP_2016,
        visibility=Visibility.PUBLIC,
        starts_on=one.starts_on,
        submission_on=one.ends_on,
        closed_on=one.ends_on,
        assessed_no=1,
    )
    versions = PlanVersion.objects.bulk_create(_versions(one, plan, keeper))
    themes = _themes(one, plan, keeper, versions[-1] if versions else None)
    consultation = Consultation.objects.create(
        plan=plan,
        title=one.title,
        summary=one.summary,
        is_formal=one.is_formal,
        duty=Duty.NATIONAL,
        opens_on=one.opens_on,
        closes_on=one.closes_on,
        options_open=True,
        **dict.fromkeys(PACK, True),
        report_on=one.heard_on,
        heard_on=one.heard_on,
        decision_on=one.decision_on,
        themes=len(themes),
        themes_answered=len(one.decided),
        published_at=_at(one.opens_on),
        recorded_at=_at(one.opens_on),
        recorded_by=keeper,
    )
    asking = replies.Asking(
        consultation=consultation,
        script=one.script,
        form=one.form,
        number=one.number,
        last=one.closes_on,
        reader=keeper,
        read_on=one.heard_on,
        analyst=one.analyst,
        introduction=INVENTED,
    )
    replies.write(asking, themes, rng=dice(seed, "national", one.code))


PACK = ("pack_options", "pack_costs", "pack_impact", "pack_equality", "pack_rejected")


def _versions(one: Example, plan: Plan, keeper: User) -> Iterator[PlanVersion]:
    drafts = (("Draft specifications", one.draft, one.opens_on, False),)
    finals = (("Final specifications", one.final, one.decision_on, True),)
    for title, text, day, is_final in (*drafts, *finals):
        if text and day is not None:
            yield PlanVersion(
                plan=plan,
                title=title,
                dated_on=day,
                is_final=is_final,
                visibility=Visibility.PUBLIC,
                public_on=day,
                text=text,
                mentions=counted(text),
                recorded_at=_at(day),
                recorded_by=keeper,
            )


def _themes(one: Example, plan: Plan, keeper: User, final: PlanVersion | None) -> dict[str, Theme]:
    """Every theme of the script by its name; those decided with their reason, some published."""
    names = dict.fromkeys(
        opinion.theme for asked in one.script.questions for opinion in asked.opinions
    )
    made, decided_at = _at(one.closes_on), _at(one.heard_on)
    rows = []
    for name in names:
        theme = Theme(plan=plan, name=name, made_at=made, made_by=keeper)
        decided = one.decided.get(name)
        if decided:
            theme.disposition, theme.reason = decided.disposition, decided.reason
            theme.decided_at, theme.decided_by = decided_at, keeper
            theme.said, theme.told_on = decided.said, one.heard_on
            theme.changed_in = final if decided.disposition in CHANGED else None
            theme.published_at = decided_at if decided.said else None
            theme.published_by = keeper if decided.said else None
        rows.append(theme)
    return {row.name: row for row in Theme.objects.bulk_create(rows)}


CHANGED = frozenset({Disposition.ACCEPTED, Disposition.PARTLY})
