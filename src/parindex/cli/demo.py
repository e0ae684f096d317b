"""``parindex demo``: the whole way from a decision to an index, on real data, in the terminal and as one HTML page."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from parindex.cli.demo_bundle import bundle_data, bundle_words, demo_bundle
from parindex.cli.demo_data import demo_data
from parindex.cli.demo_facts import demo_facts
from parindex.cli.demo_words import demo_words
from parindex.cli.pages.demo_page import demo_page
from parindex.cli.progress import Progress
from parindex.documents.results.atomic_files import text_writer, write_all
from parindex.wording.language import text

FINE = 0
#: What is printed; the page is written beside either.
FORMATS = ("text", "json")
PAGE = Path("output") / "demo.html"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``demo``."""
    parser.add_argument(
        "--out", type=Path, default=PAGE, metavar=text("TỆP"), help=text("trang HTML (mặc định: {path})", path=PAGE)
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help=text("dạng in ra màn hình (mặc định: text)"))
    parser.add_argument("--progress", action="store_true", help=text("luôn báo tiến độ ra luồng lỗi"))


def run(options: argparse.Namespace) -> int:
    """Compute, print, write page and bundle and say where they are."""
    with Progress(options.progress) as progress:
        progress.say(text("Đang đọc văn bản và tính…"))
        facts = demo_facts()
        progress.say(text("Đang vẽ biểu đồ…"))
        page = demo_page(facts)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    write_all({options.out: text_writer(page)})
    bundle = demo_bundle(facts.province.result, options.out.parent)
    if options.format == "json":
        found = {**demo_data(facts), "page": str(options.out.resolve()), "bundle": bundle_data(bundle)}
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return FINE
    print(demo_words(facts))
    print("\n" + text("Trang HTML: {path}", path=options.out.resolve()))
    print("\n".join(bundle_words(bundle)))
    return FINE
