"""Where mail goes in the demonstration: into a table that the administrator reads at /mail/."""

import datetime as dt
from collections.abc import Sequence
from email.utils import parsedate_to_datetime

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from mail.models import KeptMail


class Kept(BaseEmailBackend):
    """Keeps every mail as it would have arrived and sends none.

    Only for the demonstration: elsewhere no table holds what a mail says, because a mail holds
    links and people's words.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Each mail once for each of its recipients; the number of mails."""
        KeptMail.objects.bulk_create(
            KeptMail(
                sent_to=recipient[:254],
                subject=mail.subject[:300],
                text=str(mail.body),
                html=_html(mail),
                headers={str(name): str(value) for name, value in sent.items()},
                arrived_at=parsedate_to_datetime(str(sent["Date"])).replace(tzinfo=dt.UTC),
            )
            for mail in email_messages
            for sent in [mail.message()]
            for recipient in mail.recipients()
        )
        return len(email_messages)


def _html(mail: EmailMessage) -> str:
    if not isinstance(mail, EmailMultiAlternatives):
        return ""
    parts = (str(content) for content, kind in mail.alternatives if kind == "text/html")
    return next(parts, "")
