"""What each role opens in the log."""

from __future__ import annotations

import pytest

from parindex.domain.review.log_permissions import LogScope, Opens, log_scopes
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Actor, Grant, Role


def test_each_role_opens_what_it_answers_for() -> None:
    officer, auditor = Grant(Role.UNIT_OFFICER, "tinh/so"), Grant(Role.AUDITOR, "tinh", subtree=True)
    who = Actor(1, "A", "tinh/so", (officer, Grant(Role.CHAIR, "tinh"), auditor))
    assert log_scopes(who) == (
        LogScope(Opens.WORK, officer), LogScope(Opens.CYCLES, auditor), LogScope(Opens.NO_CYCLE, auditor),
    )  # fmt: skip


@pytest.mark.parametrize("role", [Role.CHAIR, Role.ADMINISTRATOR, Role.SURVEY_STAFF])
def test_who_only_appraises_or_administers_reads_nothing(role: Role) -> None:
    with pytest.raises(Refusal, match="only_auditor"):
        log_scopes(Actor(1, "A", "tinh", (Grant(role, "tinh", subtree=True),)))
