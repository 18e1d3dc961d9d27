"""A year of engagement in England that never happened, for showing the service.

The structure is real (``plans.reference``: footprints, commissioners, LMCs, boards, by name and
code). Everything else is synthetic and marked so: practices, networks, partners, people, events.
All dates are counted from ``today``, so the demonstration does not age, and the same seed and day
always give the same rows.

From pure to database: ``names``, ``calendar``, ``stories`` (which plan lacks what) and
``happenings`` (the events that make a story true) know nothing of Django; ``register``, ``people``,
``rounds``, ``accounts`` and ``record`` write; ``load`` puts them in order.
"""
