"""What is made up in examples says so: by which word an illustration begins, and which sheets hold simulated data.

What stands in open data and on public pages carries the mark, so that nobody takes it for what a paper prints.
"""

from __future__ import annotations

from django.db.models import CharField
from django.db.models.functions import Cast

from parindex.database.models import AuditRecord, CycleGroup

#: So begins every text of an example that stands in the place of something that its source does not print.
ILLUSTRATION = "Minh họa"
#: The act by which simulated figures and claims come into a sheet.
SIMULATE = "simulate_claims"


def is_illustration(words: str) -> bool:
    """Whether a text says of itself that it is made up."""
    return words.startswith(ILLUSTRATION)


def simulated_sheets(group: CycleGroup) -> frozenset[int]:
    """The sheets of a group into which simulated figures and claims were loaded: the log remembers it whatever is typed
    over them. One query.
    """
    keys = group.sheets.order_by().annotate(key=Cast("pk", CharField())).values("key")
    found = AuditRecord.objects.filter(object_kind="score_sheet", object_id__in=keys, action=SIMULATE)
    return frozenset(int(key) for key in found.order_by().values_list("object_id", flat=True))
