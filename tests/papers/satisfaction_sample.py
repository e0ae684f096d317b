"""Random tables of satisfaction, with the faults that are planted into them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from parindex.domain.values import Rounding
from tests.papers.layout import GridCell, GridRow, LaidOut
from tests.papers.measured_layout import MeasuredLayout, PrintedRow, decimal, drawn, lay_out

PARTS = ("VIỆC XÂY DỰNG, TỔ CHỨC THỰC HIỆN CHÍNH SÁCH", "VIỆC CUNG ỨNG DỊCH VỤ HÀNH CHÍNH CÔNG")
GROUPS = (
    "Trách nhiệm giải trình của chính quyền", "Sự tham gia của người dân", "Chất lượng tổ chức thực hiện chính sách",
    "Kết quả, tác động của chính sách", "Tiếp cận dịch vụ", "Thủ tục hành chính", "Công chức trực tiếp giải quyết",
    "Kết quả dịch vụ", "Việc tiếp nhận, xử lý phản ánh, kiến nghị",
)  # fmt: skip
ITEMS = (
    "Chính quyền cung cấp, giải thích thông tin theo nhiều hình thức, dễ tìm", "Thông tin đầy đủ, dễ hiểu",
    "Quy định được niêm yết công khai tại bộ phận một cửa, dễ thấy, dễ đọc", "Thời hạn giải quyết đúng quy định",
    "Công chức có thái độ giao tiếp lịch sự, tôn trọng người dân", "Kết quả được trả đúng hẹn",
    "Đường bộ, giao thông ở địa phương tốt hơn", "Nước sinh hoạt của người dân ở địa phương tốt hơn",
)  # fmt: skip
LETTERS = "ABCDEGHIK"
OVERALL = ("SỰ PHỤC VỤ HÀNH CHÍNH NÓI CHUNG", "Mức độ hài lòng chung", "CHỈ SỐ HÀI LÒNG CHUNG")
HEADS = {
    "number": ("STT", "TT", "Mã"),
    "title": ("Tiêu chí", "Nội dung", "Nhóm tiêu chí, tiêu chí", "TIÊU CHÍ ĐO LƯỜNG"),
    "year": ("Năm {}", "Kết quả năm {}", "Chỉ số hài lòng năm {} (%)", "{}", "Tỷ lệ hài lòng {}"),
    "above": ("Chỉ số hài lòng (%)", "Kết quả"),
    "difference": (
        "Tăng (+)/ giảm (-) Năm {} so với {}", "Tăng/giảm", "Chênh lệch {}/{}", "So sánh {} với {}", "Tăng, giảm (%)",
    ),
}  # fmt: skip
HALF_UP = Rounding(2)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it is printed; ``values`` are this year's and last year's figure."""

    label: str
    title: str
    level: str
    values: tuple[Fraction, Fraction]
    difference: Fraction

    def code(self, parts: bool) -> str:
        """What names the row in findings: group I of part II has the letter of part I too."""
        return "II.I" if parts and self.level == "group" and self.label == "I" else self.label


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """A table: its rows, whether it has parts and differences, what the prose states, and the planted faults."""

    rows: tuple[Row, ...]
    year: int
    parts: bool
    change: bool
    stated: Fraction
    groups: int
    rising: int
    faults: frozenset[tuple[str, str]] = frozenset()

    def with_row(self, at: int, row: Row) -> Satisfaction:
        """The table with another row in the place of one."""
        return replace(self, rows=(*self.rows[:at], row, *self.rows[at + 1 :]))

    def named(self, kind: str, at: int) -> Satisfaction:
        """The table with a planted fault more, in row ``at``."""
        return replace(self, faults=self.faults | {(kind, self.rows[at].code(self.parts))})

    def of(self, *levels: str) -> list[int]:
        """The positions of rows of ``levels``."""
        return [at for at, row in enumerate(self.rows) if row.level in levels]


