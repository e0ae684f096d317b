"""The sheet of a unit's results in the words of an official paper."""

from __future__ import annotations

from parindex.documents.result_sheets.paper import PrintedTable, ResultSheetPaper
from parindex.documents.result_sheets.result_sheet import ResultSheet, YearBefore
from parindex.wording.language import current, text
from parindex.wording.moments import day
from parindex.wording.numbers import index_text, number, percent_text, points_text
from parindex.wording.official_papers import groups_of, letter_head, place_and_date, printed_proof


def result_sheet_paper(sheet: ResultSheet) -> ResultSheetPaper:
    """Every text of the paper, in the language in use."""
    return ResultSheetPaper(
        language=current().value,
        **letter_head(),
        superior="",
        issuer=sheet.issuer,
        number="",
        place_and_date=place_and_date(sheet.place, sheet.issued_on),
        title=text("Phiếu kết quả"),
        subject=text("Chỉ số cải cách hành chính năm {year} của {unit}", year=sheet.year, unit=sheet.unit),
        statements=_statements(sheet),
        head_line=text("Người đứng đầu đơn vị (họ và tên, chức vụ):"),
        standing=_standing(sheet),
        areas=_areas(sheet),
        lost=_lost(sheet),
        not_assessed=_not_assessed(sheet),
        remarks=(
            text(
                "Phiếu này chỉ nêu kết quả đã công bố, dùng khi đánh giá, xếp loại người đứng đầu đơn vị hằng năm. Cấp "
                "có thẩm quyền quyết định việc đánh giá, xếp loại."
            ),
        ),
        fingerprint_title=text("Mã kiểm chứng (SHA-256) của dữ liệu đã chốt, từ đó tính ra kết quả này:"),
        fingerprint=groups_of(sheet.fingerprint),
        recipients_title=text("Nơi nhận:"),
        recipients=(f"- {sheet.unit};", text("- Lưu: hồ sơ điện tử của kỳ đánh giá.")),
        signer_title=text("Cơ quan lập phiếu"),
        signed=text("(Ký, ghi rõ họ tên)"),
        proof=printed_proof(sheet.bundle),
    )


def decided_words(sheet: ResultSheet) -> str:
    """By which decision the result was published, and whether it corrects an earlier one."""
    facts = {"number": sheet.decision_number, "day": day(sheet.decision_date)}
    if sheet.number > 1:
        return text(
            "Kết quả theo Quyết định số {number} ngày {day}; đây là bản đính chính, thay cho các lần công bố trước.",
            **facts,
        )
    return text("Kết quả theo Quyết định số {number} ngày {day}.", **facts)


def rank_words(sheet: ResultSheet) -> str:
    """``2 trên 19 đơn vị, đồng hạng 2 đơn vị``."""
    if sheet.rank is None:
        return text("không xếp hạng")
    words = text("{rank} trên {ranked} đơn vị", rank=sheet.rank, ranked=number(sheet.ranked))
    return text("{words}, đồng hạng {tied} đơn vị", words=words, tied=sheet.tied) if sheet.tied > 1 else words


def left_out_words(reason: str, legal_basis: str) -> str:
    """Why an item is not assessed, and on what basis."""
    return "; ".join(one for one in (reason, legal_basis) if one) or "–"


def _statements(sheet: ResultSheet) -> tuple[str, ...]:
    group = text("Nhóm xếp hạng: {group}.", group=sheet.group)
    return (f"{decided_words(sheet)} {group}",)


def _standing(sheet: ResultSheet) -> PrintedTable:
    own = (
        index_text(sheet.index),
        text("{points} trên {max_points}", points=points_text(sheet.points), max_points=points_text(sheet.max_points)),
        rank_words(sheet),
        sheet.grade or "–",
    )
    names = (text("Chỉ số"), text("Điểm trên điểm tối đa được đánh giá"), text("Hạng"), text("Xếp loại"))
    before = [_before(one) for one in sheet.before]
    rows = tuple((names[at], own[at], *(one[at] for one in before)) for at in range(len(names)))
    year = text("Năm {year}", year=sheet.year - 1)
    heads = [text("{year}: {name}", year=year, name=one.name) if one.name else year for one in sheet.before]
    return PrintedTable(
        text("1. Kết quả chung"), (text("Nội dung"), text("Năm {year}", year=sheet.year), *heads), rows
    )  # fmt: skip


def _before(one: YearBefore) -> tuple[str, str, str, str]:
    return index_text(one.index), "–", "–" if one.rank is None else str(one.rank), one.grade or "–"


def _areas(sheet: ResultSheet) -> PrintedTable:
    rows = tuple(
        (
            one.code, one.title, points_text(one.points), points_text(one.max_points),
            percent_text(one.points * 100 / one.max_points, 2) if one.max_points else "–", points_text(one.before),
        )
        for one in sheet.areas
    )  # fmt: skip
    heads = (
        text("TT"), text("Lĩnh vực"), text("Điểm"), text("Điểm tối đa"), text("Tỷ lệ đạt"),
        text("Điểm năm {year}", year=sheet.year - 1),
    )  # fmt: skip
    return PrintedTable(text("2. Kết quả theo lĩnh vực"), heads, rows)


def _lost(sheet: ResultSheet) -> PrintedTable:
    rows = tuple(
        (
            one.code, one.title, points_text(one.points), points_text(one.max_points), points_text(one.lost),
            text("{cause} Chủ trì: {lead}.", cause=one.cause, lead=one.lead).strip() if one.lead else one.cause or "–",
        )
        for one in sheet.lost
    )  # fmt: skip
    title = text("3. Mục mất điểm ({count} mục, {points} điểm)", count=len(rows), points=points_text(sheet.lost_points))
    heads = (text("Mã"), text("Mục"), text("Điểm"), text("Điểm tối đa"), text("Mất"), text("Nguyên nhân"))
    return PrintedTable(title, heads, rows, text("Không mục nào mất điểm."))


def _not_assessed(sheet: ResultSheet) -> PrintedTable:
    rows = tuple(
        (one.code, one.title, points_text(one.max_points), one.reason or "–", one.legal_basis or "–")
        for one in sheet.not_assessed
    )
    heads = (text("Mã"), text("Mục"), text("Điểm tối đa"), text("Lý do"), text("Căn cứ"))
    return PrintedTable(text("4. Mục không đánh giá"), heads, rows, text("Không có mục nào."))
