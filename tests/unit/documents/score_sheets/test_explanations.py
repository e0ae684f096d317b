"""Which explanations the cells of a column hold: columns decide, then blank lines; a line break is a guess."""

from __future__ import annotations

from parindex.documents.score_sheets.explanations import Explanations, of_column

TWO_PARAGRAPHS = "Đã ban hành Kế hoạch số 5/KH-SNV.\nKết quả thực hiện đạt 95%."


def test_beside_a_column_for_further_ones_a_cell_holds_one() -> None:
    texts = [TWO_PARAGRAPHS, "Đã gửi\n\nbáo cáo.", " \n"]
    assert of_column(texts, printed=False, one_each=True) == [
        Explanations(("Đã ban hành Kế hoạch số 5/KH-SNV. Kết quả thực hiện đạt 95%.",)),
        Explanations(("Đã gửi báo cáo.",)),
        Explanations(),
    ]


def test_a_split_at_a_line_break_is_a_guess_and_one_at_a_blank_line_is_not() -> None:
    guessed, sure = of_column([TWO_PARAGRAPHS, TWO_PARAGRAPHS.replace("\n", "\n\n")], printed=False, one_each=False)
    assert guessed.texts == sure.texts == ("Đã ban hành Kế hoạch số 5/KH-SNV.", "Kết quả thực hiện đạt 95%.")
    assert guessed.guessed == ("Kết quả thực hiện đạt 95%.",)
    assert sure.guessed == ()


def test_lines_of_a_page_are_as_wide_as_their_column() -> None:
    """The second cell ends a line although the next word would have fitted; the first does not."""
    full = "Báo cáo số 12/BC-SNV ngày\n08/12/2025, đạt 95% (19/20)"
    ended = "Đã ban hành.\nBổ sung Kế hoạch số 3/KH."
    one, two = of_column([full, ended], printed=True, one_each=False)
    assert one == Explanations(("Báo cáo số 12/BC-SNV ngày 08/12/2025, đạt 95% (19/20)",))
    assert two == Explanations(("Đã ban hành.", "Bổ sung Kế hoạch số 3/KH."), ("Bổ sung Kế hoạch số 3/KH.",))
