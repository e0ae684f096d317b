"""How a command that cannot use its input says so: every problem with place and remedy, exit code 2, nothing
half-done."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

from parindex.cli.terminal import clean
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.wording import problems as wording
from parindex.wording.language import text
from parindex.wording.places import place_text

UNUSABLE = 2
#: Problems that are printed one by one; the JSON output always has all of them.
PRINTED = 200


def reported(command: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    """Run ``command``; word what makes its input unusable."""
    try:
        return command(options)
    except InvalidInput as error:
        found = error.problems
    except InvalidValue as error:
        found = [Problem(error.kind, Place(), error.facts)]
    except FileNotFoundError as error:
        found = [Problem("no_such_file", Place(file=str(error.filename)))]
    except IsADirectoryError as error:
        found = [Problem("is_a_folder", Place(file=str(error.filename)))]
    except BrokenPipeError:  # not a matter of the input
        raise
    except PermissionError as error:
        found = [Problem("no_permission", Place(file=str(error.filename)))]
    except OSError as error:
        found = [
            Problem("cannot_open", Place(file=str(error.filename or "")), {"reason": error.strerror or str(error)})
        ]
    if getattr(options, "format", None) == "json":
        print(json.dumps({"problems": [problem_data(problem) for problem in found]}, ensure_ascii=False, indent=2))
    else:
        _print(found)
    return UNUSABLE


def problem_data(problem: Problem) -> dict[str, Any]:
    """One problem for machines."""
    return {
        "kind": problem.kind,
        "place": problem.place.as_data(),
        "message": wording.message(problem),
        "remedy": wording.remedy(problem),
    }


def _print(found: list[Problem]) -> None:
    print(text("Không dùng được đầu vào: {count} vấn đề. Chưa ghi gì.", count=len(found)), file=sys.stderr)
    for problem in found[:PRINTED]:
        where = place_text(problem.place)
        words = f"{where}: {wording.message(problem)}" if where else wording.message(problem)
        # What a file holds must not steer the terminal.
        print("  • " + clean(words), file=sys.stderr)
        print("    → " + clean(wording.remedy(problem)), file=sys.stderr)
    if len(found) > PRINTED:
        rest = text("… và {count} vấn đề khác (xem đủ bằng --format json).", count=len(found) - PRINTED)
        print("  " + rest, file=sys.stderr)