def _row(label: str, title: str, level: str, items: Sequence[Row]) -> Row:
    values = tuple(HALF_UP.apply(sum((item.values[at] for item in items), Fraction(0)) / len(items)) for at in (0, 1))
    return Row(label, title, level, (values[0], values[1]), values[0] - values[1])


def sample(rng: Random) -> Satisfaction:
    """A table without a fault."""
    parts = rng.random() < 0.6
    groups = rng.randint(5, 9) if parts else rng.randint(3, 6)
    cut = groups // 2
    number = 0
    made: list[list[Row]] = []
    for _ in range(groups):
        items = []
        for _ in range(rng.randint(2, 5)):
            number += 1
            now, before = (Fraction(rng.randint(7000, 9500), 100) for _ in range(2))
            items.append(Row(str(number), rng.choice(ITEMS), "item", (now, before), now - before))
        made.append(items)
    everything = [item for items in made for item in items]
    rows: list[Row] = []
    for at, items in enumerate(made):
        if parts and at in (0, cut):
            below = [item for some in (made[:cut] if at == 0 else made[cut:]) for item in some]
            rows.append(_row("II" if at else "I", PARTS[at > 0], "part", below))
        rows.extend([_row(LETTERS[at], GROUPS[at], "group", items), *items])
    whole = _row("", rng.choice(OVERALL), "overall", everything)
    rows = [whole, *rows] if rng.random() < 0.3 else [*rows, whole]
    rising = sum(item.difference > 0 for item in everything)
    return Satisfaction(
        tuple(rows), rng.randint(2022, 2025), parts, rng.random() < 0.8, whole.values[0], groups, rising
    )


# --- faults --------------------------------------------------------------------------------------------------------

Fault = Callable[[Random, Satisfaction], Satisfaction | None]


def _free(rng: Random, table: Satisfaction, *levels: str) -> int | None:
    if table.faults:
        return None
    return rng.choice(table.of(*levels))


def _with_value(row: Row, value: Fraction, *, consistent: bool) -> Row:
    change = value - row.values[1] if consistent else row.difference
    return replace(row, values=(value, row.values[1]), difference=change)


def wrong_mean(rng: Random, table: Satisfaction) -> Satisfaction | None:
    """A group, a part or the whole with another figure; its difference fits or does not."""
    at = _free(rng, table, "group", "part", "overall")
    if at is None:
        return None
    row = table.rows[at]
    value = row.values[0] + Fraction(rng.choice((1, 30, 200, -25)), 100)
    made = table.with_row(at, _with_value(row, value, consistent=rng.random() < 0.5))
    return made.named("satisfaction_mean", at)


def wrong_item(rng: Random, table: Satisfaction) -> Satisfaction | None:
    """The figure of an item mistyped: neither its difference nor any mean above it fits."""
    at = _free(rng, table, "item")
    if at is None or not table.change:
        return None
    row = table.rows[at]
    made = table.with_row(at, _with_value(row, row.values[0] - Fraction(rng.choice((270, 900)), 100), consistent=False))
    return made.named("satisfaction_item", at)


def wrong_difference(rng: Random, table: Satisfaction) -> Satisfaction | None:
    """A difference that is not that of its figures, or with the wrong sign."""
    free = [
        at
        for at in range(len(table.rows))
        if table.rows[at].code(table.parts) not in {code for _, code in table.faults}
    ]
    if not table.change:
        return None
    at = rng.choice(free)
    row = table.rows[at]
    change = -row.difference if rng.random() < 0.5 and row.difference else row.difference + Fraction(1, 10)
    return table.with_row(at, replace(row, difference=change)).named("satisfaction_difference", at)


def above_hundred(rng: Random, table: Satisfaction) -> Satisfaction | None:
    """An item with more than a hundred per cent."""
    at = _free(rng, table, "item")
    if at is None:
        return None
    row = table.rows[at]
    made = table.with_row(at, _with_value(row, row.values[0] + 100, consistent=False))
    return made.named("satisfaction_range", at)


