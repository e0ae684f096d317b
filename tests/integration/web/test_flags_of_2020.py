"""The province's year 2020: which of the four items that the council changed were flagged before it was handed in.

One, 5.6: 28.394 of 25.800 planned is more than the whole. The council took 0,1 for another reason (no result of
decision 705 yet), so the flag leads to the item, not to the reason. 6.1.1 stands on a report that agrees with itself,
and is flagged only once the ministry's figure is there. 1.5 is a judgement of what counts as an initiative, 1.6 is
given by an agency and was raised: nothing in figures, papers or words could have told. That cited papers are not
attached is said of nearly every item here, because the paper came without them.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.factories.demonstration import loaded
from tests.factories.world import now

from parindex.database.models import Entry, ExternalFigure, ItemAppraisal, ScoreSheet, User
from parindex.domain.review.flags import FlagKind, FoundFlag
from parindex.domain.values import number_text
from parindex.usecases.flags import flags_of_sheet
from parindex.wording.flags import flag_line, flag_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(settings) -> ScoreSheet:  # type: ignore[no-untyped-def]
    settings.DEMO = True
    loaded()
    return ScoreSheet.objects.select_related("group__set_version", "cycle").get(cycle__year=2020)


def found(sheet: ScoreSheet) -> dict[str, list[FoundFlag]]:
    """What the unit sees before it signs, without the papers that the example has no files of."""
    by_item = flags_of_sheet(sheet)
    kept = {
        code: [one for one in flags if one.kind is not FlagKind.PAPER_NOT_ATTACHED] for code, flags in by_item.items()
    }
    return {code: flags for code, flags in kept.items() if flags}


def test_one_of_the_four_changed_items_was_flagged_before_submission(sheet: ScoreSheet) -> None:
    adjusted = ItemAppraisal.objects.filter(sheet=sheet, state="adjusted").order_by("position")
    changed = list(adjusted.values_list("item_code", flat=True))
    assert changed == ["1.5", "1.6", "5.6", "6.1.1"]
    flagged = found(sheet)
    assert {code: [flag_line(one) for one in flagged.get(code, ())] for code in changed} == {
        "1.5": [], "1.6": [], "5.6": ["Tỷ lệ 110,05% vượt 100%"], "6.1.1": [],
    }  # fmt: skip


def test_the_disbursed_capital_is_flagged_once_the_ministry_has_said_its_figure(sheet: ScoreSheet) -> None:
    entry = Entry.objects.get(sheet=sheet, item_code="6.1.1")
    disbursed = number_text(Fraction("0.7664") * 2568521)  # the paper prints only the share
    ExternalFigure.objects.create(
        entry=entry, measure="investment_capital_disbursed", year=2020, value=disbursed,
        source="Công văn 2004/BTC-ĐT ngày 01/3/2021", recorded_at=now(), recorded_by=User.objects.order_by("pk")[0],
    )  # fmt: skip
    (flag,) = found(sheet)["6.1.1"]
    assert flag.kind is FlagKind.NOT_EXTERNAL_FIGURE
    assert flag_words(flag) == (
        "“Vốn đầu tư ngân sách nhà nước đã giải ngân”: đơn vị ghi 2.030.189, Công văn 2004/BTC-ĐT ngày 01/3/2021 ghi "
        "1.968.514,4944. Đối chiếu với nguồn."
    )


def test_what_the_screen_shows_is_found_in_the_papers_own_words(sheet: ScoreSheet) -> None:
    """Beside the changed items; the other flags are of rules that are assumed, of growth, of 0 of 0, of two dates."""
    flagged = found(sheet)
    assert [flag_words(one) for one in flagged["7.2.2"]] == [
        "Tử số 40.639 lớn hơn mẫu số 11.778. Tỷ lệ 28,98% đơn vị ghi chỉ đúng khi đảo hai số: kiểm tra rồi đổi lại."
    ]
    assert [flag_line(one) for one in flagged["7.3.1"]] == ["Giải trình ghi 238, phép tính dùng 249"]
    assert "32 trên 45 là 71,11%, văn bản ghi 71,71%." in [flag_line(one) for one in flagged["8.6"]]
    assert [flag_line(one) for one in flagged["5.1.2"]] == ["2059/QĐ-BNV ghi hai ngày"]
    assert [flag_line(one) for one in flagged["2.3"]] == ["1,5 điểm vì không phát sinh (0/0)"]
    assumed = ["3.3.2", "3.4.5", "4.1.3", "4.2.3", "6.2.3", "6.2.4", "7.1.11", "7.3.2", "7.3.3", "8.6"]
    statements = {
        "1.3.1": "Lịch không có ngày 07/07/20120 ghi cho văn bản số 773/QĐ-UBND.",
        "4.1.1": "Số 108/NĐ-CP thiếu năm: số của nghị định, thông tư gồm cả năm ban hành.",
        "5.1.3": "555 + 1.022 + 261 + 1.065 bằng 2.903, văn bản ghi tổng là 2.093.",
    }
    assert {code: [flag_line(one) for one in flagged[code]] for code in statements} == {
        code: [line] for code, line in statements.items()
    }
    assert "Từ 11340,87 tỷ đến 11765,28 tỷ thay đổi 3,74%, văn bản ghi 1,82%." in [
        flag_line(one) for one in flagged["8.5"]
    ]
    others = ["2.3", "5.1.1", "5.1.2", "5.3.1", "5.6", "7.2.2", "7.3.1", "8.5", *statements]
    assert sorted(flagged) == sorted([*assumed, *others])
