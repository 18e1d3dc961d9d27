"""An attendance list as a browser without scripts sends it, with the worker's part done at once."""

import uuid
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from engagement.actions import attendance_lists, attendance_writing
from engagement.models import AttendanceImport
from tests.engagement.area import Area

KINDS = {"channel": "board", "level": "consult"}


class Sending:
    """One person who sends lists for one plan."""

    def __init__(self, client: Client, area: Area, *, event: int | None = None) -> None:
        client.force_login(area.manager)
        self.client, self.area, self.event = client, area, event

    def send(self, data: bytes, name: str = "who came.csv", **differs: Any):
        """The answer to the form; the list is read where there is one."""
        address = f"/attendance/new/?event={self.event}" if self.event else "/attendance/new/"
        answer = self.client.post(
            address,
            {
                "plan": self.area.plan.code,
                "file": SimpleUploadedFile(name, data),
                "form_key": str(uuid.uuid4()),
                **differs,
            },
        )
        self.work()
        return answer

    @property
    def sent(self) -> AttendanceImport:
        return AttendanceImport.objects.order_by("-pk")[0]

    @property
    def url(self) -> str:
        return f"/attendance/{self.sent.pk}/"

    def work(self) -> None:
        """What a worker would do now."""
        for one in AttendanceImport.objects.filter(run_id__isnull=False):
            for step in (attendance_lists.read, attendance_lists.match, attendance_writing.write):
                done = {"reading": attendance_lists.read, "matching": attendance_lists.match,
                        "writing": attendance_writing.write}.get(one.state)  # fmt: skip
                if step is done:
                    step(run_id=one.run_id, now=timezone.now())
                    one.refresh_from_db()

    def columns(self, **differs: Any):
        """The guesses as they stand on the page, but for what differs."""
        form = self.client.get(self.url + "?columns=1").context["form"]
        data = {name: form[name].value() or "" for name in form.fields}
        if not self.event:
            data |= KINDS
        answer = self.client.post(self.url, {**data, "do": "columns", **differs})
        self.work()
        return answer

    def confirm(self, **differs: Any):
        answer = self.client.post(self.url, {"do": "confirm", **differs})
        self.work()
        return answer

    def all_of_it(self, data: bytes | Path, **confirmed: Any) -> AttendanceImport:
        """Everything in one go, up to the record."""
        self.send(data.read_bytes() if isinstance(data, Path) else data)
        self.columns()
        self.confirm(**confirmed)
        return self.sent

    def results(self) -> list[tuple[int, str]]:
        return list(self.sent.rows.order_by("number").values_list("number", "result"))