def wrong_number(rng: Random, table: Satisfaction) -> Satisfaction | None:
    """The number of an item is that of another."""
    at = _free(rng, table, "item")
    items = table.of("item")
    if at is None or at in (items[0], items[-1]):
        return None
    made = table.with_row(at, replace(table.rows[at], label=str(int(table.rows[at].label) + 50)))
    return made.named("satisfaction_number", at)


def wrong_prose(rng: Random, table: Satisfaction) -> Satisfaction | None:
    """The prose states another figure, or another count."""
    if table.faults:
        return None
    what = rng.choice(("stated", "groups"))
    made = replace(table, stated=table.stated + 1) if what == "stated" else replace(table, groups=table.groups + 11)
    return replace(made, faults=made.faults | {("satisfaction_stated", "")})


FAULTS: tuple[Fault, ...] = (wrong_mean, wrong_item, wrong_difference, above_hundred, wrong_number, wrong_prose)


def plant(rng: Random, table: Satisfaction) -> Satisfaction:
    """``table`` with up to two different faults."""
    for fault in rng.sample(FAULTS, rng.randint(0, 2)):
        table = fault(rng, table) or table
    return table


# --- layout --------------------------------------------------------------------------------------------------------


def draw(rng: Random, table: Satisfaction, *, sheet: bool, numbers: bool, spans: bool) -> LaidOut:
    """The table as a paper in a random layout."""
    figures = ["year0", "year1", *(["difference"] if table.change else [])]
    if rng.random() < 0.4:
        rng.shuffle(figures)
    columns = [*(["number"] if rng.random() < 0.6 else []), "title", *figures]
    layout = drawn(rng, columns, HEADS, sheet=sheet, numbers=numbers, spans=spans)
    rows = []
    for row in table.rows:
        title = row.title
        if "number" not in columns and row.label:
            title = f"{row.label}. {title}"
        cells = {"number": row.label, "title": title, "difference": row.difference}
        cells |= {f"year{at}": value for at, value in enumerate(row.values)}
        rows.append(PrintedRow(cells))
    return lay_out(rng, layout, _head(layout, table), rows, prose(table))


def _head(layout: MeasuredLayout, table: Satisfaction) -> list[GridRow]:
    names = dict(layout.heads)
    for at in (0, 1):
        names[f"year{at}"] = layout.heads["year"].format(table.year - at)
    names["difference"] = layout.heads["difference"].format(table.year, table.year - 1)
    rows: list[GridRow] = [[GridCell(names[name]) for name in layout.columns]]
    places = [at for at, name in enumerate(layout.columns) if name.startswith("year")]
    if layout.spanned and places[1] == places[0] + 1:
        upper: GridRow = [GridCell(names[name], down=2) for name in layout.columns]
        lower: GridRow = [None] * len(layout.columns)
        for at in places:
            lower[at] = GridCell(names[layout.columns[at]])
        upper[places[0]], upper[places[1]] = GridCell(layout.heads["above"], across=2), None
        rows = [upper, lower]
    if layout.index_row:
        rows.append([GridCell(f"({number})") for number in range(1, len(layout.columns) + 1)])
    return rows


def prose(table: Satisfaction) -> list[str]:
    """What the report says of the table."""
    items = len(table.of("item"))
    lines = [
        "BÁO CÁO",
        f"Mức độ hài lòng của người dân nói chung năm {table.year} của tỉnh đạt {decimal(table.stated, ',', 2)}%.",
        f"Việc đo lường được thực hiện với {table.groups:02d} nhóm tiêu chí.",
    ]
    if table.change:
        lines.append(f"Có {table.rising}/{items} tiêu chí tăng so với năm {table.year - 1}.")
    return [*lines, "KẾT QUẢ ĐO LƯỜNG SỰ HÀI LÒNG CỦA NGƯỜI DÂN"]
