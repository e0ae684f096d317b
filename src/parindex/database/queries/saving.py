"""What every save reads and writes, prepared: each is one query.

Rows are held until the end of the transaction, always in this order: the sheets of a unit, an entry, its figures, the
head of the log (where sheets of several cycles follow one figure, the heads of all of them at once, in the order of
their keys); so that two saves at the same moment wait for each other and neither waits for ever. Nothing is held with
its key: at the end of a transaction PostgreSQL looks for the rows that new ones point at, which another may hold who
waits for the head of the log.
"""

from __future__ import annotations

from django.db.models import QuerySet, Subquery

from parindex.database.models import Attachment, AuditChain, AuditRecord, Entry, Figure, ScoreSheet
from parindex.database.queries.figure_origins import is_taken
from parindex.database.queries.prepared import Insert, Update, prepared
from parindex.database.queries.score_sheets import sheets

#: What a save looks at of a sheet, its cycle and its set: whose it is, whether it may be written, by which rules.
_READ = (
    "cycle", "group", "unit", "unit_name", "unit_path", "unit_kind", "state", "extended_until", "answer_until",
    "cycle__owner_path", "cycle__title", "cycle__state", "group__code", "group__set_version",
    "group__set_version__year", "group__set_version__fingerprint",
)  # fmt: skip


@prepared
def held_sheets(sheet: int) -> QuerySet[ScoreSheet]:
    """A sheet and the others of its unit, which share its figures."""
    unit = ScoreSheet.objects.filter(pk=sheet).values("unit")
    rows = sheets().select_for_update(of=("self",), no_key=True).filter(unit=Subquery(unit)).order_by("pk")
    return rows.only(*_READ)


@prepared
def held_entry(sheet: int, code: str) -> QuerySet[Entry]:
    """The entry of an item with its part."""
    rows = Entry.objects.select_for_update(of=("self",), no_key=True).select_related("part")
    return rows.filter(sheet=sheet, item_code=code).order_by()


@prepared
def held_figures(unit: int, measures: list[str]) -> QuerySet[Figure]:
    """The figures of a unit, of every year, each with whether it was taken of a signed bundle."""
    return (
        Figure.objects.select_for_update(of=("self",), no_key=True)
        .filter(unit=unit, measure__in=measures)
        .annotate(is_taken=is_taken())
        .order_by("pk")
    )


@prepared
def proved(entries: list[int]) -> QuerySet[Attachment, tuple[int]]:
    """The entries among these that have evidence."""
    return Attachment.objects.filter(entry__id__in=entries, removed_at=None).values_list("entry")


@prepared
def entries_of_items(sheet: int, codes: list[str]) -> QuerySet[Entry]:
    """Some entries of a sheet that is held."""
    return Entry.objects.filter(sheet=sheet, item_code__in=codes).order_by("position")


@prepared
def signed_entries(sheet: int, codes: list[str], states: list[str]) -> QuerySet[Entry, tuple[str, str]]:
    """Those of some items whose part is in one of ``states``: the item, and who leads its part."""
    signed = Entry.objects.filter(sheet=sheet, item_code__in=codes, part__state__in=states)
    return signed.order_by("position").values_list("item_code", "part__lead_name")


@prepared
def held_head(key: str) -> QuerySet[AuditChain]:
    """The head of a chain of the log."""
    return AuditChain.objects.select_for_update(no_key=True).filter(key=key).order_by()


add_record = Insert(AuditRecord)
write_head = Update(AuditChain, "sequence", "hash")
write_entry = Update(
    Entry, "self_points", "explanation", "kept_warning", "state", "rule_points", "points", "branch", "is_started",
    "lacks_evidence", "version", "updated_at", "updated_by",
)  # fmt: skip
#: What follows from figures and rule alone.
write_points = Update(Entry, "rule_points", "points", "branch", "is_started", "lacks_evidence", "state")
#: The same, and what a set that replaces another takes off.
write_replaced = Update(
    Entry, "self_points", "rule_points", "points", "branch", "is_started", "lacks_evidence", "state", "version"
)
write_figure = Update(Figure, "value", "version", "updated_at", "updated_by")
write_counts = Update(
    ScoreSheet, "items", "items_done", "items_started", "items_without_evidence", "requests", "points", "max_points",
    "last_act", "last_act_at", "last_act_by",
)  # fmt: skip
