"""The page on which a set is checked before it is frozen: what the text declares, what was found and decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from parindex.database.models import CriteriaSetVersion, FindingDecision
from parindex.database.queries.criteria_sets import of_one_reading
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.criteria.mends import position_of
from parindex.domain.criteria.proposals import Ask, Proposal
from parindex.domain.errors import Place
from parindex.domain.review.permissions import check_can_manage_sets
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases.actors import Session
from parindex.usecases.set_matters import Matter, Matters, Remaining, matters_of, remaining_of
from parindex.wording import findings, mends, places, problems
from parindex.wording.language import mark, text
from parindex.wording.moments import local_day
from parindex.wording.numbers import points_text
from parindex.wording.structures import StructureLine, area_lines, structure_lines
from parindex.wording.yaml_paths import without_keys

#: So many rows are shown above and below those that a finding is about.
_AROUND = 2
_MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class ContextRow:
    """One row of the table around a finding."""

    number: int
    row: int
    code: str
    title: str
    points: Fraction | None
    is_bad: bool


@dataclass(frozen=True, slots=True)
class AskedField:
    """One thing that a way asks for, with what is proposed."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Way:
    """One radio button: what would be done and why."""

    id: str
    label: str
    hint: str
    fields: tuple[AskedField, ...] = ()


@dataclass(frozen=True, slots=True)
class MatterView:
    """One matter as the page shows it; ``number`` runs through all tables."""

    number: int
    matter: Matter
    version: CriteriaSetVersion
    table: str
    message: str
    headline: str
    remedy: str
    where: str
    rows: tuple[ContextRow, ...]
    by_area: tuple[Mapping[str, Any], ...]
    ways: tuple[Way, ...]
    row: int | None

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"f{self.number}"

    @property
    def decision(self) -> FindingDecision | None:
        """What was decided."""
        return self.matter.decision


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """What one table has of a line; ``result`` in words, with the anchor of the matter that speaks of it."""

    stated: str
    found: str
    same: bool
    result: str
    anchor: str = ""
    kind: str = "ok"


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One line of "Văn bản ghi và bảng có", a cell a table."""

    what: str
    cells: tuple[ComparedCell | None, ...]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Everything on the page."""

    versions: Sequence[CriteriaSetVersion]
    errors: Sequence[MatterView]
    warnings: Sequence[MatterView]
    notes: Sequence[MatterView]
    doubts: Sequence[str]
    lines: Sequence[ComparedLine]
    rows: Sequence[int]
    remaining: Mapping[int, Remaining]
    refused: Refusal | None
    last: FindingDecision | None
    edits: Sequence[FindingDecision] = ()

    @property
    def open_errors(self) -> list[MatterView]:
        """Errors that still stand."""
        return [one for one in self.errors if not one.matter.settled]

    @property
    def open_warnings(self) -> list[MatterView]:
        """Matters that nobody has confirmed."""
        return [one for one in self.warnings if not one.matter.settled]

    @property
    def without_basis(self) -> list[CriteriaSetVersion]:
        """Versions that name no legal basis."""
        return [one for one in self.versions if self.remaining[one.pk].without_basis]

    def first_open(self, version: int) -> str:
        """The anchor of the first thing that keeps a version from being frozen; "" where no matter on the page does."""
        left = (*self.open_errors, *self.open_warnings)
        return next((one.anchor for one in left if one.version.pk == version), "")

    @property
    def is_draft(self) -> bool:
        """Whether anything can still be mended."""
        return any(one.state == "draft" for one in self.versions)

    @property
    def can_freeze_all(self) -> bool:
        """Whether there are several drafts, and one of them at least is ready."""
        drafts = [one for one in self.versions if one.state == "draft"]
        ready = [one for one in drafts if not self.remaining[one.pk].any]
        return len(drafts) > 1 and self.refused is None and bool(ready)

    def find(self, version: int, key: str) -> MatterView | None:
        """The matter of a version under a key."""
        every = (*self.errors, *self.warnings, *self.notes)
        return next((one for one in every if one.version.pk == version and one.matter.key == key), None)


