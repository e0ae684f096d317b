"""What the checker of papers says: figures stand there with their units where they need them."""

from __future__ import annotations

import pytest

from parindex.documents.arithmetic.passages import passages
from parindex.documents.arithmetic.prose import find
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place
from parindex.wording.statements import message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Tổng vốn là 4.512 tỷ đồng, gồm 2.870 tỷ đồng vốn trung ương và 1.206 triệu đồng vốn địa phương.",
            "2.870 tỷ + 1.206 triệu bằng 2.871 tỷ, văn bản ghi tổng là 4.512 tỷ.",
        ),
        (
            "Tổng vốn là 4.512 tỷ đồng, gồm 2.870 tỷ đồng vốn trung ương và 1.206 tỷ đồng vốn địa phương.",
            "2.870 + 1.206 bằng 4.076, văn bản ghi tổng là 4.512.",
        ),
        (
            "Hồ sơ trực tuyến là 12.400 hồ sơ, tăng 3.100 hồ sơ (25%) so với năm 2021 (9.300 hồ sơ).",
            "Từ 9.300 đến 12.400 thay đổi 33%, văn bản ghi 25%.",
        ),
        (
            "Chỉ số đạt 83,57%, cao hơn 1,2 điểm phần trăm so với năm 2022 là 84,77%.",
            "83,57% thấp hơn 84,77%, văn bản ghi cao hơn.",
        ),
        (
            "Chỉ số đạt 83,57%, tăng 1,2 điểm phần trăm so với năm 2022 là 84,77%.",
            "Từ 84,77% đến 83,57% là giảm, văn bản ghi tăng.",
        ),
    ],
)
def test_figures_have_their_units(text: str, said: str) -> None:
    findings, _ = find(passages([Paragraph(text, Place(line=1))]))
    assert [message(one) for one in findings] == [said]
