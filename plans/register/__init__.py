"""Register files that say where organisations belong: footprints, partners, councils, LMCs.

Built on ``stakeholders.register``; ``kinds`` lists every kind of file that can be loaded.
"""
