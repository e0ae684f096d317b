"""Commands with steps (``parindex survey draw``): one module a step, in a package of the command's name."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Mapping

from parindex.wording.language import text


def add_steps(parser: argparse.ArgumentParser, package: str, steps: Mapping[str, str]) -> None:
    """The arguments of every step of ``package``; ``steps`` has the help words of each by its name."""
    parsers = parser.add_subparsers(dest="step", metavar=text("BƯỚC"), title=text("các bước"), required=True)
    for name, help_text in steps.items():
        words = text(help_text)
        step = parsers.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        importlib.import_module(f"{package}.{name}").add_arguments(step)


def run_step(options: argparse.Namespace, package: str) -> int:
    """Run the step that was called; its exit code."""
    return int(importlib.import_module(f"{package}.{options.step}").run(options))
