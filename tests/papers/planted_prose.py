"""Sections of reports in running text, as officials write them: each right, and with one slip of every kind it can
have.

The figures are drawn; a slip changes one of them so that no reading makes the statement right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from parindex.domain.values import Rounding, RoundingMode, number_text


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of a report, and the same lines with a slip, by the kind of the slip."""

    right: tuple[str, ...]
    wrong: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Habits:
    """How one paper writes its figures."""

    rounding: Rounding
    dots: bool
    year: int
    communes: int
    districts: int
    departments: int

    def count(self, value: int) -> str:
        """A count: ``53.576`` or ``53576``."""
        return f"{value:,}".replace(",", ".") if self.dots and value > 999 else str(value)

    def decimal(self, value: Fraction, rounding: Rounding | None = None) -> str:
        """A number with a comma, as many places as the paper writes."""
        rounding = rounding or self.rounding
        text = number_text(rounding.apply(value))
        whole, _, rest = text.partition(".")
        return f"{whole},{rest.ljust(rounding.places, '0')}" if rounding.places else whole

    def share(self, part: int, whole: int) -> str:
        """A per cent."""
        return self.decimal(Fraction(100 * part, whole)) + "%"


def drawn_habits(rng: Random) -> Habits:
    """How a paper writes: two places or one, rounded half-up or cut off, with thousands dots or without."""
    mode = rng.choice((RoundingMode.HALF_UP, RoundingMode.HALF_UP, RoundingMode.TRUNCATED))
    rounding = Rounding(rng.choice((2, 2, 1)), mode)
    return Habits(rounding, rng.random() < 0.7, rng.randint(2019, 2024), rng.randint(90, 180), 10, rng.randint(17, 21))


Draw = Callable[[Random, Habits], Section]


