"""The bundles that were made of publications: what each is known by, and who signed it; the file lies on the disk."""

from __future__ import annotations

from django.db import models

from parindex.database.models.publications import Publication


class PublicationBundle(models.Model):
    """A bundle of a publication; it never changes (a trigger holds it). Of several the last one counts: another one is
    made where words were kept from the public since (``withheld``: of how many texts that was so), or where a key has
    come after it was offered unsigned.

    ``fingerprint`` is the SHA-256 of its manifest, ``file_digest`` that of the file, ``size`` in bytes. ``public_key``
    is the public file of the key; without a key it is "", as are ``signer`` and ``key_fingerprint``.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="bundles")
    number = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    file_digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    withheld = models.PositiveIntegerField()
    software = models.CharField(max_length=80)
    signer = models.CharField(max_length=300, blank=True)
    key_fingerprint = models.CharField(max_length=64, blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    public_key = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["publication", "number"]
        constraints = [models.UniqueConstraint(fields=["publication", "number"], name="bundle_once")]
