"""Small builders for tests: real rows with sensible defaults, one module per app.

Dates default to one long, quiet period so that a test states only the dates it is about.
"""
