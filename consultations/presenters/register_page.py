"""How a consultation is held, for those who may read the plan: duty, pack, time, who must be asked."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from consultations.presenters import register_work
from consultations.presenters.analysis_words import figure
from consultations.presenters.register_asking import AskLine, ask_lines, own_notes
from consultations.queries.register import Asking
from consultations.queries.triage import Progress
from consultations.rules.register import Principle, Standing, Tested
from consultations.rules.respondents import Counted
from plans.models import Consultation, Triage
from plans.presenters.paper_lines import triage_words
from plans.rules.consultations import FIVE_TESTS, PACK_PARTS
from plans.working_days import working_days
from ui.shapes import Figure, Link, Row
from ui.words import lower_first, nhs_date, plural, sentence_case

PRINCIPLES: Mapping[str, str] = {
    "formative": "Asked while the answer could still matter",
    "reasons": "Told enough to answer with sense",
    "five_tests": "Five tests of a major service change",
    "time": "Given enough time",
    "asked": "Those who must be asked were asked",
    "themes": "Every theme considered and answered",
    "report": "Report before the decision",
}
"""What each principle is called; its key is that of the criterion on formal consultations."""

NOT_YET = "Tested once its time has come"
STANDING_WORDS = {
    Standing.MET: "Kept",
    Standing.NOT_MET: "Not kept",
    Standing.NO_DATA: "Not known",
    Standing.NOT_YET: "Not yet",
}
BEFORE_IT_OPENS = STANDING_WORDS | {Standing.MET: "Ready", Standing.NOT_MET: "Not ready"}


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What the reader may see and do here, and on which day.

    ``sees_all``: who was asked, by name, and not only the reader's own. ``sees_counts``: how many
    answered. ``to_work``: how far the responses are, for whoever handles them.
    """

    sees_all: bool
    sees_counts: bool
    may_edit: bool
    today: dt.date
    to_work: Progress | None = None


@dataclass(frozen=True, kw_only=True)
class PrincipleLine:
    """One principle with its state, and what would put it right."""

    title: str
    state: str
    word: str
    fault: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """One line of a checklist: there or not, with words for where."""

    title: str
    state: str
    word: str
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class HeldPart:
    """Everything that the plan's managers and reviewers see of a consultation, as far as the reader may."""

    notes: Sequence[str]
    rows: Sequence[Row]
    counts: Sequence[Figure]
    counts_note: str
    principles: Sequence[PrincipleLine]
    principles_note: str
    pack_heading: str
    pack: Sequence[Part]
    time: str
    time_state: str
    time_word: str
    must_ask: Sequence[AskLine]
    must_ask_note: str
    five: Sequence[Part]
    links: Sequence[Link] = ()
    work: Sequence[Link] = ()
    works: bool = False
    main: Link | None = None


def held_part(
    row: Consultation,
    *,
    tested: Tested,
    asking: Sequence[Asking],
    triage: Triage | None,
    counted: tuple[Counted, Counted] | None,
    sight: Sight,
) -> HeldPart:
    """The managers' part. ``counted`` are the responses that were cleared, and all of them."""
    answered = counted is not None and counted[1].responses > 0
    must_ask, must_ask_note = ask_lines(
        asking, row, sees_all=sight.sees_all, may_edit=sight.may_edit
    )
    days = working_days(row.opens_on, row.closes_on)
    state, word, time = time_words(row, days, tested.short_below)
    lies_ahead = row.opens_on > sight.today
    return HeldPart(
        notes=[*_notes(row), *(own_notes(asking) if _goes_on(row, sight.today) else ())],
        rows=_rows(row, triage, lies_ahead=lies_ahead),
        counts=_figures(counted) if counted and sight.sees_counts else (),
        counts_note=_counts_note(counted) if counted and sight.sees_counts else "",
        principles=[principle_line(one, lies_ahead=lies_ahead) for one in tested.principles],
        principles_note=_principles_note(row, tested, lies_ahead=lies_ahead),
        pack_heading="What people will be given" if lies_ahead else "What people were given",
        pack=pack_parts(row, lies_ahead=lies_ahead),
        time=time,
        time_state=state,
        time_word=word,
        must_ask=must_ask,
        must_ask_note=must_ask_note,
        five=five_parts(row) if row.is_major_change else (),
        links=_links(row) if sight.may_edit else (),
        work=register_work.links(row, gathers=sight.may_edit, reads=sight.sees_counts),
        works=sight.sees_counts,
        main=register_work.main_action(row, to_work=sight.to_work, answered=answered),
    )


def pack_parts(row: Consultation, *, lies_ahead: bool) -> list[Part]:
    """The five parts of what people have to be given, each there or not."""
    there, lacking = ("Ready", "Not ready") if lies_ahead else ("Given", "Not given")
    return [
        Part(title=title, state="met", word=there)
        if getattr(row, name)
        else Part(title=title, state="not_met", word=lacking)
        for name, title in PACK_PARTS
    ]


def five_parts(row: Consultation) -> list[Part]:
    """The five tests of a major service change, each with where it is shown to be met."""
    return [
        Part(title=title, state="met", word="Shown", where=getattr(row, name))
        if getattr(row, name)
        else Part(title=title, state="not_met", word="Not shown")
        for name, title in FIVE_TESTS
    ]


