"""The words of the score sheet as a workbook: sheets, heads, guidance, and what each cell takes."""

from __future__ import annotations

from fractions import Fraction

from parindex.documents.sheet_workbooks.sheet_workbook import WorkbookItem, WorkbookMeasure
from parindex.documents.sheet_workbooks.words import WorkbookWords
from parindex.domain.criteria.criteria_set import MeasureKind, Source
from parindex.domain.scoring.score_sheet import EntryState
from parindex.wording import terms
from parindex.wording.language import mark, text
from parindex.wording.numbers import number, points_text

_ITEM_HEADS = (
    mark("Mã"), mark("Lĩnh vực, tiêu chí, tiêu chí thành phần"), mark("Điểm tối đa"), mark("Cách tính điểm"),
    mark("Số liệu"), mark("Điểm tự đánh giá"), mark("Giải trình"), mark("Trạng thái"),
)  # fmt: skip
_FIGURE_HEADS = (
    mark("Số"), mark("Số liệu"), mark("Đơn vị tính"), mark("Năm trước"), mark("Năm nay"), mark("Cách ghi"),
    mark("Dùng cho mục"),
)  # fmt: skip
#: As the states are called on every screen.
_STATES = {
    EntryState.NO_ENTRY: "",
    EntryState.UNANSWERED: mark("Chưa nhập"),
    EntryState.ANSWERED: mark("Xong"),
    EntryState.NOT_ASSESSED_REQUESTED: mark("Đề nghị không đánh giá"),
    EntryState.NOT_ASSESSED: mark("Không đánh giá"),
    EntryState.PENDING: mark("Chờ kết quả"),
}
_GUIDANCE = (
    (
        mark("Nhập ở đâu"),
        mark(
            "Chỉ nhập vào các ô màu vàng: cột Năm nay của trang tính Số liệu; cột Giải trình và những ô màu vàng của "
            "cột Điểm tự đánh giá trong trang tính Phiếu chấm điểm. Ô màu xám đã khóa, chỉ để đọc."
        ),
    ),
    (
        mark("Số liệu"),
        mark(
            "Mỗi số liệu chỉ nhập một lần, dù nhiều mục cùng dùng. Để trống là chưa nhập; 0 là một câu trả lời. "
            "Gõ số không có dấu phân cách hàng nghìn, không kèm đơn vị tính: 53576 hoặc 0,5."
        ),
    ),
    (
        mark("Lựa chọn và danh sách"),
        mark(
            "Ô lựa chọn có danh sách thả xuống. Số liệu liệt kê ghi mỗi mục một dòng (Alt+Enter để xuống dòng); "
            "ghi 0 nếu không có mục nào."
        ),
    ),
    (
        mark("Điểm"),
        mark(
            "Điểm do hệ thống tính từ số liệu. Điểm trong tệp là điểm khi tải về, không đổi khi nhập; nộp tệp rồi sẽ "
            "thấy điểm mới."
        ),
    ),
    (
        mark("Không làm"),
        mark(
            "Không thêm, xóa, sắp xếp lại dòng; không đổi tên trang tính; không dán công thức (dùng Dán giá trị); "
            "không chép sang tệp khác."
        ),
    ),
    (
        mark("Nộp tệp"),
        mark(
            "Lưu tệp (xlsx hoặc ods) và nộp ở trang của phiếu. Hệ thống chỉ ra mọi chỗ sai theo dòng và ô, và cho xem "
            "những gì sẽ thay đổi trước khi ghi. Nếu trong lúc đó có người sửa cùng chỗ trên trang, cả hai nội dung "
            "được đặt cạnh nhau để chọn."
        ),
    ),
    (
        mark("Tài liệu kiểm chứng và đề nghị không đánh giá"),
        mark("Hai việc này chỉ làm trên trang của phiếu."),
    ),
)


def workbook_words() -> WorkbookWords:
    """All words of the workbook in the language in use."""
    return WorkbookWords(
        items_sheet=text("Phiếu chấm điểm"),
        figures_sheet=text("Số liệu"),
        guide_sheet=text("Hướng dẫn"),
        items_title=text("Phiếu chấm điểm"),
        figures_title=text("Số liệu của phiếu chấm điểm"),
        items_heads=tuple(text(head) for head in _ITEM_HEADS),
        figures_heads=tuple(text(head) for head in _FIGURE_HEADS),
        unit=text("Đơn vị"),
        cycle=text("Kỳ đánh giá"),
        criteria_set=text("Bộ tiêu chí"),
        made_at=text("Tải về lúc"),
        enter_here=text("Chỉ nhập vào ô màu vàng"),
        refused=text("Không nhận giá trị này"),
        too_long=text("Nội dung quá dài đối với một ô: xem và sửa trên trang của mục này."),
        guidance=tuple((text(heading), text(told)) for heading, told in _GUIDANCE),
        states={state: text(words) for state, words in _STATES.items()},
        sources={source: text("Nguồn điểm: {source}", source=terms.source(source)) for source in Source},
        limits=measure_limits,
        points_limits=points_limits,
    )


def measure_limits(measure: WorkbookMeasure) -> str:
    """What may be entered for a measure: ``Số nguyên, từ 0 đến 100``."""
    if measure.kind is MeasureKind.CHOICE:
        return text("Chọn trong danh sách")
    if measure.kind is MeasureKind.LIST:
        return text("Mỗi mục một dòng; 0 nếu không có")
    kind = text("Số nguyên") if measure.integer else text("Số, có thể có phần thập phân")
    low = Fraction(0) if measure.integer and measure.minimum is None else measure.minimum
    words = ", ".join(filter(None, (kind, _between(low, measure.maximum))))
    return f"{words}. " + text("Ghi 80, không ghi 80%") if measure.unit == "%" else words


def points_limits(item: WorkbookItem) -> str:
    """What may be entered as points of an item."""
    if item.max_points is None:
        return text("Điểm, từ 0 trở lên")
    return text("Điểm, từ 0 đến {maximum}", maximum=points_text(item.max_points))


def _between(low: Fraction | None, high: Fraction | None) -> str:
    if low is not None and high is not None:
        return text("từ {low} đến {high}", low=number(low), high=number(high))
    if low is not None:
        return text("từ {low} trở lên", low=number(low))
    return text("nhiều nhất {high}", high=number(high)) if high is not None else ""
