"""What a machine finds in an answer that a person must look at before anybody else reads it. Pure.

It finds too much rather than too little, and changes nothing: a person decides. Sources: telephone
numbers as Ofcom's national numbering plan gives them; the NHS number's check digit as the NHS Data
Dictionary describes it; postcodes as in BS 7666.
"""

import re
import unicodedata

PHONE, EMAIL, NHS_NUMBER, POSTCODE, ABUSE = "phone", "email", "nhs_number", "postcode", "abuse"

CONCERNS = {
    PHONE: "A telephone number",
    EMAIL: "An email address",
    NHS_NUMBER: "An NHS number",
    POSTCODE: "A postcode",
    ABUSE: "Words that may be abuse",
}
"""Code -> what to call it, in the order in which they are said."""

GAP = r"[ \t().\-\u2010-\u2015]{0,3}"
"""What stands between the digits of a telephone number."""
NUMBER = re.compile(
    rf"(?<![\w+])(?:(?:\+|00)44{GAP}(?:0{GAP})?|0{GAP})[1-9]{GAP}(?:\d{GAP}){{7,8}}\d(?!\w)"
)
RUN = re.compile(rf"\d(?:{GAP}\d){{9}}")
"""Ten digits with no more between them than that: without such a run there is no number."""
TEN_DIGITS = re.compile(r"(?<!\w)\d{3}[ \-]?\d{3}[ \-]?\d{4}(?!\w)")
BOX = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
CODE = re.compile(
    r"(?<![a-z0-9])(?:gir ?0aa|[a-z]{1,2}[0-9][a-z0-9]?[ \t]{0,2}[0-9][abd-hjlnp-uw-z]{2})(?![a-z0-9])"
)
INWARD = re.compile(r"[0-9][abd-hjlnp-uw-z]{2}(?![a-z0-9])")
"""How every postcode ends; looked for first, because it takes a tenth of the time."""
RUDE = re.compile(
    r"(?<!\w)(?:arse(?:hole)?s?|bastards?|bitch(?:es)?|bollocks|bullshit\w*|clowns?|cowards?|crooks?"
    r"|cunts?|dickheads?|fuck\w*|idiots?|idiotic|imbeciles?|liars?|lunatics?|morons?|moronic|nazis?"
    r"|pricks?|retards?|retarded|scum|shit\w*|slags?|stupid|tossers?|twats?"
    r"|wankers?|worthless)(?!\w)"
)
RUDE_PARTS = (
    *("arse", "bastard", "bitch", "bollocks", "bullshit", "clown", "coward", "crook", "cunt"),
    *("dickhead", "fuck", "idiot", "imbecile", "liar", "lunatic", "moron", "nazi", "prick"),
    *("retard", "scum", "shit", "slag", "stupid", "tosser", "twat", "wanker", "worthless"),
)
"""Every such word has one of these in it: a text without any is not searched word by word."""

LONG = 10
"""Digits of the shortest telephone number, and of an NHS number."""
NO_DIGITS = dict.fromkeys(range(ord("0"), ord("9") + 1))

WEIGHTS = range(10, 1, -1)
ELEVEN = 11


def concerns(text: str) -> list[str]:
    """Codes of what the text seems to hold, each once, in the order of ``CONCERNS``."""
    read = unicodedata.normalize("NFKC", text).casefold()
    digits = _digits(read)
    has_many = digits >= LONG and bool(RUN.search(read))
    found = {
        NHS_NUMBER: has_many
        and any(is_nhs_number(one.group()) for one in TEN_DIGITS.finditer(read)),
        PHONE: has_many and bool(NUMBER.search(read)),
        EMAIL: "@" in read and bool(BOX.search(read)),
        POSTCODE: digits > 0 and bool(INWARD.search(read)) and bool(CODE.search(read)),
        ABUSE: any(map(read.__contains__, RUDE_PARTS)) and bool(RUDE.search(read)),
    }
    return [code for code in CONCERNS if found[code]]


def _digits(read: str) -> int:
    """How many digits it has: too few are looked at no further, which is most of the time saved.

    Of letters beyond ASCII some are digits too; then it is taken for having enough.
    """
    return len(read) - len(read.translate(NO_DIGITS)) if read.isascii() else LONG


def is_nhs_number(text: str) -> bool:
    """Whether the ten digits in it are an NHS number by their check digit (modulus 11)."""
    digits = [int(one) for one in text if one.isdecimal()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=False))
    check = (ELEVEN - total % ELEVEN) % ELEVEN
    return check == digits[9]
