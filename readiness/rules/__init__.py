"""The rules of readiness, pure: facts and thresholds in, results with their evidence out.

Nothing here reads a clock, a file or a database, so every rule can be proved by a table.
"""
