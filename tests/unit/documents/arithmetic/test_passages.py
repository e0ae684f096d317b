"""Lines that the layout broke are one paragraph again, each letter with its place."""

from parindex.documents.arithmetic.passages import Passage, passage_of, passages
from parindex.documents.papers import Block, Cell, Grid, Paragraph
from parindex.domain.errors import Place


def _lines(*texts: str) -> list[Block]:
    return [Paragraph(text, Place(line=number)) for number, text in enumerate(texts, start=1)]


def _texts(blocks: list[Block]) -> list[str]:
    return [passage.text for passage in passages(blocks)]


def test_paragraphs_that_stand_whole_stay_apart() -> None:
    blocks = _lines(
        "## 1. Kết quả", "", "Năm 2024 đạt 85%.", "- Lĩnh vực 1: **8/9** điểm;".replace("**", ""), "- Khác."
    )
    assert _texts(blocks) == ["1. Kết quả", "Năm 2024 đạt 85%.", "- Lĩnh vực 1: 8/9 điểm;", "- Khác."]


def test_a_sentence_goes_on_behind_a_page_break_and_a_footnote() -> None:
    blocks = _lines(
        "Phiếu được đặt tại bộ phận một cửa và được phát cho các tổ chức, cá", "", "1 Báo cáo số 318/BC-VPUB.", "",
        "nhân đến làm thủ tục.",
    )  # fmt: skip
    assert _texts(blocks) == [
        "Phiếu được đặt tại bộ phận một cửa và được phát cho các tổ chức, cá nhân đến làm thủ tục.",
        "1 Báo cáo số 318/BC-VPUB.",
    ]


def test_broken_lines_are_joined_with_their_places() -> None:
    broken = (
        "Trong năm 2024, toàn tỉnh đã tiếp nhận và giải", "quyết 1.250 hồ sơ, trong đó số hồ sơ đúng hạn",
        "là 1.240 hồ sơ, đạt 99,2% theo Quyết định số 12/QĐ-", "UBND của tỉnh. Kết quả này cao hơn cùng kỳ năm",
        "trước và đạt mục tiêu đề ra.", "- Một cửa: thực hiện tại 129 xã, phường và 10", "huyện trên địa bàn.",
        "12",
    )  # fmt: skip
    found = passages(_lines(*broken))
    assert [passage.text for passage in found] == [
        " ".join(broken[:5]).replace("QĐ- UBND", "QĐ-UBND"),
        " ".join(broken[5:7]),
    ]
    text = found[0].text
    assert [found[0].place_at(text.index(word)).line for word in ("1.250", "99,2%", "UBND", "trước")] == [2, 3, 4, 5]


def test_sentences_in_cells_have_the_code_of_their_row() -> None:
    def cell(text: str) -> Cell:
        return Cell(text, Place(line=4))

    grid = Grid(((cell("1.2"), cell("Báo cáo"), cell("1,5"), cell("Đã ban hành 4 báo cáo.")),), Place(line=4))
    assert passages([grid]) == [
        Passage("Đã ban hành 4 báo cáo.", (0,), (Place(line=4, code="1.2"),), group=0)
    ]  # fmt: skip


def test_a_typed_explanation_has_its_paragraphs() -> None:
    place = Place(code="1.1")
    assert [(one.text, one.places) for one in passage_of("Đạt  5/6.\n\nCòn lại 1.", place)] == [
        ("Đạt 5/6.", (place,)), ("Còn lại 1.", (place,)),
    ]  # fmt: skip
