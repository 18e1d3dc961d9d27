"""Messages to people: the outbox, what each person wants, and the demonstration's letter box.

A message is a row before it is a mail: it is written in the transaction of what it tells of, found
again by its row, and written out only when it is delivered, so it speaks of what is then true and
no link or private word lies in the outbox. Knows nothing of the domain: ``kind`` names the function
that writes it out (``settings.MAIL_KINDS``).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Delivery(models.TextChoices):
    """Where a message stands. ``dead`` was tried for 48 hours; ``dropped`` had become pointless."""

    WAITING = "waiting", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    DEAD = "dead", "Could not be delivered"
    DROPPED = "dropped", "Not needed any more"


class Message(models.Model):
    """One message to one person about one matter; ``matter`` makes it happen once.

    To a user it goes to the address that they have when it is sent; anybody else is named by
    ``email`` and ``name``. ``about_type`` and ``about_key`` say on which page its delivery shows.

    ``tried_at`` is when delivery was first tried, from which the 48 hours count; ``attempts`` how
    often a mail server has refused it for now or broken off; ``faults`` how often it could not even be
    written out. ``taken_at`` is when a worker took it to send it.
    """

    kind = models.CharField(max_length=40)
    matter = models.CharField(max_length=200, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mail_messages",
    )
    email = models.EmailField(max_length=254, blank=True)
    name = models.CharField(max_length=120, blank=True)
    about_type = models.CharField(max_length=60, blank=True)
    about_key = models.CharField(max_length=60, blank=True)
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=Delivery, default=Delivery.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    faults = models.PositiveSmallIntegerField(default=0)
    posted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(user__isnull=False) ^ ~Q(email=""), name="mail_message_to_somebody"
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at", "id"),
                condition=Q(state__in=("waiting", "sending")),
                name="mail_message_due",
            ),
            models.Index(fields=("about_type", "about_key"), name="mail_message_about"),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.matter}"


class Preference(models.Model):
    """What a person wants to receive; without a row, everything."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mail_preference"
    )
    immediate = models.BooleanField(default=True)
    digest = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("user",)

    def __str__(self) -> str:
        return f"What {self.user} wants to receive"


class KeptMail(models.Model):
    """A mail as it would have arrived, in the demonstration, which sends none."""

    sent_to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    arrived_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.subject
