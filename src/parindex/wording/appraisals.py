"""States of appraised items, kinds of opinions, capacities and votes by their official names."""

from __future__ import annotations

from parindex.domain.review.opinions import AppraisalState, Blindness, Capacity, Combination, OpinionKind
from parindex.domain.review.votes import Choice, VoteMode
from parindex.wording.language import mark, text

_STATES = {
    AppraisalState.WAITING: mark("Chờ thẩm định"),
    AppraisalState.ASKED: mark("Yêu cầu giải trình"),
    AppraisalState.EXPLAINED: mark("Đã giải trình"),
    AppraisalState.DISPUTED: mark("Ý kiến khác nhau"),
    AppraisalState.PROVISIONAL: mark("Tạm thời đồng ý"),
    AppraisalState.ACCEPTED: mark("Đồng ý"),
    AppraisalState.ADJUSTED: mark("Điều chỉnh"),
    AppraisalState.SURVEYED: mark("Chấm từ điều tra"),
    AppraisalState.NOT_ASSESSED: mark("Không đánh giá"),
}
_KINDS = {
    OpinionKind.ACCEPT: mark("Đồng ý"),
    OpinionKind.ACCEPT_PROVISIONALLY: mark("Tạm thời đồng ý"),
    OpinionKind.ADJUST: mark("Điều chỉnh"),
    OpinionKind.ASK: mark("Yêu cầu giải trình"),
}
_CAPACITIES = {
    Capacity.MEMBER: mark("thành viên"),
    Capacity.CHAIR: mark("chủ tịch quyết định"),
    Capacity.COUNCIL: mark("hội đồng biểu quyết"),
}
_MODES = {
    VoteMode.SESSION: mark("Biểu quyết tại phiên họp"),
    VoteMode.WRITING: mark("Lấy ý kiến bằng văn bản"),
}
_CHOICES = {
    Choice.FOR: mark("Tán thành"),
    Choice.AGAINST: mark("Không tán thành"),
    Choice.ABSTAIN: mark("Không có ý kiến"),
}
_BLINDNESS = {
    Blindness.NEVER: mark("không bao giờ thấy ý kiến của người khác"),
    Blindness.AFTER_OWN: mark("thấy ý kiến của người khác sau khi đã cho ý kiến"),
    Blindness.ALWAYS: mark("luôn thấy ý kiến của người khác"),
}
_COMBINATIONS = {
    Combination.AGREEMENT: mark("mọi ý kiến giống nhau, nếu không thì chủ tịch quyết định"),
    Combination.MEDIAN: mark("lấy số trung vị của các điểm"),
    Combination.CHAIR: mark("chủ tịch quyết định sau khi có đủ ý kiến"),
}


def appraisal_state(value: str) -> str:
    """``Chờ thẩm định``."""
    return text(_STATES[AppraisalState(value)])


def opinion_kind(value: str) -> str:
    """``Tạm thời đồng ý``."""
    return text(_KINDS[OpinionKind(value)])


def opinion_capacity(value: str) -> str:
    """``chủ tịch quyết định``."""
    return text(_CAPACITIES[Capacity(value)])


def vote_mode(value: str) -> str:
    """``Lấy ý kiến bằng văn bản``."""
    return text(_MODES[VoteMode(value)])


def vote_choice(value: str) -> str:
    """``Tán thành``."""
    return text(_CHOICES[Choice(value)])


def blindness_words(value: str) -> str:
    """``thấy ý kiến của người khác sau khi đã cho ý kiến``."""
    return text(_BLINDNESS[Blindness(value)])


def combination_words(value: str) -> str:
    """``lấy số trung vị của các điểm``."""
    return text(_COMBINATIONS[Combination(value)])
