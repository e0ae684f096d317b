"""Units: a dated tree. Names and parents change; last year's results keep last year's names."""

from __future__ import annotations

from django.db import models


class Unit(models.Model):
    """One body, for ever the same; what it is called and where it stands is dated (:class:`UnitVersion`)."""

    code = models.SlugField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.code


class UnitVersion(models.Model):
    """Name, kind and parent of a unit from ``valid_from`` to ``valid_to`` (both days included; None: still).

    ``path`` is the codes from the root down (``dien-bien/so-noi-vu``), kept by the use case that moves units: rights
    over a subtree are a comparison of texts. A version is split where the path changes because a unit above it moved.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=60)
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="child_versions", null=True, blank=True)
    path = models.CharField(max_length=500, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    decision_number = models.CharField(max_length=80, blank=True)
    decision_date = models.DateField(null=True, blank=True)
    #: The decision that ended the unit with this version; a version before another ends by the decision of that one.
    ended_number = models.CharField(max_length=80, blank=True)
    ended_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["path", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_version_starts_once")]


class UnitSuccession(models.Model):
    """A unit that another one follows, by the decision that made it so; ``overlap`` is why both hold for a time.

    ``takes_over``: once the predecessor has ended, its work is the successor's. False where it gave off a part, also
    when it ends later. While it goes on, True decides nothing yet: when it ends, it is said, else the days decide
    (``domain/units/successions.py``).
    """

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="succeeded_by")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="follows")
    decision_number = models.CharField(max_length=80)
    decision_date = models.DateField()
    overlap = models.CharField(max_length=500, blank=True)
    takes_over = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once")]