def on_time(rng: Random, paper: Habits) -> Section:
    """Dossiers resolved on time, with their per cent."""
    whole = rng.randint(2_000, 90_000)
    part = whole - rng.randint(whole // 50, whole // 8)
    share = paper.share(part, whole)
    off = paper.decimal(Fraction(100 * part, whole) - rng.choice((Fraction(9, 10), Fraction(31, 10)))) + "%"
    say = "- Tổng số hồ sơ tiếp nhận: {whole} hồ sơ; số hồ sơ giải quyết đúng hạn: {part} hồ sơ, đạt tỷ lệ {share}."
    words = {"whole": paper.count(whole), "part": paper.count(part), "share": share}
    return Section((say.format(**words),), {"ratio": (say.format(**(words | {"share": off})),)})


def stroke_ratio(rng: Random, paper: Habits) -> Section:
    """A ratio with its stroke: "đạt 80,6% (29/36 TTHC)"."""
    whole = rng.randint(30, 900)
    part = rng.randint(whole // 3, whole - 3)
    say = "Thực hiện theo danh mục thủ tục được phê duyệt đạt {share} ({part}/{whole} TTHC)."
    words = {"whole": str(whole), "part": str(part), "share": paper.share(part, whole)}
    off = paper.decimal(Fraction(100 * part, whole) + rng.choice((-4, 5))) + "%"
    swapped = {"part": str(whole), "whole": str(part)}
    return Section(
        (say.format(**words),),
        {"ratio": (say.format(**(words | {"share": off})),), "swapped_ratio": (say.format(**(words | swapped)),)},
    )


def listed_sum(rng: Random, paper: Habits) -> Section:
    """A number with its parts in brackets."""
    parts = [rng.randint(110, 1_400) for _ in range(4)]
    say = (
        "Danh mục gồm {sum} vị trí việc làm (sự nghiệp giáo dục {0} vị trí việc làm; sự nghiệp y tế {1} vị trí việc "
        "làm; sự nghiệp văn hóa, thể thao {2} vị trí việc làm; sự nghiệp khác {3} vị trí việc làm)."
    )
    numbers = [paper.count(one) for one in parts]
    right = say.format(*numbers, sum=paper.count(sum(parts)))
    return Section((right,), {"total": (say.format(*numbers, sum=paper.count(sum(parts) - 200)),)})


def formula(rng: Random, paper: Habits) -> Section:
    """A formula in running text, with its result in four places."""
    first, second = rng.randint(100, 300), rng.randint(100, 300)
    whole = first + second + rng.choice((0, 0, rng.randint(5, 40)))
    value = Fraction(first, whole) + Fraction(second, 2 * whole)
    say = "Điểm số: ({first}/{whole}*1,0)+({second}/{whole}*0,5) = {value}."
    four = Rounding(4, RoundingMode.HALF_UP)
    words = {"first": first, "second": second, "whole": whole}
    off = paper.decimal(value - Fraction(3, 100), four)
    return Section(
        (say.format(value=paper.decimal(value, four), **words),), {"formula": (say.format(value=off, **words),)}
    )


def year_on_year(rng: Random, paper: Habits) -> Section:
    """A figure of two years with the difference in per cent."""
    before = rng.randint(800, 12_000)
    now = before + rng.randint(before // 20, before // 3)
    rise = Fraction(100 * (now - before), before)
    say = (
        "Năm {last} có {before} doanh nghiệp đăng ký hoạt động; năm {year} có {now} doanh nghiệp đăng ký hoạt động, "
        "tăng {more} doanh nghiệp (tăng {rise}%) so với năm {last}."
    )
    words = {
        "last": paper.year - 1, "year": paper.year, "before": paper.count(before), "now": paper.count(now),
        "more": paper.count(now - before), "rise": paper.decimal(rise),
    }  # fmt: skip
    off = {"rise": paper.decimal(rise + 7)}
    return Section((say.format(**words),), {"difference": (say.format(**(words | off)),)})


def rank(rng: Random, paper: Habits) -> Section:
    """A rank among the provinces against last year's."""
    now = rng.randint(10, 40)
    up = rng.randint(2, 12)
    say = (
        "Chỉ số cải cách hành chính năm {year} của tỉnh xếp thứ {now}/63 tỉnh, thành phố, tăng {up} bậc so với năm "
        "{last} (xếp thứ {then}/63)."
    )
    words = {"year": paper.year, "last": paper.year - 1, "now": now, "up": f"{up:02d}", "then": now + up}
    return Section((say.format(**words),), {"rank_change": (say.format(**(words | {"up": f"{up + 3:02d}"})),)})


def parts_of_whole(rng: Random, _: Habits) -> Section:
    """Some of all."""
    whole = rng.randint(40, 300)
    part = rng.randint(5, whole - 5)
    say = "Trong năm đã rà soát {whole} văn bản, trong đó có {part} văn bản cần sửa đổi, bổ sung."
    over = say.format(whole=whole, part=whole + rng.randint(9, 60))
    return Section((say.format(whole=whole, part=part),), {"part_of_whole": (over,)})


def documents(rng: Random, paper: Habits) -> Section:
    """Papers that are named, twice the same with number and day."""
    number, other = rng.randint(120, 480), rng.randint(1_200, 3_800)
    day, month = rng.randint(11, 28), rng.randint(2, 9)
    date = f"{day}/{month:02d}/{paper.year}"
    say = [
        f"UBND tỉnh đã ban hành Kế hoạch số {number}/KH-UBND ngày {date} về cải cách hành chính năm {paper.year}.",
        f"Các sở, ngành triển khai theo Công văn số {other}/UBND-NC ngày 20/{month + 1:02d}/{paper.year} và Nghị định "
        f"số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ.",
        f"Nội dung cụ thể nêu tại trang 4 của Kế hoạch số {number}/KH-UBND ngày {date}; thời hạn báo cáo là ngày "
        f"30/11/{paper.year}.",
    ]
    other_day = f"{day - 1}/{month:02d}/{paper.year}"
    return Section(
        tuple(say),
        {
            "two_dates": (*say[:2], say[2].replace(date, other_day)),
            "impossible_date": (*say[:2], say[2].replace("30/11/", "31/11/")),
            "document_number": (say[0], say[1].replace("61/2018/NĐ-CP", "61/NĐ-CP"), say[2]),
        },
    )


def bodies(rng: Random, paper: Habits) -> Section:
    """How many bodies take part, level by level, here and there."""
    communes = paper.communes
    good = communes - rng.randint(2, 9)
    say = [
        f"- {paper.share(good, communes)} ({good}/{communes}) UBND cấp xã đạt từ mức tốt trở lên.",
        f"- Tổng số đơn vị hành chính cấp xã: {communes}; tổng số đơn vị hành chính cấp huyện: {paper.districts}.",
        f"- Đã kết nối {communes}/{communes} UBND cấp xã, {paper.districts}/{paper.districts} UBND cấp huyện.",
        f"- Áp dụng cho {paper.departments} sở, ban, ngành tỉnh; {paper.districts} UBND cấp huyện và {communes} UBND "
        "cấp xã trên địa bàn tỉnh.",
    ]
    off = say[3].replace(f"và {communes} UBND", f"và {communes + 1} UBND")
    return Section(tuple(say), {"same_quantity": (*say[:3], off)})


def parts_named(rng: Random, paper: Habits) -> Section:
    """Counts that are named first and divided then."""
    whole = rng.randint(500, 900)
    part = rng.randint(150, 400)
    say = (
        "Danh mục thủ tục hành chính đã triển khai qua dịch vụ bưu chính công ích là {whole} TTHC. Thủ tục hành chính "
        "có phát sinh hồ sơ qua dịch vụ bưu chính công ích là {named} TTHC. Tỷ lệ giữa thủ tục hành chính có phát sinh "
        "hồ sơ qua dịch vụ bưu chính công ích so với tổng số thủ tục hành chính đã triển khai qua dịch vụ bưu chính "
        "công ích là {part}/{whole}, đạt {share}."
    )
    words = {"whole": whole, "part": part, "share": paper.share(part, whole)}
    return Section((say.format(named=part, **words),), {"same_quantity": (say.format(named=part - 11, **words),)})


def budget(rng: Random, paper: Habits) -> Section:
    """Revenue of the province beside a sum that was paid back."""
    whole = rng.randint(1_100, 1_900)
    back = rng.randint(21_000, 60_000)
    paid = back - rng.randint(4_000, 15_000)
    say = [
        "Tổng thu ngân sách năm {year} của tỉnh là {whole} {unit} đồng.",
        "Tổng số tiền kiến nghị thu hồi nộp ngân sách nhà nước là {back} triệu đồng; số đã nộp là {paid} triệu đồng, "
        "đạt tỷ lệ {share}.",
    ]
    words = {
        "year": paper.year, "whole": paper.count(whole), "back": paper.count(back), "paid": paper.count(paid),
        "share": paper.share(paid, back),
    }  # fmt: skip
    lines = {unit: tuple(line.format(unit=unit, **words) for line in say) for unit in ("tỷ", "triệu")}
    return Section(lines["tỷ"], {"wrong_unit": lines["triệu"]})


def listed_count(rng: Random, _: Habits) -> Section:
    """A stated number of things, which are listed."""
    things = ["thu thập thông tin", "kiểm tra", "điều tra, khảo sát", "sơ kết", "tuyên truyền", "tập huấn"]
    count = rng.randint(3, 5)
    chosen = rng.sample(things, count)
    listed = "; ".join(f"({at}) {thing}" for at, thing in enumerate(chosen, start=1))
    say = "Trong năm đã thực hiện {count:02d} hoạt động, gồm: {listed}."
    return Section((say.format(count=count, listed=listed),), {"count": (say.format(count=count + 2, listed=listed),)})


PROSE: Sequence[Draw] = (
    on_time, stroke_ratio, listed_sum, formula, year_on_year, rank, parts_of_whole, documents, bodies, parts_named,
    budget, listed_count,
)  # fmt: skip
