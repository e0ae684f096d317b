"""Claims without a flag that wait for somebody, to be accepted together: those of a sheet, or of an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import CycleGroup
from parindex.database.queries.appraisal_pages import appraised_sheet, queue_of_item, queue_of_sheet
from parindex.database.queries.councils import council_table
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.appraisal_permissions import check_can_see_appraisal
from parindex.usecases.actors import Session
from parindex.usecases.item_standing import words_on
from parindex.web.appraisals.plans import Plans
from parindex.web.appraisals.queue import QueueLine, queue_of
from parindex.web.appraisals.reader import Reader
from parindex.web.appraisals.sheet_page import is_plain
from parindex.web.score_sheets.tree import title_of

#: So many claims are accepted by one confirmation: who confirms can still read them.
MOST = 200


@dataclass(frozen=True, slots=True)
class AcceptPage:
    """What would be accepted, of which sheet or item, and where to go on; ``entries``: all that may be picked there;
    ``marks``: what is shown of each, as picking it says.
    """

    title: str
    cycle_title: str
    by_item: bool
    lines: Sequence[QueueLine]
    left: int
    flagged: int
    action: str
    back: str
    entries: frozenset[int]
    marks: Mapping[int, str]

    @property
    def has_levels(self) -> bool:
        """Whether a level below has granted something: accepting agrees with that."""
        return any(one.granted_below for one in self.lines)

    @property
    def has_agency(self) -> bool:
        """Whether an agency gives the points of some items: accepting agrees with those."""
        return any(one.by_agency for one in self.lines)


def accept_of_sheet(session: Session, sheet: int) -> AcceptPage | None:
    """The claims of a sheet; None where there is none."""
    rows = appraised_sheet(sheet=sheet)
    if not rows:
        return None
    found = rows[0]
    cycle = cycle_facts(found.cycle, found.cycle.owner_path)
    check_can_see_appraisal(session.actor, cycle)
    frozen = frozen_set(found.group.set_version)
    reader = Reader.of(session, cycle, council_table(found.cycle_id))
    plans, rows_of_sheet = Plans(reader, frozen), queue_of_sheet(sheet, session.user.pk)
    queue = queue_of(reader, rows_of_sheet, {}, frozen, plans.of, asked="all")
    action = reverse("accept_on_sheet", args=[sheet])
    back = reverse("appraisal_sheet", args=[sheet])
    marks = _marks(reader, plans, queue.lines, found.group.set_version_id)
    return _page(found.unit_name, found.cycle.title, queue.lines, marks, action, back, by_item=False)


def accept_of_item(session: Session, group: int, code: str) -> AcceptPage | None:
    """The claims of an item over all units of a group; None where there is no such item."""
    rows = CycleGroup.objects.filter(pk=group).select_related("cycle", "set_version")
    found = rows.defer("set_version__content", "set_version__reading").first()
    if found is None:
        return None
    cycle = cycle_facts(found.cycle, found.cycle.owner_path)
    check_can_see_appraisal(session.actor, cycle)
    frozen = frozen_set(found.set_version)
    if code not in frozen.items:
        return None
    reader = Reader.of(session, cycle, council_table(found.cycle_id))
    rows_of_item = queue_of_item(group, code, session.user.pk)
    plans = Plans(reader, frozen)
    queue = queue_of(reader, rows_of_item, {}, frozen, plans.of, asked="all", by_item=True)
    marks = _marks(reader, plans, queue.lines, found.set_version_id)
    back = reverse("item_appraisals", args=[group, code])
    title = f"{code} {title_of(frozen.items[code].node)}"
    action = reverse("accept_on_item", args=[group, code])
    return _page(title, found.cycle.title, queue.lines, marks, action, back, by_item=True)


def _marks(reader: Reader, plans: Plans, lines: Sequence[QueueLine], set_version: int) -> dict[int, str]:
    """What is shown of items that may be picked: their version, for who may not know what others said the mark of what
    they are shown. One query, none for who may.
    """
    rows = [one.row for one in lines if is_plain(one)][:MOST]
    blind = [one.entry for one in rows if reader.is_blind(one, plans.of(one))]
    said = words_on(blind) if blind else {}
    marks = {one.entry: str(one.version) for one in rows}
    of_blind = [one for one in rows if one.entry in set(blind)]
    return marks | {
        one.entry: reader.mark_of(one, plans.of(one), said.get(one.entry, ()), set_version) for one in of_blind
    }


def _page(
    title: str, cycle: str, lines: Sequence[QueueLine], marks: Mapping[int, str], action: str, back: str, *,
    by_item: bool,
) -> AcceptPage:  # fmt: skip
    plain = [one for one in lines if is_plain(one)]
    flagged = sum(one.waits and one.row.worst != "" for one in lines)
    entries = frozenset(one.row.entry for one in lines)
    return AcceptPage(
        title, cycle, by_item, plain[:MOST], max(0, len(plain) - MOST), flagged, action, back, entries, marks
    )
