"""The entries of the top bar: at most six, by role; an entry appears when its pages exist."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from parindex.domain.review.roles import COUNCIL, Role
from parindex.usecases.actors import Session
from parindex.wording.language import mark_in, text_in


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry: its words, its address, and whether the page shown belongs to it."""

    title: str
    address: str
    is_current: bool


_OFFICE = frozenset({Role.STANDING_OFFICE, Role.CHAIR, Role.SECRETARY, Role.AUDITOR})
_UNIT = frozenset({Role.UNIT_OFFICER, Role.UNIT_LEADER})
_MANAGING = frozenset({Role.ADMINISTRATOR, Role.STANDING_OFFICE, Role.UNIT_LEADER})

#: Room, words, name of its first page, roles that have it in their bar.
ROOMS: tuple[tuple[str, str, str, frozenset[Role]], ...] = (
    ("home", mark_in("menu", "Việc của tôi"), "home", frozenset(Role)),
    ("cycles", mark_in("menu", "Kỳ đánh giá"), "cycles", _OFFICE | {Role.APPRAISER}),
    ("appraisals", mark_in("menu", "Thẩm định"), "appraisals", COUNCIL | {Role.AUDITOR}),
    ("criteria_sets", mark_in("menu", "Bộ tiêu chí"), "criteria_sets", _OFFICE | _UNIT | {Role.SURVEY_STAFF}),
    ("accounts", mark_in("menu", "Đơn vị, tài khoản"), "people", _MANAGING),
    ("score_sheets", mark_in("menu", "Phiếu chấm điểm"), "score_sheets", _UNIT | _OFFICE | {Role.APPRAISER}),
    ("evidence", mark_in("menu", "Tài liệu"), "documents", _UNIT),
    ("monitoring", mark_in("menu", "Theo dõi, kiểm tra"), "monitoring_notes", _UNIT),
    ("audit_log", mark_in("menu", "Nhật ký"), "audit_log", frozenset({Role.AUDITOR, Role.STANDING_OFFICE})),
)


def menu(session: Session, room: str) -> list[MenuEntry]:
    """The entries for this person; ``room`` is where they are."""
    return [
        MenuEntry(text_in("menu", words), reverse(name), key == room)
        for key, words, name, roles in ROOMS
        if roles & session.actor.roles or key == "home"
    ]
