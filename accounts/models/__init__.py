"""People who sign in, the roles they hold, and the history of everything that was done."""

from accounts.models.history import AuditEntry, AuditSeal, LegalHold, Redaction
from accounts.models.people import RoleGrant, User, UserManager

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "LegalHold",
    "Redaction",
    "RoleGrant",
    "User",
    "UserManager",
]
