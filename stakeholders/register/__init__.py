"""Official register files: read, understood, compared with what is stored, and only then written.

One file passes through small steps, each in its own module, the first three of them pure:
``reading`` (bytes to rows of text), one module per kind (rows to facts), ``diff`` (facts against
what is stored to changes), ``writing`` (changes to the database). ``loading`` joins them.

This package holds what touches organisations only; footprints and who belongs to them are added
in ``plans.register``.
"""
