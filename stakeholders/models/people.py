"""People, the posts they hold, and the users who answer for organisations."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from stakeholders.models.dated import DatedModel, GrantModel, ends_after_start
from stakeholders.models.organisations import Organisation


class Person(models.Model):
    """Somebody who speaks for organisations.

    ``contact_permitted`` is off once they asked not to be written to: no message goes to them.
    """

    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    contact_permitted = models.BooleanField(default=True)
    is_synthetic = models.BooleanField(default=False)
    audit_personal = True

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Post(DatedModel):
    """A role that a person holds at an organisation."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=120)
    audit_personal = True

    class Meta:
        ordering = ("organisation", "person", "valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "organisation", "title", "valid_from"),
                name="stakeholders_post_unique",
            ),
            ends_after_start("stakeholders_post_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"


class Representative(GrantModel):
    """A user who answers for an organisation."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="stakeholders_representatives",
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="representatives"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    audit_personal = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organisation", "valid_from"),
                condition=Q(taken_back_at__isnull=True),
                name="stakeholders_representative_unique",
            ),
            ends_after_start("stakeholders_representative_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.user} for {self.organisation}"


class Invitation(models.Model):
    """A lead asks a colleague to answer for the same organisation; a link lets them in.

    The link is for this address alone, once, until ``expires_at``; its token is not stored.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    nonce = models.CharField(max_length=32)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    times_sent_again = models.PositiveSmallIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    audit_personal = True

    class Meta:
        ordering = ("-sent_at", "-id")

    def __str__(self) -> str:
        return f"{self.name} for {self.organisation}"
