"""Who can sign in."""

from accounts.models import User


def has_synthetic_people() -> bool:
    """Whether the demonstration's people can sign in here."""
    return User.objects.filter(is_synthetic=True, is_active=True).exists()
