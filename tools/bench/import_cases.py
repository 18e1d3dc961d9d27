"""The lists that ``imports`` brings in, their floors, and the world that they are brought into."""

import csv
import datetime as dt
import io
import tempfile
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from consultations.actions import response_imports, response_writing
from consultations.models import Answer, Respondent, Response, ResponseImport
from engagement.actions import attendance_lists, attendance_writing
from engagement.models import AttendanceImport, AttendanceRow, Participation, Question
from files import child
from files.actions import store
from files.models import StoredFile
from plans.models import Consultation, Footprint, Plan
from stakeholders.models import OpenPeriod, Organisation
from tests.files.workbooks import table, workbook

ROWS, EVENTS, WRONG = 10_000, 200, 315
RESPONSES, QUESTIONS = 4_000, 4
WORDS = "the plan says nothing of general practice and nobody asked the practices before it was written "
DAY = dt.date(2016, 2, 1)


Rows = Sequence[Sequence[object]]
Tables = Sequence[tuple[str, Rows]]


class Case(ABC):
    """One kind of file; each run of it is taken back."""

    what = ""

    def __init__(self) -> None:
        now = timezone.now()
        self.now, self.by = now, _manager()
        self.plan = _plan()

    def floor(self) -> float:
        """Seconds for a bare parse and a bare copy of as many rows."""
        began = time.perf_counter()
        self.parse()
        for name, rows in self.kept():
            _copy(name, rows)
        return time.perf_counter() - began

    @abstractmethod
    def parse(self) -> None:
        """A bare parse of the file."""

    @abstractmethod
    def kept(self) -> Tables:
        """The rows that a run keeps, by table."""


