"""Codes of the Office for National Statistics for what the register knows by ODS codes. Facts."""

import csv
from functools import cache
from pathlib import Path

from plans import reference

RECODED_FOOTPRINTS = {
    "E54000045": "QMK",
    "E54000046": "QVP",
    "E54000048": "QE1",
    "E54000049": "QHM",
    "E54000050": "QHM",
}
"""Footprints that got a new ONS code when their boundary changed."""

REGIONS = {
    "E40000003": "Y56",
    "E40000005": "Y59",
    "E40000006": "Y58",
    "E40000007": "Y61",
    "E40000008": "Y60",
    "E40000009": "Y63",
    "E40000010": "Y62",
}


@cache
def footprint_by_number() -> dict[int, str]:
    """ODS code by footprint number: 1 is QVP."""
    return {row.number: row.code for row in reference.footprints()}


def footprint_code(ons: str) -> str:
    """ODS code of a footprint by its ONS code (E54000001 is number 1); empty when unknown."""
    if ons in RECODED_FOOTPRINTS:
        return RECODED_FOOTPRINTS[ons]
    number = ons.removeprefix("E540000")
    return footprint_by_number().get(int(number), "") if number.isdigit() else ""


@cache
def council_by_ods_code() -> dict[str, tuple[str, str]]:
    """ONS code and official name of a council by its three-digit ODS code."""
    with (Path(__file__).parent / "council_codes.csv").open(encoding="utf-8", newline="") as file:
        return {row["ods_code"]: (row["ons_code"], row["name"]) for row in csv.DictReader(file)}


@cache
def lmc_by_slug() -> dict[str, str]:
    """Our code of a Local Medical Committee by the short name that the tables use."""
    return {row.slug: row.code for row in reference.lmcs()}
