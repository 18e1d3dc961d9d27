"""Why a file is not taken."""


class WrongKindError(Exception):
    """Its text is the end of a sentence that begins with the file's name."""
