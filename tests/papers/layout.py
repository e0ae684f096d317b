"""A random layout of a table, drawn before anybody knows the format: what a writer gets is a grid of cells with
spans.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from tests.papers.sample import Sample, SampleRow, decimal, prose

HEADS = {
    "code": ("STT", "TT", "Mã", "Mục", "Số TT", "Mã số", "Mã tiêu chí"),
    "title": (
        "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
        "Lĩnh vực, tiêu chí, tiêu chí thành phần",
        "Nội dung",
        "Tiêu chí",
        "NỘI DUNG ĐÁNH GIÁ",
        "Tên tiêu chí",
        "Nội dung tiêu chí",
    ),
    "points": (
        "Điểm tối đa",
        "Điểm chuẩn",
        "Thang điểm",
        "Điểm",
        "Số điểm tối đa",
        "ĐIỂM TỐI ĐA",
        "Khung điểm",
        "Mức điểm",
    ),
    "note": ("Ghi chú", "Hình thức đánh giá", "GHI CHÚ", "Phương pháp đánh giá", "Nguồn đánh giá"),
    "lead": ("Đơn vị chủ trì", "Cơ quan phụ trách"),
    "evidence": ("Tài liệu kiểm chứng", "TLKC"),
}
TOTALS = ("TỔNG ĐIỂM TỐI ĐA", "Tổng cộng", "TỔNG ĐIỂM", "Tổng số điểm", "Cộng")


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell to be printed; it covers ``across`` columns and ``down`` rows. ``number``: store it as a number."""

    text: str
    number: bool = False
    across: int = 1
    down: int = 1


#: A row of a grid; None where a cell above or to the left covers the position.
GridRow = list[GridCell | None]


@dataclass(frozen=True, slots=True)
class Layout:
    """The choices of one draw."""

    columns: tuple[str, ...]
    heads: dict[str, str]
    two_head_rows: bool
    index_row: bool
    mark: str
    top: int
    left: int
    numeric_codes: bool
    numeric_points: bool
    code_suffix: str
    split_titles: str  # "", "lines" (inside the cell), "rows" (over rows)
    split_codes: bool
    merged_notes: bool
    merged_areas: bool
    rows_a_page: int  # 0: one page
    repeated_head: bool
    total: str
    total_in_first_column: bool
    decomposed: bool  # letters and accents apart (NFD)


@dataclass(slots=True)
class LaidOut:
    """A paper before it becomes a file: prose, the pages of the table, closing lines."""

    layout: Layout
    before: list[str]
    pages: list[list[GridRow]] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def draw(rng: Random, *, sheet: bool, numbers: bool, spans: bool) -> Layout:
    """A random layout for a format with a ``sheet`` (the table may start anywhere), stored ``numbers``, merged
    cells (``spans``).
    """
    columns = ["code", "title", "points", "note"]
    if rng.random() < 0.4:
        rng.shuffle(columns)
    for extra in ("lead", "evidence"):
        if rng.random() < 0.25:
            columns.insert(rng.randint(1, len(columns)), extra)
    return Layout(
        columns=tuple(columns),
        heads={name: rng.choice(choices) for name, choices in HEADS.items()},
        two_head_rows=rng.random() < 0.25,
        index_row=rng.random() < 0.2,
        mark=rng.choice((",", ".")),
        top=rng.randint(0, 4) if sheet else 0,
        left=rng.randint(0, 3) if sheet else 0,
        numeric_codes=numbers and rng.random() < 0.5,
        numeric_points=numbers and rng.random() < 0.6,
        code_suffix=rng.choice(("", "", ".")),
        split_titles=rng.choice(("", "lines", "rows")),
        split_codes=rng.random() < 0.2,
        merged_notes=spans and rng.random() < 0.3,
        merged_areas=spans and rng.random() < 0.3,
        rows_a_page=rng.choice((0, 0, 11, 17, 30)),
        repeated_head=rng.random() < 0.6,
        total=rng.choice(TOTALS),
        total_in_first_column=rng.random() < 0.5,
        decomposed=rng.random() < 0.15,
    )