def check_page(session: Session, version: CriteriaSetVersion, at: datetime) -> CheckPage:
    """The page of ``version`` and of the other tables that were read with it."""
    versions = of_one_reading(version, local_day(at))
    found = matters_of(versions, at)
    several = len(versions) > 1
    views: dict[Severity, list[MatterView]] = {severity: [] for severity in Severity}
    number = 0
    for severity in Severity:
        for one in versions:
            matters = found[one.pk]
            of_severity = {
                Severity.ERROR: matters.errors, Severity.WARNING: matters.warnings, Severity.NOTE: matters.notes
            }[severity]  # fmt: skip
            for matter in of_severity:
                number += 1
                views[severity].append(_view(number, matter, matters, several))
    everything = [view for severity in Severity for view in views[severity]]
    decisions = [view.decision for view in everything if view.decision is not None]
    edits = [edit for one in versions for edit in found[one.pk].edits if edit.undone_at is None]
    last = max((*decisions, *edits), key=lambda one: one.decided_at, default=None)
    return CheckPage(
        versions=versions,
        errors=views[Severity.ERROR],
        warnings=views[Severity.WARNING],
        notes=views[Severity.NOTE],
        doubts=[_doubt(problem) for one in versions for problem in found[one.pk].doubts],
        lines=list(_compared(versions, found, everything)),
        rows=[found[one.pk].draft.structure.rows for one in versions],
        remaining={one.pk: remaining_of(found[one.pk], found[one.pk].draft.criteria_set) for one in versions},
        refused=refusal(check_can_manage_sets, session.actor, version.owner_path or ""),  # type: ignore[attr-defined]
        last=last,
        edits=sorted(edits, key=lambda one: (one.decided_at, one.pk), reverse=True),
    )


def table_name(version: CriteriaSetVersion) -> str:
    """``Bảng 1``, by the number of the table in its paper."""
    return text("Bảng {number}", number=version.table_number)


def _doubt(problem: Any) -> str:
    where = places.place_text(problem.place, file=False)
    words = problems.message(problem)
    return without_keys(f"{where}: {words}" if where else words)


# --- matters -------------------------------------------------------------------------------------------------------


def _view(number: int, matter: Matter, matters: Matters, several: bool) -> MatterView:
    finding = matter.finding
    made = matters.draft.criteria_set
    table = table_name(matters.version) if several or matters.version.paper_id else ""
    where = without_keys(places.place_text(finding.place, file=False))
    if table and not finding.place.table:
        where = ", ".join(filter(None, (table, where)))
    ways = tuple(Way(one.id, *_plain(one, finding), _fields(one.asks)) for one in matters.ways(matter))
    rows = list(made.walk())
    bad = _bad_rows(matter, made)
    by_area = tuple(finding.facts.get("by_area", ())) if finding.kind == "parts_points" else ()
    return MatterView(
        number=number,
        matter=matter,
        version=matters.version,
        table=table,
        message=without_keys(findings.message(finding)) if matter.present else _decided(matter),
        headline=without_keys(mends.headline(finding)),
        remedy=without_keys(findings.remedy(finding)) if matter.present else "",
        where=where,
        rows=_context(rows, bad) if matter.present and finding.severity is Severity.ERROR else (),
        by_area=by_area,
        ways=ways,
        row=bad[0] if len(bad) >= 1 and matter.present else None,
    )


def _plain(way: Proposal, finding: Finding) -> tuple[str, str]:
    """What would be done and why, without names of the file format."""
    return without_keys(mends.label(way, finding)), without_keys(mends.reason(way, finding))


def _decided(matter: Matter) -> str:
    return matter.decision.message if matter.decision else ""


def _fields(asks: Iterable[tuple[Ask, Any]]) -> tuple[AskedField, ...]:
    shown = []
    for ask, value in asks:
        written = points_text(value) if isinstance(value, Fraction) else str(value)
        shown.append(AskedField(ask.value, text(mends.ASKS[ask]), written))
    return tuple(shown)


def _bad_rows(matter: Matter, made: Any) -> list[int]:
    """The rows that a finding is about, as positions."""
    finding = matter.finding
    named: list[Place] = [row["place"] for row in finding.facts.get("rows", ()) if isinstance(row, dict)]
    if not named and finding.code:
        named = [finding.place]
    found = [position_of(made, place) for place in named]
    if len(set(found)) < len(named):  # rows without a place of their own: all that carry the code
        return [at for at, node in enumerate(made.walk()) if node.code == finding.code]
    return sorted(at for at in found if at is not None)


