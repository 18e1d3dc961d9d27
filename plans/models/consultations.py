"""Consultations about a plan: how each was held, who had to be asked, and how far it is."""

from django.db import models
from django.db.models import F, Q

from plans.models.plans import Plan
from plans.models.recorded import RecordedModel, withdrawn_with_reason
from stakeholders.models import Category, Organisation


class Duty(models.TextChoices):
    """The legal duty that a consultation meets, by its section."""

    NONE = "none", "No legal duty: asked by choice"
    NATIONAL = "13q", "Section 13Q: the national body"
    ICB = "14z45", "Section 14Z45: an integrated care board"
    CCG = "14z2", "Section 14Z2: a clinical commissioning group"
    TRUST = "242", "Section 242: a trust"
    COUNCIL = "council", "A council's own duty"


class Consultation(RecordedModel):
    """A consultation about the plan, formal or not, measured against the Gunning principles.

    1. formative    ``options_open``: the decision could still change when it opened
    2. reasons      the ``pack_*`` parts of what people were given
    3. time         ``opens_on`` to ``closes_on``, both inclusive; ``time_reason`` where it is short
    4. considered   ``themes`` raised, ``themes_answered`` disposed of, ``report_on`` before
                    ``decision_on``; where the answers are in the service, both are counted by it
    ``heard_on`` is the day on which "what we heard" was published. ``five_*`` say where each of the
    five tests of a major service change (``is_major_change``) is shown to be met. ``dropped_on`` is
    the day since when it does not go forward. ``published_at``: in the public register since then.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="consultations")
    title = models.CharField(max_length=160)
    is_formal = models.BooleanField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    options_open = models.BooleanField(default=False)
    pack_options = models.BooleanField(default=False)
    pack_costs = models.BooleanField(default=False)
    pack_impact = models.BooleanField(default=False)
    pack_equality = models.BooleanField(default=False)
    pack_rejected = models.BooleanField(default=False)
    time_reason = models.CharField(max_length=300, blank=True)
    themes = models.PositiveIntegerField(default=0)
    themes_answered = models.PositiveIntegerField(default=0)
    report_on = models.DateField(null=True, blank=True)
    heard_on = models.DateField(null=True, blank=True)
    decision_on = models.DateField(null=True, blank=True)
    summary = models.TextField(blank=True)
    duty = models.CharField(max_length=8, choices=Duty, blank=True)
    duty_how = models.CharField(max_length=300, blank=True)
    is_major_change = models.BooleanField(default=False)
    five_engagement = models.CharField(max_length=300, blank=True)
    five_choice = models.CharField(max_length=300, blank=True)
    five_clinical = models.CharField(max_length=300, blank=True)
    five_commissioners = models.CharField(max_length=300, blank=True)
    five_beds = models.CharField(max_length=300, blank=True)
    report_expected = models.BooleanField(default=True)
    dropped_on = models.DateField(null=True, blank=True)
    dropped_reason = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("plan", "opens_on", "id")
        constraints = (
            withdrawn_with_reason("plans_consultation_withdrawn_with_reason"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="plans_consultation_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(themes_answered__lte=F("themes")),
                name="plans_consultation_answers_of_themes",
            ),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True) | ~Q(dropped_reason=""),
                name="plans_consultation_dropped_says_why",
            ),
        )

    def __str__(self) -> str:
        return self.title


class MustAsk(RecordedModel):
    """Somebody who has to be asked in a consultation: an organisation, or everybody of a category."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="must_ask"
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans_must_be_asked",
    )
    category = models.CharField(max_length=20, choices=Category, blank=True)
    because = models.CharField(max_length=200, blank=True)
    asked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("consultation", "category", "id")
        constraints = (
            withdrawn_with_reason("plans_mustask_withdrawn_with_reason"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(category=""),
                name="plans_mustask_one_of_two",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation or self.get_category_display()} in {self.consultation}"
