"""What the history says of organisations and their people."""

VERBS = {
    "renamed": "changed the name",
    "person added": "added the person",
    "contact permitted": "recorded that messages may be sent again",
    "contact not permitted": "recorded that no messages may be sent",
    "organisation added": "added the organisation",
    "invited": "invited a colleague",
    "invited again": "sent the invitation again",
    "withdrew the invitation": "took the invitation back",
    "accepted the invitation": "accepted the invitation",
}
