"""``parindex verify``: prove a bundle, or a bare snapshot: nothing is believed, everything is computed anew."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from parindex.cli.failures import problem_data
from parindex.cli.fingerprints import typed_fingerprint
from parindex.cli.typed_days import iso_day
from parindex.cli.verified_words import bundle_words, published, snapshot_words
from parindex.documents.bundles.archive import MOST_BYTES
from parindex.documents.bundles.compared_parts import ComparedParts
from parindex.documents.bundles.keys import PublicKey, load_public_key
from parindex.documents.bundles.manifest_file import manifest_data
from parindex.documents.bundles.verification import Verification, snapshot_findings, verified
from parindex.documents.readers.limits import file_bytes
from parindex.documents.results.snapshots import parse_snapshot
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.publication.difference import UnitDifference
from parindex.wording.language import text

FINE, FINDINGS = 0, 1
FORMATS = ("text", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``verify``."""
    parser.add_argument(
        "bundle", type=Path, metavar=text("TỆP"),
        help=text("gói kết quả (*.parindex.zip), hoặc riêng dữ liệu đóng băng (JSON, không có chữ ký)"),
    )  # fmt: skip
    parser.add_argument(
        "--key", metavar=text("KHÓA"),
        help=text("khóa công khai của cơ quan công bố: tệp *.public.json hoặc dấu vân tay của khóa"),
    )  # fmt: skip
    parser.add_argument(
        "--key-days", nargs=2, metavar=(text("TỪ"), text("ĐẾN")),
        help=text("hiệu lực của khóa ghi trên giấy cạnh dấu vân tay, ví dụ 01/01/2025 31/12/2029"),
    )  # fmt: skip
    parser.add_argument("--fingerprint", metavar=text("MÃ"), help=text("mã đã công bố cùng kết quả, để đối chiếu"))
    parser.add_argument("--format", choices=FORMATS, default="text", help=text("dạng in ra màn hình (mặc định: text)"))


def run(options: argparse.Namespace) -> int:
    """Verify; exit code 1 where anything is wrong or comes out otherwise."""
    expected = typed_fingerprint(options.fingerprint) if options.fingerprint is not None else ""
    key = _key(options)
    content = file_bytes(options.bundle, MOST_BYTES)
    if content.lstrip()[:1] in (b"{", b"["):
        return _snapshot(content, options, expected, key)
    del content
    return _bundle(options, expected, key)


def _key(options: argparse.Namespace) -> PublicKey | None:
    """Whom the reader trusts. Raises :class:`InvalidInput` (``key_days_of_none``) for days without a key, and as
    :func:`~parindex.documents.bundles.keys.load_public_key`.
    """
    days = None if options.key_days is None else (iso_day(options.key_days[0]), iso_day(options.key_days[1]))
    if options.key is not None:
        return load_public_key(options.key, days)
    if days is not None:
        raise InvalidInput([Problem("key_days_of_none")])
    return None


def _bundle(options: argparse.Namespace, expected: str, key: PublicKey | None) -> int:
    found = verified(options.bundle, key)
    same = expected in ("", *published(found.bundle))
    if options.format == "json":
        _print({"fingerprint": found.bundle.fingerprint, "expected": expected or None, **_bundle_data(found)})
    else:
        print("\n".join(bundle_words(found, expected)))
    return FINE if found.holds and same else FINDINGS


def _bundle_data(found: Verification) -> dict[str, Any]:
    manifest = found.bundle.manifest
    said = {} if manifest is None else manifest_data(manifest)
    return {
        "signed": manifest is not None and manifest.signer is not None,
        "manifest": {
            name: said.get(name) for name in ("kind", "publication", "software", "signer", "origins", "simulated")
        },
        "checked": dict(found.counts),
        "findings": [problem_data(one) for one in found.findings],
        "differences": _differences(found.differences),
        "notes": [problem_data(one) for one in found.notes],
        **(_parts(found.parts) if found.holds else {"compared": [], "not_compared": []}),
    }


def _parts(parts: ComparedParts) -> dict[str, Any]:
    return {
        "compared": [one.value for one in parts.compared],
        "not_compared": [{"part": part.value, **problem_data(why)} for part, why in parts.not_compared],
    }


def _snapshot(content: bytes, options: argparse.Namespace, expected: str, key: PublicKey | None) -> int:
    """A snapshot alone: there is nothing to hold a key against, and that is said."""
    name = str(options.bundle)
    stored = parse_snapshot(content, name)
    problems, differences = snapshot_findings(stored, name, signed_by=key)
    same = expected in ("", stored.fingerprint)
    if options.format == "json":
        units = sum(len(one.units) for one in stored.outcomes)
        _print(
            {
                "fingerprint": stored.fingerprint,
                "expected": expected or None,
                "signed": False,
                "checked": {"units": units},
                "findings": [problem_data(one) for one in problems],
                "differences": _differences(differences),
                "notes": [],
            }
        )
    else:
        print("\n".join(snapshot_words(stored, problems, differences, expected)))
    return FINE if same and not problems and not differences else FINDINGS


def _differences(found: Sequence[UnitDifference]) -> list[dict[str, Any]]:
    return [asdict(one) for one in found]


def _print(data: dict[str, Any]) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))
