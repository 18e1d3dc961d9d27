"""People who sign in, and the roles they hold from when to when."""

import datetime as dt
from typing import ClassVar, Self

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
    audit_personal = True
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(Lower("email"), name="accounts_user_email_unique"),)

    def __str__(self) -> str:
        return self.name


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Roles read by the day."""

    def on(self, day: dt.date) -> Self:
        """Only roles held on ``day``."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            valid_from__lte=day,
            taken_back_at__isnull=True,
        )


class RoleGrant(models.Model):
    """A role held by a person on each day from ``valid_from`` to ``valid_to`` inclusive.

    One that was taken back before its first day was over has held on no day.
    """

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
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "role", "valid_from"),
                condition=Q(taken_back_at__isnull=True),
                name="accounts_rolegrant_unique",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="accounts_rolegrant_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"
