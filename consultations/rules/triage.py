"""Working through responses: how long one is held, how far back a step is undone. Pure."""

import datetime as dt

LEASE = dt.timedelta(minutes=10)
"""For so long after somebody's last step nobody else is given the response that they are reading."""

UNDO_WITHIN = dt.timedelta(hours=12)
"""A working day: what was done before is changed on the page of the response, in the open."""

NUMBER_KEYS = "123456789"
"""The first themes of the list have a key each; the others are typed."""

LEARN_FIRST = 20


def is_time_to_learn(done: int) -> bool:
    """Whether the machine should read the answers again, now that ``done`` were worked through.

    After 20, 40, 60, 80, then every hundred, from a thousand on every 250: each time it knows
    noticeably more than before.
    """
    step = LEARN_FIRST if done < 100 else 100 if done < 1_000 else 250
    return done >= LEARN_FIRST and done % step == 0
