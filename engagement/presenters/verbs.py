"""What the history says of records, answers, claims and collations."""

from accounts.presenters.words import HIDDEN, Field
from engagement.models import ClaimState

VERBS = {
    "event recorded": "logged this event",
    "event amended": "changed the record",
    "event withdrawn": "withdrew the record",
    "event did not happen": "recorded that it did not happen",
    "record confirmed": "agreed with the record",
    "record disputed": "disagreed with the record",
    "dispute answered": "replied to an organisation that disagrees",
    "dispute taken back": "took the disagreement back",
    "dispute closed": "let both the record and the disagreement stand",
    "organisations asked": "asked the organisations named whether it is right",
    "question closed": "stopped asking an organisation that is no longer named",
    "link sent again": "sent the link to answer again",
    "link revoked": "took the link to answer back",
    "evidence added": "added evidence",
    "claim made": "added what the record misses",
    "claim taken back": "took it back",
    "claim declined": "declined it",
    "claim accepted": "accepted it into the record",
    "claim linked": "linked it to a record that was there",
    "collation opened": "asked the members for comments",
    "comment came": "sent a comment",
    "comments chosen": "chose which comments to use",
    "collation closed": "stopped taking comments",
    "members' response sent": "sent the members' response",
    "draft started": "began a draft",
    "draft saved": "saved a draft",
    "edit started": "began to edit a record",
    "draft put on a newer version": "took over the changes of somebody else",
    "draft discarded": "threw a draft away",
}

FIELDS = {
    "held_on": Field(label="Date"),
    "cancel_reason": Field(label="Why it did not happen", is_told=True),
    "plans": Field(label="Plans it counts for", is_named_only=True),
    "attendances": Field(label="Who took part", is_named_only=True),
    "points": Field(label="Points", is_named_only=True),
    "summary": Field(label="Notes", is_named_only=True),
    "period_reason": Field(label="Reason for the date", is_named_only=True),
    "has_restricted_note": Field(label="Restricted note", is_named_only=True),
    "words": Field(label="In their words", is_told=True),
    "reply": Field(label="Reply", is_told=True),
    "organisation": Field(label="Organisation", is_told=True),
    "asked": HIDDEN,
    "asked_again": HIDDEN,
    "asked_no_more": HIDDEN,
    "person": Field(label="Person", is_told=True),
    "engagement.event.name": Field(label="Files and links", is_told=True),
    "engagement.claim.name": Field(label="Files and links", is_told=True),
    "engagement.claim.state": Field(
        label="State", speak=lambda value: str(ClaimState(value).label)
    ),
    "engagement.claim.event": HIDDEN,
    "engagement.eventdraft.event": HIDDEN,
    "by_link_of": HIDDEN,
    "sends": HIDDEN,
}
