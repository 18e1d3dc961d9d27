"""Every policy with its criteria, for those who ask how a figure is worked out."""

from readiness.models import Policy


def policies() -> list[Policy]:
    """Every policy, the newest version of each plan type first, with its criteria; two statements."""
    return list(Policy.objects.order_by("plan_type", "-version").prefetch_related("criteria"))
