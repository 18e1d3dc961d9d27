"""Attendance lists that were sent, and what the register and the record say about their rows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Count, Min, Q, QuerySet

from accounts.models import User
from engagement.models import AttendanceImport, AttendanceRow, Event, EventPlan, Participation
from engagement.models.events import Status
from engagement.rules.answers import usual_capacity
from engagement.rules.attendance_columns import plain
from engagement.rules.attendance_known import Body, Held, alike, compact, name_alone
from files.models import StoredFile
from files.reading.sheets_limits import letters
from jobs.models import JobRun
from plans.access import plans_managed_by
from stakeholders.models import OpenPeriod, Organisation, Succession
from stakeholders.rules import search_text

DID_NOT_HAPPEN = "The record says that this event did not happen. Change the record first"
WITHDRAWN = "This record was withdrawn, so nothing can be added to it"
NOT_ALL_YOURS = "This record counts for plans that you do not manage, so you cannot change it"
COLUMNS = ("pk", "code", "name", "postcode", "category")


def lists_of(user: User, *, today: dt.date) -> QuerySet[AttendanceImport]:
    """The lists sent for the plans that ``user`` manages, newest first."""
    managed = plans_managed_by(user, today=today).values("pk")
    found = AttendanceImport.objects.filter(plan__in=managed)
    return found.select_related("plan__footprint", "event", "uploaded_by", "file")


def same_file_before(one: AttendanceImport) -> AttendanceImport | None:
    """The newest earlier list of the same bytes for the same plan that was not refused."""
    earlier = AttendanceImport.objects.filter(
        plan=one.plan_id, file=one.file_id, event=one.event_id, pk__lt=one.pk
    )
    found = earlier.exclude(state=AttendanceImport.State.REFUSED)
    return found.select_related("uploaded_by").first()


def of_this_file(
    stored: StoredFile, *, plan_id: int, event: Event | None
) -> AttendanceImport | None:
    """The newest list of these bytes for the plan and event that was not refused."""
    found = AttendanceImport.objects.filter(file=stored, plan=plan_id, event=event)
    return found.exclude(state=AttendanceImport.State.REFUSED).first()


def run_of(one: AttendanceImport) -> JobRun | None:
    """The newest run that works on the list."""
    return JobRun.objects.filter(pk=one.run_id).first() if one.run_id else None


def headings_of(one: AttendanceImport) -> list[str]:
    """The headings of the list as they were typed, or the letters of its columns."""
    sheets = one.found.get("sheets", [])
    if not sheets:
        return []
    sheet = sheets[min(one.mapping.get("sheet", 0), len(sheets) - 1)]
    top, at = sheet["top"], one.mapping.get("header", sheet["header"])
    width = max((len(row) for row in top), default=0)
    headings = top[at] if at < len(top) else []
    return [
        headings[column] if column < len(headings) and headings[column] else letters(column)
        for column in range(width)
    ]


def first_day(one: AttendanceImport) -> dt.date | None:
    """The first day that any row of the list speaks of."""
    found: dt.date | None = one.rows.aggregate(first=Min("held_on"))["first"]
    return found


def counts_of(one: AttendanceImport) -> dict[str, int]:
    """Result -> rows; one query."""
    rows = one.rows.order_by().values_list("result").annotate(number=Count("pk"))
    return dict(rows)


def rows_of(one: AttendanceImport, *results: str) -> QuerySet[AttendanceRow]:
    """Rows of these results in the file's order."""
    return one.rows.filter(result__in=results).order_by("number", "pk")


def events_in(one: AttendanceImport) -> list[tuple[str, dt.date, int, int]]:
    """Title, day, organisations and rows of each event that matched rows name, oldest first."""
    rows = one.rows.filter(result=AttendanceRow.Result.MATCHED).order_by()
    found = rows.values_list("event_title", "held_on").annotate(
        organisations=Count("organisation", distinct=True), number=Count("pk")
    )
    return sorted(found, key=lambda row: (row[1] or dt.date.min, row[0]))


def names_not_matched(one: AttendanceImport) -> list[tuple[str, str, int]]:
    """The names of organisations that no row could place: as keyed, as first written, in how many rows."""
    rows = one.rows.filter(result=AttendanceRow.Result.UNMATCHED).order_by("number", "pk")
    found: dict[str, tuple[str, int]] = {}
    for name in rows.values_list("name", flat=True):
        first, number = found.get(plain(name), (name, 0))
        found[plain(name)] = (first, number + 1)
    return sorted(
        ((key, name, number) for key, (name, number) in found.items() if key),
        key=lambda row: (-row[2], row[1]),
    )


def candidates_for(names: Iterable[str], *, limit: int = 6) -> dict[str, list[tuple[int, str]]]:
    """Organisations whose name, code or postcode begins with the words of each name; one query."""
    wanted = {name: search_text(name_alone(name) or name).split()[:8] for name in names}
    clauses = Q()
    for words in wanted.values():
        if words:
            clauses |= _all_of(words)
    if not clauses:
        return {}
    rows = Organisation.objects.filter(clauses).order_by("name", "code")
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for pk, name, code, postcode, text in rows.values_list(
        "pk", "name", "code", "postcode", "search_text"
    )[:500]:
        for asked, words in wanted.items():
            fits = words and all(f" {word}" in text for word in words)
            if fits and len(found[asked]) < limit:
                found[asked].append((pk, f"{name} ({code}{', ' + postcode if postcode else ''})"))
    return dict(found)


