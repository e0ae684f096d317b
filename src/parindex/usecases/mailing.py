"""Sending mails so that what went out and what did not is known."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Self

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)


def deliver(mails: Sequence[EmailMessage]) -> list[EmailMessage]:
    """Send mails one by one over one connection; those that did not go out, with the cause in the program's log."""
    with MailServer() as server:
        return server.deliver(mails)


class MailServer:
    """One connection for several deliveries, opened by the first; once the server is gone, nothing more is tried."""

    def __init__(self) -> None:
        self.is_gone = False
        #: How many mails the server has taken so far: known also where a delivery was stopped midway.
        self.taken = 0
        self._connection: BaseEmailBackend | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def deliver(self, mails: Sequence[EmailMessage]) -> list[EmailMessage]:
        """Send mails one by one; those that did not go out, with the cause in the program's log."""
        unsent: list[EmailMessage] = []
        for number, one in enumerate(mails):
            try:
                if self._went_out(one):
                    self.taken += 1
                else:
                    unsent.append(one)
            except OSError as gone:  # the server itself: each further mail would wait for it in vain
                logger.warning("mail server: %s", gone)
                self.is_gone = True
            if self.is_gone:
                return [*unsent, *mails[number:]]
        return unsent

    def _went_out(self, mail: EmailMessage) -> bool:
        connection = self._opened()
        try:
            connection.send_messages([mail])
        except (SMTPRecipientsRefused, SMTPResponseException) as refused:  # this mail; the next may go
            logger.warning("mail refused: %s", refused)
            return False
        except OSError:
            raise
        except Exception:  # what cannot be written as a mail, as an address that is none; the server knows half of it
            logger.exception("mail refused")
            self._close()
            return False
        return True

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _opened(self) -> BaseEmailBackend:
        if self._connection is None:
            self._connection = get_connection(fail_silently=False)
            self._connection.open()
        return self._connection
