"""What the fields are called that people write into: beside what is given back where a form was not taken."""

from __future__ import annotations

from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.votes import Choice
from parindex.wording.appraisals import opinion_kind, vote_choice
from parindex.wording.language import mark, text

#: Fields for words, by their names in forms.
_OF_WORDS = {
    "abstract": mark("Trích yếu"),
    "agreed": mark("Nội dung thống nhất"),
    "answer": mark("Giải trình bổ sung"),
    "award": mark("Hình thức khen thưởng"),
    "body": mark("Lời nhắn"),
    "choices": mark("Các lựa chọn"),
    "clause": mark("Điều khoản nêu cách tính"),
    "contact": mark("Hỏi ai"),
    "decision_number": mark("Số quyết định công bố"),
    "display_title": mark("Tên hiển thị"),
    "evidence": mark("Tài liệu kiểm chứng"),
    "example": mark("Ví dụ"),
    "explanation": mark("Giải trình"),
    "finding": mark("Nội dung"),
    "full_name": mark("Họ tên"),
    "issuer": mark("Cơ quan ban hành"),
    "kept_warning": mark("Lý do giữ số"),
    "kind": mark("Loại văn bản"),
    "label": mark("Phương án"),
    "lead_areas": mark("Lĩnh vực phụ trách"),
    "legal_basis": mark("Căn cứ"),
    "link": mark("Địa chỉ"),
    "minutes": mark("Nội dung biên bản"),
    "minutes_number": mark("Số biên bản"),
    "name": mark("Tên"),
    "new": mark("Tên số liệu mới"),
    "note": mark("Ghi chú"),
    "notice": mark("Thông báo khi mở kỳ"),
    "number": mark("Số, ký hiệu"),
    "office": mark("Chức vụ, nơi công tác"),
    "paper": mark("Văn bản"),
    "position": mark("Chức vụ"),
    "predecessors": mark("Đơn vị tiền thân"),
    "present": mark("Thành phần"),
    "proposal": mark("Nội dung xin ý kiến"),
    "provided_by": mark("Cơ quan quản lý số liệu"),
    "question": mark("Câu hỏi cho đơn vị"),
    "reason": mark("Lý do"),
    "remedy": mark("Đã làm gì"),
    "rule": mark("Cách tính"),
    "section": mark("Mục, khoản"),
    "source": mark("Nguồn"),
    "title": mark("Tên"),
    "unit": mark("Đơn vị"),
    "units": mark("Đơn vị"),
    "why": mark("Lý do"),
    "withdraw_reason": mark("Lý do bỏ đề xuất"),
    "words": mark("Nội dung thư"),
    "yaml": mark("Quy tắc"),
}
#: Fields for figures, points and days.
_OF_FIGURES = {
    "date": mark("Ngày"),
    "day": mark("Ngày văn bản"),
    "decision_date": mark("Ngày quyết định"),
    "due": mark("Hạn trả lời"),
    "effective_on": mark("Ngày có hiệu lực"),
    "held_on": mark("Ngày họp"),
    "max_points": mark("Điểm tối đa"),
    "minutes_date": mark("Ngày biên bản"),
    "observed_on": mark("Ngày thấy"),
    "page": mark("Trang"),
    "points": mark("Điểm"),
    "public_from": mark("Được xem từ"),
    "remedied_on": mark("Ngày khắc phục xong"),
    "remedy_due": mark("Hạn khắc phục"),
    "self_points": mark("Điểm"),
    "source_date": mark("Ngày của nguồn"),
    "until": mark("Hạn"),
    "value": mark("Giá trị"),
}
#: Fields for figures that somebody had to weigh: an opinion is not to be worked out once more from its reason alone.
_JUDGED = frozenset({"due", "points"})
#: Names that fields of choice have in other forms: one word there was picked, not typed.
_ALSO_CHOSEN = frozenset({"answer", "kind", "new", "rule", "unit", "why"})
#: What the name says of a field that holds a secret: it is never shown again, whatever was typed.
_SECRET = ("password", "code", "token", "secret", "key", "otp", "credential", "csrf")
#: What a page sends along of its own: who acts, where to go on, marks of what was read, which of two texts is taken.
_OURS = frozenset({"account", "digest", "entry", "known", "next", "seen"})
_MARKS = ("read.", "take.", "keep.", "both.", "tried.")
#: The start of the names of figures of a unit; the rest is the measure. A list may be counted into one.
_FIGURE, _COUNTED = "figure.", "sum."
_LETTERS = 2


def typed_label(name: str) -> str:
    """What a field is called; "" where it is not known."""
    measure = _measure(name)
    if measure:
        return text("Số liệu {measure}", measure=measure)
    last = _last(name)
    words = _OF_WORDS.get(last) or _OF_FIGURES.get(last)
    return text(words) if words else ""


def is_worth_keeping(name: str, value: str) -> bool:
    """Whether somebody would have to think of it again: words in a field for words, a sentence wherever it stands, and
    the points and the day that belong to a judgement.
    """
    if name in _JUDGED and value.strip():
        return True
    if _is_never_shown(name) or sum(one.isalpha() for one in value) < _LETTERS:
        return False
    last = "" if _measure(name) else _last(name)
    return (last in _OF_WORDS and last not in _ALSO_CHOSEN) or len(value.split()) > 1


def is_typed(name: str, value: str) -> bool:
    """Whether a person has typed it: what is worth keeping, and figures, points and days."""
    is_figure = bool(_measure(name)) or (_last(name) in _OF_FIGURES and not _is_never_shown(name))
    return is_worth_keeping(name, value) or (is_figure and bool(value.strip()))


def chosen(name: str, value: str) -> tuple[str, str] | None:
    """What somebody has picked that is a judgement, as it is called and read; None for every other field."""
    if name == "kind" and value in set(OpinionKind):
        return text("Ý kiến"), opinion_kind(value)
    if name == "choice" and value in set(Choice):
        return text("Phiếu biểu quyết"), vote_choice(value)
    return None


def _is_never_shown(name: str) -> bool:
    """Whether it is a secret, or the page itself put it there."""
    if name in _OURS or name.startswith(_MARKS):
        return True
    return not _measure(name) and any(one in name.lower() for one in _SECRET)


def _measure(name: str) -> str:
    """The measure that a field holds the figure of; "" for every other field."""
    figure = name.removeprefix(_COUNTED)
    return figure.removeprefix(_FIGURE) if figure.startswith(_FIGURE) else ""


def _last(name: str) -> str:
    """The last part of a name: in a table of fields it says which column it is."""
    return name.rpartition(".")[2]
