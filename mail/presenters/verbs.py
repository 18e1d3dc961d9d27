"""What the history says of messages."""

VERBS = {
    "queued again": "sent the message again",
    "chose messages": "chose which messages to get",
    "unsubscribed": "stopped the daily summary",
}
