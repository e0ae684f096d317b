"""Signed bundles that came from another level: kept as they came, the keys that are trusted, what was taken of them."""

from __future__ import annotations

from django.db import models

from parindex.database.models.accounts import User
from parindex.database.models.choices import code_field
from parindex.database.models.evidence import StoredFile
from parindex.database.models.score_sheets import ScoreSheet
from parindex.database.models.units import Unit
from parindex.domain.publication.bundle import BundleKind
from parindex.domain.publication.fed_measures import Way


class TrustedKey(models.Model):
    """A key that the standing office of ``keeper`` trusts, as that of ``unit``, whose bundles name it ``sender_code``.

    ``fingerprint`` is the SHA-256 of the 32 bytes of ``public_key`` (both in hexadecimal). A unit may have several
    keys; one that is revoked stays to be read.
    """

    keeper = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    sender_code = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    public_key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_until = models.DateField()
    reason = models.TextField()
    trusted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    trusted_at = models.DateTimeField()
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["keeper", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["keeper", "fingerprint"], condition=models.Q(revoked_at=None), name="key_trusted_once"
            )
        ]


class ReceivedBundle(models.Model):
    """A bundle that was verified and kept for ``keeper``; it never changes (a trigger holds it).

    ``fingerprint`` is the SHA-256 of its manifest; ``checked`` is what was compared when it came (None: not kept); the
    other columns are what the manifest says.
    """

    keeper = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="received_bundles")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="received_bundles")
    fingerprint = models.CharField(max_length=64)
    kind = code_field(BundleKind)
    sender_code = models.CharField(max_length=80)
    sender_name = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    decision_number = models.CharField(max_length=120, blank=True)
    decision_date = models.DateField(null=True)
    reason = models.TextField(blank=True)
    published_at = models.DateTimeField()
    signer_name = models.CharField(max_length=300)
    public_key = models.CharField(max_length=64)
    key_fingerprint = models.CharField(max_length=64)
    key_from = models.DateField()
    key_until = models.DateField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    checked = models.TextField(null=True)

    class Meta:
        ordering = ["keeper", "-pk"]
        constraints = [models.UniqueConstraint(fields=["keeper", "fingerprint"], name="bundle_received_once")]


class MatchedUnit(models.Model):
    """Which unit here the unit is that bundles of a sender call ``code``: a person has said so, because the codes
    differ; the last row counts, and without a unit it is none here.
    """

    keeper = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    sender_code = models.CharField(max_length=80)
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    matched_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    matched_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["keeper", "sender_code"], name="matched_by_sender")]


class TakenFigure(models.Model):
    """What a bundle gave a figure of a unit, and was taken: the figure is the sum of the rows that stand.

    ``value`` is exact text, or the key of a choice; ``of`` and ``lacking`` are JSON: the codes of the units of the
    bundle that it is made from, and the names of those that have none. A row ends where another bundle takes its place.
    """

    bundle = models.ForeignKey(ReceivedBundle, on_delete=models.PROTECT, related_name="figures")
    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="taken_figures")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=120)
    year = models.PositiveIntegerField()
    value = models.CharField(max_length=120)
    way = code_field(Way)
    of = models.TextField()
    lacking = models.TextField(blank=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["unit", "measure", "year"], name="taken_by_figure")]
        constraints = [
            models.UniqueConstraint(
                fields=["bundle", "unit", "measure", "year"],
                condition=models.Q(ended_at=None),
                name="taken_once_of_bundle",
            )
        ]
