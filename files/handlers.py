"""Takes files off the wire: a full disk or a file without end becomes a sentence on the form.

Django's own handlers answer a full disk with a general fault page, and read whatever is sent.
"""

import logging
import sys
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

log = logging.getLogger(__name__)

LARGEST = 30 * 1024 * 1024
"""Bytes of one file after which nothing of it is written any more; every form allows less."""

FULL = (
    "could not be kept: the disk of this service is full or cannot be written. Send your answer "
    "without it, and tell whoever looks after the service"
)
ENDLESS = f"is larger than {LARGEST // 1024**2} MB. Send a smaller file, or a link to it"


class RefusedUpload(InMemoryUploadedFile):
    """A file of which nothing was kept; ``refused`` is the end of a sentence that says why."""

    def __init__(self, sent: UploadedFile, size: int, refused: str) -> None:
        # Its size is what was sent, so that nobody calls it empty.
        super().__init__(BytesIO(), None, sent.name, sent.content_type, size, sent.charset)
        self.refused = refused


class CarefulUploadHandler(TemporaryFileUploadHandler):
    """Every file to a temporary one, as far as there is room and it is not absurdly large."""

    refused = ""
    seen = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.refused, self.seen = "", 0
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self._full()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.seen += len(raw_data)
        if self.refused:
            return
        if self.seen > LARGEST:
            self.refused = ENDLESS
            self._forget()
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self._full()

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self.refused:
            try:
                self.file.flush()
                return super().file_complete(file_size)
            except OSError:
                self._full()
        sent = UploadedFile(
            name=self.file_name, content_type=self.content_type or "", charset=self.charset
        )
        return RefusedUpload(sent, self.seen, self.refused)

    def _full(self) -> None:
        log.error("A file could not be written: %s", sys.exc_info()[1])
        self.refused = FULL
        self._forget()

    def _forget(self) -> None:
        """Give its room back at once."""
        file = getattr(self, "file", None)
        if file is not None:
            file.close()