class Attendance(Case):
    what = f"of {ROWS:,} rows in {EVENTS} events"

    def __init__(self) -> None:
        super().__init__()
        self.organisations = _organisations(1_000)
        self.data = self._workbook()

    def _workbook(self) -> bytes:
        head: list[object] = [
            "Event",
            "Date",
            "Code",
            "Organisation",
            "Postcode",
            "Attendance",
            "Role",
            "Note",
            "Seq",
        ]
        rows: list[list[object]] = [head]
        for at in range(ROWS):
            event = at % EVENTS
            one = self.organisations[(at // EVENTS) * 17 % 1_000 + event % 7 - 7]
            code = "Z9Z9Z9" if at < WRONG else one.code
            day = (DAY + dt.timedelta(event)).isoformat()
            rows.append(
                [f"Forum {event}", day, code, one.name, "BL9 9XY", "present", "GP", "-", at]
            )
        return workbook(table(*rows))

    def parse(self) -> None:
        import python_calamine  # noqa: PLC0415 - only the floor reads in this process

        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            file.write(self.data)
            file.flush()
            with python_calamine.load_workbook(file.name) as book:
                self.rows = book.get_sheet_by_index(0).to_python()

    def kept(self) -> Tables:
        narrow = [[1, at, 7, "provider", "attended", "2016-02-01"] for at in range(ROWS - WRONG)]
        return (
            ("rows", [[at, *row] for at, row in enumerate(self.rows)]),
            ("parts", narrow),
            ("questions", [row[:3] for row in narrow]),
        )

    def subject(self) -> float:
        """Seconds from the kept file to the record: read, matched, previewed and written."""
        with transaction.atomic():
            one = attendance_lists.send_list(
                plan_id=self.plan.pk, event=None, stored=_stored(self.data, "xlsx", self.now),
                name="list.xlsx", form_key=uuid.uuid4(), by=self.by, now=self.now,
            )  # fmt: skip
            child.run_once.cache_clear()
            began = time.perf_counter()
            attendance_lists.read(run_id=_run(one), now=self.now)
            columns = {
                "event_title": 0,
                "event_date": 1,
                "code": 2,
                "organisation": 3,
                "outcome": 5,
            }
            said = {"sheet": 0, "header": 0, "columns": columns, "outcomes": {"present": "attended"},
                    "channel": "board", "level": "consult"}  # fmt: skip
            attendance_lists.say_columns(list_id=one.pk, mapping=said, by=self.by, now=self.now)
            attendance_lists.match(run_id=_run(one), now=self.now)
            attendance_writing.confirm_list(
                list_id=one.pk, period_reason="", by=self.by, now=self.now
            )
            attendance_writing.write(run_id=_run(one), now=self.now)
            taken = time.perf_counter() - began
            found = AttendanceImport.objects.get(pk=one.pk)
            _must(found.state == "done")
            _must(AttendanceRow.objects.filter(source=one).count() == ROWS)
            parts = Participation.objects.filter(event__credits__plan=self.plan).count()
            _must(parts + found.found["counts"].get("duplicate", 0) == ROWS - WRONG)
            _must(Question.objects.filter(event__credits__plan=self.plan).count() == parts)
            transaction.set_rollback(True)
        return taken


class Responses(Case):
    """Goal 10c: what is confirmed is written, as the prototype measured it."""

    what = f"of {RESPONSES:,} rows with {QUESTIONS} questions"
    from_its_file = False

    def __init__(self) -> None:
        super().__init__()
        self.consultation = Consultation.objects.create(
            plan=self.plan, title="Bench", is_formal=False, opens_on=DAY, closes_on=DAY + dt.timedelta(42),
            recorded_at=self.now, recorded_by=self.by,
        )  # fmt: skip
        kept = io.StringIO()
        writer = csv.writer(kept)
        writer.writerow(
            ["ID", "Email", *(f"Q{n} - What do you think of part {n}?" for n in range(QUESTIONS))]
        )
        for at in range(RESPONSES):
            writer.writerow(
                [at, f"p{at}@example.org", *(f"{at} {n} {WORDS * 2}" for n in range(QUESTIONS))]
            )
        self.data = kept.getvalue().encode()

    def parse(self) -> None:
        self.rows = list(csv.reader(io.StringIO(self.data.decode())))

    def kept(self) -> Tables:
        rows = self.rows[1:]
        return (
            (
                "respondents",
                [[at, *row[:2], "individual", "unknown"] for at, row in enumerate(rows)],
            ),
            (
                "responses",
                [
                    [at, row[0], "import", "2016-02-01", "waiting", uuid.uuid4().hex]
                    for at, row in enumerate(rows)
                ],
            ),
            (
                "answers",
                [[at, n, text] for at, row in enumerate(rows) for n, text in enumerate(row[2:])],
            ),
        )

    def subject(self) -> float:
        """Seconds for the writing, or from the kept file on: read, checked and written."""
        with transaction.atomic():
            one = response_imports.send_responses(
                consultation=self.consultation, stored=_stored(self.data, "txt", self.now),
                name="export.csv", by=self.by, now=self.now,
            )  # fmt: skip
            child.run_once.cache_clear()
            began = time.perf_counter()
            response_imports.read(run_id=_run(one), now=self.now)
            meanings = ["ident", "email", *["text"] * QUESTIONS]
            said = {"meanings": {str(at): meaning for at, meaning in enumerate(meanings)}}
            response_imports.say_response_columns(
                import_id=one.pk, mapping=said, by=self.by, now=self.now
            )
            response_imports.check(run_id=_run(one), now=self.now)
            response_imports.confirm_responses(import_id=one.pk, by=self.by, now=self.now)
            if not self.from_its_file:
                began = time.perf_counter()
            response_writing.write(run_id=_run(one), now=self.now)
            taken = time.perf_counter() - began
            _must(ResponseImport.objects.get(pk=one.pk).state == "done")
            ours = {"consultation": self.consultation}
            _must(Response.objects.filter(**ours).count() == RESPONSES)
            _must(Respondent.objects.filter(**ours).count() == RESPONSES)
            answers = Answer.objects.filter(response__consultation=self.consultation)
            _must(answers.count() == RESPONSES * QUESTIONS)
            transaction.set_rollback(True)
        return taken


class ResponsesFromTheirFile(Responses):
    from_its_file = True


def _must(holds: bool) -> None:  # noqa: FBT001 - what is measured has to be what was meant
    if not holds:
        message = "The import did not come to what it should have."
        raise RuntimeError(message)


def _manager() -> User:
    found = User.objects.filter(email="bench@example.org").first()
    return found or User.objects.create(email="bench@example.org", name="Bench")


def _plan() -> Plan:
    footprint, _ = Footprint.objects.get_or_create(
        code="BENCH", defaults={"name": "Bench", "opened_on": DAY}
    )
    plan, _ = Plan.objects.get_or_create(
        code="bench",
        defaults={
            "title": "Bench", "footprint": footprint, "plan_type": "stp_2016",
            "starts_on": DAY - dt.timedelta(30), "submission_on": DAY + dt.timedelta(300),
        },
    )  # fmt: skip
    return plan


def _organisations(number: int) -> list[Organisation]:
    made = Organisation.objects.bulk_create(
        Organisation(
            code=f"P{at:05d}", name=f"Surgery {at}", category="gp_practice", postcode="BL9 9XY"
        )
        for at in range(number)
    )
    OpenPeriod.objects.bulk_create(
        OpenPeriod(organisation=one, valid_from=dt.date(2000, 1, 1)) for one in made
    )
    return made


def _stored(data: bytes, kind: str, now: dt.datetime) -> StoredFile:
    upload = SimpleUploadedFile(f"list.{kind}", data)
    return store(upload, allowed=frozenset({kind}), limit=20 * 1024 * 1024, now=now)


def _run(one: AttendanceImport | ResponseImport) -> int:
    one.refresh_from_db()
    return one.run_id or 0


def _copy(name: str, rows: Rows) -> None:
    """As many rows into a table without an index, the quickest way that the database has."""
    width = max(len(row) for row in rows)
    columns = ", ".join(f"c{at} text" for at in range(width))
    with connection.cursor() as cursor:
        cursor.execute(f"drop table if exists bench_{name}")
        cursor.execute(f"create temporary table bench_{name} ({columns})")
        if connection.vendor == "sqlite":
            marks = ", ".join(["?"] * width)
            with transaction.atomic():
                cursor.cursor.connection.executemany(
                    f"insert into bench_{name} values ({marks})",  # noqa: S608 - our own names
                    [[str(cell) for cell in row] for row in rows],
                )
            return
        kept = io.StringIO()
        csv.writer(kept).writerows(rows)
        kept.seek(0)
        cursor.copy_expert(f"copy bench_{name} from stdin with (format csv)", kept)
