"""The page that verifies a bundle is short, stands alone and cannot ask the network for anything."""

from __future__ import annotations

import re

from parindex.documents.bundles import paths
from parindex.documents.bundles.shipped_files import shipped_file

SOURCE = shipped_file(paths.VERIFIER).decode()
SCRIPTS = re.findall(r"<script[^>]*>\n?(.*?)\n?</script>", SOURCE, re.DOTALL)


def test_one_script_of_fewer_than_three_hundred_lines() -> None:
    assert len(SCRIPTS) == 1
    lines = SCRIPTS[0].splitlines()
    assert len(lines) < 300
    assert max(map(len, lines)) <= 140


def test_it_asks_for_nothing() -> None:
    asking = r"fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|Worker|location|\bimport\b|\beval\b|Function\("
    assert re.findall(asking, SCRIPTS[0]) == []
    addresses = re.findall(r"\b(?:src|srcset|href|action|data|poster)=[\"']?([^\"'\s>]+)|url\(([^)]+)", SOURCE)
    assert {one[:19] for pair in addresses for one in pair if one} == {"data:image/svg+xml,", "#main"}
    assert "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;" in SOURCE


def test_every_sentence_has_an_english_one() -> None:
    said = set(re.findall(r"<p data-k=\"([a-z0-9_]+)\" data-en=\"[^\"]+\">[^<]+</p>", SOURCE))
    kinds = set(re.findall(r"(?:fail|wrong)\(\"(\w+)\"|\"(?:files|signature|origins)\", \"(\w+)\"", SCRIPTS[0]))
    assert {one for pair in kinds for one in pair if one} <= said
