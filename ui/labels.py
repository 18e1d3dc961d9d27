"""How a form's label is spoken of in a sentence. Pure.

Labels are names ("Capacity"), questions ("How was it held?") or instructions ("Paste practice codes"). A sentence about
a wrong answer has to treat each in its own way, or it reads like a machine's.
"""

from ui import words

INSTRUCTIONS = (
    "Add",
    "Choose",
    "Describe",
    "Enter",
    "Give",
    "Paste",
    "Search",
    "Say",
    "Select",
    "Tell",
    "Type",
    "Write",
)


def plain(label: str) -> str:
    """The label without "(optional)"."""
    return label.removesuffix("(optional)").strip()


def subject(label: str) -> str:
    """The label at the start of a sentence: a name as it is, anything else in quotation marks."""
    text = plain(label)
    return f"“{text}”" if _is_spoken(text) else words.sentence_case(text)


def demand(label: str, verb: str) -> str:
    """What to do when nothing was given: "Enter the note", "Paste practice codes", "Answer “How was it held?”"."""
    text = plain(label)
    if text.endswith("?"):
        return f"Answer “{text}”"
    if _is_spoken(text):
        return text
    name = words.lower_first(text)
    return (
        f"{verb} {name}"
        if name.startswith(("the ", "a ", "an ", "your "))
        else f"{verb} the {name}"
    )


def _is_spoken(text: str) -> bool:
    return text.endswith("?") or text.split(" ", 1)[0] in INSTRUCTIONS