def lay_out(rng: Random, table: Sample, layout: Layout) -> LaidOut:
    """The table as pages of grid rows."""
    paper = LaidOut(layout, [*prose(table, layout.mark), table.caption, table.title])
    paper.before.append("(Ban hành kèm theo Quyết định số 2270/QĐ-UBND ngày 13/12/2024 của UBND tỉnh Điện Biên)")
    rows = list(table.rows)
    size = layout.rows_a_page or len(rows)
    for start in range(0, len(rows), size):
        page = _head(layout) if start == 0 or layout.repeated_head else []
        body = _body(rng, rows[start : start + size], layout)
        paper.pages.append([*page, *body])
    paper.pages[-1].append(_total(table, layout))
    if rng.random() < 0.5:
        paper.after = ["Ghi chú: ĐTXHH là điều tra xã hội học.", "Nơi nhận: Như Điều 3; Lưu: VT."]
    return paper


# --- rows ----------------------------------------------------------------------------------------------------------


def _head(layout: Layout) -> list[GridRow]:
    rows: list[GridRow] = [[GridCell(layout.heads[name]) for name in layout.columns]]
    if layout.two_head_rows:
        upper: GridRow = [GridCell(layout.heads[name], down=2) for name in layout.columns]
        at = layout.columns.index("points")
        upper[at] = GridCell("Điểm")
        lower: GridRow = [None] * len(layout.columns)
        lower[at] = GridCell("Tối đa")
        rows = [upper, lower]
    if layout.index_row:
        rows.append([GridCell(f"({number})") for number in range(1, len(layout.columns) + 1)])
    return rows


def _body(rng: Random, rows: Sequence[SampleRow], layout: Layout) -> list[GridRow]:
    out: list[GridRow] = []
    for row in rows:
        out.extend(_row(rng, row, layout))
    if layout.merged_notes:
        _merge_notes(out, layout.columns.index("note"))
    return out


def _row(rng: Random, row: SampleRow, layout: Layout) -> list[GridRow]:
    title = row.title
    rest = ""
    if layout.split_titles and len(title) > 40 and rng.random() < 0.5:
        title, rest = _broken(rng, title)
    if rest and layout.split_titles == "lines":
        title, rest = f"{title}\n{rest}", ""
    values: dict[str, GridCell | None] = {
        "code": _code_cell(rng, row, layout),
        "title": GridCell(title),
        "points": GridCell(decimal(row.points, "." if layout.numeric_points else layout.mark), layout.numeric_points),
        "note": GridCell(row.note),
        "lead": GridCell("Sở Nội vụ" if row.depth == 3 else ""),
        "evidence": GridCell(""),
    }
    at, after = layout.columns.index("code"), layout.columns.index("title")
    if layout.merged_areas and row.depth == 1 and after == at + 1 and not rest:
        values["code"] = GridCell(f"{row.code}. {title}", across=2)
        values["title"] = None
    out: list[GridRow] = [[values[name] for name in layout.columns]]
    if rest:
        out.append([GridCell(rest if name == "title" else "") for name in layout.columns])
    return out


def _code_cell(rng: Random, row: SampleRow, layout: Layout) -> GridCell:
    """The code, as a number where the draw says so: 1.10 is then stored as 1.1."""
    if layout.numeric_codes and row.depth <= 2:
        head, _, last = row.code.partition(".")
        return GridCell(f"{head}.{last.rstrip('0')}" if last else head, number=True)
    code = row.code + layout.code_suffix
    if layout.split_codes and row.depth == 3 and rng.random() < 0.3:
        head, _, last = row.code.rpartition(".")
        code = f"{head}.\n{last}"
    return GridCell(code)


def _broken(rng: Random, title: str) -> tuple[str, str]:
    """A title in two pieces, broken before a word in small letters (as lines of a narrow column mostly are)."""
    spaces = [at for at, letter in enumerate(title) if letter == " " and 15 < at < len(title) - 8]
    small = [at for at in spaces if title[at + 1].islower()]
    if not small:
        return title, ""
    at = rng.choice(small)
    return title[:at], title[at + 1 :]


def _merge_notes(rows: list[GridRow], column: int) -> None:
    """One cell over each run of equal notes."""
    start = 0
    while start < len(rows):
        cell = rows[start][column]
        end = start + 1
        while end < len(rows) and cell is not None and cell.text and rows[end][column] == cell:
            end += 1
        if cell is not None and end - start > 1:
            rows[start][column] = GridCell(cell.text, down=end - start)
            for at in range(start + 1, end):
                rows[at][column] = None
        start = end


def _total(table: Sample, layout: Layout) -> GridRow:
    out: GridRow = [GridCell("") for _ in layout.columns]
    at = layout.columns.index("code" if layout.total_in_first_column else "title")
    out[at] = GridCell(layout.total)
    points = decimal(table.total, "." if layout.numeric_points else layout.mark)
    out[layout.columns.index("points")] = GridCell(points, layout.numeric_points)
    return out
