"""Who answers a consultation of the demonstration and with what, thrown by dice. Pure."""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from readiness.demonstration.scripts import Asked, Opinion, Script

ORGANISED = {
    "practice_staff": "Practice",
    "pcn": "Network",
    "vcse": "Charity",
    "council": "Council",
}
"""In whose name an organisation answers; the others answer as another part of the NHS."""
BODY = "Health body"

NAMED_SHARE = 0.6
"""So many leave an email, by which a second answer is known."""
TWO_OPINIONS = 0.3
DETAILS = (
    "We look after {0:,} patients.",
    "Our list has {0:,} patients and {1} doctors.",
    "In our area {0:,} people are registered with {1} practices.",
    "There are {0:,} of us on the list.",
)
"""A sentence that is nobody else's, so that only campaigns have the same words."""
DETAILS_OF_PATIENTS = (
    "I have been with my practice for {1} years and live {0:,} yards away.",
    "My practice has {0:,} patients, I am told.",
)

HELD = (
    ("Names a patient", "Mrs Example of 1 Example Street was told to wait until spring.", ()),
    ("A telephone number", "Ring me on 01632 960123 and I will tell you the rest.", ("phone",)),
    ("An attack on a named person", "Your Mr Example is an idiot and should go.", ("abuse",)),
)
"""Why a response is held back, what it says, and what a machine found in it."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """An answer to one question, by its place in the script."""

    question: int
    text: str = ""
    choice: str = ""
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One response; ``again`` is the place of the earlier response of the same respondent."""

    number: int
    group: str
    organisation: str
    email: str
    share: float
    answers: tuple[Said, ...]
    again: int | None = None
    held: str = ""
    concerns: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return "organisation" if self.organisation else "individual"


def replies(rng: random.Random, script: Script, number: int, *, about: str) -> list[Reply]:
    """So many responses, ``repeats`` and those of the loudest organisation among them, in the order
    in which they came. ``about`` tells the addresses of one consultation from another's."""
    firsts = number - script.repeats - (script.loudest - 1)
    campaigns = _who_joins(rng, script, firsts)
    groups = list(script.groups)
    weights = list(accumulate(script.groups.values()))
    made: list[Reply] = []
    organisations = set(rng.sample(range(firsts), script.organisations))
    for place in range(firsts):
        group = rng.choices(groups, cum_weights=weights)[0]
        organisation = ""
        if place in organisations:
            group = rng.choice([*ORGANISED, "nhs"])
            organisation = f"{ORGANISED.get(group, BODY)} {place + 1:04d} (synthetic)"
        made.append(
            Reply(
                number=place,
                group=group,
                organisation=organisation,
                email=_email(rng, about, place, always=bool(organisation)),
                share=rng.betavariate(1.3, 1.0),
                answers=tuple(_answers(rng, script, group, campaigns.get(place))),
            )
        )
    made += _again(rng, script, made)
    made = sorted(made, key=lambda one: (one.share, one.number))
    return _with_held(rng, script, made)


def _email(rng: random.Random, about: str, place: int, *, always: bool) -> str:
    named = rng.random() < NAMED_SHARE
    return f"{about}.{place + 1:04d}@example.org" if always or named else ""


def _who_joins(rng: random.Random, script: Script, firsts: int) -> Mapping[int, int]:
    """Place of a response -> the campaign whose words it sends."""
    joining = rng.sample(range(firsts), sum(one.people for one in script.campaigns))
    which = [place for place, one in enumerate(script.campaigns) for _ in range(one.people)]
    return dict(zip(joining, which, strict=True))


def _answers(
    rng: random.Random, script: Script, group: str, campaign: int | None
) -> Iterator[Said]:
    """What one response says; who joins a campaign says its words and ticks what there is to tick."""
    for place, asked in enumerate(script.questions):
        if campaign is not None and asked.kind == "text":
            words = script.campaigns[campaign]
            if words.question == place:
                yield Said(question=place, text=words.words, themes=tuple(words.themes))
        elif rng.random() < asked.share:
            yield _answer(rng, place, asked, group)


def _answer(rng: random.Random, place: int, asked: Asked, group: str) -> Said:
    if asked.choices is not None:
        options, weights = list(asked.choices), list(asked.choices.values())
        return Said(question=place, choice=rng.choices(options, weights)[0])
    held: list[Opinion] = rng.choices(asked.opinions, [one.weight for one in asked.opinions])
    if rng.random() < TWO_OPINIONS:
        held += rng.choices(asked.opinions, [one.weight for one in asked.opinions])
    themes = tuple(dict.fromkeys(one.theme for one in held))
    ways = dict.fromkeys(rng.choice(one.ways) for one in held)
    return Said(question=place, text=" ".join((*ways, _detail(rng, group))), themes=themes)


def _detail(rng: random.Random, group: str) -> str:
    sentences = DETAILS_OF_PATIENTS if group in {"patient", "unknown"} else DETAILS
    return rng.choice(sentences).format(rng.randint(1_200, 19_900), rng.randint(2, 48))


def _again(rng: random.Random, script: Script, made: Sequence[Reply]) -> Iterator[Reply]:
    """Second answers of people who left an address, and all those of the loudest organisation."""
    people = [one for one in made if one.email and not one.organisation]
    loudest = next(one for one in made if one.organisation)
    wanted = rng.sample(people, script.repeats) + [loudest] * (script.loudest - 1)
    for number, one in enumerate(wanted, start=len(made)):
        yield replace(
            one,
            number=number,
            share=one.share + (1 - one.share) * rng.random(),
            answers=tuple(_answers(rng, script, one.group, None)),
            again=one.number,
        )


def _with_held(rng: random.Random, script: Script, made: Sequence[Reply]) -> list[Reply]:
    """The same with a few whose words a person has to hold back."""
    first_words = next(place for place, one in enumerate(script.questions) if one.kind == "text")
    again = {one.again for one in made if one.again is not None}
    free = [
        place for place, one in enumerate(made) if one.again is None and one.number not in again
    ]
    held = list(made)
    for number, place in enumerate(sorted(rng.sample(free, script.held))):
        why, words, concerns = HELD[number % len(HELD)]
        answers = (Said(question=first_words, text=words),)
        held[place] = replace(made[place], answers=answers, held=why, concerns=concerns)
    return held


def day_of(reply: Reply, *, first: dt.date, last: dt.date) -> dt.date:
    """The day on which it came, between the first and the last."""
    return first + dt.timedelta(days=int(min(reply.share, 0.999) * ((last - first).days + 1)))
