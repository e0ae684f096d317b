"""Mails about questions of the council, their answers and its decisions; they leave after the transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from parindex.database.models import (
    CouncilMember,
    ExplanationRound,
    Publication,
    RoleGrant,
    ScoreSheet,
    SetReplacement,
)
from parindex.database.models.councils import CouncilRole
from parindex.database.queries.score_sheets import sheets
from parindex.domain.review.roles import UNIT_ROLES, Role
from parindex.usecases.notices import addresses, addresses_by_unit, send, tell, written
from parindex.usecases.replacement_plans import Fate, Plan
from parindex.wording.language import mark
from parindex.wording.moments import moment

_SENDERS = (CouncilRole.SECRETARY, CouncilRole.CHAIR)


def questions_sent(sheet: ScoreSheet, counts: Mapping[int, int], made: ExplanationRound) -> None:
    """Every unit that is asked learns about how many items, and until when; ``counts`` by lead unit.

    The questions stand at the items alone.
    """
    body = mark(
        "{unit}: hội đồng hỏi {count} mục ({round}). Trả lời, sửa mục được hỏi rồi trình ký trước {when}. Đăng nhập, "
        "mở “Việc của tôi” để xem câu hỏi."
    )
    for unit, count in counts.items():
        when = partial(moment, made.ends_at)
        facts = {"count": count, "round": made.title, "when": when}
        tell(addresses(unit, UNIT_ROLES), sheet, mark("Hội đồng yêu cầu giải trình: {cycle}"), body, **facts)
    if sheet.unit_id not in counts:  # who compiles the answers of the parts
        body = mark("{unit}: hội đồng hỏi {count} mục ({round}); các đơn vị chủ trì trả lời trước {when}.")
        facts = {"count": sum(counts.values()), "round": made.title, "when": partial(moment, made.ends_at)}
        people = addresses(sheet.unit_id, (*UNIT_ROLES, Role.STANDING_OFFICE))
        tell(people, sheet, mark("Hội đồng yêu cầu giải trình: {cycle}"), body, **facts)


def questions_answered(sheet: ScoreSheet, count: int) -> None:
    """Who sends the questions of the council learns that a unit has answered."""
    body = mark("{unit} đã ký nộp giải trình {count} câu hỏi của hội đồng.")
    tell(_secretaries(sheet), sheet, mark("Đã giải trình: {cycle}"), body, count=count)


def _secretaries(sheet: ScoreSheet) -> list[tuple[str, str]]:
    """Address and language of the secretary of the cycle's council; of the chair where there is none. Two queries."""
    grants = RoleGrant.objects.filter(ended_at=None, user__is_active=True).exclude(user__email="")
    seats = CouncilMember.objects.filter(council__cycle=sheet.cycle_id, left_at=None, role__in=_SENDERS)
    found = {role: set[tuple[str, str]]() for role in _SENDERS}
    rows = grants.filter(user__in=seats.values("user")).values_list("user", "user__email", "user__language")
    roles = dict(seats.values_list("user", "role"))
    for user, address, language in rows:
        found[CouncilRole(roles[user])].add((address, language))
    people = found[CouncilRole.SECRETARY] or found[CouncilRole.CHAIR]
    return sorted(people) or addresses(sheet.cycle.owner_id, (Role.SECRETARY,))


def set_replaced(found: Sequence[ScoreSheet], plan: Plan, made: SetReplacement) -> None:
    """Every unit under appraisal learns that its set was corrected, why, and that it has nothing to do by itself. A few
    queries for all.
    """
    subject = mark("Bộ tiêu chí đã thay: {cycle}")
    body = mark(
        "{unit}: bộ tiêu chí đã thay trong lúc thẩm định. Lý do: {reason} Đổi {changed} mục, thêm {new}, bỏ {gone}; "
        "hội đồng thẩm định lại các mục đổi từ nội dung đã ký. Đơn vị chỉ trả lời khi hội đồng hỏi. Đăng nhập, mở "
        "phiếu để xem từng mục."
    )
    counts = {"changed": len(plan.anew), "new": plan.count(Fate.NEW), "gone": plan.count(Fate.GONE)}
    people = addresses_by_unit({sheet.unit_id for sheet in found}, UNIT_ROLES)
    facts = {"reason": made.reason, **counts}
    send([mail for one in found for mail in written(people[one.unit_id], one, subject, body, **facts)])


def told_decisions(publication: Publication) -> None:
    """Every unit learns that the decisions on its items are published, with their reasons. A few queries for all."""
    subject = mark("Kết quả thẩm định: {cycle}")
    body = mark(
        "{unit}: kết quả thẩm định đã công bố theo Quyết định {number}. Đăng nhập, mở phiếu để xem điểm và lý do của "
        "từng mục."
    )
    found = list(sheets().filter(cycle=publication.cycle_id).order_by("position", "pk"))
    people = addresses_by_unit({sheet.unit_id for sheet in found}, UNIT_ROLES)
    number = publication.decision_number
    send([mail for one in found for mail in written(people[one.unit_id], one, subject, body, number=number)])
