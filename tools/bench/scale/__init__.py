"""A country of national size, made up: 200 live plans, 24,000 organisations, up to a million events.

The same size and seed give the same rows on any database, counted back from the day of building.
Nobody and nothing in it is real but the names of areas, which come from the reference tables.
"""
