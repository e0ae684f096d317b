"""``parindex survey draw``: a sample from a frame, with the record from which anybody can draw it again."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from parindex.cli import output, terminal
from parindex.cli.progress import Progress
from parindex.documents.results import result_files
from parindex.documents.results.atomic_files import Writer, text_writer, write_all
from parindex.documents.surveys.frame_file import read_frame
from parindex.documents.surveys.sample_file import Record, record_text, sample_data, sample_record, sample_table
from parindex.documents.surveys.sampling_design_file import named_sampling_design, shipped_design_ids
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.sampling.sampling_design import Method
from parindex.domain.survey.sampling.selection import Draw, draw
from parindex.wording import numbers
from parindex.wording.language import mark, text

FINE = 0
#: The seed where neither the call nor the design names one.
DEFAULT_SEED = "0"
#: Letters of a fingerprint that are printed.
_SHOWN = 16

_METHODS = {
    Method.SIMPLE: mark("ngẫu nhiên đơn giản"),
    Method.SYSTEMATIC: mark("hệ thống"),
    Method.SYSTEMATIC_PPS: mark("hệ thống, xác suất tỷ lệ với quy mô"),
    Method.ALL: mark("lấy hết"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``survey draw``."""
    parser.add_argument(
        "--design",
        metavar=text("THIẾT_KẾ"),
        help=text("thiết kế mẫu: tệp YAML hoặc mã có sẵn ({known})", known=", ".join(shipped_design_ids())),
    )
    parser.add_argument(
        "--frame",
        type=Path,
        action="append",
        required=True,
        metavar=text("TỆP"),
        help=text("khung mẫu: mỗi đơn vị một dòng (CSV, XLSX, Parquet); lặp lại cho danh sách của giai đoạn sau"),
    )
    parser.add_argument(
        "--seed",
        metavar=text("SỐ"),
        help=text("hạt giống đã công bố trước khi chọn (mặc định: của thiết kế, nếu không có thì 0)"),
    )
    parser.add_argument(
        "--record", type=Path, metavar=text("TỆP"), help=text("ghi biên bản chọn mẫu (JSON; mặc định: cạnh --out)")
    )
    parser.add_argument(
        "--redraw", type=Path, metavar=text("BIÊN_BẢN"), help=text("chọn lại theo biên bản và đối chiếu kết quả")
    )
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Draw and write, or draw again and compare."""
    inputs = [*options.frame, *(one for one in (options.design, options.redraw) if one is not None)]
    output.prepare(options, inputs)
    target = _record_target(options)
    if target is not None:
        output.require_writable(target, inputs)
    if (options.redraw is None) == (options.design is None):
        raise InvalidInput([Problem("design_or_record", Place())])
    if options.redraw is not None and options.seed is not None:
        raise InvalidInput([Problem("seed_of_record", Place())])
    if options.seed is not None and not options.seed.strip():
        raise InvalidInput([Problem("seed_empty", Place())])
    with Progress(options.progress) as progress:
        if options.redraw is not None:
            record = Record(options.redraw)
            progress.say(text("Đang đọc khung mẫu…"))
            drawn, seed_from = record.redraw(read_frame(record.design, options.frame)), record.data["seed_from"]
        else:
            design = named_sampling_design(options.design)
            progress.say(text("Đang đọc khung mẫu…"))
            frame = read_frame(design, options.frame)
            seed, seed_from = _seed(options.seed, design.seed)
            progress.say(text("Đang chọn mẫu…"))
            drawn = draw(design, frame, seed)
        _deliver(options, drawn, seed_from, target)
    return FINE


def _seed(given: str | None, of_design: str) -> tuple[str, str]:
    if given is not None:
        return given.strip(), "option"
    return (of_design, "design") if of_design else (DEFAULT_SEED, "default")


def _record_target(options: argparse.Namespace) -> Path | None:
    """Where the record goes: beside the sample, unless a place was named; nowhere for a sample on the screen."""
    if options.record is not None:
        return Path(options.record)
    if options.out is None or options.redraw is not None:
        return None
    return Path(options.out.with_name(f"{options.out.stem}-record.json"))


def _deliver(options: argparse.Namespace, drawn: Draw, seed_from: str, target: Path | None) -> None:
    """The sample to where it is wanted and the record beside it: both or neither."""
    record = sample_record(drawn, seed_from)
    form = output.chosen_format(options)
    if options.out is None:
        if target is not None:
            write_all({target: text_writer(record_text(record))})
    else:
        writers = {
            "text": lambda path: text_writer(draw_words(drawn, seed_from, options.redraw is not None) + "\n")(path),
            "json": lambda path: text_writer(record_text(sample_data(drawn, record)))(path),
            "csv": lambda path: result_files.write_csv(path, sample_table(drawn)),
            "parquet": lambda path: result_files.write_parquet(path, sample_table(drawn)),
            "xlsx": lambda path: result_files.write_xlsx(path, [sample_table(drawn)]),
        }
        files: dict[Path, Writer] = {options.out: writers[form]}
        if target is not None:
            files[target] = text_writer(record_text(record))
        write_all(files)
        options.out = None
        options.format = None
    output.deliver(
        options,
        words=lambda: draw_words(drawn, seed_from, options.redraw is not None),
        data=lambda: sample_data(drawn, record),
        tables=lambda: [sample_table(drawn)],
    )


def draw_words(drawn: Draw, seed_from: str, redrawn: bool) -> str:
    """What was drawn, for a reader: seed, frame, stages, size and weights."""
    blocks = [terminal.heading(drawn.design.title), "\n".join(_sources(drawn, seed_from)), _stage_table(drawn)]
    units = [unit for unit in drawn.stages[-1] if not unit.reserve]
    spare = len(drawn.stages[-1]) - len(units)
    blocks.append(text("Mẫu: {count} đơn vị; dự phòng: {spare}.", count=numbers.number(len(units)), spare=spare))
    left = drawn.design.stages[len(drawn.stages) :]
    if left:
        names = ", ".join(f"`{stage.id}`" for stage in left)
        words = text(
            "Khung mẫu chưa có danh sách của {stages}: lập danh sách trong các đơn vị đã chọn, rồi chạy lại với thêm "
            "một --frame; các giai đoạn trên được giữ nguyên.",
            stages=names,
        )
        blocks.append(terminal.wrapped(words, terminal.width()))
    if redrawn:
        blocks.append(text("Chọn lại theo biên bản: trùng khớp từng byte."))
    return "\n\n".join(blocks)


def _sources(drawn: Draw, seed_from: str) -> Iterator[str]:
    words = {
        "option": mark("Hạt giống: {seed} (theo lệnh)."),
        "design": mark("Hạt giống: {seed} (công bố trong thiết kế)."),
    }
    default = mark(
        "Hạt giống: {seed} (mặc định). Để ai cũng tin được mẫu, công bố khung mẫu trước, rồi chọn hạt giống công khai "
        "(ví dụ kết quả xổ số của một ngày đã hẹn) và ghi bằng --seed."
    )
    yield terminal.wrapped(text(words.get(seed_from, default), seed=drawn.seed), terminal.width())
    for one in drawn.frame.tables:
        yield text(
            "Khung mẫu ({stages}): {rows} dòng, SHA-256 {sha256}…",
            stages=", ".join(one.stages),
            rows=numbers.number(one.rows),
            sha256=one.fingerprint[:_SHOWN],
        )
    for words_of_ours in drawn.design.ours:
        yield terminal.wrapped(text("Do chúng tôi đặt: {what}", what=words_of_ours), terminal.width())


def _stage_table(drawn: Draw) -> str:
    rows = []
    for stage, units in zip(drawn.design.stages, drawn.stages, strict=False):
        sample = [unit for unit in units if not unit.reserve]
        chances = [unit.probability for unit in sample]
        lowest, highest = numbers.points_text(min(chances)), numbers.points_text(max(chances))
        rows.append(
            [
                stage.title or stage.id,
                text(_METHODS[stage.method]),
                numbers.number(len(sample)),
                numbers.number(sum(unit.certain for unit in sample)),
                lowest if lowest == highest else f"{lowest} – {highest}",
            ]
        )
    heads = [text("Giai đoạn"), text("Cách chọn"), text("Đã chọn"), text("Chắc chắn"), text("Xác suất")]
    return terminal.table(heads, rows, "<<>>>")
