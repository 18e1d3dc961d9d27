"""What a plan has on paper: its drafts and who saw them, opinions, reasons, decisions about process.

Every row is a fact that somebody recorded (``RecordedModel``): an assessment on a past day reads
the rows whose own date is on or before it.
"""

from django.db import models

from files.models import StoredFile
from plans.models.plans import Plan, Visibility
from plans.models.recorded import RecordedModel, withdrawn_with_reason
from stakeholders.models import Category, Organisation


class Reading(models.TextChoices):
    """How far the text of a version that came as a file has been read."""

    TYPED = "typed", "Pasted"
    WAITING = "waiting", "Waiting to be read"
    READ = "read", "Read"
    NO_TEXT = "no_text", "No text found"
    REFUSED = "refused", "Could not be read"


class PlanVersion(RecordedModel):
    """A draft of the plan, or the final one, on the day it was dated.

    ``public_on`` is the day on which anybody could read it, ``confided_on`` that since which those
    who were shown it may. ``mentions`` counts, for each category of stakeholder, how often ``text``
    names it; it is written with the text and empty without one. The text is pasted, or read page by
    page from ``file`` (``reading`` says how far; ``reading_note`` why not, in a sentence;
    ``found_in_file`` what the reader should know, such as comments by named people).
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    title = models.CharField(max_length=120)
    dated_on = models.DateField()
    is_final = models.BooleanField(default=False)
    visibility = models.CharField(
        max_length=14, choices=Visibility, default=Visibility.CONFIDENTIAL
    )
    confided_on = models.DateField(null=True, blank=True)
    public_on = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)
    mentions = models.JSONField(default=dict)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="plans_versions"
    )
    file_name = models.CharField(max_length=200, blank=True)
    reading = models.CharField(max_length=8, choices=Reading, default=Reading.TYPED)
    reading_note = models.CharField(max_length=300, blank=True)
    found_in_file = models.JSONField(default=list, blank=True)
    run_id = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("plan", "dated_on", "id")
        constraints = (withdrawn_with_reason("plans_version_withdrawn_with_reason"),)

    def __str__(self) -> str:
        return f"{self.title} of {self.plan}"


class VersionPage(models.Model):
    """One page of a version, as it was read from its file; numbers begin with 1."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("version", "number")
        constraints = (
            models.UniqueConstraint(fields=("version", "number"), name="plans_versionpage_once"),
        )

    def __str__(self) -> str:
        return f"Page {self.number} of version {self.version_id}"


class MentionName(RecordedModel):
    """A word or name that stands for a category of stakeholder in the text of a plan.

    The list that comes with the service is ``plans.rules.mentions.NAMES``; rows add to it, and
    those with ``is_left_out`` take a word of it out.
    """

    category = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    is_left_out = models.BooleanField(default=False)

    class Meta:
        ordering = ("category", "name", "id")
        constraints = (withdrawn_with_reason("plans_mentionname_withdrawn_with_reason"),)

    def __str__(self) -> str:
        return self.name


class Sharing(RecordedModel):
    """A version of the plan was shown to an organisation on a day."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="sharings")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="sharings")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="plans_sharings"
    )
    shown_on = models.DateField()
    how = models.CharField(max_length=120)
    in_confidence = models.BooleanField(default=False)

    class Meta:
        ordering = ("plan", "shown_on", "id")
        constraints = (withdrawn_with_reason("plans_sharing_withdrawn_with_reason"),)

    def __str__(self) -> str:
        return f"{self.version} shown to {self.organisation}"


class OpinionKind(models.TextChoices):
    """What a Health and Wellbeing Board had to do with the plan."""

    LEADS = "leads", "Leads the plan"
    OPINION = "opinion", "Gave a written opinion"


class Opinion(RecordedModel):
    """A Health and Wellbeing Board leads the plan, or gave its opinion in writing."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="opinions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="plans_opinions"
    )
    kind = models.CharField(max_length=8, choices=OpinionKind)
    given_on = models.DateField()
    reference = models.CharField(max_length=200)

    class Meta:
        ordering = ("plan", "given_on", "id")
        constraints = (withdrawn_with_reason("plans_opinion_withdrawn_with_reason"),)

    def __str__(self) -> str:
        return f"{self.organisation} on {self.plan}"


class GroupReason(RecordedModel):
    """Why a required group was not engaged: the group is accounted for, and still not heard."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="group_reasons")
    category = models.CharField(max_length=20, choices=Category)
    reason = models.CharField(max_length=300)
    given_on = models.DateField()

    class Meta:
        ordering = ("plan", "category", "id")
        constraints = (withdrawn_with_reason("plans_groupreason_withdrawn_with_reason"),)

    def __str__(self) -> str:
        return f"{self.get_category_display()} on {self.plan}"


class Activity(RecordedModel):
    """One line of the plan's tailored engagement plan: what is due when, and when it was done."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="activities")
    title = models.CharField(max_length=160)
    category = models.CharField(max_length=20, choices=Category, blank=True)
    owner = models.CharField(max_length=120)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("plan", "due_on", "id")
        verbose_name_plural = "activities"
        constraints = (withdrawn_with_reason("plans_activity_withdrawn_with_reason"),)

    def __str__(self) -> str:
        return f"{self.title}, due {self.due_on}"


class SpecialistAdvice(RecordedModel):
    """The plan needs specialist advice in a field; ``college`` is the one to be heard about it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="specialist_advice")
    specialty = models.CharField(max_length=80)
    college = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans_specialties",
    )
    needed_from = models.DateField()

    class Meta:
        ordering = ("plan", "specialty", "id")
        constraints = (withdrawn_with_reason("plans_advice_withdrawn_with_reason"),)

    def __str__(self) -> str:
        return f"{self.specialty} for {self.plan}"


class Triage(RecordedModel):
    """The dated decision whether the plan needs a formal consultation, why, and by whom."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="triages")
    decided_on = models.DateField()
    formal_needed = models.BooleanField()
    reason = models.CharField(max_length=300)
    decided_by = models.CharField(max_length=120)

    class Meta:
        ordering = ("plan", "decided_on", "id")
        constraints = (withdrawn_with_reason("plans_triage_withdrawn_with_reason"),)

    def __str__(self) -> str:
        return f"Consultation on {self.plan}: decided {self.decided_on}"


class Commitment(RecordedModel):
    """Something that was promised to general practice, with the day by which."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="commitments")
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans_commitments",
    )
    text = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)
    made_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("plan", "due_on", "id")
        constraints = (withdrawn_with_reason("plans_commitment_withdrawn_with_reason"),)

    def __str__(self) -> str:
        return f"{self.text}, due {self.due_on}"
