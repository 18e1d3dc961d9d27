"""The register of consultations: what is in it for whom, and what one of its pages shows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from consultations.access import consultations_visible_to
from consultations.models import Survey, Theme
from consultations.rules.register import Course, Status
from plans.access import plans_visible_to
from plans.membership import members
from plans.models import Consultation, MustAsk, Plan, Triage
from plans.queries.above import told
from plans.rules.asked import Wanted, asked_on


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the reader asked for; empty asks for everything. ``plan`` is a code."""

    status: str = ""
    plan: str = ""

    @property
    def any(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.status or self.plan)


def registered(user: User | None, *, filters: Filters, today: dt.date) -> QuerySet[Consultation]:
    """The consultations that stand and that ``user`` may know of, those that opened last first."""
    found = consultations_visible_to(user, today=today).filter(withdrawn_at__isnull=True)
    if filters.plan:
        found = found.filter(plan__code=filters.plan)
    if filters.status:
        found = found.filter(having(Status(filters.status), today))
    return found.select_related("plan__footprint", "consultations_survey").order_by(
        "-opens_on", "-pk"
    )


def having(status: Status, today: dt.date) -> Q:
    """The rows that ``rules.register.status`` gives this status on the day."""
    over, dropped = Q(closes_on__lt=today), Q(dropped_on__lte=today)
    goes_on = Q(dropped_on__isnull=True) | Q(dropped_on__gt=today)
    out, not_out = Q(heard_on__lte=today), Q(heard_on__isnull=True) | Q(heard_on__gt=today)
    return {
        Status.PLANNED: goes_on & Q(opens_on__gt=today),
        Status.OPEN: goes_on & Q(opens_on__lte=today, closes_on__gte=today),
        Status.ANALYSING: goes_on & over & not_out & Q(report_expected=True),
        Status.REPORT_OUT: goes_on & over & out,
        Status.NO_REPORT: goes_on & over & not_out & Q(report_expected=False),
        Status.DROPPED: dropped,
    }[status]


def course_of(row: Consultation) -> Course:
    """Its dates as the rule reads them."""
    return Course(
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        report_out_on=row.heard_on,
        report_expected=row.report_expected,
        dropped_on=row.dropped_on,
    )


def plans_registered(user: User | None, *, today: dt.date) -> dict[str, str]:
    """Code -> title of the plans that have a consultation in this reader's register, and of those in
    the reader's scope, which may have none; one query beside those of the scope."""
    visible = consultations_visible_to(user, today=today).filter(withdrawn_at__isnull=True)
    listed = Q(pk__in=visible.order_by().values("plan"))
    if user is not None:
        listed |= Q(pk__in=plans_visible_to(user, today=today).values("pk"))
    plans = Plan.objects.filter(listed).order_by("title")
    return dict(plans.values_list("code", "title"))


def consultation_to_read(user: User | None, pk: int, *, today: dt.date) -> Consultation | None:
    """The consultation, if the reader may know of it; a withdrawn one only inside its plan's scope."""
    found = consultations_visible_to(user, today=today).filter(pk=pk)
    return found.select_related("plan__footprint", "consultations_survey").first()


def survey_of(row: Consultation) -> Survey | None:
    """The form of a consultation that was read with it; None where it has none."""
    return getattr(row, "consultations_survey", None)


def tells_what_it_did(plan: Plan) -> bool:
    """Whether anything of what was said about the plan, and done about it, is published."""
    return Theme.objects.filter(
        plan=plan, published_at__isnull=False, merged_into__isnull=True
    ).exists()


def newest_triage(plan: Plan, *, today: dt.date) -> Triage | None:
    """The decision whether the plan needs a formal consultation, as it stands."""
    found = Triage.objects.standing().filter(plan=plan, decided_on__lte=today)
    return found.order_by("-decided_on", "-formal_needed", "-pk").first()


@dataclass(frozen=True, kw_only=True)
class Own:
    """An organisation of the reader that must be asked, by its name or with everybody of its kind."""

    asked_on: dt.date | None
    how: str


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Somebody who must be asked. ``asked_on``: typed by a manager, or else the first day on record.

    ``how`` is what is on record, in words. Of a category, ``number`` belong to it in the footprint,
    and ``reached`` of them are on record as asked. ``own`` are those of the reader's organisations
    that it speaks of.
    """

    row: MustAsk
    asked_on: dt.date | None
    how: str = ""
    number: int = 0
    reached: int = 0
    own: Sequence[Own] = ()


@dataclass(frozen=True, kw_only=True)
class OnRecord:
    """What the record says of one organisation and one consultation: since when, and by what."""

    on: dt.date
    how: str


def must_ask(
    consultation: Consultation, *, today: dt.date, ours: Collection[int] = ()
) -> list[Asking]:
    """Everybody who must be asked, and whether they were, by what a manager typed or the record says.

    ``ours`` are the organisations for which the reader answers.
    """
    rows = list(
        MustAsk.objects.standing()
        .filter(consultation=consultation)
        .select_related("organisation")
        .order_by("category", "organisation__name", "pk")
    )
    if not rows:
        return []
    found = told("asked-on-record", consultation=consultation, today=today)
    day = min(today, consultation.closes_on)
    belonging: defaultdict[str, set[int]] = defaultdict(set)
    for member in members(day=day, footprint_ids=[consultation.plan.footprint_id]):
        belonging[member.category].add(member.organisation_id)
    known = {"on_record": {pk: one.on for pk, one in found.items()}, "belonging": belonging}

    def asking(row: MustAsk) -> Asking:
        asked = asked_on(_wanted(row), by=today, **known)
        spoken_of = {row.organisation_id} if row.organisation_id else belonging[row.category]
        own = [
            Own(asked_on=asked_on(one, by=today, **known).on, how=_how(one, found))
            for one in (_wanted(row, organisation=pk) for pk in sorted(spoken_of & set(ours)))
        ]
        return Asking(
            row=row,
            asked_on=asked.on,
            how=_how(_wanted(row), found),
            number=asked.number,
            reached=asked.reached,
            own=own,
        )

    return [asking(row) for row in rows]


def _wanted(row: MustAsk, *, organisation: int | None = None) -> Wanted:
    """The row as the rule reads it, or one ``organisation`` of its category."""
    one = organisation or row.organisation_id
    return Wanted(organisation=one, category="" if one else row.category, by_hand=row.asked_on)


def _how(wanted: Wanted, found: Mapping[int, OnRecord]) -> str:
    record = found.get(wanted.organisation or 0)
    return record.how if record and not wanted.by_hand else ""


def must_ask_row(consultation: Consultation, pk: int) -> MustAsk | None:
    """One that stands, of this consultation."""
    rows = MustAsk.objects.standing().filter(consultation=consultation, pk=pk)
    return rows.select_related("organisation").first()
