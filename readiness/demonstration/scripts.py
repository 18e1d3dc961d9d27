"""What consultations of the demonstration ask, and what people answer. Pure, and all of it invented.

Of the two national engagements only the dates, the numbers of responses and what they were about are
real. No word of an answer was said by anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """One theme, how often it comes up, and ways of saying it."""

    theme: str
    weight: int
    ways: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question: what share of people answer it, and the choices or the opinions they have."""

    text: str
    kind: str = "text"
    share: float = 0.9
    choices: Mapping[str, int] | None = None
    opinions: Sequence[Opinion] = ()
    is_about_process: bool = False
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """The same words from many: what they answer to one question, and the themes in it."""

    people: int
    question: int
    words: str
    themes: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Script:
    """A whole consultation: its questions, who answers, and who answers again and again.

    ``organisations`` is how many there are; ``loudest`` how often one of them answers, ``repeats``
    how many people answer a second time, ``held`` how many responses are held back.
    """

    questions: Sequence[Asked]
    groups: Mapping[str, int]
    organisations: int
    loudest: int = 1
    repeats: int = 0
    held: int = 0
    campaigns: Sequence[Campaign] = ()


YES_NO = {"Yes": 12, "No": 74, "Do not know": 14}

ABOUT_TIME = (
    Opinion(theme="Asked over Christmas", weight=6, ways=(
        "It was sent out on the eve of a holiday and closed before we had met once.",
        "Christmas and the busiest weeks of winter are no time to ask general practice.",
        "Three weeks, of which one was Christmas, is not enough for a network to agree on anything.",
    )),
    Opinion(theme="Too late to matter", weight=3, ways=(
        "It reads as if everything had been decided and we may choose the colour.",
        "Ask before the drafting and not after it.",
    )),
    Opinion(theme="Hard to find", weight=2, ways=(
        "I heard of it from a colleague; nothing was sent to our practice.",
        "The form could not be saved and began again from the start.",
    )),
)  # fmt: skip

NETWORKS = Script(
    questions=(
        Asked(
            text="Could your network deliver the draft specifications from April 2020?",
            kind="choice", share=0.97,
            choices={"Yes": 3, "Yes, with changes": 19, "No": 68, "Do not know": 10},
        ),
        Asked(
            text="How clear are the drafts? 1 is unclear, 5 is clear.", kind="scale", share=0.91,
            choices={"1": 24, "2": 33, "3": 26, "4": 13, "5": 4},
        ),
        Asked(
            text="What would have to change in the drafts?", share=0.78,
            opinions=(
                Opinion(theme="Workload", weight=30, ways=(
                    "There are not enough hours in the day for what is asked on top of the surgery.",
                    "Every specification adds meetings, templates and reports to a day that is full.",
                    "Start with one specification and see what it takes before adding the next.",
                )),
                Opinion(theme="Funding", weight=20, ways=(
                    "The money does not cover the hours that the drafts ask for.",
                    "Nobody has costed this for a network of our size; publish the sums.",
                    "A network loses money on each of these from the first day.",
                )),
                Opinion(theme="Workforce", weight=18, ways=(
                    "The pharmacists and paramedics on whom all of it rests cannot be hired here.",
                    "Two posts have been advertised three times and nobody applied.",
                    "People who are trained this year will be needed for the work of last year.",
                )),
                Opinion(theme="Care homes", weight=14, ways=(
                    "A visit every fortnight by a named doctor to each home cannot be staffed.",
                    "We have eleven homes in our area and the next network has one; say who shares.",
                    "Homes should be visited when somebody needs it and not by the calendar.",
                )),
                Opinion(theme="Medication reviews", weight=9, ways=(
                    "Reviews of an hour for each patient would take our pharmacist the whole week.",
                    "Let us choose whose medicines are reviewed first.",
                )),
                Opinion(theme="Community services", weight=8, ways=(
                    "Half of it depends on community nurses over whom a network has no say.",
                    "Write the same duties into the contracts of community providers.",
                )),
                Opinion(theme="Local choice", weight=6, ways=(
                    "What suits a city will not do here; leave room for local choice.",
                    "Give us the aim and let us find the way.",
                )),
            ),
        ),
        Asked(
            text="Did you have enough time to answer?", kind="choice", share=0.93,
            choices=YES_NO, is_about_process=True,
        ),
        Asked(
            text="What would you say about how this was asked?", share=0.28,
            opinions=ABOUT_TIME, is_about_process=True,
        ),
    ),
    groups={
        "gp": 56, "practice_staff": 16, "patient": 9, "nhs": 6, "pcn": 4, "council": 1, "vcse": 2,
        "other": 2, "unknown": 4,
    },
    organisations=286,
    loudest=24,
    repeats=163,
    held=19,
    campaigns=(
        Campaign(
            people=412, question=2, themes=("Workload", "Funding"),
            words="As drafted the specifications cannot be delivered safely with the people and the"
            " money that networks have. They should be withdrawn and written again with us.",
        ),
        Campaign(
            people=96, question=2, themes=("Care homes",),
            words="Our residents need doctors who know them. Please do not make visits a matter of"
            " counting, and pay for the time that a good visit takes.",
        ),
    ),
)  # fmt: skip
"""The engagement on the draft specifications of primary care networks."""

