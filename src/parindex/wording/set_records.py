"""The record of findings ("Biên bản đối chiếu") in the words of an official paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from parindex.documents.set_records.record import RecordTable, SetRecord
from parindex.domain.criteria.coherence import Structure
from parindex.domain.criteria.criteria_set import CriteriaSet, LegalBasis
from parindex.domain.criteria.findings import Finding, Severity
from parindex.wording import findings, places
from parindex.wording.language import text
from parindex.wording.moments import VIET_NAM, day, moment
from parindex.wording.structures import area_lines, structure_lines
from parindex.wording.yaml_paths import without_keys


@dataclass(frozen=True, slots=True)
class Line:
    """One matter with what was decided about it."""

    finding: Finding
    present: bool
    settled: bool
    message: str
    change: str
    note: str
    by: str
    at: datetime | None
    left: bool


@dataclass(frozen=True, slots=True)
class Read:
    """One table of the paper; ``edits`` are (when, who, what, why) beside the findings."""

    title: str
    number: int
    criteria_set: CriteriaSet
    structure: Structure
    lines: tuple[Line, ...]
    edits: tuple[tuple[datetime, str, str, str], ...]
    fingerprint: str
    frozen_at: datetime | None
    frozen_by: str


def set_record(
    read: Sequence[Read], *, owner: str, file: str, sha256: str, read_at: datetime, read_by: str, at: datetime
) -> SetRecord:
    """The whole record, as of ``at``."""
    basis = next((one for table in read for one in table.criteria_set.legal_basis), None)
    statements = [
        text("Thời điểm lập: {when}.", when=moment(at)),
        text("Người đọc văn bản: {person}, lúc {when}.", person=read_by, when=moment(read_at)),
    ]
    if file:
        statements.append(text("Tệp đã đọc: {file} (SHA-256 {sha}).", file=file, sha=sha256))
    if basis is not None:
        statements.append(text("Căn cứ: {basis}.", basis=_basis(basis)))
    tables: list[RecordTable] = []
    for table in read:
        tables += [_compared(table), *_matters(table), _edits(table)]
    closing = [
        text(
            "{title}: đã khóa lúc {when}, người khóa {person}; dấu vân tay SHA-256 {print}.",
            title=one.title, when=moment(one.frozen_at), person=one.frozen_by, print=one.fingerprint,
        )
        for one in read
        if one.fingerprint
    ]  # fmt: skip
    open_lines = sum(
        not line.settled for one in read for line in one.lines if line.finding.severity is not Severity.NOTE
    )
    if open_lines:
        closing.append(text("Còn {count} điều chưa xử lý tại thời điểm lập biên bản.", count=open_lines))
    local = at.astimezone(VIET_NAM)
    return SetRecord(
        superior=owner,
        issuer=text("Cơ quan thường trực"),
        country=text("Cộng hòa xã hội chủ nghĩa Việt Nam"),
        motto=text("Độc lập - Tự do - Hạnh phúc"),
        place_and_date=text(
            "Ngày {day} tháng {month} năm {year}", day=f"{local.day:02}", month=f"{local.month:02}", year=local.year
        ),
        title=text("BIÊN BẢN ĐỐI CHIẾU BỘ TIÊU CHÍ"),
        subject="; ".join(dict.fromkeys(one.title for one in read)),
        statements=tuple(statements),
        tables=tuple(tables),
        closing=tuple(closing),
        signers=(text("Người đối chiếu"), text("Lãnh đạo cơ quan thường trực")),
    )


def _basis(basis: LegalBasis) -> str:
    dated = text("{number} ngày {day}", number=basis.number, day=day(basis.date)) if basis.date else basis.number
    return ", ".join(filter(None, (dated, basis.issuer, basis.abstract)))


def _compared(table: Read) -> RecordTable:
    areas = [line for line in area_lines(table.structure) if not line.same]
    lines = [*structure_lines(table.criteria_set, table.structure), *areas]
    rows = tuple(
        (line.what, line.stated, line.found, text("khớp") if line.same and line.is_stated else
         text("lệch") if not line.same else "")
        for line in lines
    )  # fmt: skip
    own = re.sub(rf"^Bảng {table.number}\W+", "", table.title)  # a title that begins with the number of its table
    title = text("Bảng {number}. Văn bản ghi và bảng có: {title}", number=table.number, title=own)
    heads = (text("Nội dung đối chiếu"), text("Văn bản ghi"), text("Bảng có"), text("Kết quả"))
    return RecordTable(title, heads, rows, (1, 2))


def _matters(table: Read) -> list[RecordTable]:
    found = []
    for severity, title in (
        (Severity.ERROR, text("Bảng {number}. Lỗi phải sửa", number=table.number)),
        (Severity.WARNING, text("Bảng {number}. Điều cần xác nhận", number=table.number)),
        (Severity.NOTE, text("Bảng {number}. Ghi chú", number=table.number)),
    ):
        lines = [line for line in table.lines if line.finding.severity is severity]
        rows = tuple((str(at), _message(line), _where(line), _done(line)) for at, line in enumerate(lines, start=1))
        heads = (text("TT"), text("Thấy gì"), text("Ở đâu"), text("Xử lý"))
        found.append(RecordTable(title, heads, rows, (0,), text("Không có.")))
    return found


def _message(line: Line) -> str:
    return without_keys(findings.message(line.finding)) if line.present else line.message


def _where(line: Line) -> str:
    return without_keys(places.place_text(line.finding.place, file=False))


def _done(line: Line) -> str:
    if line.at is None:
        return "" if line.finding.severity is Severity.NOTE else text("chưa xử lý")
    words = text("{change} ({person}, {when})", change=line.change, person=line.by, when=moment(line.at))
    return f"{words}. {line.note}" if line.note else words


def _edits(table: Read) -> RecordTable:
    rows = tuple((moment(at), who, what, why) for at, who, what, why in table.edits)
    heads = (text("Lúc"), text("Người sửa"), text("Nội dung"), text("Lý do"))
    return RecordTable(text("Bảng {number}. Sửa khác", number=table.number), heads, rows, (), text("Không có."))
