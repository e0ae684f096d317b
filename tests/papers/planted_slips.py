"""Reports that are right, and the same reports with one slip planted: the measure of the checker of papers.

A report has a few sections of running text and tables, drawn anew each time, in the style of one paper: its way of
rounding, of writing thousands, its numbers of districts and communes. The same seed gives the same report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape
from pathlib import Path
from random import Random

import docx
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from parindex.documents.arithmetic.findings import StatementFinding
from tests.papers.pdf_writer import paper_style
from tests.papers.planted_prose import PROSE, Draw, Habits, Section, drawn_habits
from tests.papers.statements_score import same_kind


def _decimal(value: Fraction) -> str:
    """The shortest decimals: ``17,7``, ``18``."""
    text = f"{value.numerator * 100 // value.denominator:03d}"
    return f"{text[:-2]},{text[-2:]}".rstrip("0").rstrip(",")


def unit_table(rng: Random, _: Habits) -> Section:
    """Units with points in columns, the sum of each row and a total row."""
    names = rng.sample(_UNITS, rng.randint(6, 9))
    cells = [[Fraction(rng.randint(100, 200), 100) for _ in range(4)] for _ in names]
    head = "STT\tĐơn vị\tTiêu chí 1\tTiêu chí 2\tTiêu chí 3\tTiêu chí 4\tTổng điểm"
    rows = [
        "\t".join([str(at), name, *map(_decimal, row), _decimal(sum(row, Fraction()))])
        for at, (name, row) in enumerate(zip(names, cells, strict=True), start=1)
    ]
    hit = rng.randrange(len(rows))
    total = sum(cells[hit], Fraction()) + Fraction(rng.choice((-9, 7, 11)), 100)
    wrong = "\t".join([str(hit + 1), names[hit], *map(_decimal, cells[hit]), _decimal(total)])
    return Section((head, *rows), {"table_sum": (head, *rows[:hit], wrong, *rows[hit + 1 :])})


def count_table(rng: Random, paper: Habits) -> Section:
    """Units with counts, their shares, and a row that adds the columns up."""
    names = rng.sample(_UNITS, rng.randint(5, 8))
    wholes = [rng.randint(300, 9_000) for _ in names]
    parts = [whole - rng.randint(1, whole // 9) for whole in wholes]
    head = "STT\tĐơn vị\tHồ sơ tiếp nhận\tGiải quyết đúng hạn\tTỷ lệ (%)"

    def row(at: str, name: str, part: int, whole: int) -> str:
        share = paper.decimal(Fraction(100 * part, whole))
        return "\t".join([at, name, paper.count(whole), paper.count(part), share])

    rows = [row(str(at + 1), name, parts[at], wholes[at]) for at, name in enumerate(names)]
    total = row("", "Tổng cộng", sum(parts), sum(wholes))
    off = total.replace(f"\t{paper.count(sum(wholes))}\t", f"\t{paper.count(sum(wholes) + 900)}\t")
    hit = rng.randrange(len(rows))
    rate = paper.decimal(Fraction(100 * parts[hit], wholes[hit]) - 6)
    bad = "\t".join([*rows[hit].split("\t")[:-1], rate])
    return Section(
        (head, *rows, total),
        {"total": (head, *rows, off), "ratio": (head, *rows[:hit], bad, *rows[hit + 1 :], total)},
    )


def _summed(rows: Sequence[tuple[str, str, Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
    return sum((one[2] for one in rows), Fraction()), sum((one[3] for one in rows), Fraction())


def criteria_table(rng: Random, _: Habits) -> Section:
    """Areas with criteria, their maxima and points: parents are the sums of their children."""
    rows: list[tuple[str, str, Fraction, Fraction]] = []
    for area in (1, 2, 3):
        scored = []
        for at, title in enumerate(rng.sample(_TITLES, 4), start=1):
            most = rng.randint(4, 12)
            scored.append((f"{area}.{at}", title, Fraction(most, 4), Fraction(rng.randint(most // 2, most), 4)))
        rows.extend([(str(area), _AREAS[area - 1], *_summed(scored)), *scored])
    areas = [one for one in rows if "." not in one[0]]
    head = "TT\tLĩnh vực/Tiêu chí\tĐiểm tối đa\tĐiểm tự đánh giá"
    total = ("", "TỔNG ĐIỂM", *_summed(areas))

    def printed(row: tuple[str, str, Fraction, Fraction]) -> str:
        return "\t".join([row[0], row[1], _decimal(row[2]), _decimal(row[3])])

    lines = [head, *map(printed, rows), printed(total)]
    hit = rows.index(rng.choice(areas))
    off = (*rows[hit][:3], rows[hit][3] + Fraction(1, 2))
    short = (*total[:3], total[3] - areas[-1][3])
    return Section(
        tuple(lines),
        {
            "parent_sum": (*lines[: hit + 1], printed(off), *lines[hit + 2 :]),
            "partial_total": (*lines[:-1], printed(short)),
        },
    )


_UNITS = (
    "Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp", "Sở Y tế", "Sở Xây dựng", "Sở Công Thương", "Sở Giao thông vận tải",
    "Sở Giáo dục và Đào tạo", "Sở Khoa học và Công nghệ", "Sở Ngoại vụ", "Thanh tra tỉnh",
)  # fmt: skip
_AREAS = ("CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", "CẢI CÁCH THỂ CHẾ", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH")
_TITLES = (
    "Kế hoạch cải cách hành chính", "Chế độ báo cáo định kỳ", "Kiểm tra công tác cải cách hành chính",
    "Tuyên truyền cải cách hành chính", "Sáng kiến trong cải cách hành chính", "Theo dõi thi hành pháp luật",
    "Rà soát văn bản quy phạm pháp luật", "Công khai thủ tục hành chính",
)  # fmt: skip
TABLES: Sequence[Draw] = (unit_table, count_table, criteria_table)


@dataclass(frozen=True, slots=True)
class Planted:
    """A report with the slip that was planted: its kind ("" where it is right) and the lines that hold it."""

    lines: tuple[str, ...]
    kind: str = ""
    first: int = 0
    last: int = 0

    @property
    def text(self) -> bytes:
        """The report as a text file."""
        return "\n".join(self.lines).encode()


def reports(seed: int, sections: int = 6) -> Iterator[Planted]:
    """A report that is right, and after it the same report with each slip that its sections can have."""
    rng = Random(seed)
    paper = drawn_habits(rng)
    draws = [*rng.sample(PROSE, sections - 2), *rng.sample(TABLES, 2)]
    drawn = [draw(rng, paper) for draw in draws]
    title = (f"BÁO CÁO KẾT QUẢ CẢI CÁCH HÀNH CHÍNH NĂM {paper.year}", "")
    right = [title, *((*one.right, "") for one in drawn)]
    yield Planted(tuple(line for part in right for line in part))
    for at, section in enumerate(drawn):
        for kind, lines in section.wrong.items():
            before = sum(map(len, right[: at + 1]))
            parts = [*right[: at + 1], (*lines, ""), *right[at + 2 :]]
            yield Planted(tuple(line for part in parts for line in part), kind, before + 1, before + len(lines))


@dataclass(slots=True)
class PlantedScore:
    """What a checker made of planted reports: slips found, missed, and what was said of what is right."""

    found: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)
    false: list[tuple[str, str]] = field(default_factory=list)


def score_planted(planted: Planted, findings: Sequence[StatementFinding], into: PlantedScore) -> None:
    """Add what the findings on one report are worth; a finding inside the lines of the slip is a hit of any kind."""
    hit = False
    for one in findings:
        inside = planted.kind and one.place.line is not None and planted.first <= one.place.line <= planted.last
        if inside and same_kind(one.kind.value, planted.kind):
            hit = True
        elif not inside:
            into.false.append((f"{one.kind.value}/{one.why} beside {planted.kind or 'nothing'}", one.text))
    if planted.kind and hit:
        into.found += 1
    elif planted.kind:
        into.missed.append((planted.kind, " | ".join(planted.lines[planted.first - 1 : planted.last])))


# --- other formats -------------------------------------------------------------------------------------------------


def _parts(lines: Sequence[str]) -> Iterator[str | list[list[str]]]:
    """Paragraphs and tables of a report."""
    table: list[list[str]] = []
    for line in [*lines, ""]:
        if "\t" in line:
            table.append(line.split("\t"))
            continue
        if table:
            yield table
            table = []
        if line:
            yield line


def write_docx(path: Path, lines: Sequence[str]) -> None:
    """The report as a Word file."""
    document = docx.Document()
    for part in _parts(lines):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=len(part), cols=len(part[0]))
        for row, cells in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.save(str(path))


def write_pdf(path: Path, lines: Sequence[str]) -> None:
    """The report as a PDF with ruled tables."""
    style = paper_style()
    story = [
        Paragraph(escape(part), style)
        if isinstance(part, str)
        else Table(
            [[Paragraph(escape(text), style) for text in row] for row in part],
            repeatRows=1,
            style=[("GRID", (0, 0), (-1, -1), 0.5, "black")],
        )
        for part in _parts(lines)
    ]
    SimpleDocTemplate(str(path)).build(story)


def write_html(path: Path, lines: Sequence[str]) -> None:
    """The report as a web page."""
    out = ["<!DOCTYPE html>", "<html><body>"]
    for part in _parts(lines):
        if isinstance(part, str):
            out.append(f"<p>{escape(part)}</p>")
        else:
            rows = ("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in part)
            out.extend(["<table>", *rows, "</table>"])
    path.write_text("\n".join([*out, "</body></html>"]), "utf-8")


def write_txt(path: Path, lines: Sequence[str]) -> None:
    """The report as a text file."""
    path.write_text("\n".join(lines), "utf-8")


WRITERS: dict[str, Callable[[Path, Sequence[str]], None]] = {
    ".txt": write_txt, ".docx": write_docx, ".pdf": write_pdf, ".html": write_html,
}  # fmt: skip
