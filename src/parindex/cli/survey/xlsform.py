"""``parindex survey xlsform``: questionnaires to and from XLSForm, and answers from forms to a data file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from parindex.cli import output, terminal
from parindex.cli.failures import problem_data
from parindex.cli.sets import criteria_set
from parindex.documents.results.atomic_files import text_writer, write_all
from parindex.documents.results.result_files import csv_text, table
from parindex.documents.surveys.questionnaire_file import (
    dump_questionnaire,
    fingerprint,
    load_questionnaire,
    questionnaire_path,
)
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.questionnaire.form import Questionnaire, items_fed
from parindex.wording import places, problems
from parindex.wording.language import mark, text

FINE = 0
_ACTIONS = {
    "out": mark("ghi phiếu khảo sát thành biểu mẫu XLSForm (ODK, KoBo)"),
    "in": mark("đọc biểu mẫu XLSForm thành phiếu khảo sát"),
    "answers": mark("chuyển tệp trả lời tải từ ODK, KoBo thành tệp số liệu"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``out``, ``in`` and ``answers``."""
    actions = parser.add_subparsers(dest="action", metavar=text("VIỆC"), title=text("các việc"), required=True)
    for name, help_text in _ACTIONS.items():
        words = text(help_text)
        action = actions.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        _ARGUMENTS[name](action)
        action.add_argument("-o", "--out", type=Path, required=True, metavar=text("TỆP"), help=text("tệp kết quả"))
        action.add_argument("--force", action="store_true", help=text("ghi đè tệp đã có"))
        action.add_argument(
            "--format", choices=("text", "json"), help=text("cách báo những gì đã làm (mặc định: text)")
        )


def _out_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("questionnaire", metavar=text("PHIẾU"), help=text("tệp YAML, hoặc mã của phiếu có sẵn"))


def _in_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", type=Path, metavar=text("BIỂU_MẪU"), help=text("XLSForm: xlsx, xls hoặc ods"))
    parser.add_argument(
        "--scale",
        action="append",
        default=[],
        metavar=text("DANH_SÁCH=MỨC"),
        help=text("danh sách lựa chọn là thang đánh giá, và mức thấp nhất được coi là hài lòng (dùng được nhiều lần)"),
    )


def _answers_arguments(parser: argparse.ArgumentParser) -> None:
    _out_arguments(parser)
    parser.add_argument("answers", type=Path, metavar=text("TRẢ_LỜI"), help=text("CSV hoặc Excel tải từ ODK, KoBo"))


_ARGUMENTS = {"out": _out_arguments, "in": _in_arguments, "answers": _answers_arguments}


def run(options: argparse.Namespace) -> int:
    """Convert, and say what was written and what was left out."""
    inputs = [getattr(options, name) for name in ("form", "answers") if hasattr(options, name)]
    if hasattr(options, "questionnaire"):
        inputs.append(questionnaire_path(options.questionnaire))
    output.require_writable(options.out, inputs)
    if options.out.exists() and not options.force:
        raise InvalidInput([Problem("output_exists", Place(file=str(options.out)))])
    return {"out": _run_out, "in": _run_in, "answers": _run_answers}[options.action](options)


def _run_out(options: argparse.Namespace) -> int:
    from parindex.documents.surveys.xlsform import require_valid, write_xlsform

    _require_ending(options.out, ".xlsx")
    questionnaire = load_questionnaire(options.questionnaire)
    form = require_valid(questionnaire)
    write_all({options.out: lambda path: write_xlsform(path, form)})
    return _say(options, questionnaire, list(_fed_in_vain(questionnaire, options.questionnaire)))


def _fed_in_vain(questionnaire: Questionnaire, file: str) -> Iterator[Problem]:
    """The items that are fed and that the criteria set, where it is at hand, does not have."""
    try:
        fed = criteria_set(questionnaire.criteria_set) if questionnaire.criteria_set else None
    except InvalidInput:
        return  # a set of somebody else: nothing to compare with
    known = {node.code for node in fed.items()} if fed else set()
    for item, variables in items_fed(questionnaire).items():
        if fed and item not in known:
            facts = {"item": item, "variables": list(variables), "name": questionnaire.criteria_set}
            yield Problem("fed_item_unknown", Place(file=file), facts)


def _run_in(options: argparse.Namespace) -> int:
    from parindex.documents.surveys.xlsform_reading import read_xlsform

    _require_ending(options.out, ".yaml", ".yml")
    questionnaire, doubts = read_xlsform(options.form, _scales(options.scale))
    write_all({options.out: text_writer(dump_questionnaire(questionnaire))})
    return _say(options, questionnaire, doubts)


def _run_answers(options: argparse.Namespace) -> int:
    from parindex.documents.surveys.form_answers import data_rows

    _require_ending(options.out, ".csv")
    questionnaire = load_questionnaire(options.questionnaire)
    columns, rows, doubts = data_rows(questionnaire, options.answers)
    write_all({options.out: text_writer(csv_text(table("answers", columns, rows)))})
    done = _say(options, questionnaire, doubts)
    if options.format != "json":
        unchecked = text(
            "Chưa đối chiếu câu trả lời với thang đo, phiên bản phiếu và người trả lời trùng: `survey estimate` làm."
        )
        print(terminal.clean(unchecked))
    return done


def _require_ending(out: Path, *endings: str) -> None:
    if out.suffix.lower() not in endings:
        facts = {"suffix": out.suffix or out.name, "known": list(endings)}
        raise InvalidInput([Problem("output_format_unknown", Place(file=str(out)), facts)])


def _scales(given: Sequence[str]) -> dict[str, int]:
    """``LIST=POINT`` as a mapping; raises ``xlsform_scale_option``."""
    split = [one.rpartition("=") for one in given]
    wrong = [one for one, (name, _, point) in zip(given, split, strict=True) if not name or not point.isdecimal()]
    if wrong:
        raise InvalidInput([Problem("xlsform_scale_option", Place(), {"found": one}) for one in wrong])
    return {name: int(point) for name, _, point in split}


def _say(options: argparse.Namespace, questionnaire: Questionnaire, doubts: Sequence[Problem]) -> int:
    """What was written; everything that was not taken over, one by one."""
    questions = sum(1 for _ in questionnaire.questions())
    if options.format == "json":
        data = {
            "written": str(options.out),
            "questionnaire": questionnaire.id,
            "version": questionnaire.version,
            "fingerprint": fingerprint(questionnaire),
            "questions": questions,
            "doubts": [problem_data(doubt) for doubt in doubts],
        }
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return FINE
    done = text(
        "Đã ghi {file}: phiếu {id}, phiên bản {version}, {count} câu hỏi.",
        file=options.out,
        id=questionnaire.id,
        version=questionnaire.version,
        count=questions,
    )
    print(terminal.clean(done))
    if doubts:
        print(text("{count} chỗ không nhập nguyên vẹn hoặc cần xem lại:", count=len(doubts)), file=sys.stderr)
    for doubt in doubts:
        where = places.place_text(doubt.place, file=False)
        words = f"{where}: {problems.message(doubt)}" if where else problems.message(doubt)
        print("  • " + terminal.clean(words), file=sys.stderr)
        print("    → " + terminal.clean(problems.remedy(doubt)), file=sys.stderr)
    return FINE
