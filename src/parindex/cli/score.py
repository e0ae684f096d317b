"""``parindex score``: points, index, grade and rank of every unit."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from parindex.cli import output, terminal
from parindex.cli.cycle_files import add_cycle_arguments, inputs, result_of
from parindex.cli.failures import PRINTED
from parindex.cli.graded_words import by_points, graded_text, group_title, printed_text, titled
from parindex.cli.index_table import index_table
from parindex.cli.result_data import result_data, result_tables
from parindex.cli.score_periods import period_tables
from parindex.domain.index.printed import PrintedGrade, printed_stories
from parindex.domain.index.result import Result, UnitResult
from parindex.domain.values import Rounding
from parindex.wording import numbers, problems
from parindex.wording.language import text

FINE, FINDINGS = 0, 1
#: How papers print an index.
PRINTED_STEP = Rounding(2)
#: With at most so many units the areas and parts of each are printed.
IN_FULL = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``score``."""
    add_cycle_arguments(parser)
    parser.add_argument(
        "--final", action="store_true", help=text("tính kết quả cuối cùng: từ chối khi còn mục chờ kết quả")
    )
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Compute and write; exit code 1 where something blocks a final result."""
    output.prepare(options, inputs(options))
    result = result_of(options, final=options.final)
    output.deliver(
        options,
        words=lambda: result_words(result),
        data=lambda: result_data(result),
        tables=lambda: result_tables(result),
    )
    return FINDINGS if any(problem.facts.get("blocks") for problem in result.problems) else FINE


def result_words(result: Result) -> str:
    """The result for a reader: ranking of each group, then parts and areas where there are few units, then problems.

    The grade of a unit whose result is provisional is marked; where the set has none, its name is.
    """
    made = result.criteria_set
    blocks = [terminal.wrapped(titled(result), terminal.width())]
    missing = result.items_without_figures
    for rows in result.figures.group_rows.values():
        views = [result.unit(int(row)) for row in rows]
        title = group_title(made, views[0].unit)
        blocks.append((title + "\n" if title else "") + ranking(views, missing))
        if result.periods:
            blocks.extend(period_tables(result, rows.tolist()))
        if len(result.units) <= IN_FULL:
            blocks.extend(block for view in views for block in unit_blocks(result, view))
    stories = "\n".join(terminal.wrapped(words, terminal.width(), "    ", "  • ") for words in story_lines(result))
    if stories:
        blocks.append(text("Khi in hai chữ số thập phân:") + "\n" + stories)
    if result.pending.any():
        blocks.append(text("Kết quả tạm tính: còn mục chờ kết quả, chưa tính vào điểm và điểm tối đa."))
    blocks.extend(_problem_lines(result))
    return "\n\n".join(blocks)


def ranking(views: list[UnitResult], missing: Mapping[str, Sequence[str]]) -> str:
    """The units of a group by rank, with the number of items that lack figures where any does."""
    ordered = sorted(views, key=lambda view: (view.rank is None, view.rank or 0, -(view.index or Fraction(0))))
    rows = [
        [
            str(view.rank) if view.rank else "–",
            view.unit.title + (" *" if view.provisional and view.grade is None else ""),
            "–" if view.without_figures else numbers.points_text(view.points, 4),
            numbers.points_text(view.max_points, 4),
            numbers.percent(view.index, PRINTED_STEP.places),
            text("chưa có số liệu") if view.without_figures else _grade(view),
            numbers.number(len(missing[view.unit.id])) if view.unit.id in missing else "",
        ]
        for view in ordered
    ]
    heads = [text("Hạng"), text("Đơn vị"), text("Điểm"), text("Điểm tối đa"), text("Chỉ số"), text("Xếp loại")]
    if not any(row[-1] for row in rows):
        return terminal.table(heads, [row[:-1] for row in rows], "><>>><")
    return terminal.table([*heads, text("Mục thiếu số liệu")], rows, "><>>><>")


def _grade(view: UnitResult) -> str:
    """The grade, and whether it may still change."""
    if view.grade is None:
        return "–"
    return text("{grade} (tạm tính)", grade=view.grade) if view.provisional else view.grade


def unit_blocks(result: Result, view: UnitResult) -> Iterator[str]:
    """Parts and areas of one unit."""
    made = result.criteria_set
    if view.parts:
        titles = {part.id: part.title for part in made.parts}
        rows = [[titles[part] or part, *_of(of.points, of.max_points, of.per_cent)] for part, of in view.parts.items()]
        yield terminal.table([text("Phần điểm"), text("Điểm"), text("Điểm tối đa"), text("Tỷ lệ")], rows, "<>>>")
    yield index_table(made, view)


def story_lines(result: Result) -> Iterator[str]:
    """Where the index printed with two places would tell another story than the value that decided."""
    titles = {unit.id: unit.full_title for unit in result.units}
    made = result.criteria_set
    what = text("điểm") if by_points(made) else text("chỉ số")
    for story in printed_stories(result, PRINTED_STEP):
        printed = printed_text(made, story.printed, PRINTED_STEP.places)
        if isinstance(story, PrintedGrade):
            yield text(
                "{unit} in {printed} như đạt {printed_grade}, nhưng {what} là {index}: xếp loại {grade}.",
                what=what,
                unit=titles[story.unit],
                printed=printed,
                printed_grade=story.printed_grade or "–",
                index=graded_text(made, story.index, _edge(result, story)),
                grade=story.grade or "–",
            )
        else:
            one, two = story.units
            yield text(
                "{one} và {two} cùng in {printed}, nhưng xếp hạng {first} và {second}.",
                one=titles[one],
                two=titles[two],
                printed=printed,
                first=story.ranks[0],
                second=story.ranks[1],
            )


def _edge(result: Result, story: PrintedGrade) -> Fraction | None:
    """Where the grade begins that the printed index seems to reach."""
    return next((one.lower for one in result.criteria_set.grades if one.title == story.printed_grade), None)


def _of(points: Fraction, max_points: Fraction, per_cent: Fraction | None) -> list[str]:
    return [numbers.points_text(points), numbers.points_text(max_points), numbers.percent(per_cent)]


def _problem_lines(result: Result) -> Iterator[str]:
    if not result.problems:
        return
    lines = [text("Điểm cần xem lại: {count}", count=len(result.problems))]
    for problem in result.problems[:PRINTED]:
        lines.append(terminal.wrapped(problems.message(problem), terminal.width(), "    ", "  • "))
        lines.append(terminal.wrapped(problems.remedy(problem), terminal.width(), "      ", "    → "))
    if len(result.problems) > PRINTED:
        lines.append("  " + text("… và {count} điểm khác.", count=len(result.problems) - PRINTED))
    yield "\n".join(lines)
