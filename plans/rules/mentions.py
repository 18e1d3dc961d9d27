"""How often a text names each group of stakeholders, by the words that documents use for them.

Whole words only. An abbreviation counts as it is written ("GP" and "GPs", never "gp" or "GPS"),
other words in any case. Where two names begin at one place the longer is meant: the "Royal College
of General Practitioners" is a college and not general practice. Text copied from a PDF breaks words
at the end of a line: "gen-" and "eral practice" on the next are one mention.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

LIMIT = 400_000
"""Characters: about 150 printed pages, more than any plan of 2016."""

GENERAL_PRACTICE = "gp_practice"
"""The group whose count is read against the others: general practice in all its words."""

NAMES: Mapping[str, tuple[str, ...]] = {
    GENERAL_PRACTICE: (
        "general practice", "general practices", "general practitioner", "general practitioners",
        "GP", "GPs", "GP's", "GPs'", "family doctor", "family doctors", "family practice",
        "primary care network", "primary care networks", "PCN", "PCNs",
        "local medical committee", "local medical committees", "LMC", "LMCs",
    ),
    "commissioner": (
        "clinical commissioning group", "clinical commissioning groups", "CCG", "CCGs",
        "sub-ICB", "sub-ICBs", "sub-ICB location", "sub-ICB locations",
    ),
    "icb": (
        "integrated care board", "integrated care boards", "ICB", "ICBs",
    ),
    "trust": (
        "NHS trust", "NHS trusts", "foundation trust", "foundation trusts", "NHS foundation trust",
        "NHS foundation trusts", "acute trust", "acute trusts", "ambulance trust",
        "ambulance trusts", "community trust", "community trusts", "hospital trust",
        "hospital trusts", "mental health trust", "mental health trusts", "provider trust",
        "provider trusts", "trust board", "trust boards", "trusts",
    ),
    "council": (
        "local authority", "local authorities", "local government", "council", "councils",
        "councillor", "councillors",
    ),
    "hwb": (
        "health and wellbeing board", "health and wellbeing boards", "health and well-being board",
        "health and well-being boards", "health & wellbeing board", "health & wellbeing boards",
        "health and wel being board", "health and wel being boards",
        "HWB", "HWBs",
    ),
    "healthwatch": ("healthwatch",),
    "royal_college": (
        "royal college", "royal colleges", "royal college of general practitioners", "RCGP",
    ),
    "vcse": (
        "voluntary, community and social enterprise", "voluntary, community or social enterprise",
        "voluntary sector", "voluntary and community sector", "voluntary and community",
        "voluntary organisation", "voluntary organisations", "community organisation",
        "community organisations", "council for voluntary service", "third sector", "charity",
        "charities", "social enterprise", "social enterprises", "VCSE", "VCSEs", "VCFSE", "VCS",
        "voluntary",
    ),
    "social_care": ("social care", "adult social services", "social services", "ADASS"),
    "public_health": (
        "public health", "director of public health", "directors of public health", "DPH",
    ),
    "patient_group": (
        "patient participation group", "patient participation groups", "PPG", "PPGs",
        "patient group", "patient groups", "patient forum", "patient forums",
        "patient representative", "patient representatives",
    ),
    "independent": ("independent sector", "independent provider", "independent providers"),
}  # fmt: skip
"""The words that stand for each category of stakeholder. "Primary care" is not among those of
general practice: it means pharmacists, dentists and opticians as well. "Trust" alone is a virtue.
Copying from a PDF turns the ligature of "wellbeing" into "wel being"."""

CUT = "\u00ad"
"""The soft hyphen, which stands for every hyphen that only a line's end brought in."""

BROKEN = re.compile(rf"(?<=\w)[-\u2010{CUT}][^\S\n]*\n\s*(?=\w)")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<![\w\-])\w+(?:-\w+){4,}")
"""A web address, or what a line's end left of one: five words or more joined by hyphens."""
HYPHEN = rf"[\-\u2010\u2011{CUT}]"
GAP = r"[\s\-\u2010\u2011]+"
QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'"})


def counted(text: str) -> dict[str, int]:
    """How often ``text`` names each group; a group that it never names has 0."""
    counts = dict.fromkeys(NAMES, 0)
    for group in groups_named(text):
        counts[group] += 1
    return counts


def groups_named(text: str) -> Iterator[str]:
    """The group of each mention, in the order of the text; no word counts twice."""
    for found in _PATTERN.finditer(_as_read(text)):
        yield _GROUPS[found.lastindex or 0]


def _as_read(text: str) -> str:
    """The text as a reader takes it in: without web addresses, ligatures opened, words mended."""
    plain = unicodedata.normalize("NFKC", text.replace("\r\n", "\n")).translate(QUOTES)
    return BROKEN.sub(CUT, ADDRESS.sub(" ", plain))


def _pattern_of(name: str) -> str:
    """A name as an expression: any blank between its words, and perhaps a cut within each."""
    words = [f"{CUT}?".join(map(_letter, word)) for word in name.split()]
    written = GAP.join(words)
    return written if _is_written_so(name) else f"(?i:{written})"


def _letter(letter: str) -> str:
    return HYPHEN if letter == "-" else re.escape(letter)


def _is_written_so(name: str) -> bool:
    """Whether the name is an abbreviation, which counts only as it is written."""
    return " " not in name and name != name.lower()


_BY_LENGTH = sorted(
    ((name, group) for group, names in NAMES.items() for name in names),
    key=lambda pair: (-len(pair[0]), pair[0]),
)
_GROUPS = {number: group for number, (_, group) in enumerate(_BY_LENGTH, start=1)}
_PATTERN = re.compile(
    rf"(?<!\w)(?:{'|'.join(f'({_pattern_of(name)})' for name, _ in _BY_LENGTH)})(?!\w)"
)