def ids_by_code(codes: Collection[str]) -> dict[str, int]:
    """Organisations of the register by these codes; one query, or none."""
    if not codes:
        return {}
    return dict(Organisation.objects.filter(code__in=codes).values_list("code", "pk"))


def _all_of(words: Iterable[str]) -> Q:
    clause = Q()
    for word in words:
        clause &= Q(search_text__contains=f" {word}")
    return clause


def bodies(
    codes: Collection[str], postcodes: Collection[str], ids: Collection[int]
) -> tuple[dict[str, Body], dict[tuple[str, str], list[Body]], dict[int, Body]]:
    """Organisations by code, by plain name and postcode, and by id; four queries at most."""
    with_blank = {f"{one[:-3]} {one[-3:]}" for one in postcodes if len(one) > 3}
    wanted = Q(code__in=codes) | Q(pk__in=ids) | Q(postcode__in={*postcodes, *with_blank})
    rows = list(Organisation.objects.filter(wanted).order_by("pk").values_list(*COLUMNS))
    pks = [row[0] for row in rows]
    spans: dict[int, list[tuple[dt.date, dt.date | None]]] = defaultdict(list)
    for pk, start, end in OpenPeriod.objects.filter(organisation__in=pks).values_list(
        "organisation_id", "valid_from", "valid_to"
    ):
        spans[pk].append((start, end))
    closed = [pk for pk in pks if all(end is not None for _, end in spans[pk])]
    heirs: dict[int, list[str]] = defaultdict(list)
    if closed:
        for one in Succession.objects.filter(predecessor__in=closed).select_related("successor"):
            heirs[one.predecessor_id].append(str(one.successor))
    found = {
        pk: Body(
            id=pk,
            code=code,
            name=name,
            capacity=usual_capacity(category, holds_commissioner_post=False),
            spans=tuple(spans[pk]),
            successors=tuple(heirs.get(pk, ())),
        )
        for pk, code, name, _, category in rows
    }
    by_name: dict[tuple[str, str], list[Body]] = defaultdict(list)
    for pk, _, name, postcode, _ in rows:
        by_name[plain(name), compact(postcode)].append(found[pk])
    return {one.code: one for one in found.values()}, dict(by_name), found


def held(event: Event) -> Held:
    """One event as its list sees it."""
    return Held(
        id=event.pk,
        title=event.title,
        held_on=event.held_on,
        is_planned=event.status == Status.PLANNED,
        why_not=_why_not(event, yours=True),
    )


def events_by_name(
    plan_id: int, days: Collection[dt.date], *, by: User, today: dt.date
) -> dict[tuple[str, dt.date], Held]:
    """What is recorded for the plan on these days, by plain title and day; two queries."""
    if not days:
        return {}
    found = Event.objects.filter(
        credits__plan=plan_id, held_on__in=days, withdrawn_at__isnull=True
    ).prefetch_related("credits")
    managed = set(plans_managed_by(by, today=today).values_list("pk", flat=True))
    return {
        (plain(event.title), event.held_on): Held(
            id=event.pk,
            title=event.title,
            held_on=event.held_on,
            is_planned=event.status == Status.PLANNED,
            why_not=_why_not(event, yours={one.plan_id for one in event.credits.all()} <= managed),
        )
        for event in found.order_by("-pk")
    }


def parts_of(event_ids: Collection[int]) -> dict[tuple[int, int], dict[str, str]]:
    """(event, organisation) -> person as ``alike`` writes the name -> outcome; one query."""
    found: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    if event_ids:
        rows = Participation.objects.filter(event__in=event_ids)
        for event, organisation, person, outcome in rows.values_list(
            "event_id", "organisation_id", "person__name", "outcome"
        ):
            found[event, organisation][alike(person or "")] = outcome
    return dict(found)


def outside_period(one: AttendanceImport) -> bool:
    """Whether a new event of the list lies outside the plan's time, so that a reason is needed."""
    if one.event_id is not None:
        return False
    rows = one.rows.filter(result=AttendanceRow.Result.MATCHED)
    late = Q(held_on__lt=one.plan.starts_on) | Q(held_on__gt=one.plan.submission_on)
    return bool(rows.filter(late).exists())


def plans_credited(event_ids: Collection[int]) -> dict[int, list[int]]:
    """Event -> the plans it counts for."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = EventPlan.objects.filter(event__in=event_ids).order_by("event", "plan")
    for event, plan in rows.values_list("event_id", "plan_id"):
        found[event].append(plan)
    return dict(found)


def _why_not(event: Event, *, yours: bool) -> str:
    if event.withdrawn_at is not None:
        return WITHDRAWN
    if event.status in (Status.CANCELLED, Status.TRIED):
        return DID_NOT_HAPPEN
    return "" if yours else NOT_ALL_YOURS
