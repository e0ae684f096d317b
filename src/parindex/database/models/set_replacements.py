"""A set replaced inside the year: which version followed which in a group of a cycle, and what left the sheets."""

from __future__ import annotations

from django.db import models

from parindex.database.models.accounts import User
from parindex.database.models.criteria_sets import CriteriaSetVersion
from parindex.database.models.cycles import CycleGroup
from parindex.database.models.score_sheets import ScoreSheet


class SetReplacement(models.Model):
    """One act: a group of a cycle moved to another frozen version."""

    group = models.ForeignKey(CycleGroup, on_delete=models.PROTECT, related_name="replacements")
    old_version = models.ForeignKey(CriteriaSetVersion, on_delete=models.PROTECT, related_name="+")
    new_version = models.ForeignKey(CriteriaSetVersion, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    replaced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["group", "pk"]


class ReplacedEntry(models.Model):
    """An entry whose item the new version no longer has: all that stood there, as JSON. Nothing of it counts."""

    replacement = models.ForeignKey(SetReplacement, on_delete=models.PROTECT, related_name="entries")
    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="replaced_entries")
    item_code = models.CharField(max_length=40)
    title = models.TextField()
    content = models.TextField()

    class Meta:
        ordering = ["replacement", "sheet", "pk"]
