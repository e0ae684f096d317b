"""The council of a cycle: its decision, levels, members, what they are assigned to and what they keep out of."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from parindex.database.models.accounts import RoleGrant, User
from parindex.database.models.choices import code_field
from parindex.database.models.cycles import Cycle, CycleGroup
from parindex.database.models.score_sheets import ScoreSheet
from parindex.database.models.units import Unit
from parindex.domain.review.opinions import Blindness, Combination


class CouncilRole(StrEnum):
    """What somebody is on a council; ``staff`` prepares papers and gives no opinion."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    APPRAISER = "appraiser"
    STAFF = "staff"


class Council(models.Model):
    """Who appraises a cycle, by a decision with number and date; ``version`` counts the changes of its composition."""

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="council")
    decision_number = models.CharField(max_length=120)
    decision_date = models.DateField()
    title = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()


class AppraisalLevel(models.Model):
    """One level that an appraisal passes (Cấp 1, Cấp 2…), in the order of ``number``."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="levels")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    blindness = code_field(Blindness, default=Blindness.AFTER_OWN)
    combination = code_field(Combination, default=Combination.AGREEMENT)
    #: How many opinions an item needs; 0: of everybody who is assigned to it.
    opinions_needed = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["council", "number"]
        constraints = [models.UniqueConstraint(fields=["council", "number"], name="level_once")]


class CouncilMember(models.Model):
    """Somebody on a council; who leaves stays in the list with the day, and their opinions stay."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="council_seats")
    role = code_field(CouncilRole)
    #: Areas that the decision names beside the member, as written there.
    lead_areas = models.CharField(max_length=500, blank=True)
    grant = models.ForeignKey(RoleGrant, on_delete=models.PROTECT, related_name="+", null=True)
    position = models.PositiveIntegerField(default=0)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    left_reason = models.TextField(blank=True)
    #: Who appraises in the place of this member where they may not; named by the chair.
    substitute = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["council", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "user"], condition=models.Q(left_at=None), name="council_member_once"
            )
        ]


class Conflict(models.Model):
    """A unit that a member may not appraise, by a declaration; ``withdrawn_at`` where it no longer holds."""

    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="conflicts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=500)
    unit_name = models.CharField(max_length=300)
    reason = models.TextField()
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class AppraisalAssignment(models.Model):
    """One line of who appraises what: an item or a node above it ("" for all), a group and a sheet (None for all)."""

    level = models.ForeignKey(AppraisalLevel, on_delete=models.PROTECT, related_name="assignments")
    member = models.ForeignKey(CouncilMember, on_delete=models.PROTECT, related_name="assignments")
    node_code = models.CharField(max_length=40, blank=True)
    group = models.ForeignKey(CycleGroup, on_delete=models.PROTECT, related_name="+", null=True)
    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="+", null=True)
    assigned_at = models.DateTimeField()

    class Meta:
        ordering = ["level", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["level", "member", "node_code", "group", "sheet"], nulls_distinct=False,
                name="appraisal_assigned_once",
            )
        ]  # fmt: skip
