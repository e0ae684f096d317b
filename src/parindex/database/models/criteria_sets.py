"""Criteria sets: versions of a yardstick, the papers that they were read from, what was found and mended, guidance."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from parindex.database.models.accounts import User
from parindex.database.models.choices import code_field
from parindex.database.models.units import Unit


class SetState(StrEnum):
    """A version is written, then frozen for ever; a draft that nobody wants stays to be read."""

    DRAFT = "draft"
    FROZEN = "frozen"
    DISCARDED = "discarded"


class Decision(StrEnum):
    """What somebody decided about a finding."""

    MENDED = "mended"
    CONFIRMED = "confirmed"
    LEFT = "left"  # asked of the issuing body


class PaperPurpose(StrEnum):
    """What a paper was handed in for."""

    CRITERIA_SET = "criteria_set"
    GUIDANCE = "guidance"


class OfficialPaper(models.Model):
    """An uploaded paper as it came: the bytes are kept, so that what was read can be read again."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="papers")
    name = models.CharField(max_length=255)
    file = models.ForeignKey("StoredFile", on_delete=models.PROTECT, related_name="+")
    purpose = code_field(PaperPurpose, default=PaperPurpose.CRITERIA_SET)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    #: When reading ended; ``problems`` is JSON of what kept the paper from being used, "" where it was read.
    read_at = models.DateTimeField(null=True)
    problems = models.TextField(blank=True)


class CriteriaSet(models.Model):
    """A yardstick of an owner, through all its versions; ``code`` is the id that its YAML states."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="criteria_sets")
    code = models.CharField(max_length=120)
    #: Last year's set that this one was started from.
    started_from = models.ForeignKey("CriteriaSetVersion", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "code"], name="set_code_once")]


class CriteriaSetVersion(models.Model):
    """One version: its canonical YAML. A frozen one has a fingerprint and never changes again (a trigger holds it)."""

    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = code_field(SetState, default=SetState.DRAFT)
    title = models.CharField(max_length=500)
    year = models.PositiveIntegerField(null=True)
    content = models.TextField()
    #: JSON of what the paper adds to the content: places of the rows, doubts of the reader, findings on the paper.
    reading = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    paper = models.ForeignKey(OfficialPaper, on_delete=models.PROTECT, related_name="versions", null=True)
    table_number = models.PositiveIntegerField(default=1)
    reason = models.TextField(blank=True)
    edit_number = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["criteria_set", "number"], name="set_version_once")]


class FindingDecision(models.Model):
    """One matter of the check of a version, and what was decided; ``key`` names kind, code and place of the finding.

    An edit of a draft that no finding asked for has no key. ``finding`` and ``patch`` are JSON: what was found where,
    and every changed path with its value before and after, by which the act can be undone.
    """

    version = models.ForeignKey(CriteriaSetVersion, on_delete=models.PROTECT, related_name="decisions")
    key = models.CharField(max_length=300)
    decision = code_field(Decision)
    message = models.TextField()
    change = models.TextField(blank=True)
    finding = models.TextField(blank=True)
    patch = models.TextField(blank=True)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["version", "pk"]


class Guidance(models.Model):
    """A version of the guidance paper of a set: rules, evidence and worked examples, item by item."""

    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="guidances")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    paper = models.ForeignKey(OfficialPaper, on_delete=models.PROTECT, related_name="+", null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["criteria_set", "number"], name="guidance_version_once")]


class GuidanceNote(models.Model):
    """What the guidance says of one item; shown beside the item."""

    guidance = models.ForeignKey(Guidance, on_delete=models.PROTECT, related_name="notes")
    item_code = models.CharField(max_length=40)
    rule_text = models.TextField(blank=True)
    evidence_text = models.TextField(blank=True)
    example_text = models.TextField(blank=True)
    #: JSON of the rule that was read for the item, with the measures that it names; "" where none was.
    rule = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guidance", "item_code"], name="guidance_item_once")]
