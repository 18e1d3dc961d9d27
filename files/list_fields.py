"""A list from a spreadsheet on a form: refused at sight where it is none, else kept to be read."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from files.actions import FileRefused, store
from files.actions.storing import too_big
from files.fields import SentFile
from files.models import StoredFile
from files.reading.sheets import refuse_at_sight
from files.rules import kinds
from files.rules.names import shown_name
from files.rules.wrong import WrongKindError

LIST_KINDS = frozenset({kinds.XLSX, kinds.TXT, kinds.EML})
"""A CSV is text, and one whose first heading is followed by a colon looks like an e-mail."""

LIST_LIMIT = 10 * 1024 * 1024
LIST_TYPES = ".xlsx,.csv,.txt"
LIST_HINT = (
    "Excel (.xlsx) or CSV, at most 10 MB and 20,000 rows. Old .xls files: save them as .xlsx"
)


class ListFile(SentFile):
    """An .xlsx or CSV of at most 10 MB."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs["accept"] = LIST_TYPES

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The upload, where it may be a list; whether it can be read is for the worker to say."""
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return upload
        called = f"“{shown_name(upload.name or '')[:80]}”"
        if (upload.size or 0) > LIST_LIMIT:
            raise ValidationError(_in_words_of_lists(too_big(called, LIST_LIMIT)))
        try:
            refuse_at_sight(upload.file)  # type: ignore[arg-type]
        except WrongKindError as problem:
            raise ValidationError(f"{called} {problem}") from problem
        upload.seek(0)
        return upload


def keep_list(upload: UploadedFile, *, now: dt.datetime) -> StoredFile:
    """Keep the file by its content. Raises ``ValidationError``."""
    try:
        return store(upload, allowed=LIST_KINDS, limit=LIST_LIMIT, now=now)
    except FileRefused as refused:
        raise ValidationError(_in_words_of_lists(str(refused))) from refused


def _in_words_of_lists(said: str) -> str:
    """What can be done about a list; about other files one can do other things."""
    for advice in ("Save it as PDF", "Send a smaller file, or a link to it"):
        said = said.replace(advice, "Copy the list into a new workbook, or split it")
    return said
