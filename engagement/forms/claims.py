"""What an organisation adds to a record, and what a manager makes of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from engagement.actions.claims import Said
from engagement.forms.evidence import EvidenceFields
from engagement.forms.keys import FormKey
from engagement.models import Channel, Claim, ClaimKind, Event, Level, Outcome
from engagement.rules.answers import usual_capacity
from engagement.rules.claims import LONGEST, OUTCOME_BY_KIND, heard_nothing, title_for
from plans.models import Capacity
from ui.forms import CleanText, NhsForm, PlainDateField, Radios, Select, Textarea
from ui.words import nhs_date

CHANNELS = [("", "Choose one"), *Channel.choices]


class ClaimForm(EvidenceFields, NhsForm):
    """You missed this."""

    submit_text = "Add it"
    field_order = ("kind", "happened_on", "channel", "with_whom", "words")

    kind = forms.ChoiceField(
        label="What is missing?",
        choices=ClaimKind.choices,
        widget=Radios(
            hints={
                ClaimKind.MET: "A meeting, a visit, a call, in which you could say what you think",
                ClaimKind.SENT: "A letter, an email or a response to a survey",
                ClaimKind.NO_REPLY: "A request to take part that nobody answered",
            }
        ),
        error_messages={"required": "Choose what is missing"},
    )
    happened_on = PlainDateField(
        label="When was it?", error_messages={"required": "Enter the date, like 3 April 2016"}
    )
    channel = forms.ChoiceField(
        label="How was it?",
        choices=CHANNELS,
        widget=Select,
        error_messages={"required": "Choose how it was: a meeting, a letter or something else"},
    )
    with_whom = CleanText(
        label="With whom? (optional)",
        required=False,
        max_length=200,
        help_text="Whom you met or wrote to: the body they work for, and the name if you know it",
    )
    words = CleanText(
        label="What happened, in your own words",
        max_length=LONGEST,
        widget=Textarea,
        help_text="What you said or sent, and what came of it. The plan's managers and the board"
        " read it. Leave out what must stay inside your organisation",
        error_messages={"required": "Enter what happened, in your own words"},
    )
    form_key = FormKey()

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def said(self) -> Said:
        """What the claim holds; the form is valid."""
        names = ("kind", "happened_on", "channel", "with_whom", "words", "files", "urls")
        return Said(**{name: self.cleaned_data[name] for name in names})

    def clean_happened_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["happened_on"]
        if day > self.today:
            message = f"{nhs_date(day)} has not come yet. Add it when it has happened"
            raise forms.ValidationError(message)
        return day


class TakeBackForm(NhsForm):
    """Why the organisation takes its claim back."""

    submit_text = "Take it back"

    words = CleanText(
        label="Why do you take it back?",
        max_length=2000,
        widget=Textarea,
        help_text="The plan's managers and the board read it beside what you had added",
        error_messages={"required": "Enter why you take it back"},
    )


class DeclineForm(NhsForm):
    """Why a claim does not come into the record."""

    submit_text = "Decline it"

    reason = CleanText(
        label="Why does it not come into the record?",
        max_length=2000,
        widget=Textarea,
        help_text="The organisation, the board and everybody who may see the claim read it",
        error_messages={"required": "Enter why it does not come into the record"},
    )


class LinkForm(NhsForm):
    """Which record is meant."""

    submit_text = "Link it to this record"

    event = forms.TypedChoiceField(
        label="Which record is it?",
        coerce=int,
        widget=Radios,
        error_messages={"required": "Choose the record that is meant"},
    )

    def __init__(self, *args: Any, events: Sequence[Event], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].choices = [  # type: ignore[attr-defined]
            (event.pk, f"{nhs_date(event.held_on)}: {event.title}") for event in events
        ]
        self.fields["event"].widget.hints = {
            str(event.pk): f"{event.get_channel_display()}, {event.get_level_display().lower()}."
            f" Logged by {event.recorded_by.name} on {nhs_date(event.recorded_at)}"
            for event in events
        }


class AcceptForm(NhsForm):
    """The event that is made of a claim, as the manager sees it."""

    submit_text = "Accept it into the record"

    held_on = PlainDateField(label="When was it?")
    channel = forms.ChoiceField(label="How was it held?", choices=CHANNELS, widget=Select)
    title = CleanText(label="Name of the record", max_length=160)
    level = forms.ChoiceField(
        label="How far could they influence the plan?",
        choices=[
            (Level.INFORM, "Inform: they were told"),
            (Level.CONSULT, "Consult: they were asked what they think"),
            (Level.INVOLVE, "Involve: they worked on it with you"),
            (Level.COLLABORATE, "Collaborate: you decided on it together"),
            (Level.EMPOWER, "Empower: they decided"),
        ],
        widget=Radios,
        error_messages={"required": "Choose how far they could influence the plan"},
    )
    capacity = forms.ChoiceField(
        label="As what did they speak?",
        choices=[("", "Choose one"), *Capacity.choices],
        widget=Select,
        error_messages={"required": "Choose as what they spoke"},
    )
    outcome = forms.ChoiceField(
        label="What did they do?",
        choices=[
            (Outcome.ATTENDED, "Attended: they were there or spoke"),
            (Outcome.RESPONDED, "Responded: they sent their views"),
            (Outcome.INFORMED, "Was sent it: nobody asked them"),
        ],
        widget=Radios,
        error_messages={"required": "Choose what they did"},
    )
    period_reason = CleanText(
        label="Why does it count all the same?",
        max_length=300,
        help_text="The board sees this reason beside the record",
        error_messages={"required": "Enter why it counts although it lies outside the plan's time"},
    )
    is_another = forms.BooleanField(
        label="It is not the one that is logged already: make another record of it",
        error_messages={
            "required": "Tick that it is another one, or link the claim to the record there is"
        },
    )

    def __init__(
        self,
        data: Any = None,
        *,
        claim: Claim,
        today: dt.date,
        asks_period: bool,
        asks_double: bool,
    ) -> None:
        super().__init__(data, initial=_suggested(claim))
        self.today = today
        if heard_nothing(claim.kind):
            # Nobody of ours reached them, so there is neither level nor outcome to choose.
            del self.fields["level"], self.fields["outcome"]
        if not asks_period:
            del self.fields["period_reason"]
        if not asks_double:
            del self.fields["is_another"]

    def clean_held_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["held_on"]
        if day > self.today:
            message = f"{nhs_date(day)} has not come yet, and they say that it happened"
            raise forms.ValidationError(message)
        return day


def _suggested(claim: Claim) -> dict[str, Any]:
    organisation = claim.organisation
    return {
        "held_on": claim.happened_on,
        "channel": claim.channel,
        "title": title_for(
            claim.kind, channel=claim.get_channel_display(), organisation=organisation.name
        ),
        "capacity": usual_capacity(organisation.category, holds_commissioner_post=False),
        "outcome": OUTCOME_BY_KIND[claim.kind],
    }
