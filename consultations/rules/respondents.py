"""Who answered twice, who sent the same words as others, and how many that makes. Pure.

Every response is kept. A repeat is a further one of the same respondent, told by the key; those of
a campaign have the same words, told by the fingerprint. Where people or organisations are counted,
each counts once, and the words of a campaign as one view.
"""

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

ORGANISATION = "organisation"

FEWEST_WORDS = 12
"""Fewer words are no fingerprint: "I agree with this" is said by people who never heard of each other."""

FULL_NAME = 2
"""Words that a name must have to tell two people apart; a first name alone tells nobody."""


def respondent_key(
    *, kind: str = "individual", email: str = "", name: str = "", organisation_name: str = ""
) -> str:
    """The same text for the same respondent: of the e-mail where there is one, failing that of the
    name; for an organisation always with its name, since one person may answer for two. Empty where
    nobody can be told from anybody else: without e-mail, a full name or the name of an organisation.
    """
    box = unicodedata.normalize("NFKC", email).strip().casefold()
    organisation = plain(organisation_name) if kind == ORGANISATION else ""
    person = plain(name)
    if box:
        return _hash("email", kind, box, organisation)
    if organisation:
        return _hash("organisation", kind, organisation)
    if kind != ORGANISATION and len(person.split()) >= FULL_NAME:
        return _hash("name", kind, person)
    return ""


def register_key(code: str) -> str:
    """The key of an organisation whose own people answered, signed in, by its code in the register.

    Nobody who types a name can come by it, so nobody speaks in such an organisation's name.
    """
    return _hash("register", code.strip().upper())


def fingerprint(texts: Iterable[str]) -> str:
    """The same text for the same words, whatever their case, spaces and marks; empty for too few."""
    words = plain(" ".join(texts))
    return _hash("words", words) if len(words.split()) >= FEWEST_WORDS else ""


def plain(text: str) -> str:
    """Letters and digits in words, for comparing: without case, accents' spelling and marks."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    joined = folded.replace("'", "").replace("\u2019", "")
    return " ".join(joined.translate(_WORDS).split())


@dataclass(frozen=True, kw_only=True)
class Voice:
    """One response, with who sent it as far as that is known."""

    respondent: int
    kind: str
    organisation: int | None = None
    organisation_name: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What so many responses come to.

    ``organisations``: distinct ones, matched with the register or by their names. ``people``:
    individuals, each once, however often they answered. ``views``: the same with everybody who sent
    the same words as one. ``repeats``: responses that are a further one of the same organisation or
    person. ``campaigns``: texts that more than one of them sent, ``in_campaigns``: the responses
    with such a text.
    """

    responses: int = 0
    organisations: int = 0
    people: int = 0
    views: int = 0
    repeats: int = 0
    campaigns: int = 0
    in_campaigns: int = 0


def speakers(voices: Iterable[Voice]) -> list[tuple[bool, str]]:
    """For each response, whether an organisation speaks, and a text that is the same for the same
    organisation or person. An organisation that is matched is also known by the name it typed."""
    listed = list(voices)
    names: dict[str, int | None] = {
        plain(one.organisation_name): one.organisation for one in listed if one.organisation
    }
    names.pop("", None)
    return [(one.kind == ORGANISATION, _speaker(one, names)) for one in listed]


def campaigns_among(
    voices: Iterable[Voice], speakers: Iterable[tuple[bool, str]]
) -> frozenset[str]:
    """The fingerprints of texts that more than one organisation or person sent."""
    sent_by: defaultdict[str, set[str]] = defaultdict(set)
    for voice, (_, who) in zip(voices, speakers, strict=True):
        if voice.fingerprint:
            sent_by[voice.fingerprint].add(who)
    return frozenset(text for text, senders in sent_by.items() if len(senders) > 1)


def counted(voices: Iterable[Voice]) -> Counted:
    """How many organisations and people these responses come from."""
    listed = list(voices)
    heard = speakers(listed)
    campaigns = campaigns_among(listed, heard)
    views: defaultdict[str, set[str]] = defaultdict(set)
    for voice, (is_organisation, who) in zip(listed, heard, strict=True):
        if not is_organisation:
            views[who].add(voice.fingerprint if voice.fingerprint in campaigns else "")
    own = sum(1 for texts in views.values() if "" in texts)
    shared = set().union(*(texts for texts in views.values() if "" not in texts), set())
    return Counted(
        responses=len(listed),
        organisations=len({who for is_organisation, who in heard if is_organisation}),
        people=len(views),
        views=own + len(shared),
        repeats=len(listed) - len({who for _, who in heard}),
        campaigns=len(campaigns),
        in_campaigns=sum(one.fingerprint in campaigns for one in listed),
    )


def _speaker(voice: Voice, names: dict[str, int | None]) -> str:
    if voice.kind != ORGANISATION:
        return f"person {voice.respondent}"
    name = plain(voice.organisation_name)
    matched = voice.organisation or names.get(name)
    if matched:
        return f"organisation {matched}"
    return f"named {name}" if name else f"nameless {voice.respondent}"


class _OfWords(dict[int, int]):
    """What becomes of a letter, by its number: a blank, unless it is a letter or digit of any script
    or a mark that belongs to one. Looked up once for each of the usual ones."""

    def __missing__(self, number: int) -> int:
        kept = number if unicodedata.category(chr(number))[0] in "LNM" else ord(" ")
        if number < FEWER_THAN:
            self[number] = kept
        return kept


FEWER_THAN = 0x10000
_WORDS = _OfWords()


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
