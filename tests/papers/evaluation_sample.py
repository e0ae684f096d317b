"""Random tables of evaluations of procedures, with the faults that are planted into them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

from tests.papers.layout import GridCell, GridRow, LaidOut
from tests.papers.measured_layout import MeasuredLayout, PrintedRow, drawn, lay_out

GROUPS = (
    ("CÁC CƠ QUAN CHUYÊN MÔN THUỘC UBND TỈNH", "các cơ quan chuyên môn thuộc UBND tỉnh", "Sở"),
    ("ỦY BAN NHÂN DÂN CÁC HUYỆN, THỊ XÃ, THÀNH PHỐ", "Ủy ban nhân dân các huyện, thị xã, thành phố", "UBND huyện"),
    ("ỦY BAN NHÂN DÂN CÁC XÃ, PHƯỜNG", "Ủy ban nhân dân các xã, phường", "UBND xã"),
)
NAMES = (
    "Nội vụ", "Tư pháp", "Tài chính", "Xây dựng", "Y tế", "Công Thương", "Khoa học và Công nghệ",
    "Nông nghiệp và Phát triển nông thôn", "Giáo dục và Đào tạo", "Văn hóa, Thể thao và Du lịch",
    "Tài nguyên và Môi trường của địa bàn", "Giao thông vận tải", "Mường Ảng", "Tủa Chùa", "Điện Biên Đông",
)  # fmt: skip
BANDS = (("Xuất sắc", 15), ("Tốt", 12), ("Khá", 9), ("Trung bình", 6), ("Yếu", 0))
HEADS = {
    "number": ("STT", "TT", "Số TT"),
    "title": ("TÊN CƠ QUAN, ĐƠN VỊ", "Tên đơn vị", "Cơ quan, đơn vị", "Đơn vị", "Tên cơ quan"),
    "total": ("TỔNG ĐIỂM", "Tổng cộng", "Tổng số điểm", "Tổng điểm đạt được", "Tổng đim"),
    "official": ("ĐTB CCVC", "Điểm trung bình của công chức, viên chức", "Điểm CBCC"),
    "grade": ("XẾP LOẠI", "Xếp loại", "Phân loại", "Xếp loi"),
    "rank": ("Xếp hạng", "Thứ hạng", "Hạng"),
    "indicator": ("Tiêu chí {}", "Chỉ số {}", "TC{}", "CS {}", "Chỉ số {}\n(tối đa 2 điểm)"),
    "above": ("ĐIỂM CÁC TIÊU CHÍ", "Điểm các chỉ số", "Điểm theo từng tiêu chí"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as it is printed."""

    number: str
    title: str
    indicators: tuple[Fraction, ...]
    total: Fraction
    official: Fraction
    grade: str
    rank: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A table: groups of units, counts that the prose states ((group, grade) → units), and the planted faults."""

    groups: tuple[tuple[Unit, ...], ...]
    counts: dict[tuple[int, str], int] = field(default_factory=dict)
    ordered: bool = True
    ranked: bool = False
    faults: frozenset[tuple[str, str]] = frozenset()

    def code(self, group: int, at: int) -> str:
        """The code of a unit in findings."""
        unit = self.groups[group][at]
        number = unit.number or str(at + 1)
        return f"{'I' * (group + 1)}.{number}" if len(self.groups) > 1 else number

    def with_unit(self, group: int, at: int, unit: Unit) -> Evaluation:
        """The table with another unit in the place of one."""
        units = list(self.groups[group])
        units[at] = unit
        return replace(self, groups=(*self.groups[:group], tuple(units), *self.groups[group + 1 :]))


def grade(total: Fraction) -> str:
    """The grade of a total."""
    return next(title for title, lower in BANDS if total >= lower)


def sample(rng: Random) -> Evaluation:
    """A table without a fault."""
    ordered = rng.random() < 0.7
    groups = []
    for _, _, kind in GROUPS[: rng.randint(1, 3)]:
        names = rng.sample(NAMES, rng.randint(5, 12))
        worst = rng.choice((0, 0, 3))
        points = [
            tuple(
                Fraction(rng.choice((200, 200, 200, rng.randint(150, 199), 100, 0 if worst else 200)), 100)
                for _ in range(9)
            )
            for _ in names
        ]
        points.sort(key=sum, reverse=True)
        if not ordered:  # two halves, the lower one first
            points = points[len(points) // 2 :] + points[: len(points) // 2]
        totals = [sum(one, Fraction(0)) for one in points]
        groups.append(
            tuple(
                Unit(
                    str(at + 1),
                    f"{kind} {name}",
                    points[at],
                    totals[at],
                    Fraction(rng.randint(900, 1000), 100),
                    grade(totals[at]),
                    1 + sum(other > totals[at] for other in totals),
                )
                for at, name in enumerate(names)
            )
        )
    table = Evaluation(tuple(groups), ordered=ordered, ranked=rng.random() < 0.4)
    counts = {
        (group, title): sum(unit.grade == title for unit in units)
        for group, units in enumerate(table.groups)
        for title, _ in BANDS
        if any(unit.grade == title for unit in units)
    }
    return replace(table, counts=counts)


# --- faults --------------------------------------------------------------------------------------------------------

Fault = Callable[[Random, Evaluation], Evaluation | None]


def _planted(table: Evaluation, kind: str, code: str) -> Evaluation:
    return replace(table, faults=table.faults | {(kind, code)})


def _any(rng: Random, table: Evaluation) -> tuple[int, int, Unit]:
    """A unit that no fault has touched yet."""
    touched = {code for _, code in table.faults}
    free = [
        (group, at)
        for group, units in enumerate(table.groups)
        for at in range(len(units))
        if table.code(group, at) not in touched
    ]
    group, at = rng.choice(free)
    return group, at, table.groups[group][at]


def wrong_total(rng: Random, table: Evaluation) -> Evaluation | None:
    """A total that is not the sum; it may be of another grade and out of order."""
    group, at, unit = _any(rng, table)
    total = unit.total + rng.choice((1, -1)) * Fraction(rng.choice((1, 10, 150)), 100)
    if not 0 <= total <= 18:
        return None
    return _planted(table.with_unit(group, at, replace(unit, total=total)), "evaluation_total", table.code(group, at))


def wrong_grade(rng: Random, table: Evaluation) -> Evaluation | None:
    """A grade that its total does not have."""
    group, at, unit = _any(rng, table)
    other = rng.choice([title for title, _ in BANDS if title != unit.grade])
    return _planted(table.with_unit(group, at, replace(unit, grade=other)), "evaluation_grade", table.code(group, at))


def wrong_rank(rng: Random, table: Evaluation) -> Evaluation | None:
    """A rank that is not that of the total."""
    if not table.ranked:
        return None
    group, at, unit = _any(rng, table)
    changed = replace(unit, rank=unit.rank + rng.choice((1, 2)))
    same = [one for one in table.groups[group] if one.total == unit.total]
    if len(same) > 1 or any(kind == "evaluation_total" for kind, _ in table.faults):
        return None
    return _planted(table.with_unit(group, at, changed), "evaluation_rank", table.code(group, at))


def above_maximum(rng: Random, table: Evaluation) -> Evaluation | None:
    """An indicator with more than two points; the total is right."""
    group, at, unit = _any(rng, table)
    where = rng.randrange(9)
    points = (*unit.indicators[:where], unit.indicators[where] + rng.choice((3, 18)), *unit.indicators[where + 1 :])
    changed = table.with_unit(group, at, replace(unit, indicators=points))
    return _planted(changed, "evaluation_value_range", table.code(group, at))


def wrong_count(rng: Random, table: Evaluation) -> Evaluation | None:
    """The prose counts another number of units with a grade."""
    if any(kind in ("evaluation_total", "evaluation_grade", "evaluation_number") for kind, _ in table.faults):
        return None
    key = rng.choice(sorted(table.counts))
    counts = table.counts | {key: table.counts[key] + 1}
    return _planted(
        replace(table, counts=counts), "evaluation_count", "I" * (key[0] + 1) if len(table.groups) > 1 else ""
    )


def swapped_rows(_rng: Random, table: Evaluation) -> Evaluation | None:
    """Two neighbours with different totals in the wrong order."""
    if not table.ordered or table.ranked or table.faults:
        return None
    for group, units in enumerate(table.groups):
        for at in range(1, len(units) - 2):
            one, other = units[at], units[at + 1]
            if one.total > other.total:
                changed = table.with_unit(group, at, replace(other, number=one.number))
                changed = changed.with_unit(group, at + 1, replace(one, number=other.number))
                return _planted(changed, "evaluation_order", table.code(group, at))
    return None


def number_missing(rng: Random, table: Evaluation) -> Evaluation | None:
    """A unit without its number, or with a wrong one."""
    group, at, unit = _any(rng, table)
    if at == 0 or at == len(table.groups[group]) - 1:
        return None
    changed = table.with_unit(group, at, replace(unit, number=rng.choice(("", str(at + 30)))))
    return _planted(changed, "evaluation_number", changed.code(group, at))


FAULTS: tuple[Fault, ...] = (
    wrong_total, wrong_grade, wrong_rank, above_maximum, swapped_rows, wrong_count, number_missing,
)  # fmt: skip


def plant(rng: Random, table: Evaluation) -> Evaluation:
    """``table`` with up to two different faults."""
    for fault in rng.sample(FAULTS, rng.randint(0, 2)):
        table = fault(rng, table) or table
    return table


# --- layout --------------------------------------------------------------------------------------------------------


def draw(rng: Random, table: Evaluation, *, sheet: bool, numbers: bool, spans: bool) -> LaidOut:
    """The table as a paper in a random layout."""
    columns = ["number", "title", *(f"i{at}" for at in range(1, 10)), "total", "official", "grade"]
    if table.ranked:
        columns.append("rank")
    if rng.random() < 0.3:
        columns.remove("official")
    if rng.random() < 0.4:
        middle = columns[2:]
        rng.shuffle(middle)
        columns[2:] = middle
    layout = drawn(rng, columns, HEADS, sheet=sheet, numbers=numbers, spans=spans)
    rows = []
    for number, units in enumerate(table.groups):
        if len(table.groups) > 1:
            rows.append(PrintedRow({"number": "I" * (number + 1), "title": GROUPS[number][0]}, heading=True))
        rows.extend(PrintedRow(_cells(unit)) for unit in units)
    return lay_out(rng, layout, _head(layout), rows, prose(table))


def _cells(unit: Unit) -> dict[str, str | Fraction | None]:
    indicators = {f"i{at}": value for at, value in enumerate(unit.indicators, start=1)}
    return {
        "number": unit.number, "title": unit.title, **indicators, "total": unit.total, "official": unit.official,
        "grade": unit.grade, "rank": str(unit.rank),
    }  # fmt: skip


def _head(layout: MeasuredLayout) -> list[GridRow]:
    """One row, or two where the indicators stand side by side under one heading."""
    names = {
        name: layout.heads["indicator"].format(name[1:]) if name[1:].isdecimal() else layout.heads[name]
        for name in layout.columns
    }
    places = [at for at, name in enumerate(layout.columns) if name[1:].isdecimal()]
    together = places == list(range(places[0], places[0] + len(places)))
    rows: list[GridRow] = [[GridCell(names[name]) for name in layout.columns]]
    if layout.spanned and together:
        upper: GridRow = [GridCell(names[name], down=2) for name in layout.columns]
        lower: GridRow = [None] * len(layout.columns)
        for at in places:
            upper[at], lower[at] = None, GridCell(names[layout.columns[at]])
        upper[places[0]] = GridCell(layout.heads["above"], across=len(places))
        rows = [upper, lower]
    if layout.index_row:
        rows.append([GridCell(f"({number})") for number in range(1, len(layout.columns) + 1)])
    return rows


def prose(table: Evaluation) -> list[str]:
    """What the report says of the table."""
    lines = ["BÁO CÁO", "Kết quả chấm điểm đánh giá việc giải quyết thủ tục hành chính năm 2023"]
    for number, units in enumerate(table.groups):
        said = [
            f"{count:02d}/{len(units)} đơn vị đạt loại {title}"
            for (group, title), count in table.counts.items()
            if group == number
        ]
        lines.append(f"+ Đối với {GROUPS[number][1]}: " + ", ".join(said) + ".")
    return [*lines, "Phụ lục", "KẾT QUẢ ĐÁNH GIÁ VIỆC GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH NĂM 2023"]