def _context(rows: Sequence[Node], bad: Sequence[int]) -> tuple[ContextRow, ...]:
    if not bad:
        return ()
    wanted: set[int] = set()
    for at in bad[:_MOST_ROWS]:
        wanted.update(range(max(0, at - _AROUND), min(len(rows), at + _AROUND + 1)))
    return tuple(
        ContextRow(rows[at].place.row or at + 1, at, rows[at].code, rows[at].title, rows[at].max_points, at in bad)
        for at in sorted(wanted)
    )


# --- "Văn bản ghi và bảng có" --------------------------------------------------------------------------------------

#: Which kinds of findings speak of a line.
_SPEAKERS = {
    "areas": ("count_areas",),
    "criteria": ("count_criteria",),
    "subcriteria": ("count_subcriteria",),
    "items": ("count_items",),
    "max_points": ("total_declared", "total_printed"),
    "part": ("parts_points",),
    "area": ("count_in_area",),
    "sums": ("children_sum",),
    "codes": ("duplicate_code",),
}


def _compared(
    versions: Sequence[CriteriaSetVersion], found: Mapping[int, Matters], views: Sequence[MatterView]
) -> Iterator[ComparedLine]:
    tables = [_lines_of(found[one.pk]) for one in versions]
    keys = dict.fromkeys(key for table in tables for key in table)
    for key in [key for key in keys if key.startswith("area/")]:
        if all(table[key].same for table in tables if key in table):
            del keys[key]  # of the areas only those are told in which text and table differ
    for key in sorted(keys, key=_order):
        cells = tuple(
            _cell(table.get(key), key, version, views) for table, version in zip(tables, versions, strict=True)
        )
        what = next(table[key].what for table in tables if key in table)
        yield ComparedLine(what, cells)


_ORDER = ("areas", "criteria", "area", "subcriteria", "items", "max_points", "sums", "part", "codes")


def _order(key: str) -> int:
    return _ORDER.index(key.partition("/")[0])


def _lines_of(matters: Matters) -> dict[str, StructureLine]:
    found = matters.structure
    lines = {one.key: one for one in structure_lines(matters.draft.criteria_set, found)}
    lines |= {one.key: one for one in area_lines(found)}
    sums = text("{count} nhóm", count=found.parents)
    what = text("Điểm các mục con cộng bằng điểm mục cha")
    lines["sums"] = StructureLine("sums", what, "–", sums, found.groups == found.parents)
    twice = [one for one in matters.errors if one.finding.kind == "duplicate_code" and one.present]
    words = text("{count} trùng", count=len(twice)) if twice else "–"
    lines["codes"] = StructureLine("codes", text("Mã không trùng"), "–", words, not twice)
    return lines


def _cell(
    line: StructureLine | None, key: str, version: CriteriaSetVersion, views: Sequence[MatterView]
) -> ComparedCell | None:
    if line is None:
        return None
    speaker = _speaker(key, version, views)
    if speaker is not None and speaker.matter.settled and not speaker.matter.present:
        words = text("đã sửa, xem {number}", number=_named(speaker))
        return ComparedCell(line.stated, line.found, line.same, words, speaker.anchor)
    if line.same:
        words = text("khớp") if line.is_stated or key in ("sums", "codes") else text("không ghi")
        return ComparedCell(line.stated, line.found, True, words, kind="ok" if words == text("khớp") else "mute")
    kind = "error" if speaker is None or speaker.matter.finding.severity is Severity.ERROR else "warn"
    if speaker is None:
        return ComparedCell(line.stated, line.found, False, text("lệch"), "", kind)
    words = text("lệch, xem {number}", number=_named(speaker))
    return ComparedCell(line.stated, line.found, False, words, speaker.anchor, kind)


def _named(view: MatterView) -> str:
    words = mark("lỗi {number}") if view.matter.finding.severity is Severity.ERROR else mark("điều {number}")
    return text(words, number=view.number)


def _speaker(key: str, version: CriteriaSetVersion, views: Sequence[MatterView]) -> MatterView | None:
    head, *rest = key.split("/")
    for view in views:
        finding = view.matter.finding
        if view.version.pk != version.pk or finding.kind not in _SPEAKERS[head]:
            continue
        if head == "area" and (finding.code != rest[0] or finding.facts.get("what") != rest[1]):
            continue
        return view
    return None
