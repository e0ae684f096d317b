"""The columns of papers and data tables by their official words."""

from __future__ import annotations

from collections.abc import Iterable

from parindex.wording.language import mark, text
from parindex.wording.problems_of_units import UNIT_COLUMNS

_COLUMNS = {
    **UNIT_COLUMNS,
    "accepted": mark("được công nhận"),
    "answers": mark("số câu trả lời"),
    "appraised_points": mark("điểm thẩm định"),
    "code": mark("mã"),
    "date": mark("ngày"),
    "dossier": mark("hồ sơ"),
    "entry": mark("mục liệt kê"),
    "estimate": mark("ước lượng"),
    "evidence": mark("tài liệu kiểm chứng"),
    "explanation": mark("giải trình"),
    "external_points": mark("điểm ngoài"),
    "further_explanation": mark("giải trình bổ sung"),
    "item": mark("mục"),
    "max_points": mark("điểm tối đa"),
    "measure": mark("chỉ tiêu"),
    "note": mark("ghi chú"),
    "official": mark("công chức"),
    "opinion": mark("ý kiến thẩm định"),
    "options": mark("các phương án"),
    "other": mark("cột khác"),
    "other_appraisal": mark("điểm thẩm định của cấp khác"),
    "parent": mark("đơn vị cấp trên"),
    "points": mark("điểm"),
    "ranked": mark("xếp hạng"),
    "reason": mark("lý do"),
    "se": mark("sai số chuẩn"),
    "self_points": mark("điểm tự đánh giá"),
    "source": mark("nguồn"),
    "state": mark("trạng thái"),
    "title": mark("tên"),
    "unit": mark("đơn vị"),
    "unit_group": mark("nhóm đối tượng"),
    "value": mark("giá trị"),
    "year": mark("năm"),
}


def column_word(name: str) -> str:
    """The word of a column; what is printed above it where it is none of ours."""
    return text(_COLUMNS[name]) if name in _COLUMNS else name


def head_words(name: str) -> str:
    """A column of a data table by its word and the head that is written: ``“điểm tự đánh giá” (`self_points`)``."""
    return f"“{text(_COLUMNS[name])}” (`{name}`)" if name in _COLUMNS else f"“{name}”"


def heads_words(names: Iterable[str]) -> str:
    """Several columns."""
    return ", ".join(head_words(name) for name in names)
