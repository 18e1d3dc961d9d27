"""Small register files, made row by row, and what it takes to load them."""

import csv
import datetime as dt
import io

from plans.actions.register import load
from plans.register.looking import Order, Outcome

TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
FEBRUARY_2016 = dt.date(2016, 2, 29)


def csv_bytes(*rows: list[str] | tuple[str, ...]) -> bytes:
    """Rows as a CSV file in which every field is quoted, as the official ones are."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode()


def ods_row(code: str, name: str = "THE SURGERY", **facts: str) -> list[str]:
    """A row of 27 columns: by default a GP practice in use since 1974."""
    row = [""] * 27
    at = {"region": 2, "geography": 3, "postcode": 9, "opened": 10, "closed": 11, "status": 12}
    at |= {"sub_type": 13, "commissioner": 14, "joined": 15, "setting": 25}
    usual = {"region": "Y54", "geography": "Q74", "postcode": "TS18 1HU", "opened": "19740401"}
    usual |= {"status": "A", "sub_type": "B", "commissioner": "00K", "joined": "20130401"}
    usual |= {"setting": "4"}
    row[0], row[1] = code, name
    for fact, text in (usual | facts).items():
        row[at[fact]] = text
    return row


def commissioner_row(code: str, name: str = "NHS BOLTON CCG", **facts: str) -> list[str]:
    """A row of a commissioners file: a CCG open since 2013."""
    plain = {"status": "", "sub_type": "C", "commissioner": "", "joined": "", "setting": ""}
    return ods_row(code, name, **({"opened": "20130401"} | plain | facts))


def loaded(kind: str, data: bytes, as_at: dt.date | None = FEBRUARY_2016, **choices) -> Outcome:
    """Load a file of this content and give the outcome."""
    choices.setdefault("file_name", "file.csv")
    order = Order(kind=kind, data=data, as_at=as_at, **choices)
    return load(order, by=None, now=NOW, today=TODAY)
