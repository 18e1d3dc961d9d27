"""What is true of one plan on one day: the input of every rule.

Standard library only. Queries build these; rules read them; nothing changes them.
"""

from dataclasses import dataclass, field
from datetime import date

from readiness.rules.papers import Papers

GP_PRACTICE = "gp_practice"
LMC = "lmc"
GP_CATEGORIES = frozenset({GP_PRACTICE, "pcn", LMC, "gp_federation"})
"""General practice in all its forms. A commissioner is never among them."""

OWN_VOICE = frozenset({"provider", "representative"})
"""Capacities in which general practice speaks for itself."""

COMMISSIONER = "commissioner"

TWO_WAY_LEVELS = frozenset({"consult", "involve", "collaborate", "empower"})
"""IAP2 levels above inform: the organisation could answer."""

DEEP_LEVELS = frozenset({"involve", "collaborate", "empower"})
"""IAP2 levels at which people help to shape the plan, not only comment on it."""

PLANNED, HAPPENED, TRIED = "planned", "happened", "tried"
"""Statuses of an event that can count for something; a cancelled one never does."""

TOOK_PART = frozenset({"attended", "responded"})
WAS_ASKED = frozenset({"invited", "attempted", "apologised", "no_show"})
TOLD = "informed"
"""Outcomes of a part: it took part, it was asked and did not, or it was only sent something."""

NO_RUNG, INFORMED, ATTEMPTED, HEARD = 0, 1, 2, 4
"""Rungs of the ladder that the record can prove so far (3, 5 and 6 need a document
shared, an answer given, a confirmation)."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """An organisation that belongs to the footprint on the day, and how far it was reached.

    `patients` is the registered list of a practice, None when nobody knows it.
    `lmc` is the LMC that represents a practice. Dates are those of events of this plan.
    """

    id: int
    code: str
    name: str
    category: str
    locality: str | None = None
    locality_name: str | None = None
    lmc: str | None = None
    patients: int | None = None
    rung: int = NO_RUNG
    first_heard: date | None = None
    last_heard: date | None = None
    last_attempt: date | None = None

    def heard_by(self, as_at: date) -> bool:
        """Whether it took part in two-way contact on or before the day."""
        heard = self.rung >= HEARD
        return heard and (self.first_heard is None or self.first_heard <= as_at)


@dataclass(frozen=True, kw_only=True)
class Contact:
    """One event credited to the plan that happened, and whom of general practice it reached.

    Counts are organisations. `own` took part as provider or representative body
    (`practices` and `lmcs` are parts of it), `proxy` as commissioner, `other` in any other
    capacity; `told` were only informed. Only an event at consult or above hears anybody.
    """

    event_id: int
    title: str
    held_on: date
    channel: str
    level: str
    own: int = 0
    practices: int = 0
    lmcs: int = 0
    proxy: int = 0
    other: int = 0
    told: int = 0

    @property
    def two_way(self) -> bool:
        """General practice was heard in its own voice."""
        return self.own > 0 and self.level in TWO_WAY_LEVELS

    @property
    def one_way(self) -> bool:
        """General practice was told something and could not answer."""
        return not self.two_way and self.told + self.own > 0

    @property
    def proxy_only(self) -> bool:
        """A commissioner took part where general practice did not speak for itself."""
        return not self.two_way and self.proxy > 0


@dataclass(frozen=True, kw_only=True)
class Part:
    """One organisation's part in one event credited to the plan, as it was recorded.

    `recorded_on` is the day on which the event was recorded: what lay ahead on the day counts as
    an attempt only if it was known by then. `counted_here` is false for an organisation whose home
    is another footprint: it is heard, and it is no contact of this plan.
    """

    event_id: int
    title: str
    held_on: date
    channel: str
    level: str
    status: str
    recorded_on: date
    organisation_id: int
    category: str
    capacity: str
    outcome: str
    counted_here: bool = True


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A stretch of the plan's work; both days belong to it."""

    name: str
    starts_on: date
    ends_on: date

    def contains(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A place on a body that decides about the plan, filled on the day."""

    body: str
    organisation_name: str
    category: str
    capacity: str


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """A formal arrangement with a partner, in force on the day; `group` is its category."""

    group: str
    organisation_name: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that the rules know about a plan. Order within the tuples means nothing.

    `disputed` are the parts that an open dispute takes out of `members` and `contacts`.
    """

    plan_id: int
    code: str
    plan_type: str
    starts_on: date | None = None
    first_draft_on: date | None = None
    submission_on: date | None = None
    next_planned_on: date | None = None
    phases: tuple[Phase, ...] = ()
    members: tuple[Member, ...] = ()
    contacts: tuple[Contact, ...] = ()
    seats: tuple[Seat, ...] = ()
    arrangements: tuple[Arrangement, ...] = ()
    disputed: tuple[Part, ...] = ()
    papers: Papers = field(default_factory=Papers)

    def of_category(self, category: str) -> list[Member]:
        """Members of one category in the order of their codes."""
        return sorted((m for m in self.members if m.category == category), key=lambda m: m.code)

    def contacts_by(self, as_at: date) -> list[Contact]:
        """Contacts on or before the day, oldest first; what lies ahead has not happened."""
        held = (contact for contact in self.contacts if contact.held_on <= as_at)
        return sorted(held, key=lambda contact: (contact.held_on, contact.event_id))

    def heard_contacts(self, as_at: date) -> list[Contact]:
        """Contacts by the day in which general practice was heard in its own voice."""
        return [contact for contact in self.contacts_by(as_at) if contact.two_way]
