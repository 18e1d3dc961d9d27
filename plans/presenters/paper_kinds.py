"""The kinds of paper as the page speaks of them: heading, what they feed, what to do when empty."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from plans.presenters import paper_lines as lines
from plans.presenters.paper_lines import Scene, Told


@dataclass(frozen=True, kw_only=True)
class KindWords:
    """How one kind of paper is spoken of.

    ``feeds`` are the criteria that read it, each by its key with words for it; ``noun`` goes into
    sentences ("the version"); ``change`` names the page that brings a row up to date, if any.
    """

    heading: str
    noun: str
    add: str
    feeds: Mapping[str, str]
    nothing: str
    then: str
    line: Callable[[Any, Scene], Told]
    change: str = ""


SAW_IT = {"lmc_saw_plan": "LMCs were shown the plan"}
FORMAL = {"formal_consultation": "how a formal consultation was held"}

KINDS: Mapping[str, KindWords] = {
    "version": KindWords(
        heading="Versions of the plan",
        noun="version",
        add="Add a version",
        feeds={
            **SAW_IT,
            "omission": "what the text leaves out",
            "openness": "the plan was public before it was final",
        },
        nothing="No version is on paper",
        then="Add each draft with its date, and paste its text.",
        line=lines.version,
        change="Who may read it",
    ),
    "sharing": KindWords(
        heading="Who was shown which version",
        noun="record of who was shown it",
        add="Add who was shown a version",
        feeds=SAW_IT,
        nothing="Nobody is on record as shown a version",
        then="Add to whom a draft went. One form takes all organisations that it went to.",
        line=lines.sharing,
    ),
    "opinion": KindWords(
        heading="Health and Wellbeing Boards",
        noun="part of the board",
        add="Add a board's part",
        feeds={"hwb": "Health and Wellbeing Boards lead the plan or gave an opinion"},
        nothing="No board's part is recorded",
        then="Add each board that leads it or wrote about it.",
        line=lines.opinion,
    ),
    "reason": KindWords(
        heading="Groups that were not engaged, and why",
        noun="reason",
        add="Add a reason",
        feeds={"required_groups": "every required group was heard or is accounted for"},
        nothing="No reasons are recorded",
        then="Add one only where a required group was not engaged for a good reason.",
        line=lines.reason,
    ),
    "activity": KindWords(
        heading="Engagement plan",
        noun="activity",
        add="Add an activity",
        feeds={"engagement_plan": "the engagement plan, planned against done"},
        nothing="No activities are recorded",
        then="Add each line of the plan's engagement plan with the day by which it is due.",
        line=lines.activity,
        change="Mark as done",
    ),
    "advice": KindWords(
        heading="Specialist advice needed",
        noun="field",
        add="Add a field",
        feeds={"royal_colleges": "a Royal College was heard in each field"},
        nothing="No field is recorded",
        then="Add each field of care that the plan changes and that needs a specialist's word.",
        line=lines.advice,
    ),
    "triage": KindWords(
        heading="Is a formal consultation needed?",
        noun="decision",
        add="Add the decision",
        feeds={"consultation_triage": "it was decided whether to consult formally", **FORMAL},
        nothing="No decision is recorded",
        then="Add the decision, who took it and why, also where the answer is no.",
        line=lines.triage,
    ),
    "consultation": KindWords(
        heading="Consultations",
        noun="consultation",
        add="Add a consultation",
        feeds={**FORMAL, "feedback_published": "what was heard was published"},
        nothing="No consultation is recorded",
        then="Add it when it opens, and bring it up to date as replies are read and answered.",
        line=lines.consultation,
        change="Bring up to date",
    ),
    "commitment": KindWords(
        heading="Promised to general practice",
        noun="commitment",
        add="Add a commitment",
        feeds={"commitments": "nothing promised to general practice is overdue"},
        nothing="Nothing is recorded as promised",
        then="Add what general practice was promised, by whom and by when.",
        line=lines.commitment,
        change="Mark as kept",
    ),
}
