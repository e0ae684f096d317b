"""The official word for every code: sources, states, origins of points, severities, levels."""

from __future__ import annotations

from parindex.domain.criteria.criteria_set import Outside, Source
from parindex.domain.criteria.findings import Severity
from parindex.domain.index.item_states import ItemState
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.wording.language import mark, text

_SOURCES = {
    Source.REPORT: mark("báo cáo"),
    Source.OPINION_SURVEY: mark("điều tra xã hội học"),
    Source.SATISFACTION_INDEX: mark("chỉ số hài lòng"),
    Source.EXTERNAL: mark("số liệu của cơ quan khác"),
}
_ENTRY_STATES = {
    EntryState.NO_ENTRY: mark("không có dòng trong phiếu"),
    EntryState.UNANSWERED: mark("chưa nhập"),
    EntryState.ANSWERED: mark("đã nhập"),
    EntryState.NOT_ASSESSED_REQUESTED: mark("đề nghị không đánh giá"),
    EntryState.NOT_ASSESSED: mark("không đánh giá"),
    EntryState.PENDING: mark("chờ kết quả"),
}
_ITEM_STATES = {
    ItemState.UNANSWERED: mark("chưa có điểm"),
    ItemState.ANSWERED: mark("đã có điểm"),
    ItemState.NOT_ASSESSED: mark("không đánh giá"),
    ItemState.PENDING: mark("chờ kết quả"),
    ItemState.ABSENT: mark("phần không đo trong kỳ"),
}
_ORIGINS = {
    Origin.NONE: mark("chưa ai cho điểm"),
    Origin.RULE: mark("tính theo quy tắc"),
    Origin.SELF: mark("tự đánh giá"),
    Origin.SURVEY: mark("điều tra"),
    Origin.EXTERNAL: mark("cơ quan quản lý số liệu"),
    Origin.APPRAISED: mark("thẩm định"),
}
_SEVERITIES = {
    Severity.ERROR: mark("lỗi"),
    Severity.WARNING: mark("cần xác nhận"),
    Severity.NOTE: mark("ghi chú"),
}
_OUTSIDE = {Outside.BONUS: mark("cộng ngoài thang điểm"), Outside.PENALTY: mark("trừ ngoài thang điểm")}
_LEVELS = (mark("lĩnh vực"), mark("tiêu chí"), mark("tiêu chí thành phần"), mark("mục"))


def source(value: Source | None) -> str:
    """Who gives the points of an item; "" where the set does not say."""
    return text(_SOURCES[value]) if value is not None else ""


def entry_state(value: EntryState) -> str:
    """What a sheet says of an item."""
    return text(_ENTRY_STATES[value])


def item_state(value: ItemState) -> str:
    """What an item counts as."""
    return text(_ITEM_STATES[value])


def origin(value: Origin) -> str:
    """Who gave the points."""
    return text(_ORIGINS[value])


def severity(value: Severity) -> str:
    """How grave a finding is."""
    return text(_SEVERITIES[value])


def outside(value: Outside) -> str:
    """How a node counts that has no part in the maximum."""
    return text(_OUTSIDE[value])


def level(depth: int) -> str:
    """The level of a node: 1 is an area."""
    return text(_LEVELS[min(depth, len(_LEVELS)) - 1])
