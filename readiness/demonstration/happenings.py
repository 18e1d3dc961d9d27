"""All events of one plan, in the order of their days. Pure."""

from readiness.demonstration.scene import Happening, Scene
from readiness.demonstration.surroundings import (
    attempts,
    bulletins,
    partner_events,
    programme_boards,
)
from readiness.demonstration.voices import lmc_meetings, practice_meetings


def happenings(scene: Scene) -> list[Happening]:
    """The year of one plan as its story tells it, oldest first."""
    heard = [*practice_meetings(scene), *lmc_meetings(scene)]
    others = [
        *programme_boards(scene),
        *bulletins(scene, two_way=len(heard)),
        *partner_events(scene),
        *attempts(scene),
    ]
    return sorted(heard + others, key=lambda event: event.held_on)
