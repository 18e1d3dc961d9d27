"""What a page of a lower app shows and only a higher one knows.

The page asks by a name; ``settings.TOLD_FROM_ABOVE`` says which function answers. What is handed over
is a value that the lower app defines, so that nothing is imported upwards.
"""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def told(name: str, **asked: Any) -> Any:
    """What the function of this name answers. Raises ``KeyError`` for a name nobody answers to."""
    return import_string(settings.TOLD_FROM_ABOVE[name])(**asked)
