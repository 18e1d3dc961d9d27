"""Sessions in the database that know when their visit began and when something was last done in it.

The clock starts where somebody is put into a session, whatever door they came by, so no way in can
forget it; a session without a clock counts as ended.
"""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase

from accounts.rules import visits

BEGAN = "visit_began"
SEEN = "visit_seen"


class SessionStore(db.SessionStore):
    """Django's sessions in the database, with the clock of the visit."""

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)
        if key == SESSION_KEY:
            self.update({BEGAN: time.time(), SEEN: time.time()})


def is_of_somebody(session: SessionBase) -> bool:
    """Whether somebody was signed in by this session; asks the database only if there is one."""
    return SESSION_KEY in session


def seconds_left(session: SessionBase) -> int:
    """For how long the visit goes on if nothing is done; 0 when it is over."""
    if not is_of_somebody(session) or has_ended(session):
        return 0
    return max(0, int(visits.seconds_left(**_clock(session))))


def has_ended(session: SessionBase) -> bool:
    """Whether the visit has been idle for too long, or has lasted too long."""
    return BEGAN not in session or visits.has_ended(**_clock(session))


def note_activity(session: SessionBase) -> None:
    """Something was done. Written twice a minute at most."""
    if time.time() - session[SEEN] >= visits.GRAIN:
        session[SEEN] = time.time()


def _clock(session: SessionBase) -> dict[str, float]:
    idle = settings.IDLE_MINUTES * 60
    return {"began": session[BEGAN], "seen": session[SEEN], "now": time.time(), "idle": idle}
