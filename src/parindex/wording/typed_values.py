"""Why a typed text cannot be stored: what is wrong, and how to write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parindex.domain.errors import InvalidValue
from parindex.domain.values import exact_number
from parindex.wording.language import text
from parindex.wording.numbers import exact_figure, number

WORDED: dict[str, Callable[[dict[str, Any]], str]] = {
    "not_a_number": lambda facts: text(
        "“{text}” không phải là số. Gõ chữ số, ví dụ 53.576 hoặc 0,5.", text=facts["text"]
    ),
    "share_for_points": lambda facts: text(
        "“{text}” là tỷ lệ, không phải số điểm. Gõ số điểm, ví dụ 0,5.", text=facts["text"]
    ),
    "not_whole": lambda facts: text("“{text}” phải là số nguyên. Kiểm tra lại số đã gõ.", text=facts["text"]),
    "below_minimum": lambda facts: text(
        "{value} nhỏ hơn {minimum}. Kiểm tra lại số đã gõ.",
        value=number(facts["value"]),
        minimum=number(facts["minimum"]),
    ),
    "above_maximum": lambda facts: text(
        "{value} lớn hơn {maximum}. Kiểm tra lại số đã gõ.",
        value=number(facts["value"]),
        maximum=number(facts["maximum"]),
    ),
    "unknown_choice": lambda facts: text(
        "Không có phương án này. Chọn một trong: {list}.", list="; ".join(facts["choices"])
    ),
    "counted_from_lines": lambda facts: text(
        "Số này đếm từ danh sách bên dưới, đang là {lines}. Thêm hoặc bỏ dòng trong danh sách.", lines=facts["lines"]
    ),
    "figure_of_children": lambda facts: text(
        "Số này cộng từ các đơn vị trực thuộc: {sum}. Lấy tổng ấy; thấy sai thì đơn vị trực thuộc sửa số của mình.",
        sum=exact_figure(exact_number(facts["sum"])),
    ),
    "children_missing": lambda facts: text(
        "Số này cộng từ các đơn vị trực thuộc; chưa nhập: {units}. Chờ các đơn vị ấy nhập xong rồi lấy tổng.",
        units="; ".join(facts["units"]),
    ),
    "children_closed": lambda facts: text(
        "Số này cộng từ các đơn vị trực thuộc; {units} không có số, phiếu đã khóa hoặc đã ký. Mở khóa hoặc rút phiếu "
        "để đơn vị ấy nhập; không thì để trống.",
        units="; ".join(facts["units"]),
    ),
    "text_too_long": lambda facts: text(
        "Giải trình dài {length} ký tự, tối đa {allowed}. Rút gọn, phần chi tiết để trong tài liệu kiểm chứng.",
        length=number(facts["length"]),
        allowed=number(facts["allowed"]),
    ),
}


def value_text(error: InvalidValue) -> str:
    """The sentence for a value that was refused."""
    return WORDED[error.kind](error.facts)
