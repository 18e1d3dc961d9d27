"""Form fields for files: what is wrong with one is said on the form, before anything is written."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from files.actions.storing import not_taken, too_big
from files.handlers import RefusedUpload
from files.rules import kinds
from files.rules.names import shown_name
from files.rules.wrong import WrongKindError
from ui.forms import FileUpload

EVIDENCE_KINDS = frozenset(kinds.WORDS)
EVIDENCE_LIMIT = 10 * 1024 * 1024

DOCUMENT_KINDS = frozenset({kinds.PDF, kinds.DOCX, kinds.TXT})
DOCUMENT_LIMIT = 25 * 1024 * 1024


class SentFile(forms.FileField):
    """A file; says so where the disk had no room for it."""

    widget = FileUpload

    def to_python(self, data: Any) -> Any:
        """The upload."""
        if isinstance(data, RefusedUpload):
            raise ValidationError(f"“{shown_name(data.name or '')[:80]}” {data.refused}")
        return super().to_python(data)


class EvidenceFile(SentFile):
    """A file of at most 10 MB whose content is one of the kinds that are kept."""

    limit = EVIDENCE_LIMIT
    allowed = EVIDENCE_KINDS

    default_error_messages = {"empty": "The file is empty. Choose another one"}

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The upload, looked at from its first byte to its last."""
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return upload
        called = f"“{shown_name(upload.name or '')[:80]}”"
        if (upload.size or 0) > self.limit:
            raise ValidationError(too_big(called, self.limit))
        try:
            kind = kinds.look(upload.file, taken=self.allowed)  # type: ignore[arg-type]
        except WrongKindError as problem:
            raise ValidationError(f"{called} {problem}") from problem
        if kind not in self.allowed:
            raise ValidationError(not_taken(called, self.allowed))
        upload.seek(0)
        return upload


class DocumentFile(EvidenceFile):
    """A document of at most 25 MB whose text can be read: PDF, Word or plain text."""

    limit = DOCUMENT_LIMIT
    allowed = DOCUMENT_KINDS
