"""Papers that somebody has let check for statements that do not add up: what was found, for that person alone."""

from __future__ import annotations

from django.db import models

from parindex.database.models.accounts import User


class TextCheck(models.Model):
    """One check of one or several papers. ``names`` is JSON: what the files are called; the files themselves lie in the
    working folder until they have been read, and are kept nowhere.

    ``answer`` is JSON of what was found (:mod:`~parindex.documents.arithmetic.checking_worker`), "" while the work goes
    on and where it ended without an answer (``ended_at``).
    """

    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="text_checks")
    made_at = models.DateTimeField()
    names = models.TextField()
    answer = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
