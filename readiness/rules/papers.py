"""What is on paper about one plan on one day, as the rules read it. Standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version of the plan dated on or before the day.

    `mentions` counts how often its text names each category; None where no text is recorded.
    `public_on` is the day on which anybody could read it, None while nobody could.
    """

    id: int
    title: str
    dated_on: date
    is_final: bool = False
    public_on: date | None = None
    mentions: Mapping[str, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A version was shown to an organisation on or before the day.

    `working_days` lie between the showing and the submission of the plan (the day of showing not
    counted, that of submission counted; England's bank holidays are no working days).
    """

    version_id: int
    organisation_id: int
    shown_on: date
    working_days: int


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """A Health and Wellbeing Board leads the plan (`leads`) or gave a written opinion."""

    organisation_id: int
    leads: bool
    given_on: date


@dataclass(frozen=True, kw_only=True)
class GroupReason:
    """Why a required group, given by its category, was not engaged."""

    category: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Activity:
    """A line of the tailored engagement plan; `done_on` is None or on or before the day."""

    title: str
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Specialist advice that the plan needs. `heard_on` is the first day on which the college was
    heard for this plan; None where it was not, or where no college is named."""

    specialty: str
    college_id: int | None = None
    college_name: str = ""
    heard_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """Another footprint with a plan of the same round that shares an LMC or a trust with this one.

    `shared` names those; `joint_events` are ids of events that happened and are credited to both.
    """

    code: str
    name: str
    shared: tuple[str, ...]
    joint_events: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Triage:
    """The decision whether a formal consultation is needed, taken on or before the day."""

    decided_on: date
    formal_needed: bool
    reason: str
    decided_by: str


@dataclass(frozen=True, kw_only=True)
class Consultation:
    """A consultation that had opened by the day.

    `working_days` counts the days from opening to closing, both inclusive, that are working days
    in England. `pack_lacking` names the parts of the reasons pack that are not there, `tests_lacking`
    those of the five tests of a major service change that nothing shows to be met. `must_ask` counts
    the organisations and groups that had to be asked, `not_asked` names those that were not while it
    was open. Dates after the day are kept: they are plans.
    """

    title: str
    is_formal: bool
    opens_on: date
    closes_on: date
    working_days: int
    options_open: bool = False
    pack_lacking: tuple[str, ...] = ()
    time_reason: str = ""
    themes: int = 0
    themes_answered: int = 0
    report_on: date | None = None
    heard_on: date | None = None
    decision_on: date | None = None
    is_major_change: bool = False
    tests_lacking: tuple[str, ...] = ()
    must_ask: int = 0
    not_asked: tuple[str, ...] = ()
    dropped_on: date | None = None

    def is_dropped(self, as_at: date) -> bool:
        """Whether it had been given up by the day."""
        return self.dropped_on is not None and self.dropped_on <= as_at

    def is_closed(self, as_at: date) -> bool:
        """Whether its last day is over; on that day people can still answer."""
        return self.closes_on < as_at

    def is_decided(self, as_at: date) -> bool:
        """Whether the decision that it was about has been taken by the day."""
        return self.decision_on is not None and self.decision_on <= as_at


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """Something promised to general practice; `done_on` is None or on or before the day."""

    text: str
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """A reviewer's judgement whether the plan says something explicitly, and in which section."""

    subject: str
    section: str
    is_explicit: bool


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What an organisation named in a record of this plan says of it.

    `is_open`: a dispute that has not come to its end. `is_replied`: the managers answered it.
    `is_stated`: a dispute that a reviewer closed as a disagreement which stays beside the record.
    """

    event_id: int
    event_title: str
    organisation_id: int
    organisation_name: str
    category: str
    disputed: bool
    answered_on: date
    is_open: bool = False
    is_replied: bool = False
    is_stated: bool = False


@dataclass(frozen=True, kw_only=True)
class Excepted:
    """A named exception in force on the day."""

    id: int
    key: str
    reason: str
    approver: str
    starts_on: date
    expires_on: date


@dataclass(frozen=True, kw_only=True)
class Papers:
    """Everything on paper about a plan. Order within the tuples means nothing.

    `working_days_left` counts the working days from the day to the submission as `Shown` counts
    them for a version shown on that day (0 after it); None where the plan has no date of submission.
    `withdrawn` counts the events credited to the plan that were withdrawn since.
    """

    versions: tuple[Version, ...] = ()
    shown: tuple[Shown, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    group_reasons: tuple[GroupReason, ...] = ()
    activities: tuple[Activity, ...] = ()
    advice: tuple[Advice, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    triages: tuple[Triage, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    answers: tuple[Answered, ...] = ()
    exceptions: tuple[Excepted, ...] = ()
    working_days_left: int | None = None
    withdrawn: int = 0

    def versions_by(self, as_at: date) -> list[Version]:
        """Versions dated on or before the day, oldest first."""
        dated = (version for version in self.versions if version.dated_on <= as_at)
        return sorted(dated, key=lambda version: (version.dated_on, version.id))

    def consultations_by(self, as_at: date) -> list[Consultation]:
        """Consultations that had opened by the day, oldest first."""
        opened = (one for one in self.consultations if one.opens_on <= as_at)
        return sorted(opened, key=lambda one: (one.opens_on, one.closes_on, repr(one)))
