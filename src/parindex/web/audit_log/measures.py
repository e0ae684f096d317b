"""What the figures of a record are measures of: as the sets of its cycle declare them."""

from __future__ import annotations

from collections.abc import Collection

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import AuditRecord, CriteriaSetVersion, CycleGroup, Entry, SetReplacement
from parindex.domain.criteria.criteria_set import Measure
from parindex.web.score_sheets.typed_form import FIGURE


def measure_of(field: str) -> str:
    """The code of the measure that a field is about; "" for any other field."""
    return field.removeprefix(FIGURE).partition(".")[0] if field.startswith(FIGURE) else ""


def measures_of(record: AuditRecord, fields: Collection[str]) -> dict[str, Measure]:
    """The measures that ``fields`` of a record are about: of the set of its sheet, else of one that its cycle had.

    Four queries where there is a figure, and one for each set that this process has not met yet.
    """
    wanted = {measure for name in fields if (measure := measure_of(name))}
    cycle = record.chain.key.removeprefix("cycle-")
    if not wanted or not cycle.isdecimal():
        return {}
    found: dict[str, Measure] = {}
    keys = _sets(record, int(cycle))
    versions = CriteriaSetVersion.objects.defer("content", "reading").in_bulk(keys)
    for key in keys:
        if wanted <= found.keys():
            break
        declared = frozen_set(versions[key]).criteria_set.measures
        found = {code: declared[code] for code in wanted if code in declared} | found
    return found


def _sets(record: AuditRecord, cycle: int) -> list[int]:
    """The sets of a cycle: first those of the sheet's own group, the latest before those that it replaced."""
    entry = int(record.object_id) if record.object_kind == "entry" and record.object_id.isdecimal() else 0
    own = Entry.objects.filter(pk=entry).values_list("sheet__group").first()
    used = [*CycleGroup.objects.filter(cycle=cycle).order_by("pk").values_list("pk", "set_version")]
    made = SetReplacement.objects.filter(group__cycle=cycle).order_by("-pk")
    used += made.values_list("group", "old_version")
    used.sort(key=lambda one: (one[0],) != own)
    return list(dict.fromkeys(version for _, version in used))
