"""People who sign in, the roles they hold from when to when, and the audit trail."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.roles import Role


class UserManager(BaseUserManager["User"]):
    """Makes users; addresses are compared without regard to case."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in with an e-mail address and a password."""

    email = models.EmailField("email address", max_length=254)
    name = models.CharField("full name", max_length=120)
    is_active = models.BooleanField(default=True)
    is_synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(Lower("email"), name="accounts_user_email_unique"),)

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """A role held by a person on each day from ``valid_from`` to ``valid_to`` inclusive."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=[(r.value, r.label) for r in Role])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="grants_given",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "role", "valid_from"), name="accounts_rolegrant_unique"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="accounts_rolegrant_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class AuditEntry(models.Model):
    """One thing that was done: by whom, to what, and what it was before and after.

    The object is kept by label and key and not by foreign key, so an entry outlives anything.
    ``actor`` is empty for the service's own jobs. Rows are added and never changed.
    """

    recorded_at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    request_id = models.CharField(max_length=36, blank=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_key = models.CharField(max_length=60)
    object_label = models.CharField(max_length=200)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(
                fields=("object_type", "object_key", "-id"),
                name="accounts_audit_object",
            ),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.object_label}"
