"""What is said of a step that could not be done, so that nobody has to guess what became of it."""

from consultations.models import Moderation, Response
from consultations.presenters.triage_words import title_of
from stakeholders.models import Organisation

NOT_CLEARED = "Clear the response first: only what was cleared carries themes and is counted."
GONE = "That is no longer there: somebody changed it a moment ago. Choose again."
NOTHING_TO_UNDO = (
    "There is nothing to undo: you have done nothing here in the last 12 hours that still stands."
)
NOTHING_TO_ECHO = (
    "No themes were taken over: none of those with the same words carries one that this has not."
)

STATES = {
    Moderation.WAITING: "it waits to be read",
    Moderation.CLEARED: "it is cleared",
    Moderation.HELD: "it is held back",
}


def in_other_hands(response: Response, holder: str, *, kept: str) -> str:
    """Somebody else has it now."""
    said = f"{holder} works on {_lower(response)} now, so nothing of yours was saved to it."
    return _with_kept(f"{said} Take the next one, or open the response to see it.", kept)


def changed(response: Response, by: str, *, kept: str) -> str:
    """Somebody else was quicker: theirs stands, and what was typed is not lost."""
    state = STATES[Moderation(response.moderation)]
    if response.done_at is not None:
        state = f"{state} and worked through"
    said = (
        f"{by} changed {_lower(response)} while you had it open: {state}. That stands, and what you"
        " chose was not saved. Look at it again and choose once more."
    )
    return _with_kept(said, kept)


def matched_meanwhile(organisation: Organisation | None) -> str:
    """Somebody else said which organisation it is."""
    stands = f"it is {organisation.name}" if organisation else "it is none that is known"
    return f"Somebody else has said meanwhile that {stands}. That stands. Look again and choose once more."


def undo_in_other_hands(response_id: int, holder: str) -> str:
    """What was to be undone is in a response that somebody else reads."""
    return (
        f"Your last step was in response {response_id}, and {holder} works on it now. It was not"
        " undone. Ask them, or try again when they are done."
    )


def undo_after_another(response_id: int, by: str) -> str:
    """What was to be undone is in a response that somebody else has changed since."""
    return (
        f"Your last step was in response {response_id}, and {by} has changed it since. It was not"
        " undone, so that nothing of theirs is lost. Open the response and change it there."
    )


def _with_kept(said: str, kept: str) -> str:
    return f"{said} You had typed: “{kept}”" if kept else said


def _lower(response: Response) -> str:
    return title_of(response).lower()
