"""Cycles: one yearly run of criteria sets over groups of units, with its timetable."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from parindex.database.models.accounts import User
from parindex.database.models.choices import code_field
from parindex.database.models.criteria_sets import CriteriaSetVersion
from parindex.database.models.units import Unit
from parindex.domain.review.stages import CycleState


class PhaseKind(StrEnum):
    """What a phase is for; phases have dates and may overlap."""

    SURVEY = "survey"
    SELF_SCORING = "self_scoring"
    APPRAISAL = "appraisal"
    FURTHER_EXPLANATION = "further_explanation"
    PUBLICATION = "publication"


class Cycle(models.Model):
    """A cycle that ``owner`` runs with its own standing office and council; cycles nest by ``parent``."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cycles")
    owner_path = models.CharField(max_length=500)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="children", null=True, blank=True)
    title = models.CharField(max_length=300)
    year = models.PositiveIntegerField()
    state = code_field(CycleState, default=CycleState.DRAFT)
    notice = models.TextField(blank=True)
    contact = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-year", "title"]


class Phase(models.Model):
    """One phase of a cycle; either end may be open."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="phases")
    kind = code_field(PhaseKind)
    title = models.CharField(max_length=300)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at", "ends_at"]


class CycleGroup(models.Model):
    """Units of a cycle that are scored by one set and ranked together; ``code`` is the unit group of the set."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="groups")
    code = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    set_version = models.ForeignKey(CriteriaSetVersion, on_delete=models.PROTECT, related_name="cycle_groups")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["cycle", "code"], name="cycle_group_once")]


class NotAssessedProposal(models.Model):
    """An item that the standing office proposes not to assess for units of a kind: the unit accepts with one click."""

    group = models.ForeignKey(CycleGroup, on_delete=models.PROTECT, related_name="proposals")
    unit_kind = models.CharField(max_length=60)
    item_code = models.CharField(max_length=40)
    reason = models.TextField()
    legal_basis = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "unit_kind", "item_code"], name="proposal_once")]


class Extension(models.Model):
    """A later deadline for one unit, asked for or given, with reason; the latest approved one counts."""

    sheet = models.ForeignKey("ScoreSheet", on_delete=models.PROTECT, related_name="extensions")
    until = models.DateTimeField()
    reason = models.TextField()
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    requested_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)
    decision_reason = models.TextField(blank=True)


class Reminder(models.Model):
    """A reminder that was sent to a unit; ``automatic`` ones are sent by the timetable. ``recipients`` 0: nobody there
    has an address.
    """

    sheet = models.ForeignKey("ScoreSheet", on_delete=models.PROTECT, related_name="reminders")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    automatic = models.BooleanField(default=False)
    recipients = models.PositiveIntegerField()
    text = models.TextField()
