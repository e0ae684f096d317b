"""What was read of explanations, so that each is read once: a store of what a pure function gave, and nothing else."""

from __future__ import annotations

from django.db import models


class TextReading(models.Model):
    """What one text prints of figures (:mod:`~parindex.documents.explanation_readings`), by the sha-256 of the text.

    Taken away without loss: it is read again. A reading quotes its text, so nobody is shown one but through the flags
    of an item that has this text. ``reader`` is the reader that made it; another one reads anew in its place.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    reader = models.CharField(max_length=32)
    reading = models.TextField(blank=True)
    read_at = models.DateTimeField(db_index=True)