def time_words(row: Consultation, days: int, short_below: int | None) -> tuple[str, str, str]:
    """State, its word and a sentence: how many working days people have, and why they are few."""
    had = plural(days, "working day")
    if short_below is None:
        return (
            "no_data",
            "No policy",
            f"{sentence_case(had)}. No policy says from when that is short.",
        )
    if days >= short_below:
        return "met", "Enough", f"{sentence_case(had)}; below {short_below} a reason is needed."
    short = f"{sentence_case(had)}, fewer than {short_below}"
    if row.time_reason:
        return "met", "Short, reason given", f"{short}. The reason: {row.time_reason}"
    return "not_met", "Reason needed", f"{short}, and no reason is recorded."


def principle_line(one: Principle, *, lies_ahead: bool) -> PrincipleLine:
    """One principle in words."""
    words = BEFORE_IT_OPENS if lies_ahead else STANDING_WORDS
    return PrincipleLine(
        title=PRINCIPLES[one.key],
        state=one.standing,
        word=words[one.standing],
        fault=sentence_case(one.fault),
        remedy=one.remedy or (NOT_YET if one.standing is Standing.NOT_YET else ""),
    )


def _notes(row: Consultation) -> list[str]:
    notes = []
    if row.withdrawn_at is not None:
        notes.append(
            f"Withdrawn on {nhs_date(row.withdrawn_at)}: {row.withdrawn_reason} It counts for nothing."
        )
    elif row.published_at is None:
        notes.append("Not published: the public does not see this page.")
    return notes


def _goes_on(row: Consultation, today: dt.date) -> bool:
    """Whether there is still time to ask and to answer."""
    return row.closes_on >= today and row.dropped_on is None and row.withdrawn_at is None


def _rows(row: Consultation, triage: Triage | None, *, lies_ahead: bool) -> list[Row]:
    decided = (
        f"{triage_words(triage)}, decided on {nhs_date(triage.decided_on)} by"
        f" {triage.decided_by.rstrip('. ')}. Why: {triage.reason.rstrip('. ')}."
        if triage
        else "Nobody has decided yet whether a formal consultation is needed."
    )
    duty = row.get_duty_display() if row.duty else "Not recorded"
    report = nhs_date(row.report_on) or "Not yet"
    change = "The decision can still change" if lies_ahead else "The decision could still change"
    themes = f"{row.themes_answered:,} of {row.themes:,}" if row.themes else "No theme yet"
    return [
        Row(key="Legal duty", value=f"{duty}. {row.duty_how}" if row.duty_how else duty),
        Row(key="Formal consultation needed?", value=decided),
        Row(
            key="Before it opens" if lies_ahead else "When it opened",
            value=change if row.options_open else f"Not recorded: {lower_first(change)}",
        ),
        Row(key="Themes answered", value=themes),
        Row(key="Report to those who decide", value=report),
        Row(
            key="In the public register",
            value=f"Since {nhs_date(row.published_at)}" if row.published_at else "No",
        ),
    ]


def _figures(counted: tuple[Counted, Counted]) -> list[Figure]:
    cleared, everything = counted
    if not everything.responses:
        return []
    return [
        figure(cleared.organisations, "organisation", "organisations"),
        figure(cleared.people, "person for themselves", "people for themselves"),
        figure(cleared.responses, "response cleared", "responses cleared"),
        Figure(
            number=f"{everything.responses - cleared.responses:,}", label="waiting or held back"
        ),
    ]


def _counts_note(counted: tuple[Counted, Counted]) -> str:
    cleared, everything = counted
    if not everything.responses:
        return "Nobody has answered yet."
    words = []
    if cleared.repeats:
        words.append(
            f"{plural(cleared.repeats, 'response repeats', 'responses repeat')} an earlier one."
        )
    if cleared.campaigns:
        words.append(
            f"{plural(cleared.in_campaigns, 'response shares', 'responses share')} the words of"
            f" {plural(cleared.campaigns, 'campaign')}."
        )
    return " ".join(["Organisations and people are counted once each.", *words])


def _principles_note(row: Consultation, tested: Tested, *, lies_ahead: bool) -> str:
    if not tested.principles:
        return "No policy is in force for this plan, so nothing is tested."
    if row.dropped_on is not None:
        return "It does not go forward, so the criteria of the plan no longer test it."
    words = []
    if lies_ahead:
        words.append("It has not opened: what is not ready can still be put right.")
    if not row.is_formal:
        words.append("The criterion tests formal consultations only. This is how it would stand.")
    return " ".join(words)


def _links(row: Consultation) -> list[Link]:
    def link(text: str, name: str) -> Link:
        return Link(text, reverse(f"consultations:{name}", args=[row.pk]), f": {row.title}")

    links = [link("Bring up to date", "change"), link("Who must be asked", "must-ask")]
    if row.published_at is None:
        links.append(link("Publish it", "publish"))
    if row.dropped_on is None:
        links.append(link("It does not go forward", "drop"))
    withdraw = reverse("plans:paper-withdraw", args=[row.plan.code, "consultation", row.pk])
    return [*links, Link("Withdraw", withdraw, f": {row.title}")]
