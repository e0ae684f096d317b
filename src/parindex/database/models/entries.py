"""What stands on a sheet: an entry per item, figures entered once, requests, comments.

Every earlier value stands in the audit log; ``version`` counts the writes, so that two people who edit one entry are
told of each other.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from parindex.database.models.accounts import User
from parindex.database.models.choices import code_field
from parindex.database.models.score_sheets import ScoreSheet, SheetPart
from parindex.database.models.units import Unit


class EntryState(StrEnum):
    """The state of an entry; what people see of it is its mark (``domain/review/entry_marks.py``)."""

    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    NOT_ASSESSED_REQUESTED = "not_assessed_requested"
    NOT_ASSESSED = "not_assessed"
    PENDING = "pending"


class Audience(StrEnum):
    """Who sees a comment."""

    UNIT = "unit"
    STANDING_OFFICE = "standing_office"


class RequestState(StrEnum):
    """What became of a request."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


#: Begins the code of an entry that has left its sheet because its item has left the set, and the council had spoken.
LEFT = "~"


class StandingEntries(models.Manager["Entry"]):
    """Entries of items that their sheets have. What was said of one that has left is never deleted, so its row stays
    where it was said, and nothing finds it but from there.
    """

    def get_queryset(self) -> models.QuerySet[Entry]:
        """All but those that have left."""
        return super().get_queryset().exclude(item_code__startswith=LEFT)


class Entry(models.Model):
    """One item of one sheet. ``self_points`` is what was typed, as written; ``rule_points`` what the rule gives.

    ``points`` and ``reason`` follow from the figures by the frozen rule and are written with them; points are exact
    text (``178/572`` where no decimals end).
    """

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="entries")
    part = models.ForeignKey(SheetPart, on_delete=models.PROTECT, related_name="entries")
    item_code = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    state = code_field(EntryState, default=EntryState.UNANSWERED)
    self_points = models.CharField(max_length=80, blank=True)
    rule_points = models.TextField(blank=True)
    points = models.TextField(blank=True)
    branch = models.SmallIntegerField(null=True)
    explanation = models.TextField(blank=True)
    kept_warning = models.TextField(blank=True)
    is_started = models.BooleanField(default=False)
    lacks_evidence = models.BooleanField(default=False)
    assignee = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(null=True)
    updated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    objects = StandingEntries()

    class Meta:
        ordering = ["sheet", "position"]
        constraints = [models.UniqueConstraint(fields=["sheet", "item_code"], name="entry_once")]


class Figure(models.Model):
    """One figure of a unit in a year, entered once and used wherever a rule names its measure.

    ``value`` is the number as exact text, the key of a choice, or "" where nothing is entered (which is not 0).
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="figures")
    measure = models.CharField(max_length=120)
    year = models.PositiveIntegerField()
    value = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(null=True)
    updated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "measure", "year"], name="figure_once")]


class FigureLine(models.Model):
    """One entry of a list measure: its number is how many lines are accepted."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    accepted = models.BooleanField(default=True)
    removed_at = models.DateTimeField(null=True)


class NotAssessedRequest(models.Model):
    """A request to leave an item out of the maximum; until it is approved the item counts as unanswered."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="requests")
    reason = models.TextField()
    legal_basis = models.TextField(blank=True)
    state = code_field(RequestState, default=RequestState.REQUESTED)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)


class Comment(models.Model):
    """A remark on an item; nothing can be edited after sending."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="comments")
    audience = code_field(Audience)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=150)
    author_unit = models.CharField(max_length=300)
    at = models.DateTimeField()
    body = models.TextField()