CALL = Script(
    questions=(
        Asked(
            text="What would help general practice most over the next ten years?", share=0.96,
            opinions=(
                Opinion(theme="Continuity of care", weight=10, ways=(
                    "Patients with several illnesses need somebody who knows them.",
                    "Small practices know their patients; do not plan them away.",
                )),
                Opinion(theme="Access", weight=14, ways=(
                    "Longer hours need more people, not the same people for longer.",
                    "Measure whether patients got what they needed and not how fast.",
                )),
                Opinion(theme="Workforce", weight=16, ways=(
                    "Train more doctors and nurses for general practice and keep those we have.",
                    "Too few young doctors choose general practice, and we know why.",
                )),
                Opinion(theme="Funding", weight=15, ways=(
                    "The share of the budget that goes to general practice falls each year.",
                    "Money should follow the work that leaves the hospital.",
                )),
                Opinion(theme="Working together", weight=11, ways=(
                    "Federations let practices share what none can do by itself.",
                    "Let neighbouring practices share nurses, records and premises.",
                )),
                Opinion(theme="Premises", weight=8, ways=(
                    "There is no room left in the building, and no money for another.",
                    "Half of our rooms fail the standard for a clinic.",
                )),
            ),
        ),
        Asked(
            text="How well does the case for change describe your work? 1 is badly, 5 is well.",
            kind="scale", share=0.82, choices={"1": 10, "2": 22, "3": 34, "4": 26, "5": 8},
        ),
        Asked(
            text="What would you say about how this was asked?", share=0.31,
            is_about_process=True,
            opinions=(
                Opinion(theme="Too broad", weight=4, ways=(
                    "The questions are so broad that any answer fits.",
                    "Say what could be decided, and we can say what we think of it.",
                )),
                Opinion(theme="Glad to be asked", weight=3, ways=(
                    "It is good to be asked; tell us what became of it.",
                    "The meetings were better than the form.",
                )),
            ),
        ),
    ),
    groups={
        "gp": 34, "practice_staff": 12, "patient": 22, "nhs": 14, "vcse": 7, "council": 5, "other": 6,
    },
    organisations=168,
    loudest=6,
    repeats=14,
    held=2,
    campaigns=(
        Campaign(
            people=38, question=0, themes=("Continuity of care",),
            words="Keep our family doctor. We want to see somebody who knows us and whom we know,"
            " near where we live, and not a different face each time.",
        ),
    ),
)  # fmt: skip
"""The Call to Action for general practice."""

NEAR_HOME = Script(
    questions=(
        Asked(
            text="What would your practice or group need for more care near home?", share=0.97,
            hint="Say what would have to be there before anything moves.",
            opinions=(
                Opinion(theme="Workload", weight=8, ways=(
                    "Blood tests that the hospital stops must not come to us without a nurse.",
                    "One shared team for home visits would free a morning a week.",
                )),
                Opinion(theme="Workforce", weight=6, ways=(
                    "Two partners retire within the year and nobody has applied.",
                    "We could take students if somebody paid for the room.",
                )),
                Opinion(theme="Premises", weight=5, ways=(
                    "The branch surgery cannot take more patients without another two rooms.",
                    "Our lease ends before the plan begins.",
                )),
                Opinion(theme="Patients", weight=5, ways=(
                    "Patients without a car cannot reach the proposed hub.",
                    "Say in plain words what changes, before it changes.",
                )),
            ),
        ),
        Asked(
            text="How much would the plan help you? 1 is not at all, 5 is very much.",
            kind="scale", share=0.88, choices={"1": 10, "2": 22, "3": 34, "4": 24, "5": 10},
        ),
        Asked(
            text="What could we do better when we ask you?", share=0.4, is_about_process=True,
            opinions=(
                Opinion(theme="Papers too late", weight=3, ways=(
                    "Send the draft a fortnight before and not with the question.",
                    "Eighty pages are too many; two with the money in them would do.",
                )),
            ),
        ),
    ),
    groups={"gp": 40, "practice_staff": 20, "patient": 25, "vcse": 10, "unknown": 5},
    organisations=6,
    loudest=3,
    repeats=2,
    held=1,
)  # fmt: skip
"""What the everyday plans ask."""
