"""Working through responses: how long one is held, how far back a step is undone. Pure."""

import datetime as dt

LEASE = dt.timedelta(minutes=10)
"""For so long after somebody's last step nobody else is given the response that they are reading."""

UNDO_WITHIN = dt.timedelta(hours=12)
"""A working day: what was done before is changed on the page of the response, in the open."""

NUMBER_KEYS = "123456789"
"""The first themes of the list have a key each; the others are typed."""

LEARN_FIRST = 20


def learns_at(done: int) -> int:
    """The last number of responses worked through at which the machine should have read the answers
    again; 0 for none yet.

    After 20, 40, 60, 80, then every hundred, from a thousand on every 250: each time it knows
    noticeably more than before. Two people who finish at once may pass such a number together.
    """
    step = LEARN_FIRST if done < 100 else 100 if done < 1_000 else 250
    return done // step * step
