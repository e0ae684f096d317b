"""The bundle of the demonstration: the index of 2020, signed by a key that is made for it, and verified again."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parindex.documents.bundles.demonstration_key import demonstration_key
from parindex.documents.bundles.verification import Verification, verified
from parindex.documents.bundles.writer import BundleContents, write_bundle
from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, fingerprint
from parindex.documents.results.snapshots import snapshot_text
from parindex.domain.index.result import Result
from parindex.domain.publication.bundle import BundleOwner, PublicationFacts
from parindex.domain.publication.freezing import GroupTitle, frozen_group
from parindex.domain.publication.recomputation import outcome_of
from parindex.domain.publication.snapshot import Snapshot
from parindex.wording.language import Language, speaking, text

NAME = "dien-bien-2020-1.parindex.zip"
_OWNER = BundleOwner("dien-bien", "UBND tỉnh Điện Biên")
#: Decision 641/QĐ-BNV of 25/05/2021; the hour is not printed anywhere.
_DECISION, _DAY, _PUBLISHED = "641/QĐ-BNV", "2021-05-25", "2021-05-25T00:00:00+07:00"
_GROUP = GroupTitle("provinces", "Cấp tỉnh")


@dataclass(frozen=True, slots=True)
class DemoBundle:
    """Where the bundle was written, and what verifying it showed."""

    path: Path
    verification: Verification


def demo_bundle(result: Result, folder: Path) -> DemoBundle:
    """Write the bundle of the index of 2020 into ``folder``, and verify it as anybody would.

    The key is thrown away: another run signs with another one, and its bundle has another fingerprint.
    """
    made = result.criteria_set
    group = frozen_group(_GROUP, made, fingerprint(made), result.figures, result.sheets)
    facts = PublicationFacts(
        title=made.title, year=made.year or 0, owner=_OWNER, level="province", number=1, published_at=_PUBLISHED,
        decision_number=_DECISION, decision_date=_DAY, public_from=_PUBLISHED,
    )  # fmt: skip
    snapshot = Snapshot(facts.title, facts.year, _OWNER.code, (group,))
    content = snapshot_text(snapshot, [dump_criteria_set(made)], [outcome_of(group.code, result)])
    path = folder / NAME
    with speaking(Language.VIETNAMESE.value):
        write_bundle(path, BundleContents(facts, content), demonstration_key("2021-12-31"))
    return DemoBundle(path, verified(path))


def bundle_words(bundle: DemoBundle) -> Iterator[str]:
    """Where it is, and what came out."""
    found, path = bundle.verification, bundle.path.resolve()
    yield text("Gói kết quả năm 2020, ký bằng khóa mô phỏng: {path}", path=path)
    if found.holds:
        yield text("  ✓ đúng chữ ký; tính lại {cells} điểm đều khớp", cells=found.counts["cells"])
    else:
        wrong, units = len(found.findings), len(found.differences)
        yield text("  ✗ {wrong} chỗ sai, tính lại khác ở {units} đơn vị", wrong=wrong, units=units)
    yield text("  Tự kiểm tra: {command}", command=shlex.join([_program(), "verify", str(path)]))


def _program() -> str:
    """How this program was called, so that the line can be typed as it stands; its name where it was not."""
    called = Path(sys.argv[0])
    return str(called) if called.name == "parindex" else "parindex"


def bundle_data(bundle: DemoBundle) -> dict[str, Any]:
    """The same for machines."""
    found = bundle.verification
    return {"path": str(bundle.path.resolve()), "holds": found.holds, "cells": found.counts["cells"]}
