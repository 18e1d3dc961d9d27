"""Bounds at national size, and where they come from. The same for S, M and L."""

BOUNDS: dict[str, tuple[float, str]] = {}
