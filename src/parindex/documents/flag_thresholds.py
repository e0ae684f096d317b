"""From where on a figure is far from last year or from the other units: the data that ships, read once."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from parindex.documents.criteria_sets.yaml_text import read_yaml_file
from parindex.domain.review.measured_quantities import Peers
from parindex.domain.values import parse_number


@dataclass(frozen=True, slots=True)
class Thresholds:
    """``last_year``: the share of last year's value that a figure may move by; ``peers``: the robust distance."""

    last_year: Fraction
    peers: Peers


@cache
def thresholds() -> Thresholds:
    """Those of ``data/flags/thresholds.yaml``."""
    with as_file(files("parindex") / "data" / "flags" / "thresholds.yaml") as path:
        read: Any = read_yaml_file(path).data
    peers = read["peers"]
    limit, scale = parse_number(peers["limit"]), parse_number(peers["scale"])
    return Thresholds(parse_number(read["last_year"]["limit"]), Peers(limit, scale, int(peers["least"])))
