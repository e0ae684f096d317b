"""Councils in words: what somebody is on one, what a line of assignments says."""

from __future__ import annotations

from parindex.database.models.councils import CouncilRole
from parindex.wording.language import mark, text

_ROLES = {
    CouncilRole.CHAIR: mark("Chủ tịch"),
    CouncilRole.SECRETARY: mark("Thư ký"),
    CouncilRole.APPRAISER: mark("Thành viên"),
    CouncilRole.STAFF: mark("Tổ giúp việc"),
}


def council_role(value: str) -> str:
    """``Thư ký``."""
    return text(_ROLES[CouncilRole(value)])


def opinions_needed(count: int) -> str:
    """``1 ý kiến``, ``mọi người được phân công``."""
    return text("{count} ý kiến", count=count) if count else text("mọi người được phân công")
