"""Right statements of any printing yield nothing; an error bigger than any rounding is found."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parindex.documents.arithmetic.passages import passage_of
from parindex.documents.arithmetic.prose import find
from parindex.domain.errors import Place
from parindex.domain.values import Rounding, RoundingMode

MODES = st.sampled_from((RoundingMode.HALF_UP, RoundingMode.TRUNCATED))
#: Sentences with a part, a whole and a per cent.
SHARES = (
    "Đã giải quyết {a}/{b} hồ sơ, đạt {p}%.",
    "Tỷ lệ đạt {p}% ({a}/{b} hồ sơ).",
    "Có {a} hồ sơ trên tổng số {b} hồ sơ đúng hạn, chiếm tỷ lệ {p} %.",
    "Trong tổng số {b} phiếu, có {a} phiếu hài lòng, đạt {p}%.",
    "Tổng số phiếu phát ra là {b} phiếu, trong đó {a} phiếu hợp lệ (chiếm {p}%).",
    "Kết quả: {a}/{b} x 100% = {p}%.",
)
CHANGES = (
    "Năm 2024 đạt {new}%, tăng {d}% so với năm 2023 ({old}%).",
    "Tỷ lệ này tăng từ {old}% năm 2023 lên {new}% năm 2024, tăng {d}%.",
    "So với năm 2023 ({old}%), chỉ số tăng {d}%, đạt {new}%.",
    "Chỉ số năm 2024 đạt {new}% (năm 2023 đạt {old}%), tăng {d}%.",
)


def _printed(value: Fraction, places: int, mode: RoundingMode, mark: str = ",") -> str:
    """A figure as papers print it, dots between its thousands."""
    rounded = Rounding(places, mode).apply(value)
    whole, part = divmod(rounded.numerator * 10**places // rounded.denominator, 10**places)
    grouped = f"{whole:,}".replace(",", ".") if mark == "," else str(whole)
    return f"{grouped}{mark}{part:0{places}d}" if places else grouped


def _findings(sentence: str) -> list[tuple[str, str]]:
    findings, _ = find(passage_of(sentence, Place(line=1)))
    return [(each.kind.value, each.stated) for each in findings]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 900_000), st.data(), st.integers(0, 2), MODES, st.sampled_from(SHARES))
def test_a_share_is_right_rounded_or_cut_and_wrong_beyond(
    whole: int, data: st.DataObject, places: int, mode: RoundingMode, sentence: str
) -> None:
    part = data.draw(st.integers(0, whole))
    share = Fraction(100 * part, whole)
    figures = {name: _printed(Fraction(value), 0, mode) for name, value in (("a", part), ("b", whole))}
    assert _findings(sentence.format(p=_printed(share, places, mode), **figures)) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(2_000, 900_000), st.data(), st.integers(0, 2), st.sampled_from(SHARES))
def test_a_share_that_is_off_by_more_than_a_rounding_is_found(
    whole: int, data: st.DataObject, places: int, sentence: str
) -> None:
    part = data.draw(st.integers(whole // 50, whole))
    share = Fraction(100 * part, whole)
    off = share + 8 if share < 90 else share - 8
    wrong = _printed(off, places, RoundingMode.HALF_UP)
    assume(abs(Fraction(100 * whole, part) - off) > 2)  # upside down it would be another finding
    assert wrong in [stated for _, stated in _findings(sentence.format(a=part, b=whole, p=wrong))]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9_000), st.integers(30, 900), st.integers(1, 2), st.sampled_from(CHANGES))
def test_a_rise_is_right_as_printed_and_wrong_beyond_a_rounding(
    old: int, rise: int, places: int, sentence: str
) -> None:
    before, by = Fraction(old, 100), Fraction(rise, 100)
    after = before + by
    shown = [_printed(value, places, RoundingMode.HALF_UP) for value in (before, after, by)]
    assert _findings(sentence.format(old=shown[0], new=shown[1], d=shown[2])) == []
    wrong = by + 1
    growth = 100 * by / before
    assume(abs(growth - wrong) > 1 and abs(100 * after / before - wrong) > 1 and before > 5)
    printed = _printed(wrong, places, RoundingMode.HALF_UP)
    assert ("difference", printed) in _findings(sentence.format(old=shown[0], new=shown[1], d=printed))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(2, 90_000), min_size=3, max_size=3, unique=True), st.integers(1, 999), st.booleans())
def test_parts_make_up_their_whole(parts: list[int], off: int, bracket: bool) -> None:
    listed = [_printed(Fraction(value), 0, RoundingMode.HALF_UP) for value in parts]
    form = "{w} hồ sơ (cấp tỉnh {0} hồ sơ; cấp huyện {1} hồ sơ; cấp xã {2} hồ sơ)."
    form = form if bracket else "{w} hồ sơ, gồm cấp tỉnh {0} hồ sơ, cấp huyện {1} hồ sơ và cấp xã {2} hồ sơ."
    whole = _printed(Fraction(sum(parts)), 0, RoundingMode.HALF_UP)
    assert _findings(form.format(*listed, w=whole)) == []
    wrong = sum(parts) + off
    sums = {sum(parts) - value for value in parts} | {parts[0] + parts[1]}
    assume(wrong not in sums)
    told = _printed(Fraction(wrong), 0, RoundingMode.HALF_UP)
    assert _findings(form.format(*listed, w=told)) == [("part_of_whole", told)]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 63), st.integers(1, 63), st.integers(1, 9))
def test_ranks_move_by_their_difference(old: int, new: int, off: int) -> None:
    assume(old != new)
    word = "tăng" if new < old else "giảm"
    form = "Năm 2024 xếp thứ {new}/63, {word} {by} bậc so với năm 2023 ({old}/63)."
    assert _findings(form.format(old=old, new=new, by=abs(old - new), word=word)) == []
    by = abs(old - new) + off
    assert _findings(form.format(old=old, new=new, by=by, word=word)) == [("rank_change", str(by))]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="0123456789.,%/()=+-*x: tăngđạtsovớinămhồơ", max_size=300))
def test_no_text_breaks_the_checker(text: str) -> None:
    find(passage_of(text, Place()))
