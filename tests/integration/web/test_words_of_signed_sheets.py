"""What a sheet says once it is signed: what can still be changed, and no days left where nothing is due."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.appraisal_world import AppraisalWorld
from tests.factories.asked_world import answer, asked_world
from tests.factories.published_world import published_world
from tests.factories.world import World, now
from tests.integration.web.appraisers import browser

from parindex.database.models import Phase
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import SheetState
from parindex.wording.refusals import refusal_text

pytestmark = pytest.mark.django_db
WITHDRAWN = "Lãnh đạo rút được phiếu đến khi thẩm định bắt đầu hoặc hết hạn."
NOT_AGAIN = "Không sửa được nữa, cũng không rút lại: kỳ đang thẩm định."


def test_who_signs_an_answer_is_told_that_it_cannot_be_taken_back() -> None:
    asked: AppraisalWorld = asked_world()
    answer(asked)
    page = browser(asked, "leader").get(f"/parts/{asked.sheet.parts.get().pk}/sign/").text
    assert NOT_AGAIN in page
    assert WITHDRAWN not in page


def test_who_signs_before_the_appraisal_is_told_until_when(made: World, as_person: Callable[[str], Client]) -> None:
    page = as_person("leader").get(f"/parts/{made.sheet.parts.get().pk}/sign/").text
    assert WITHDRAWN in page
    assert NOT_AGAIN not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SheetState.AWAITING_SIGNATURE, "trả lại phần chờ ký"), (SheetState.SUBMITTED, "lãnh đạo đơn vị rút phiếu"),
        (SheetState.IN_APPRAISAL, "chỉ sửa được mục Hội đồng hỏi"), (SheetState.FINAL, "nên chỉ xem được."),
    ],
)  # fmt: skip
def test_what_can_be_done_about_a_signed_sheet_follows_from_its_stage(state: SheetState, words: str) -> None:
    said = refusal_text(Refusal("sheet_signed", state=state))
    assert words in said
    assert ("rút" in said) == (state is SheetState.SUBMITTED)


def test_a_published_sheet_is_never_overdue() -> None:
    made = published_world().made
    Phase.objects.filter(cycle=made.cycle).update(ends_at=now().replace(year=2021), starts_at=None)
    owner = browser(made, "owner")  # type: ignore[arg-type]
    for address in ("items/", "items/2.2/", "submit/", "parts/"):
        answer = owner.get(f"/sheets/{made.sheet.pk}/{address}", follow=True)
        assert answer.status_code == 200
        assert "quá hạn" not in answer.text, address
