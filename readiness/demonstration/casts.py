"""Who there is in each plan's footprint, as ids, drawn from what was just written."""

from collections.abc import Sequence

from plans import reference
from plans.models import PlanType
from readiness.demonstration.people import People
from readiness.demonstration.register import Register, area_of
from readiness.demonstration.rounds import PlanToTell
from readiness.demonstration.scene import Cast, Locality


class Casting:
    """Makes the cast of one plan after another; what they share is worked out once."""

    def __init__(self, register: Register, people: People, *, never: str) -> None:
        """``never`` is the code of the LMC that nobody ever contacts."""
        self.register = register
        self.people = people
        self.never = never
        self.ids = {code: one.pk for code, one in register.organisations.items()}
        self.names = {one.pk: one.name for one in register.organisations.values()}
        self.speakers = {self.ids[code]: found for code, found in people.speakers.items()}
        self.patients = {self.ids[code]: one.patients for code, one in register.practices.items()}
        self.practices = _practices_by_footprint(register)

    def cast(self, told: PlanToTell) -> Cast:
        """The cast of one plan."""
        practices = self.practices[told.footprint]
        facts = [self.register.practices[code] for code in practices]
        lmcs = list(dict.fromkeys(one.lmc for one in facts))
        commissioners = list(dict.fromkeys(one.commissioner for one in facts))
        return Cast(
            area=told.plan.footprint.name,
            localities=self._localities(told, practices),
            lmcs=self._ids(lmcs),
            commissioners=self._ids(commissioners),
            others=self._others(told.footprint),
            patients=self.patients,
            names=self.names,
            speakers=self.speakers,
            board_gps=self._board_gps(commissioners, frozenset(practices)),
            never=frozenset(self._ids([code for code in lmcs if code == self.never])),
        )

    def _ids(self, codes: Sequence[str]) -> tuple[int, ...]:
        return tuple(self.ids[code] for code in codes)

    def _localities(self, told: PlanToTell, practices: Sequence[str]) -> tuple[Locality, ...]:
        """By commissioner in an STP, by network in a Neighbourhood Health Plan."""
        by_network = told.plan.plan_type == PlanType.NHP_2026
        groups: dict[str, list[str]] = {}
        for code in practices:
            facts = self.register.practices[code]
            groups.setdefault(facts.network if by_network else facts.commissioner, []).append(code)
        return tuple(
            Locality(
                name=area_of(self.register[code].name),
                practices=self._ids(members),
                network=self.ids[code] if by_network else None,
            )
            for code, members in groups.items()
        )

    def _others(self, footprint: str) -> dict[str, list[int]]:
        """Everybody else in the footprint by category, and the Royal Colleges, who are in none."""
        found = {"royal_college": [self.ids[row.code] for row in reference.colleges()]}
        for code, homes in self.register.homes.items():
            if footprint in homes:
                found.setdefault(self.register[code].category, []).append(self.ids[code])
        return found

    def _board_gps(
        self, commissioners: Sequence[str], practices: frozenset[str]
    ) -> tuple[tuple[int, int], ...]:
        return tuple(
            (self.ids[practice], person)
            for commissioner in commissioners
            for practice, person in self.people.board_gps[commissioner]
            if practice in practices
        )


def _practices_by_footprint(register: Register) -> dict[str, list[str]]:
    """Codes of the practices of every system and every place, in the register's order."""
    found: dict[str, list[str]] = {}
    for row in reference.commissioners():
        for code in register.practices_of[row.code]:
            away = register.practices[code].away
            found.setdefault(row.also_footprint if away else row.footprint, []).append(code)
    for place in reference.places():
        found[place.council_code] = [
            code
            for commissioner in place.commissioners
            for code in register.practices_of[commissioner]
        ]
    return found
