"""Why a file is not taken."""

from collections.abc import Collection, Sequence

_ENDINGS = {"docx": ".docx", "xlsx": ".xlsx", "pdf": "PDF", "png": "PNG", "jpeg": "JPEG"}
"""What somebody chooses in “Save as” for a kind."""

_ANYWHERE = "pdf"
"""What everything can be saved as that can be printed."""


class WrongKindError(Exception):
    """Its text is the end of a sentence that begins with the file's name.

    ``save_as`` are the kinds (``files.rules.kinds``) as which it would be taken, the best first, and
    ``so`` how; ``where_taken`` names of them what the form at hand takes.
    """

    def __init__(self, fault: str, *, save_as: Sequence[str] = (), so: str = "") -> None:
        self.fault, self.save_as, self.so = fault, save_as, so
        super().__init__(self._told(save_as))

    def where_taken(self, taken: Collection[str]) -> "WrongKindError":
        """The same, where only these kinds are taken."""
        save_as = [kind for kind in self.save_as if kind in taken]
        if self.save_as and not save_as:
            return WrongKindError(self.fault, save_as=[_ANYWHERE])
        return WrongKindError(self.fault, save_as=save_as, so=self.so)

    def _told(self, save_as: Sequence[str]) -> str:
        if not save_as:
            return self.fault
        *others, last = [_ENDINGS[kind] for kind in save_as]
        listed = f"{', '.join(others)} or {last}" if others else last
        return " ".join(filter(None, [f"{self.fault}. Save it as {listed}", self.so]))
