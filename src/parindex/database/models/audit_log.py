"""The audit log: append-only, one hash chain per cycle, and one for what belongs to no cycle.

The database itself refuses to update or delete a record (triggers in the migrations).
"""

from __future__ import annotations

from django.db import models

from parindex.database.models.accounts import User
from parindex.database.models.units import Unit


class AuditChain(models.Model):
    """The head of a chain: number and hash of its last record. ``key`` is ``installation`` or ``cycle-<id>``."""

    key = models.CharField(max_length=40, unique=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)


class AuditRecord(models.Model):
    """Who did what, when, to which object and why; ``before`` and ``after`` are JSON, "" where there is nothing."""

    chain = models.ForeignKey(AuditChain, on_delete=models.PROTECT, related_name="records")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    actor_name = models.CharField(max_length=150)
    role = models.CharField(max_length=24, blank=True)
    address = models.CharField(max_length=45, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    action = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=80)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["chain", "sequence"]
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="audit_number_once")]
        indexes = [models.Index(fields=["object_kind", "object_id", "sequence"], name="audit_by_object")]
