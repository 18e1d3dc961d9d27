"""Fixtures that the tests of readiness share."""

from tests.readiness.country import somewhere

__all__ = ["somewhere"]
