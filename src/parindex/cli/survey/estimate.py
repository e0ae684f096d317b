"""``parindex survey estimate``: every estimate of a survey with its error, by whatever column the data have."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from parindex.cli import output
from parindex.cli.progress import Progress
from parindex.cli.survey.asked_remarks import unasked_data
from parindex.cli.survey.check_errors import (
    add_check_arguments,
    check_data,
    check_words,
    checked_errors,
    require_check_arguments,
    require_replicable,
)
from parindex.cli.survey.estimate_words import estimate_words, without_variation
from parindex.cli.survey.survey_files import (
    add_survey_arguments,
    columns_of,
    groupings_of,
    margins_of,
    read_survey,
    responses_of,
    tables_of,
)
from parindex.documents.results.result_files import ResultTable
from parindex.documents.surveys.estimates_file import Row, difference_rows, estimate_rows, rows_table
from parindex.documents.surveys.joined_years import JointYears, clusters_alike, comparison_problems, joint_of
from parindex.documents.surveys.responses import Responses
from parindex.domain.errors import InvalidInput
from parindex.domain.survey.comparison.compared_tables import Compared, between_cells, between_years, shared_margins
from parindex.domain.survey.estimation.error_check import ErrorCheck
from parindex.domain.survey.estimation.non_response import item_non_response
from parindex.domain.survey.estimation.tabulation import EstimateTable, Margin, cell_notes, rolled_codes
from parindex.domain.survey.points.surveyed_points import turned_round
from parindex.wording.language import text

FINE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``survey estimate``."""
    add_survey_arguments(parser)
    parser.add_argument(
        "--by",
        action="append",
        metavar=text("CỘT"),
        help=text("chia theo cột: đơn vị, địa bàn, đặc điểm người trả lời; nhiều cột (lặp lại, hoặc a,b) là chia chéo"),
    )
    parser.add_argument(
        "--compare",
        type=Path,
        metavar=text("TỆP"),
        help=text("phiếu trả lời của năm trước: thêm chênh lệch, p và p theo Holm"),
    )
    parser.add_argument(
        "--compare-design", type=Path, metavar=text("TỆP"), help=text("thiết kế của năm trước (mặc định: như --design)")
    )
    parser.add_argument("--compare-weights", type=Path, metavar=text("TỆP"), help=text("bảng quyền số của năm trước"))
    parser.add_argument(
        "--pairs", action="store_true", help=text("thêm chênh lệch giữa từng cặp nhóm (đơn vị), p và p theo Holm")
    )
    add_check_arguments(parser)
    output.add_output_arguments(parser)


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """All estimates, and what was compared."""

    responses: Responses
    by: tuple[str, ...]
    cells: Sequence[Margin]
    tables: Sequence[EstimateTable]
    earlier: Sequence[EstimateTable]
    compared: Sequence[Compared]
    joint: JointYears | None
    unasked: Sequence[dict[str, Any]]
    check: ErrorCheck | None

    def rows(self) -> Iterator[Row]:
        """Estimates, then differences."""
        rollup = self.responses.survey.variables.rollup.value
        yield from estimate_rows(self.tables, self.cells, rollup, self.check.errors if self.check else None)
        years = self.joint.method.value if self.joint else None
        yield from difference_rows(self.compared, self.cells, self.tables, self.earlier, rollup, years)


def run(options: argparse.Namespace) -> int:
    """Estimate and write."""
    files = ("data", "design", "weights", "compare", "compare_design", "compare_weights")
    output.prepare(options, [one for name in files if (one := getattr(options, name)) is not None])
    require_check_arguments(options)
    with Progress(options.progress) as progress:
        made = _made(options, progress)
    rows = list(made.rows())
    survey = made.responses.survey
    notes = list(cell_notes(made.tables, made.cells))
    unanswered = item_non_response(made.responses.given, made.responses.sample.weight)
    checked = check_words(options, made.check, survey.variables) if made.check else ""

    def data() -> dict[str, Any]:
        return {
            "rows": rows,
            "respondents": len(made.responses),
            "rollup": survey.variables.rollup.value,
            "index_mapping": survey.variables.mapping.value,
            "confidence": survey.confidence,
            "minimum_cell": survey.minimum_cell,
            "reversed": {
                code: turned
                for code in rolled_codes(survey.variables)
                if (turned := turned_round(survey.variables, [code]))
            },
            "suppressed": sum(row["suppressed"] for row in rows),
            "notes": [
                *({"kind": "clusters_numbered_anew"} for _ in range(made.responses.numbered_anew)),
                *({"kind": kind} for kind in made.responses.remarks),
                *made.unasked,
                *({"kind": one.kind, "by": one.by, "variables": list(one.variables)} for one in notes),
                *({"kind": "answers_alike", "estimates": count} for count in [without_variation(rows)] if count),
            ],
            "item_nonresponse": [one.as_data() for one in unanswered],
            **({"years": years_data(made.joint)} if made.joint else {}),
            **({"error_check": check_data(options, made.check)} if made.check else {}),
        }

    output.deliver(
        options,
        words=lambda: estimate_words(
            made.responses, made.by, rows, unanswered, notes, made.unasked, checked, made.joint
        ),
        data=data,
        tables=lambda: _tables(rows, made.by),
    )
    return FINE


def years_data(joint: JointYears) -> dict[str, Any]:
    """What two years have in common, for machines."""
    return {"method": joint.method.value, "shared_clusters": joint.clusters}


def _tables(rows: Sequence[Row], by: Sequence[str]) -> list[ResultTable]:
    return [rows_table(rows, by)]


def _made(options: argparse.Namespace, progress: Progress) -> _Made:
    by = columns_of(options.by)
    progress.say(text("Đang đọc {file}…", file=options.data.name))
    if options.compare is None:
        responses = responses_of(options, by)
        require_replicable(options, responses)
        cells = margins_of(responses, by)
        progress.say(text("Đang ước lượng từ {count} phiếu…", count=len(responses)))
        tables, earlier, compared, joint = tables_of(responses, cells), [], [], None
        unasked = unasked_data(responses)
    else:
        responses, before = _two_years(options, by)
        require_replicable(options, responses)
        both = len(before), len(responses)
        old, cells = shared_margins(groupings_of(before, by), groupings_of(responses, by), both)
        progress.say(text("Đang ước lượng từ {count} phiếu…", count=sum(both)))
        tables, earlier = tables_of(responses, cells), tables_of(before, old)
        joint = joint_of(responses, before)
        unasked = [*unasked_data(responses), *unasked_data(before)]
        compared = list(between_years(tables, earlier, cells, joint.sample, responses.survey.confidence))
    if options.pairs:
        compared += between_cells(tables, cells, 0, responses.survey.confidence)
    check = checked_errors(options, responses, tables, cells)
    return _Made(responses, by, cells, tables, earlier, compared, joint, unasked, check)


def _two_years(options: argparse.Namespace, by: tuple[str, ...]) -> tuple[Responses, Responses]:
    """Both years; the problems of both at once."""
    problems, found = [], []
    years = (
        (options.data, options.design, options.weights),
        (options.compare, options.compare_design or options.design, options.compare_weights),
    )
    for data, design, weights in years:
        try:
            found.append(read_survey(data, design, by, weights))
        except InvalidInput as error:
            problems += [one for one in error.problems if one not in problems]
    if not problems:
        problems = comparison_problems(found[0], found[1])
    if problems:
        raise InvalidInput(problems)
    if clusters_alike(found[0], found[1]):
        found[0] = replace(found[0], remarks=(*found[0].remarks, "clusters_alike"))
    return found[0], found[1]
