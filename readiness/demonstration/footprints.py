"""Writes regions, the 44 systems and 42 places, and who belongs to them."""

from collections.abc import Iterator

from plans import reference
from plans.models import (
    Extent,
    Footprint,
    FootprintKind,
    FootprintRegion,
    Membership,
    Region,
)
from readiness.demonstration.register import BATCH, Register


def write(register: Register) -> dict[str, Footprint]:
    """Every footprint by its code; each has lain in one region since the register began."""
    footprints = {one.code: one for one in Footprint.objects.bulk_create(_footprints(register))}
    regions = {
        one.code: one
        for one in Region.objects.bulk_create(
            [Region(code=row.code, name=row.name) for row in reference.regions()]
        )
    }
    FootprintRegion.objects.bulk_create(
        [
            FootprintRegion(
                footprint=footprints[code], region=regions[region], valid_from=register.since
            )
            for code, region in _regions()
        ]
    )
    Membership.objects.bulk_create(
        [
            Membership(
                footprint=footprints[home],
                organisation=register[code],
                extent=extent,
                valid_from=register.since,
            )
            for home, code, extent in _memberships(register)
        ],
        batch_size=BATCH,
    )
    return footprints


def _footprints(register: Register) -> list[Footprint]:
    systems = [
        Footprint(
            code=row.code,
            name=row.name,
            kind=FootprintKind.SYSTEM,
            label=row.tile_label,
            tile_column=row.tile_column,
            tile_row=row.tile_row,
            opened_on=register.since,
        )
        for row in reference.footprints()
    ]
    places = [
        Footprint(
            code=row.council_code,
            name=row.name,
            kind=FootprintKind.PLACE,
            opened_on=register.since,
        )
        for row in reference.places()
    ]
    return systems + places


def _regions() -> Iterator[tuple[str, str]]:
    for row in reference.footprints():
        yield row.code, row.region
    for place in reference.places():
        yield place.council_code, place.region


def _memberships(register: Register) -> Iterator[tuple[str, str, str]]:
    """Footprint, organisation and extent."""
    for row in reference.commissioners():
        yield from _of_commissioner(register, row)
    for place in reference.places():
        for code in place.commissioners:
            yield place.council_code, code, Extent.WHOLE
    for code, homes in register.homes.items():
        for home in homes:
            yield home, code, Extent.WHOLE


def _of_commissioner(
    register: Register, row: reference.CommissionerRow
) -> Iterator[tuple[str, str, str]]:
    """Its footprint or two; where it is divided, each of its practices by itself."""
    divided = row.also_extent == Extent.PART
    yield row.footprint, row.code, Extent.PART if divided else Extent.WHOLE
    if row.also_footprint:
        yield row.also_footprint, row.code, row.also_extent
    if divided:
        for code in register.practices_of[row.code]:
            away = register.practices[code].away
            yield row.also_footprint if away else row.footprint, code, Extent.WHOLE
