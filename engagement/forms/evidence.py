"""Evidence on a form: links and files beside what is said, kept while the rest is put right."""

import datetime as dt
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from engagement.actions.evidence import KeptFile
from engagement.queries.evidence import stored_file
from engagement.rules.evidence import MOST_FILES, NotALinkError, links_in
from files.actions import FileRefused, store
from files.fields import EVIDENCE_KINDS, EVIDENCE_LIMIT, EvidenceFile
from files.rules.names import shown_name
from ui.forms import Checkboxes, CleanText, Textarea
from ui.words import file_size

SALT = "engagement.evidence"
A_DAY = 24 * 60 * 60
FILE_FIELDS = tuple(f"file_{number}" for number in range(1, MOST_FILES + 1))
TYPES = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg,.txt,.eml"
_HINT = "PDF, Word, Excel, PNG, JPEG, plain text or a saved e-mail, at most 10 MB"


class EvidenceFields(forms.Form):
    """Up to 3 links and 3 files; ``cleaned_data`` has ``urls`` and ``files`` for ``add_evidence``.

    Put it before ``NhsForm`` in the bases, and give the form ``request.FILES`` and ``now=``. A good
    file is kept as soon as it has come, so that it need not be chosen again when something else on
    the page is wrong: it is listed with a tick that its sender can take away.
    """

    links = CleanText(
        label="Links to what shows it (optional)",
        max_length=2000,
        required=False,
        widget=Textarea(attrs={"rows": 2}),
        help_text="Up to 3 web addresses, each on a line of its own",
    )
    kept = forms.MultipleChoiceField(
        label="Files that go with it",
        required=False,
        widget=Checkboxes,
        help_text="They have arrived. Take a tick away to leave one out",
    )
    file_1 = EvidenceFile(label="File (optional)", required=False, help_text=_HINT)
    file_2 = EvidenceFile(label="Second file (optional)", required=False)
    file_3 = EvidenceFile(label="Third file (optional)", required=False)

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.files_kept: dict[str, KeptFile] = {}
        for token in self._tokens():
            kept = _opened(token)
            if kept is not None:
                self.files_kept[token] = kept
        self._offer()
        for name in FILE_FIELDS:
            self.fields[name].widget.attrs["accept"] = TYPES

    def clean_links(self) -> list[str]:
        """Web addresses that may be shown."""
        try:
            return links_in(self.cleaned_data["links"])
        except NotALinkError as problem:
            raise ValidationError(str(problem)) from problem

    def clean_kept(self) -> list[str]:
        """Those that were not taken away; what came in this time is added by ``clean``."""
        chosen: list[str] = self.cleaned_data["kept"]
        self.files_kept = {token: self.files_kept[token] for token in chosen}
        return chosen

    def clean(self) -> dict[str, Any]:
        """Keep the files that came, and name them by their own keys."""
        cleaned = super().clean() or {}
        for name in FILE_FIELDS:
            upload = cleaned.pop(name, None)
            if isinstance(upload, UploadedFile):
                self._keep(name, upload)
        cleaned.pop("kept", None)
        if len(self.files_kept) > MOST_FILES:
            self.add_error(None, f"Send no more than {MOST_FILES} files")
        self._remember()
        cleaned["urls"] = cleaned.pop("links", [])
        cleaned["files"] = list(self.files_kept.values())
        return cleaned

    def _keep(self, field: str, upload: UploadedFile) -> None:
        try:
            stored = store(upload, allowed=EVIDENCE_KINDS, limit=EVIDENCE_LIMIT, now=self.now)
        except FileRefused as refused:
            self.add_error(field, str(refused))
            return
        if stored.pk in {one.stored.pk for one in self.files_kept.values()}:
            return
        name = shown_name(upload.name or "")
        token = signing.dumps([stored.sha256, name], salt=SALT)
        self.files_kept[token] = KeptFile(stored=stored, name=name)

    def _remember(self) -> None:
        """The page that comes back lists what was kept, with its ticks."""
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data.setlist(self.add_prefix("kept"), list(self.files_kept))
        self._offer()

    def _offer(self) -> None:
        field = self.fields["kept"]
        field.choices = [  # type: ignore[attr-defined]
            (token, f"{one.name}, {file_size(one.stored.size)}")
            for token, one in self.files_kept.items()
        ]
        free = MOST_FILES - len(self.files_kept)
        self.out_of_sight = {"kept"} if not self.files_kept else set()
        self.out_of_sight |= set(FILE_FIELDS[free:])

    def fields_in_sight(self) -> list[str]:
        """The form's own first; no list of kept files while there are none, no box for a fourth."""
        shown: list[str] = super().fields_in_sight()  # type: ignore[misc]
        ours = ["links", "kept", *FILE_FIELDS]
        others = [name for name in shown if name not in ours]
        return others + [name for name in ours if name not in self.out_of_sight]

    def _tokens(self) -> list[str]:
        if not isinstance(self.data, QueryDict):
            return []
        return self.data.getlist(self.add_prefix("kept"))[:MOST_FILES]


def _opened(token: str) -> KeptFile | None:
    """The file that the page itself named before; nothing where somebody else wrote the token."""
    try:
        sha256, name = signing.loads(token, salt=SALT, max_age=A_DAY)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    stored = stored_file(sha256)
    return KeptFile(stored=stored, name=name) if stored else None
