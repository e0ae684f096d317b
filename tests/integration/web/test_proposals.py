"""Proposals not to assess: what stood there before and why it went stands in the log, with the legal basis."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.world import World, now
from tests.integration.web.test_set_replacement import corrected

from parindex.database.models import AuditRecord, NotAssessedProposal
from parindex.domain.review.refusal import Refusal
from parindex.usecases.not_assessed_proposals import propose_not_assessed, withdraw_proposal
from parindex.usecases.set_replacement import replace_set

pytestmark = pytest.mark.both

Person = Callable[[str], Client]


def _propose(made: World, *items: str, reason: str = "Không có thẩm quyền", basis: str = "QĐ 12/QĐ-UBND") -> int:
    return propose_not_assessed(
        by=made.session("standing_office"), at=now(), group_id=made.cycle.groups.get().pk, unit_kind="department",
        items=items, reason=reason, legal_basis=basis,
    )  # fmt: skip


def _data(item: str, reason: str = "Không có thẩm quyền", basis: str = "QĐ 12/QĐ-UBND") -> dict[str, str]:
    return {"unit_kind": "department", "item": item, "reason": reason, "legal_basis": basis}


def _logged(action: str) -> list[tuple[object, object, str]]:
    return [
        (json.loads(one.before or "null"), json.loads(one.after or "null"), one.reason)
        for one in AuditRecord.objects.filter(action=action).order_by("sequence")
    ]


def test_a_changed_proposal_is_logged_with_what_it_was(made: World) -> None:
    assert _propose(made, "2.1", "2.1") == 1
    _propose(made, "2.1", "2.2", reason="Bộ chưa hướng dẫn", basis="CV 5/BNV")
    first, second = _logged("propose_not_assessed")
    assert first == (None, {"proposals": [_data("2.1")]}, "Không có thẩm quyền")
    new = ("Bộ chưa hướng dẫn", "CV 5/BNV")
    assert second == ({"proposals": [_data("2.1")]}, {"proposals": [_data("2.1", *new), _data("2.2", *new)]}, new[0])


def test_a_proposal_is_taken_back_with_a_reason(made: World, as_person: Person) -> None:
    _propose(made, "2.1")
    stored = NotAssessedProposal.objects.get()
    with pytest.raises(Refusal, match="reason_needed"):
        withdraw_proposal(by=made.session("standing_office"), at=now(), proposal_id=stored.pk, reason=" ")
    client, address = as_person("standing_office"), f"/cycles/{made.cycle.pk}/proposals/"
    refused = client.post(address, {"withdraw": stored.pk, "withdraw_reason": ""})
    assert refused.status_code == 422
    assert '<a href="#withdraw_reason">Chưa nêu lý do.' in refused.text
    assert NotAssessedProposal.objects.exists()
    done = client.post(address, {"withdraw": stored.pk, "withdraw_reason": "Đã có thẩm quyền"}, follow=True)
    assert "Đã bỏ đề xuất ở mục 2.1." in done.text
    assert not NotAssessedProposal.objects.exists()
    assert _logged("withdraw_proposal") == [({"proposals": [_data("2.1")]}, None, "Đã có thẩm quyền")]


def test_what_a_replaced_set_does_to_proposals_is_logged(made: World) -> None:
    _propose(made, "1.2", "2.1", "2.2")
    group, office = made.cycle.groups.get(), made.session("standing_office")
    replace_set(by=office, at=now(), group_id=group.pk, version_id=corrected(made).pk, reason="Công văn 12/BNV")
    [(before, after, reason)] = _logged("replace_set")
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert before["proposals"] == [_data("1.2"), _data("2.2")]
    assert after["proposals"] == [_data("1.3")]
    assert reason == "Công văn 12/BNV"
    assert sorted(NotAssessedProposal.objects.values_list("item_code", flat=True)) == ["1.3", "2.1"]


def test_where_no_proposal_is_touched_the_log_has_none(made: World) -> None:
    _propose(made, "2.1")
    group, office = made.cycle.groups.get(), made.session("standing_office")
    replace_set(by=office, at=now(), group_id=group.pk, version_id=corrected(made).pk, reason="Công văn 12/BNV")
    [(before, _, _)] = _logged("replace_set")
    assert isinstance(before, dict)
    assert "proposals" not in before
