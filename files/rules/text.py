"""Plain text, and e-mails as mail programs save them."""

import re
from email import policy
from email.message import Message
from email.parser import BytesParser
from typing import BinaryIO

from files.rules.wrong import WrongKindError

TXT, EML = "txt", "eml"

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"\A\s*<(!doctype|html|head|body|script|svg|\?xml|\?php|\!--|iframe)", re.I)
_HEADER = re.compile(r"\A(?:From \S.*\r?\n)?[A-Za-z][A-Za-z0-9-]*:[ \t]")
_MUST = ("from", "date")
_HARMFUL = re.compile(
    r"\.(exe|scr|com|pif|bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|hta|lnk|msi|jar|reg|iso|img|chm|cpl"
    r"|docm|dotm|xlsm|xltm|xlam|pptm|zip|7z|rar|gz|cab)$",
    re.I,
)
MOST_LINES, MOST_WRAPPED = 400_000, 20
"""Lines of an e-mail, and how often its parts are wrapped in one another: its parser compares each line
with the ends of all that are open. An e-mail of 10 MB has a third of the lines and a few wrappings."""

_WRAPPING = re.compile(rb"multipart/", re.I)
_UNREADABLE = "is an e-mail that cannot be read. Save it as PDF"
_UNKNOWN = "is of a kind that cannot be kept. Save it as PDF"


def kind_of(file: BinaryIO) -> str:
    """Text or an e-mail. What holds characters that nobody writes is neither."""
    file.seek(0)
    data = file.read()
    said = decoded(data)
    if _UNSEEN.search(said):
        raise WrongKindError(_UNKNOWN)
    if _MARKUP.match(said):
        raise WrongKindError("is a web page or a drawing in code. Save it as PDF")
    return EML if _HEADER.match(said) and _is_mail(data) else TXT


def decoded(data: bytes) -> str:
    """UTF-8, else as old Windows programs write; their undefined bytes mean that it is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WrongKindError(_UNKNOWN)


def _is_mail(data: bytes) -> bool:
    """Whether it has the lines that each e-mail begins with; one that carries a program is refused."""
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > MOST_LINES or len(_WRAPPING.findall(data)) > MOST_WRAPPED:
        raise WrongKindError(_UNREADABLE)
    try:
        mail = BytesParser(policy=policy.compat32).parsebytes(data)
        if not all(name in mail for name in _MUST):
            return False
        names = [str(part.get_filename() or "") for part in mail.walk()]
    except (RecursionError, ValueError, LookupError) as problem:
        raise WrongKindError(_UNREADABLE) from problem
    harmful = next((name for name in names if _HARMFUL.search(name.strip(" ."))), "")
    if harmful:
        raise WrongKindError("has a program or a packed file attached. Save the e-mail as PDF")
    return isinstance(mail, Message)
