"""Rows that nobody needs any more: sessions that are over, old attempts to log in, what was read of old texts.

Invitations stay: they say who gave whom a way in, and the digest of a link that is over opens nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session

from parindex.database.models import TextReading

#: Attempts count for minutes (AXES_COOLOFF_TIME); a day is enough to see who tried.
ATTEMPTS_KEPT = timedelta(days=1)
#: Who logged in from where.
LOGINS_KEPT = timedelta(days=90)
#: What was read of a text, which is read again where it is still asked for: longer than a cycle lasts.
READINGS_KEPT = timedelta(days=400)


def clear_expired(*, at: datetime) -> int:
    """Take away what has expired by ``at``; how many rows. Nothing is written where there is nothing to take away."""
    sessions = Session.objects.filter(expire_date__lt=at)
    living = Session.objects.filter(expire_date__gte=at).values("session_key")
    expired = (
        sessions,
        UserSession.objects.exclude(session_key__in=living).filter(created_at__lt=at - timedelta(minutes=5)),
        AccessAttempt.objects.filter(attempt_time__lt=at - ATTEMPTS_KEPT),
        AccessLog.objects.filter(attempt_time__lt=at - LOGINS_KEPT),
        TextReading.objects.filter(read_at__lt=at - READINGS_KEPT),
    )
    return sum(rows.delete()[0] for rows in expired if rows.exists())
