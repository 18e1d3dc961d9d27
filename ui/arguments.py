"""Arguments of commands, read as people type them."""

import datetime as dt
from argparse import ArgumentTypeError

from ui.dates import NotADayError, read_day


def day(text: str) -> dt.date:
    """The day that an argument names, such as 2016-04-03 or 03/04/2016 (3 April)."""
    try:
        return read_day(text)
    except NotADayError as error:
        message = f"{text} is not a date. Write 2016-04-03 or 03/04/2016 for 3 April 2016."
        raise ArgumentTypeError(message) from error
