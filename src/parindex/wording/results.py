"""Results in words: what keeps a cycle from being final, and what differs between two publications."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from parindex.domain.index.item_states import ItemState
from parindex.domain.publication.personal_data import PersonalData, PersonalKind
from parindex.domain.values import exact_number
from parindex.wording.language import mark, text
from parindex.wording.numbers import PLACES, exact_text, percent, points_text, told_apart
from parindex.wording.terms import item_state

#: What is open, with how many.
_MATTERS = {
    "sheet_not_submitted": mark("{count} phiếu chưa nộp: chờ đơn vị nộp, hoặc khóa khi hết hạn"),
    "sheet_being_explained": mark("{count} phiếu đang chờ đơn vị giải trình"),
    "sheet_not_taken_up": mark("{count} phiếu đã nộp mà hội đồng chưa nhận thẩm định"),
    "request_undecided": mark("{count} đề nghị không đánh giá chưa quyết định"),
    "waiting": mark("{count} mục chưa thẩm định xong"),
    "asked": mark("{count} mục đang hỏi đơn vị"),
    "explained": mark("{count} mục đơn vị đã giải trình, chờ hội đồng xem lại"),
    "disputed": mark("{count} mục có ý kiến khác nhau, chờ chủ tịch quyết định"),
    "provisional": mark("{count} mục tạm thời đồng ý, phải xem lại"),
    "vote_open": mark("{count} mục đang biểu quyết"),
    "points_missing": mark("{count} mục chờ điểm điều tra hoặc điểm của cơ quan quản lý"),
    "result_problem": mark("{count} điều trong số liệu và điểm mà kết quả chính thức không nhận"),
}
_FIELDS = {
    "name": mark("tên"),
    "index": mark("chỉ số"),
    "points": mark("điểm"),
    "max_points": mark("điểm tối đa"),
    "grade": mark("xếp loại"),
    "rank": mark("thứ hạng"),
    "ranked": mark("có xếp hạng"),
}
_PERSONAL = {
    PersonalKind.EMAIL: mark("thư điện tử {words}"),
    PersonalKind.PHONE: mark("số điện thoại {words}"),
    PersonalKind.IDENTITY: mark("số có dạng số định danh {words}"),
}
_NUMBERS = ("index", "points", "max_points")


def matter(kind: str, count: int) -> str:
    """``3 mục chưa thẩm định xong``."""
    return text(_MATTERS[kind], count=count)


def personal_words(found: Iterable[PersonalData]) -> str:
    """``số điện thoại 0912 345 678, thư điện tử a@b.vn``."""
    return ", ".join(text(_PERSONAL[one.kind], words=one.words) for one in found)


def outcome_field(name: str) -> str:
    """``thứ hạng``: what of a unit's result differs."""
    return text(_FIELDS[name])


def outcome_value(name: str, value: object) -> str:
    """One field of a unit's result, exact: two that differ never print alike."""
    if isinstance(value, bool):
        return text("có") if value else text("không")
    if name in _NUMBERS and value:
        return exact(str(value))
    return str(value) if value not in ("", None) else "–"


def outcome_item(state: str, points: str) -> str:
    """What an item counts as, and its points; "–" where a side does not have it."""
    if not state:
        return "–"
    if state == ItemState.ANSWERED.name.lower():
        return exact(points)
    return item_state(ItemState[state.upper()])


def outcome_pair(name: str, before: object, after: object) -> tuple[str, str]:
    """One field of a unit's result before and after, as results are printed: the index in per cent."""
    if name == "index":
        return told_apart(_number(before), _number(after), percent, 2)
    if name in _NUMBERS:
        return told_apart(_number(before), _number(after), points_text, PLACES)
    return outcome_value(name, before), outcome_value(name, after)


def item_pair(before: tuple[str, str], after: tuple[str, str]) -> tuple[str, str]:
    """What an item counts as before and after, its points as they are printed."""
    answered = ItemState.ANSWERED.name.lower()
    if before[0] == answered == after[0]:
        return told_apart(_number(before[1]), _number(after[1]), points_text, PLACES)
    return _printed_item(*before), _printed_item(*after)


def _printed_item(state: str, points: str) -> str:
    """An item as the page of its unit has it: what nobody answered counts 0."""
    if state == ItemState.ANSWERED.name.lower():
        return points_text(_number(points))
    return text("0, không trả lời") if state == ItemState.UNANSWERED.name.lower() else outcome_item(state, points)


def _number(written: object) -> Fraction | None:
    return exact_number(str(written)) if written else None


def exact(number: str) -> str:
    """An exact text with a comma."""
    return (exact_text(exact_number(number)) or "–").replace(".", ",")
