"""``parindex dossiers sample``: which dossiers are checked, drawn so that anybody can draw them again."""

from __future__ import annotations

import argparse
from fractions import Fraction
from typing import Any

from parindex.cli import output, terminal
from parindex.cli.dossiers import forms_read
from parindex.documents.dossiers.dossier_sample import DossierSample, draw_dossiers, sample_table
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.values import number_text, parse_number
from parindex.wording import numbers
from parindex.wording.language import text

FINE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``dossiers sample``."""
    forms_read.add_arguments(parser)
    parser.add_argument(
        "--share", required=True, metavar=text("TỶ_LỆ"), help=text("tỷ lệ hồ sơ của mỗi đơn vị, làm tròn lên: 5%%")
    )
    parser.add_argument(
        "--seed", default="0", metavar=text("SỐ"), help=text("hạt giống đã công bố trước khi chọn (mặc định: 0)")
    )
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Draw and write."""
    output.prepare(options, forms_read.inputs(options))
    share = _share(options.share)
    _, forms = forms_read.forms_of(options, with_checks=False)
    sample = draw_dossiers(forms, share, options.seed.strip())
    output.deliver(
        options,
        words=lambda: sample_words(sample),
        data=lambda: sample_data(sample),
        tables=lambda: [sample_table(forms, sample)],
    )
    return FINE


def _share(written: str) -> Fraction:
    try:
        return parse_number(written)
    except InvalidValue:
        raise InvalidInput([Problem("not_a_share", Place(), {"share": written})]) from None


def sample_words(sample: DossierSample) -> str:
    """The dossiers of every unit for a reader."""
    lines = [
        text("Tỷ lệ: {share}; hạt giống: {seed}.", share=numbers.percent(sample.share * 100), seed=sample.seed),
        text("Danh sách hồ sơ: SHA-256 {sha256}.", sha256=sample.fingerprint),
    ]
    rows = [
        [one.unit.full_title, numbers.number(one.of), numbers.number(len(one.dossiers)), ", ".join(one.dossiers)]
        for one in sample.units
    ]
    heads = [text("Đơn vị"), text("Số hồ sơ"), text("Kiểm tra"), text("Hồ sơ được chọn")]
    return "\n".join(lines) + "\n\n" + terminal.table(heads, rows, "<>><")


def sample_data(sample: DossierSample) -> dict[str, Any]:
    """The dossiers for machines, with all that a second draw needs."""
    return {
        "share": number_text(sample.share),
        "seed": sample.seed,
        "frame_sha256": sample.fingerprint,
        "units": [{"unit": one.unit.id, "dossiers": one.of, "checked": list(one.dossiers)} for one in sample.units],
    }
