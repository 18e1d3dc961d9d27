"""Dates as arguments of commands."""

import datetime as dt
from argparse import ArgumentTypeError

import pytest

from ui.arguments import day


@pytest.mark.parametrize("text", ["2016-04-03", "03/04/2016", "3 April 2016", " 3.4.16 "])
def test_reads_a_day_as_people_type_it(text: str) -> None:
    assert day(text) == dt.date(2016, 4, 3)


@pytest.mark.parametrize("text", ["", "soon", "31/02/2016", "2016-13-01", "3 April 2016\0"])
def test_says_what_to_write_instead(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="Write 2016-04-03 or 03/04/2016"):
        day(text)
