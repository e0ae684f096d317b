"""Sending mails so that what went out and what did not is known."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage, get_connection

logger = logging.getLogger(__name__)


def deliver(mails: Sequence[EmailMessage]) -> list[EmailMessage]:
    """Send mails one by one over one connection; those that did not go out, with the cause in the program's log."""
    if not mails:
        return []
    server = get_connection(fail_silently=False)
    unsent: list[EmailMessage] = []
    try:
        server.open()
        for number, one in enumerate(mails):
            try:
                server.send_messages([one])
            except (SMTPRecipientsRefused, SMTPResponseException) as refused:  # this mail; the next may go
                logger.warning("mail refused: %s", refused)
                unsent.append(one)
            except OSError as gone:  # the server itself: each further mail would wait for it in vain
                logger.warning("mail server: %s", gone)
                return [*unsent, *mails[number:]]
    except OSError as gone:
        logger.warning("mail server: %s", gone)
        return list(mails)
    finally:
        server.close()
    return unsent
