"""A receipt in the words of an official paper."""

from __future__ import annotations

from datetime import date

from parindex.documents.receipts.paper import ReceiptPaper
from parindex.documents.receipts.receipt import AreaLine, Receipt
from parindex.wording import terms
from parindex.wording.language import current, text
from parindex.wording.numbers import equals, index_text, number, points_text
from parindex.wording.official_papers import groups_of, letter_head, place_and_date


def receipt_paper(receipt: Receipt) -> ReceiptPaper:
    """Every text of the paper, in the language in use."""
    signed_at = f"{receipt.submitted_at:%H:%M}"
    day = _day(receipt.submitted_at.date())
    return ReceiptPaper(
        language=current().value,
        **letter_head(),
        superior=receipt.superior,
        issuer=receipt.issuer,
        number=text("Số: {number}", number=receipt.number) if receipt.number else "",
        place_and_date=place_and_date(receipt.place, receipt.issued_on),
        title=text("Phiếu xác nhận nộp phiếu chấm điểm"),
        subject=receipt.cycle,
        standing=_standing(receipt),
        statements=_statements(receipt, signed_at, day),
        table_title=text("Kết quả đơn vị tự đánh giá theo lĩnh vực:"),
        heads=(
            text("TT"),
            text("Lĩnh vực"),
            text("Số mục"),
            text("Điểm tối đa"),
            text("Điểm tự đánh giá"),
            text("Không đánh giá"),
            text("Chưa nhập xong"),
        ),
        rows=tuple(_cells(line, line.code or str(at)) for at, line in enumerate(receipt.areas, start=1)),
        total=_cells(receipt.total, ""),
        claims=_claims(receipt),
        fingerprint_title=text("Mã kiểm chứng (SHA-256) của toàn bộ nội dung phiếu khi nộp:"),
        fingerprint=groups_of(receipt.fingerprint),
        verify=_verify(receipt),
        log_title=_log_title(receipt),
        log_head=f"{receipt.log_chain}:{receipt.log_number}:{receipt.log_hash}" if receipt.log_hash else "",
        recipients_title=text("Nơi nhận:"),
        recipients=_recipients(receipt),
        signer_title=text("Người ký nộp"),
        office=receipt.office,
        signed=text("(Đã xác nhận nộp trên hệ thống lúc {time} ngày {day})", time=signed_at, day=day),
        signer=receipt.signer,
    )


def _day(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _statements(receipt: Receipt, time: str, day: str) -> tuple[str, ...]:
    received = text(
        "{issuer} xác nhận đã nhận phiếu chấm điểm của {unit}, nộp lúc {time} ngày {day}.",
        issuer=receipt.issuer,
        unit=receipt.unit,
        time=time,
        day=day,
    )
    again = text("Đây là lần nộp thứ {count}, thay cho các lần nộp trước.", count=receipt.submission)
    by = text("Phiếu lập theo {title}.", title=receipt.criteria_set)
    based = text("Phiếu lập theo {title} ({basis}).", title=receipt.criteria_set, basis=receipt.legal_basis)
    parts = (received, again if receipt.submission > 1 else "", based if receipt.legal_basis else by)
    return (" ".join(part for part in parts if part),)


def _cells(line: AreaLine, code: str) -> tuple[str, ...]:
    return (
        code,
        line.title,
        number(line.items),
        points_text(line.max_points),
        points_text(line.self_points),
        number(line.not_assessed),
        number(line.unanswered),
    )


def _claims(receipt: Receipt) -> tuple[str, ...]:
    total = receipt.total
    facts = {
        "points": points_text(total.self_points),
        "max_points": points_text(total.max_points),
        "out": points_text(total.not_assessed_points),
        "index": f"{equals(receipt.index)} {index_text(receipt.index)}",
        "origin": terms.origin(receipt.origin),
    }
    if receipt.index is None:
        claim = text("Chưa có chỉ số: không mục nào được đánh giá.")
    elif total.not_assessed_points:
        claim = text(
            "Chỉ số đơn vị tự đánh giá: {points}/({max_points} − {out}) {index} (nguồn điểm: {origin}; "
            "đã trừ {out} điểm của các mục không đánh giá).",
            **facts,
        )
    else:
        claim = text(
            "Chỉ số đơn vị tự đánh giá: {points}/{max_points} {index} (nguồn điểm: {origin}).",
            **facts,
        )
    remarks = [text("Điểm này chưa được thẩm định; kết quả chính thức theo quyết định công bố.")]
    if total.unanswered:
        remarks.insert(
            0,
            text(
                "{count} mục chưa nhập xong được tính 0 điểm và vẫn nằm trong điểm tối đa.",
                count=number(total.unanswered),
            ),
        )
    if receipt.pending:
        remarks.insert(
            0, text("Chỉ số này là tạm tính: chưa gồm {count} mục chờ kết quả.", count=number(receipt.pending))
        )
    return claim, " ".join(remarks)


def _verify(receipt: Receipt) -> str:
    where = (
        text("Cách kiểm chứng: mở {address};", address=receipt.verify_at)
        if receipt.verify_at
        else text("Cách kiểm chứng: đăng nhập vào hệ thống, mở phiếu chấm điểm của đơn vị;")
    )
    how = text(
        "so từng nhóm ký tự của mã trên với mã hệ thống tính lại từ phiếu đang lưu. "
        "Hai mã giống nhau: phiếu không thay đổi từ khi nộp. Khác một ký tự: nội dung đã khác."
    )
    return f"{where} {how}"


def _log_title(receipt: Receipt) -> str:
    if not receipt.log_hash:
        return ""
    return text(
        "Lần nộp này là bản ghi số {number} trong chuỗi {chain} của nhật ký. Chứng minh nhật ký còn nguyên bằng lệnh "
        "parindex audit-log verify --head với đầu chuỗi:",
        number=receipt.log_number,
        chain=receipt.log_chain,
    )


def _standing(receipt: Receipt) -> str:
    """Why the receipt no longer holds; "" while it does."""
    if receipt.withdrawn is not None:
        gone = receipt.withdrawn
        return text(
            "KHÔNG CÒN HIỆU LỰC. {name} rút hoặc trả lại lúc {time} ngày {day}. Lý do: {reason}",
            name=gone.by, time=f"{gone.at:%H:%M}", day=_day(gone.at.date()), reason=gone.reason,
        )  # fmt: skip
    if receipt.replaced_by:
        return text("KHÔNG CÒN HIỆU LỰC. Lần nộp thứ {count} đã thay lần này.", count=receipt.replaced_by)
    return ""


def _recipients(receipt: Receipt) -> tuple[str, ...]:
    listed = receipt.recipients or (receipt.unit,)
    return (*(f"- {one};" for one in listed), text("- Lưu: hồ sơ điện tử của kỳ đánh giá."))
