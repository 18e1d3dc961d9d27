"""People, the posts they hold, and the users who answer for organisations."""

from django.conf import settings
from django.db import models

from stakeholders.models.dated import DatedModel, ends_after_start
from stakeholders.models.organisations import Organisation


class Person(models.Model):
    """Somebody who speaks for organisations."""

    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Post(DatedModel):
    """A role that a person holds at an organisation."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=120)

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


class Representative(DatedModel):
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

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organisation", "valid_from"),
                name="stakeholders_representative_unique",
            ),
            ends_after_start("stakeholders_representative_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.user} for {self.organisation}"
