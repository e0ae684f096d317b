"""What the sheets of a publication say, made from the rows that it gave its units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import CycleGroup, Publication, Snapshot, UnitResult
from parindex.database.queries.public_results import ranked_rows, ranks_by_group
from parindex.database.queries.publications import LastYear, last_year_of
from parindex.database.queries.units import versions_on
from parindex.database.queries.withheld_texts import Withheld, public_detail, withheld_in
from parindex.documents.official_papers.proof import BundleMark
from parindex.documents.result_sheets.paper import result_sheet_pdf
from parindex.documents.result_sheets.result_sheet import AreaResult, LeftOutItem, LostItem, ResultSheet, YearBefore
from parindex.domain.values import exact_number
from parindex.web.public_results.profile_page import areas_of
from parindex.web.public_results.unit_items import explained, left_out, lost_points
from parindex.wording.language import Language, speaking
from parindex.wording.moments import local_day
from parindex.wording.result_sheet_papers import result_sheet_paper


@dataclass(frozen=True, slots=True)
class AllSheets:
    """What the sheets of a publication share: ``results`` are all units in the order of groups and ranks, without their
    details; ``titles`` and ``sets`` are those of the groups by code, ``before`` is by unit.
    """

    publication: Publication
    issuer: str
    place: str
    fingerprint: str
    results: Sequence[UnitResult]
    titles: Mapping[str, str]
    sets: Mapping[str, FrozenSet]
    before: Mapping[int, Sequence[LastYear]]
    ranks: Mapping[tuple[str, int | None], int]
    withheld: Withheld
    bundle: BundleMark | None

    def ranked(self, group: str) -> int:
        """How many units of a group have a rank."""
        return sum(count for (code, rank), count in self.ranks.items() if code == group and rank is not None)


def all_sheets(
    publication: Publication, at: datetime, *, only: UnitResult | None = None, bundle: BundleMark | None = None
) -> AllSheets:
    """What the sheets share: a handful of queries, whatever the units; ``only``: the one whose sheet is wanted, which
    is then alone in ``results``; ``bundle``: for papers, where everybody checks them.
    """
    cycle = publication.cycle
    owner = versions_on(local_day(publication.public_from)).filter(unit=cycle.owner_id).first()
    groups = list(CycleGroup.objects.filter(cycle=cycle).select_related("set_version").order_by("position", "pk"))
    rows = ranked_rows(publication) if only is None else [only]
    order = {one.code: at for at, one in enumerate(groups)}
    rows.sort(key=lambda one: (order[one.group_code], one.rank is None, one.rank or 0, one.position))
    return AllSheets(
        publication=publication,
        issuer=owner.name if owner else cycle.title,
        place=(owner.short_name or owner.name) if owner else "",
        fingerprint=Snapshot.objects.values_list("fingerprint", flat=True).get(pk=publication.finalisation.snapshot_id),
        results=rows,
        titles={one.code: one.title for one in groups},
        sets={one.code: frozen_set(one.set_version) for one in groups},
        before=last_year_of(publication, at, None if only is None else [only.sheet.unit_id]),
        ranks=Counter(ranks_by_group(publication)),
        withheld=withheld_in(publication.cycle_id),
        bundle=bundle,
    )


def sheet_of(around: AllSheets, result: UnitResult) -> ResultSheet:
    """The sheet of one unit, in the language in use; ``result`` has its details. A few queries."""
    publication, frozen = around.publication, around.sets[result.group_code]
    detail = public_detail(result, around.withheld)
    before = around.before.get(result.sheet.unit_id, ())
    own = before[0].result if len(before) == 1 else None
    lost = [code for code, points in lost_points(frozen, detail) if points > 0]
    return ResultSheet(
        issuer=around.issuer, place=around.place, issued_on=local_day(publication.public_from), unit=result.unit_name,
        group=around.titles[result.group_code], year=publication.cycle.year, number=publication.number,
        decision_number=publication.decision_number, decision_date=publication.decision_date,
        index=_number(result.index), points=exact_number(result.points), max_points=exact_number(result.max_points),
        grade=result.grade, rank=result.rank, tied=around.ranks[result.group_code, result.rank],
        ranked=around.ranked(result.group_code),
        before=tuple(_year_before(one) for one in before),
        areas=tuple(
            AreaResult(one.code, one.title, one.points, one.max_points, one.before)
            for one in areas_of(frozen, detail, own)
        ),
        lost=tuple(
            LostItem(one.code, one.title, one.points, one.max_points, one.cause, one.lead)
            for one in explained(publication, result, frozen, detail, lost)
        ),
        not_assessed=tuple(
            LeftOutItem(one.code, one.title, one.max_points, one.reason, one.legal_basis)
            for one in left_out(frozen, detail)
        ),
        fingerprint=around.fingerprint,
        bundle=around.bundle,
    )  # fmt: skip


def paper_of(around: AllSheets, result: UnitResult) -> bytes:
    """The sheet of one unit as PDF, in Vietnamese whatever the reader's language."""
    with speaking(Language.VIETNAMESE.value):
        return result_sheet_pdf(result_sheet_paper(sheet_of(around, result)))


def _year_before(one: LastYear) -> YearBefore:
    return YearBefore(_number(one.result.index), one.result.rank, one.result.grade, one.name if one.taken_over else "")


def _number(written: str) -> Fraction | None:
    return exact_number(written) if written else None
