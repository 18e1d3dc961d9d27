"""What so many responses say, counted by who says it: each organisation, person and campaign once.

Pure. A tally never adds up responses: whoever answers twice counts once, and the words of a campaign
are one view, however many people sent them (``consultations.rules.respondents``).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from consultations.rules.respondents import Voice, campaigns_among, speakers

Key = TypeVar("Key", bound=Hashable)

MANY = 500
"""Above so many responses somebody from outside should read them, as was done with the 521 responses
to the Call to Action for general practice. No rule says so: it is this service's own line."""


def needs_analyst(responses: int, analyst: str) -> bool:
    """Whether so many responses came that somebody independent should be named, and nobody is."""
    return responses > MANY and not analyst.strip()


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One cleared response: its number, who sent it, as what, and the day on which it came."""

    response: int
    voice: Voice
    group: str
    received_on: date


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Who said something. ``people`` are those in words of their own, ``campaigns`` the texts that
    several sent; ``in_campaigns`` are the people who sent nothing but such a text."""

    organisations: int = 0
    people: int = 0
    campaigns: int = 0
    in_campaigns: int = 0
    responses: int = 0

    @property
    def once(self) -> int:
        """Each organisation, person and campaign once: what charts draw and lists are sorted by."""
        return self.organisations + self.people + self.campaigns


NOBODY = Tally()

_ORGANISATION, _PERSON, _CAMPAIGN = range(3)


@dataclass(frozen=True, slots=True)
class _Said:
    """Who speaks in one response, and the view that it counts as."""

    kind: int
    who: int
    view: int


class Room:
    """Everybody whose response was cleared, to be asked who is among some of the responses."""

    def __init__(self, sent: Sequence[Sent]) -> None:
        self.sent = sent
        voices = [one.voice for one in sent]
        heard = speakers(voices)
        campaigns = campaigns_among(voices, heard)
        own = {
            who
            for voice, (_, who) in zip(voices, heard, strict=True)
            if voice.fingerprint not in campaigns
        }
        numbers: dict[str, int] = {}
        self._said: dict[int, _Said] = {}
        for one, (is_organisation, who) in zip(sent, heard, strict=True):
            speaker = numbers.setdefault(who, len(numbers))
            if is_organisation or who in own:
                kind = _ORGANISATION if is_organisation else _PERSON
                self._said[one.response] = _Said(kind, speaker, speaker)
            else:
                text = f"campaign {one.voice.fingerprint}"
                view = numbers.setdefault(text, len(numbers))
                self._said[one.response] = _Said(_CAMPAIGN, speaker, view)

    def tallies(self, found: Iterable[tuple[Key, int]]) -> dict[Key, Tally]:
        """Who is behind each key, of pairs of a key and a response; others than the room's are left out."""
        who: defaultdict[Key, tuple[set[int], set[int], set[int], set[int], set[int]]]
        who = defaultdict(lambda: (set(), set(), set(), set(), set()))
        for key, response in found:
            said = self._said.get(response)
            if said is None:
                continue
            sets = who[key]
            sets[said.kind].add(said.view)
            if said.kind == _CAMPAIGN:
                sets[3].add(said.who)
            sets[4].add(response)
        return {
            key: Tally(
                organisations=len(sets[_ORGANISATION]),
                people=len(sets[_PERSON]),
                campaigns=len(sets[_CAMPAIGN]),
                in_campaigns=len(sets[3]),
                responses=len(sets[4]),
            )
            for key, sets in who.items()
        }

    def once(self, found: Iterable[tuple[Key, int]]) -> dict[Key, int]:
        """The same where only the number of each organisation, person and campaign once is wanted."""
        views: defaultdict[Key, set[int]] = defaultdict(set)
        for key, response in found:
            said = self._said.get(response)
            if said is not None:
                views[key].add(said.view)
        return {key: len(numbers) for key, numbers in views.items()}

    def groups(self) -> Mapping[int, str]:
        """Response -> what its respondent is."""
        return {one.response: one.group for one in self.sent}

    def first_days(self) -> dict[date, int]:
        """How many organisations and people answered for the first time on each day."""
        first: dict[int, date] = {}
        for one in self.sent:
            who = self._said[one.response].who
            first[who] = min(first.get(who, one.received_on), one.received_on)
        days: defaultdict[date, int] = defaultdict(int)
        for day in first.values():
            days[day] += 1
        return dict(sorted(days.items()))
