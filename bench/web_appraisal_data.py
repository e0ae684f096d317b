"""What the council's pages are measured on: plausible claims, a cycle in appraisal, a published one; all invented.

Figures keep within their wholes and near those of the year before, claims are what the rules give, most items have
evidence and an explanation that prints the figures rightly; what the flags notice is left to a few rows in a hundred
(:data:`_ODD`), as on a sheet of a real year. Rows are stored in bulk, what people do goes through the use cases.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

#: Units of the cycle in appraisal, and of the published one.
UNITS = 300
APPRAISERS = 6
#: Of so many rows one is odd: a figure far from last year, an item without evidence, an explanation that is wrong.
_ODD = 15
#: Items that one client can judge before its queue is empty.
_STEPS = 6000
_DOCUMENTS = 8
_AT_ONCE = 2000


def load_appraised(at: datetime) -> dict[str, Any]:
    """A cycle of 300 units in appraisal, half of it judged, and one that is published; what the clients need."""
    from bench.web_data import add_units, cookie_of, open_one
    from parindex.database.models import CriteriaSetVersion, Unit, User

    version, office = CriteriaSetVersion.objects.get(), User.objects.get(username="co-quan-thuong-truc")
    units = add_units(Unit.objects.get(code="tinh"), "huyen", UNITS)
    cycle, earlier = (open_one(version, office, units, title, at) for title in ("Kỳ thẩm định", "Kỳ đã công bố"))
    add_figures(cycle, at)
    for one in (cycle, earlier):
        add_claims(one, at)
    council = begin(cycle, office, at)
    judge_all(earlier, council["chair"], at)
    finish(earlier, council["chair"], at)
    areas = list(_frozen(cycle).criteria_set.areas)
    judge_areas(cycle, [area.code for area in areas[len(areas) // 2 :]], council["members"][-1], at)
    return {
        "appraised": cycle.pk, "published": earlier.pk, "secretary": cookie_of(council["secretary"]),
        "appraisers": [
            {"cookie": cookie_of(one), "steps": _steps(cycle, areas[number].code)}
            for number, one in enumerate(council["members"][: len(areas) // 2])
        ],
    }  # fmt: skip


# --- what units claim ------------------------------------------------------------------------------------------------


def add_figures(cycle: Any, at: datetime) -> None:
    """This year's and last year's figures of every unit of a cycle: parts within their wholes, growth within a tenth
    but for a few.
    """
    from parindex.database.models import Figure
    from parindex.database.queries.prepared import Insert

    frozen = _frozen(cycle)
    drawn = random.Random(20250101)
    wholes = {term.measure for item in frozen.items.values() if item.rule for one in item.rule.quantities()
              for term in one.to}  # fmt: skip

    def rows() -> Iterator[Any]:
        for unit in cycle.sheets.values_list("unit", flat=True):
            size = drawn.randint(1, 9)
            for measure in frozen.items_of:
                value = 40 + 10 * size if measure in wholes else drawn.randint(15, 20) * (4 + size) // 10
                growth = 3 if drawn.randrange(_ODD * 4) == 0 else 1
                for year, worth in ((frozen.year, value), (frozen.year - 1, value * growth * 19 // 20)):
                    yield Figure(unit_id=unit, measure=measure, year=year, value=str(worth), version=1, updated_at=at)

    Insert(Figure).many(rows())


def add_claims(cycle: Any, at: datetime) -> None:
    """Every sheet filled and submitted: points that the rules give, explanations, documents and citations."""
    from parindex.database.models import ScoreSheet, SheetPart
    from parindex.database.queries.flags import SheetLine
    from parindex.usecases.flag_figures import figure_table

    group = cycle.groups.select_related("set_version", "cycle").get()
    rows = cycle.sheets.order_by("pk").values_list(*SheetLine._fields)
    lines = [SheetLine._make(row) for row in rows]
    table = figure_table(group, lines)
    worked = _worked_out(_frozen(cycle), table.figures)
    _write_claims(cycle, {one.pk: table.rows[one.unit_id] for one in lines}, worked, table, at)
    _add_papers(cycle, at)
    ScoreSheet.objects.filter(cycle=cycle).update(
        state="submitted", submitted_at=at, points="80.5", last_act="submit", last_act_at=at
    )
    SheetPart.objects.filter(sheet__cycle=cycle).update(state="submitted")


def _worked_out(frozen: Any, figures: Any) -> Mapping[str, list[tuple[str, int]]]:
    """Points and branch by the rule of each item, over all units."""
    from parindex.domain.scoring.context import Context
    from parindex.domain.values import number_text

    step, context = frozen.criteria_set.rounding.item, Context(figures, figures.year)
    found = {}
    for code, item in frozen.items.items():
        if item.rule is None or not frozen.measures_of[code]:
            continue
        outcome = item.rule.evaluate(context)
        points = [outcome.points.row(row) for row in range(figures.rows)]
        found[code] = [
            (number_text(step.apply(one) if step else one) if branch >= 0 else "", branch)
            for one, branch in zip(points, outcome.branch.tolist(), strict=True)
        ]
    return found


def _write_claims(cycle: Any, rows: Mapping[int, int], worked: Any, table: Any, at: datetime) -> None:
    from parindex.database.models import Entry
    from parindex.database.queries.prepared import Update
    from parindex.domain.values import number_text

    frozen = _frozen(cycle)
    write = Update(
        Entry, "state", "points", "rule_points", "self_points", "branch", "explanation", "is_started", "version",
        "updated_at",
    )  # fmt: skip
    most = {code: number_text(item.max_points) for code, item in frozen.items.items()}
    less = {code: number_text(item.max_points / 2) for code, item in frozen.items.items()}
    for number, one in enumerate(_in_pieces(Entry.objects.filter(sheet__cycle=cycle, state__in=_ENTERED))):
        row, code = rows[one.sheet_id], one.item_code
        one.state, one.is_started, one.version, one.updated_at = "answered", True, 1, at
        if code in worked:
            one.points, one.branch = worked[code][row]
            one.rule_points = one.points
            figures = [table.text(measure, frozen.year, row) for measure in frozen.measures_of[code]]
        else:
            one.rule_points = ""
            one.points = one.self_points = less[code] if (row * 31 + one.position) % 10 > 7 else most[code]
            figures = []
        one.explanation = _explained(figures, row, number)
        write(one)


def _explained(figures: Sequence[str], row: int, number: int) -> str:
    from parindex.domain.values import Rounding, number_text

    paper = f"Báo cáo số {row % 400 + 1}/BC-UBND ngày {row % 27 + 1:02d}/12/2024"
    if len(figures) != 2:
        return f"Ủy ban nhân dân huyện đã triển khai đầy đủ nhiệm vụ theo kế hoạch năm {number % 3 + 2022}. {paper}."
    part, whole = figures
    share = number_text(Rounding(2).apply(Fraction(int(part) * 100, int(whole)))).replace(".", ",")
    printed = f"{part}/{whole}" if number % _ODD else f"{whole}/{part}"
    return f"Đã thực hiện {part} trên tổng số {whole}, đạt {share}% ({printed}). Thể hiện tại {paper}, kèm theo."


def _add_papers(cycle: Any, at: datetime) -> None:
    """A few documents of each unit; most items are proved by one, every third explanation is recognised to cite it."""
    from parindex.database.models import Attachment, Citation, Document, DocumentVersion, Entry, StoredFile
    from parindex.database.queries.prepared import Insert

    office = cycle.created_by_id
    units = list(cycle.sheets.order_by("pk").values_list("unit", flat=True))
    documents = Document.objects.bulk_create(
        [
            Document(unit_id=unit, title=f"Báo cáo {number}", number=f"{number}/BC-UBND",
                     number_key=f"{number}/BC-UBND", created_by_id=office, created_at=at, confirmed_by_id=office,
                     confirmed_at=at)
            for unit in units for number in range(_DOCUMENTS)
        ], batch_size=_AT_ONCE,
    )  # fmt: skip
    files = StoredFile.objects.bulk_create(
        [
            StoredFile(sha256=f"{one.pk:064x}", size=1000, content_type="application/pdf", pages=3, stored_at=at)
            for one in documents
        ],
        batch_size=_AT_ONCE,
    )
    Insert(DocumentVersion).many(
        DocumentVersion(document=one, number=1, file=file, name="bao-cao.pdf", uploaded_by_id=office, uploaded_at=at)
        for one, file in zip(documents, files, strict=True)
    )
    first = {unit: documents[at_ * _DOCUMENTS].pk for at_, unit in enumerate(units)}
    entries = Entry.objects.filter(sheet__cycle=cycle, state="answered").order_by("pk")
    found = [
        (entry, first[unit] + position % _DOCUMENTS, position)
        for entry, unit, position in entries.values_list("pk", "sheet__unit_id", "position")
    ]
    Insert(Attachment).many(
        Attachment(entry_id=entry, document_id=document, page="2", added_by_id=office, added_at=at)
        for number, (entry, document, _) in enumerate(found)
        if number % 3 or number % _ODD
    )
    Insert(Citation).many(
        Citation(entry_id=entry, text="Báo cáo số", number=f"{position % _DOCUMENTS}/BC-UBND", position=0,
                 number_key=f"{position % _DOCUMENTS}/BC-UBND", document_id=document if number % (3 * _ODD) else None)
        for number, (entry, document, position) in enumerate(found)
        if number % 3 == 0
    )  # fmt: skip


# --- the council -----------------------------------------------------------------------------------------------------


def make(cycle: Any, office: Any, at: datetime) -> dict[str, Any]:
    """A council by the use cases: an area for each appraiser, the last one has all that are left."""
    from bench.web_data import person
    from parindex.database.models.councils import CouncilRole
    from parindex.usecases.actors import session_of
    from parindex.usecases.appraisal_assignments import AssignmentLine, assign
    from parindex.usecases.councils import CouncilData, MemberData, make_council

    province = office.unit
    chair, secretary = (person(name, province, "", at) for name in ("chu-tich", "thu-ky"))
    members = [person(f"tham-dinh-{number}", province, "", at) for number in range(APPRAISERS)]
    seats = [
        MemberData(chair.pk, CouncilRole.CHAIR), MemberData(secretary.pk, CouncilRole.SECRETARY),
        *(MemberData(one.pk, CouncilRole.APPRAISER) for one in members),
    ]  # fmt: skip
    data = CouncilData("1/QĐ-UBND", date(2025, 1, 2), "Hội đồng thẩm định", seats)
    make_council(by=session_of(office, at), at=at, cycle_id=cycle.pk, data=data)
    lines = [
        AssignmentLine(1, members[min(number, APPRAISERS - 1)].pk, node=area.code)
        for number, area in enumerate(_frozen(cycle).criteria_set.areas)
    ]
    assign(by=session_of(office, at), at=at, cycle_id=cycle.pk, lines=lines)
    return {"chair": chair, "secretary": secretary, "members": members}


def begin(cycle: Any, office: Any, at: datetime) -> dict[str, Any]:
    """The council made, the appraisal begun."""
    from parindex.usecases.actors import session_of
    from parindex.usecases.appraisals import begin_appraisal

    council = make(cycle, office, at)
    begin_appraisal(by=session_of(office, at), at=at, cycle_id=cycle.pk)
    return council


def judge_areas(cycle: Any, areas: Sequence[str], member: Any, at: datetime) -> None:
    """Every claim of some areas accepted by one member, in rows."""
    from parindex.database.models import ItemAppraisal

    within = {code for code, above in _frozen(cycle).codes_above.items() if {code, *above} & set(areas)}
    waiting = ItemAppraisal.objects.filter(sheet__cycle=cycle, item_code__in=within, state="waiting")
    _accept(waiting.exclude(entry__points=""), member, at)


def judge_all(cycle: Any, member: Any, at: datetime) -> None:
    """Every item of a cycle granted what is claimed (0 where nothing is), points of surveys given: what is left is to
    finalise. What stands of each item is made where the appraisal has not been begun.
    """
    from parindex.database.models import Cycle, Entry, GivenPoints, ItemAppraisal, ScoreSheet, SheetPart
    from parindex.database.queries.prepared import Insert
    from parindex.domain.values import number_text

    if not ItemAppraisal.objects.filter(sheet__cycle=cycle).exists():
        Insert(ItemAppraisal).many(
            ItemAppraisal(entry_id=one.pk, sheet_id=one.sheet_id, item_code=one.item_code, position=one.position,
                          state="surveyed" if one.state == "pending" else "waiting")
            for one in _in_pieces(Entry.objects.filter(sheet__cycle=cycle))
        )  # fmt: skip
    _accept(ItemAppraisal.objects.filter(sheet__cycle=cycle, state="waiting"), member, at)
    halves = {code: number_text(item.max_points / 2) for code, item in _frozen(cycle).items.items()}
    surveyed = ItemAppraisal.objects.filter(sheet__cycle=cycle, state="surveyed").values_list("pk", "item_code")
    Insert(GivenPoints).many(
        GivenPoints(entry_id=entry, given_by="survey", points=halves[code], source="Điều tra", recorded_by=member,
                    recorded_at=at)
        for entry, code in list(surveyed)
    )  # fmt: skip
    ScoreSheet.objects.filter(cycle=cycle).update(state="appraised")
    SheetPart.objects.filter(sheet__cycle=cycle).update(state="appraised")
    Cycle.objects.filter(pk=cycle.pk).update(state="appraisal")


def _accept(waiting: Any, member: Any, at: datetime) -> None:
    from parindex.database.models import ItemAppraisal, Opinion
    from parindex.database.queries.prepared import Insert, Update

    rows = list(waiting.order_by("pk").values_list("pk", "entry__points"))
    Insert(Opinion).many(
        Opinion(entry_id=entry, level=1, author=member, author_name=member.full_name, kind="accept" if points else
                "adjust", points=points or "0", reason="Đã đối chiếu", at=at)
        for entry, points in rows
    )  # fmt: skip
    write = Update(ItemAppraisal, "state", "points", "version", "decided_at")
    for entry, points in rows:
        state = "accepted" if points else "adjusted"
        write(ItemAppraisal(pk=entry, state=state, points=points or "0", version=1, decided_at=at))


def finish(cycle: Any, chair: Any, at: datetime) -> None:
    """Finalised and published by the use cases, by a chair who sits on the council of another cycle."""
    from parindex.database.models import RoleGrant

    RoleGrant.objects.create(user=chair, role="chair", unit=chair.unit, granted_at=at, cycle=cycle)
    for act in final_acts(cycle, chair, at).values():
        act()


def final_acts(cycle: Any, chair: Any, at: datetime) -> dict[str, Any]:
    """Finalising and publishing a cycle, each to be called."""
    from parindex.usecases.actors import session_of
    from parindex.usecases.finalising import finalise
    from parindex.usecases.publishing import publish

    by, day = session_of(chair, at), date(2025, 3, 3)
    return {
        "finalise": lambda: finalise(
            by=by, at=at, cycle_id=cycle.pk, minutes_number="1/BB", minutes_date=day, minutes="Thống nhất."
        ),
        "publish": lambda: publish(by=by, at=at, cycle_id=cycle.pk, decision_number="1/QĐ", decision_date=day),
    }


def _steps(cycle: Any, area: str) -> list[tuple[int, str]]:
    """The queue of who appraises an area: sheet and item, in the order in which it is gone through."""
    from parindex.database.models import ItemAppraisal

    within = [code for code, above in _frozen(cycle).codes_above.items() if area in (code, *above)]
    rows = ItemAppraisal.objects.filter(sheet__cycle=cycle, item_code__in=within, state="waiting")
    rows = rows.exclude(entry__points="").order_by("sheet", "position")
    return list(rows.values_list("sheet_id", "item_code")[:_STEPS])


# --- helpers ---------------------------------------------------------------------------------------------------------

_ENTERED = ("answered", "unanswered")


def _frozen(cycle: Any) -> Any:
    from parindex.database.mapping.frozen_sets import frozen_set

    return frozen_set(cycle.groups.get().set_version)


def _in_pieces(rows: Any) -> Iterable[Any]:
    """All rows, so many at a time that they can be written while they are read."""
    last = 0
    while piece := list(rows.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        last = piece[-1].pk
        yield from piece
