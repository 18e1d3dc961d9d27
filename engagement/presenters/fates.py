"""What became of what was said, in words: the tag, the reason, where the plan changed, who was told."""

from dataclasses import dataclass

from consultations.models import Disposition
from engagement.models import PointFate
from engagement.queries.fates import where_it_stands
from engagement.rules.fates import Decided, Fate
from ui.words import nhs_date

COLOURS = {
    Disposition.ACCEPTED: "green",
    Disposition.PARTLY: "aqua-green",
    Disposition.REJECTED: "red",
    Disposition.OUT_OF_SCOPE: "grey",
    Disposition.LATER: "purple",
}
NOT_DECIDED = "Not decided yet"


@dataclass(frozen=True, kw_only=True)
class FateLine:
    """Where something that was said stands. ``about`` are sentences; ``plan`` its title where needed."""

    word: str
    colour: str
    theme: str
    reason: str
    about: str
    is_told: bool
    plan: str = ""


def fate_line(row: PointFate | None, *, plan: str = "") -> FateLine:
    """Where a point stands in one plan."""
    return _line(where_it_stands(row), plan)


def decided_line(decided: Decided | None) -> FateLine:
    """Where a theme stands."""
    return _line(Fate(decided=decided), "")


def _line(fate: Fate, plan: str) -> FateLine:
    decided = fate.decided
    if decided is None:
        return FateLine(
            word=NOT_DECIDED, colour="yellow", theme=fate.theme, reason="", about="",
            is_told=False, plan=plan,
        )  # fmt: skip
    disposition = Disposition(decided.disposition)
    return FateLine(
        word=str(disposition.label),
        colour=COLOURS[disposition],
        theme=fate.theme,
        reason=decided.reason,
        about=" ".join(one for one in (where_changed(decided), _when(decided)) if one),
        is_told=decided.told_on is not None,
        plan=plan,
    )


def where_changed(decided: Decided) -> str:
    """Changed in section 4.2 of Draft 3."""
    if decided.section and decided.version:
        return f"Changed in {decided.section} of {decided.version}."
    where = decided.section or decided.version
    return f"Changed in {where}." if where else ""


def _when(decided: Decided) -> str:
    made = f"Decided on {nhs_date(decided.on)}" if decided.on else "Decided"
    told = f"told on {nhs_date(decided.told_on)}" if decided.told_on else "nobody told yet"
    return f"{made}, {told}."
