"""Score sheets: what one unit reports in one cycle, in parts that lead units answer for."""

from __future__ import annotations

from django.db import models

from parindex.database.models.accounts import User
from parindex.database.models.choices import code_field
from parindex.database.models.cycles import Cycle, CycleGroup
from parindex.database.models.units import Unit
from parindex.domain.review.stages import SheetState


class ScoreSheet(models.Model):
    """The sheet of ``unit``, which keeps the name that it had when the cycle was opened.

    The counts and points are kept by the use case that writes an entry, in the same transaction, so that the overview
    of 3,500 units is one query; points are exact text.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="sheets")
    group = models.ForeignKey(CycleGroup, on_delete=models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sheets")
    unit_name = models.CharField(max_length=300)
    unit_path = models.CharField(max_length=500)
    unit_kind = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField(default=0)
    state = code_field(SheetState, default=SheetState.OPEN)
    extended_until = models.DateTimeField(null=True)
    #: Until when the unit answers what the council has asked; None where it has asked nothing.
    answer_until = models.DateTimeField(null=True)
    items = models.PositiveIntegerField(default=0)
    items_done = models.PositiveIntegerField(default=0)
    items_started = models.PositiveIntegerField(default=0)
    items_without_evidence = models.PositiveIntegerField(default=0)
    requests = models.PositiveIntegerField(default=0)
    points = models.TextField(default="0")
    max_points = models.TextField(default="0")
    last_act = models.CharField(max_length=60, blank=True)
    last_act_at = models.DateTimeField(null=True)
    last_act_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["cycle", "unit"], name="sheet_once")]
        indexes = [models.Index(fields=["cycle", "state"], name="sheet_by_state")]


class SheetPart(models.Model):
    """The items of a sheet that one lead unit edits and signs; a sheet without assignments has one part, its own."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="parts")
    lead_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sheet_parts")
    lead_name = models.CharField(max_length=300)
    lead_path = models.CharField(max_length=500)
    state = code_field(SheetState, default=SheetState.OPEN)
    returned_reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "lead_unit"], name="part_once")]


class Submission(models.Model):
    """What a leader signed: the claim as it then was, in canonical JSON, and its fingerprint.

    ``part`` is None for the submission of a whole sheet.
    """

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="submissions")
    part = models.ForeignKey(SheetPart, on_delete=models.PROTECT, related_name="submissions", null=True)
    number = models.PositiveIntegerField()
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    claim = models.TextField()
    fingerprint = models.CharField(max_length=64)
    log_sequence = models.PositiveBigIntegerField()
    log_hash = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "part", "number"], nulls_distinct=False, name="submission_once")
        ]


class ReconciliationMeeting(models.Model):
    """The meeting at which the parts of a sheet were reconciled: when, who came, what was agreed."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    present = models.TextField()
    agreed = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


class HandedWorkbook(models.Model):
    """A workbook that was filled offline and handed in, as it came; ``applied_at`` is set once it has been written."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="workbooks")
    part = models.ForeignKey(SheetPart, on_delete=models.PROTECT, related_name="workbooks", null=True)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    handed_in_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField()
    applied_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    applied_at = models.DateTimeField(null=True)
