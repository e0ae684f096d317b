"""Finalising and publishing: frozen inputs, what was computed from them, dated publications, what is kept from the
public, results from outside.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from parindex.database.models.accounts import User
from parindex.database.models.appraisals import Opinion
from parindex.database.models.choices import code_field
from parindex.database.models.cycles import Cycle
from parindex.database.models.entries import NotAssessedRequest
from parindex.database.models.score_sheets import ScoreSheet
from parindex.database.models.units import Unit


class Snapshot(models.Model):
    """Everything that a result follows from, as canonical text, compressed; it never changes (a trigger holds it).

    ``fingerprint`` is the SHA-256 of the text, before compression.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="snapshots")
    fingerprint = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField()
    made_at = models.DateTimeField()


class Finalisation(models.Model):
    """The chair has finalised the appraisal, with minutes; ``reopened_at`` where it was taken up again."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="finalisations")
    number = models.PositiveIntegerField()
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    minutes_number = models.CharField(max_length=120)
    minutes_date = models.DateField()
    minutes = models.TextField()
    finalised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    finalised_at = models.DateTimeField()
    reopened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["cycle", "number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="finalisation_once")]


class Publication(models.Model):
    """A dated publication of a finalisation; the first publishes, later ones correct it, each with its difference.

    Nobody but the council sees its figures before ``public_from`` (an embargo). ``log_heads`` is JSON: number and
    hash of the last records of the cycle's chain and of the installation's. ``difference`` is JSON against the
    publication before, "" for the first.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    finalisation = models.OneToOneField(Finalisation, on_delete=models.PROTECT, related_name="publication")
    decision_number = models.CharField(max_length=120)
    decision_date = models.DateField()
    public_from = models.DateTimeField()
    reason = models.TextField(blank=True)
    difference = models.TextField(blank=True)
    log_heads = models.TextField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["cycle", "number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="publication_once")]


class UnitResult(models.Model):
    """What a finalisation gave one unit, so that pages need not read the snapshot.

    Exact text: ``index`` in per cent after the declared rounding ("" where there is none), points, maximum. ``detail``
    is compressed JSON of nodes, parts and items with how each point came about; no personal data stand in it.
    """

    finalisation = models.ForeignKey(Finalisation, on_delete=models.PROTECT, related_name="results")
    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="results")
    group_code = models.CharField(max_length=80)
    unit_code = models.CharField(max_length=80)
    unit_name = models.CharField(max_length=300)
    position = models.PositiveIntegerField()
    index = models.TextField(blank=True)
    points = models.TextField()
    max_points = models.TextField()
    grade = models.CharField(max_length=120, blank=True)
    rank = models.PositiveIntegerField(null=True)
    ranked = models.BooleanField(default=True)
    detail = models.BinaryField()

    class Meta:
        ordering = ["finalisation", "group_code", "position"]
        constraints = [models.UniqueConstraint(fields=["finalisation", "sheet"], name="result_once")]


class WithheldText(models.Model):
    """The words of one opinion, or of one request that an item is not assessed, that are kept from the public; it never
    changes (a trigger holds it), and nothing makes them public again.

    Stored results keep the words, so that their digests still prove them: whatever everybody reads leaves them out.
    ``reason``: why, which is never public either.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    opinion = models.OneToOneField(Opinion, on_delete=models.PROTECT, related_name="withheld", null=True)
    request = models.OneToOneField(NotAssessedRequest, on_delete=models.PROTECT, related_name="withheld", null=True)
    reason = models.TextField()
    withheld_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withheld_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opinion__isnull=False, request__isnull=True)
                | models.Q(opinion__isnull=True, request__isnull=False),
                name="withholds_one_text",
            )
        ]


class OutsideResult(models.Model):
    """A result that somebody else published about a unit: the ministry's rank 35 of 63, with its source and date."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="outside_results")
    year = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    index = models.CharField(max_length=80, blank=True)
    rank = models.PositiveIntegerField(null=True)
    of = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=500)
    source_date = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["unit", "-year", "pk"]


class CommendationKind(StrEnum):
    """Who is proposed: a unit, or persons, whose names are typed by hand and never published."""

    COLLECTIVE = "collective"
    PERSON = "person"


class Commendation(models.Model):
    """A proposal for commendation after a publication; ``met`` is JSON of the criteria that a collective fulfils."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="commendations")
    kind = code_field(CommendationKind)
    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=300)
    office = models.CharField(max_length=300, blank=True)
    award = models.CharField(max_length=300)
    reason = models.TextField()
    met = models.TextField(blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["cycle", "kind", "pk"]
