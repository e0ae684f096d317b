"""Evidence: files stored once by their content, documents with all their versions, where they are used and cited."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from parindex.database.models.accounts import User
from parindex.database.models.choices import code_field
from parindex.database.models.entries import Entry
from parindex.database.models.units import Unit


class ScanState(StrEnum):
    """What the virus scanner said; where none is set up, files are ``not_scanned``.

    ``too_large``: it takes none of this size, and is not asked again by itself.
    """

    NOT_SCANNED = "not_scanned"
    QUARANTINED = "quarantined"
    CLEAN = "clean"
    INFECTED = "infected"
    TOO_LARGE = "too_large"


class StoredFile(models.Model):
    """Bytes, stored once under their SHA-256, in private storage."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=120)
    pages = models.PositiveIntegerField(null=True)
    scan = code_field(ScanState, default=ScanState.NOT_SCANNED)
    stored_at = models.DateTimeField()


class Document(models.Model):
    """A document of a unit: an official paper with number, date and issuer, a table, a picture, or a link."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=500)
    link = models.URLField(max_length=1000, blank=True)
    kind = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=120, blank=True)
    number_key = models.CharField(max_length=120, blank=True, db_index=True)
    date = models.DateField(null=True)
    issuer = models.CharField(max_length=300, blank=True)
    abstract = models.TextField(blank=True)
    effective_on = models.DateField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    #: Until somebody has confirmed them, number, date, issuer and abstract are what the first page seems to say.
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "number_key"], name="document_by_number")]


class DocumentVersion(models.Model):
    """One version of a document; the last one is shown, the others stay."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=255)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["document", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="document_version_once")]


class Attachment(models.Model):
    """A document that proves an entry, with the page or section that does; taken off, not deleted."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="attachments")
    page = models.CharField(max_length=60, blank=True)
    section = models.CharField(max_length=120, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "document"], condition=models.Q(removed_at=None), name="attached_once"
            )
        ]


class Citation(models.Model):
    """A document that the explanation of an entry names, as recognised when it was written, or added by hand."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="citations")
    text = models.CharField(max_length=500)
    kind = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=120)
    number_key = models.CharField(max_length=120, db_index=True)
    date = models.DateField(null=True)
    #: The date as it was written; it may be one that does not exist.
    date_text = models.CharField(max_length=40, blank=True)
    issuer = models.CharField(max_length=300, blank=True)
    page = models.CharField(max_length=60, blank=True)
    section = models.CharField(max_length=120, blank=True)
    stated_kind = models.CharField(max_length=80, blank=True)
    position = models.PositiveIntegerField(default=0)
    by_hand = models.BooleanField(default=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="citations", null=True)

    class Meta:
        ordering = ["entry", "by_hand", "position", "pk"]
