"""The mutation run: ``python -m tests.mutation.run [MODULE …]`` (``make mutation``).

Every module of the rules is changed in one place at a time, and the tests are run against the change. A change that no
test notices survives. Survivors that cannot matter are listed with the reason in ``accepted.txt``; any other one makes
the run fail. All survivors are written to ``docs/reference/mutation-survivors.md``.
"""

from __future__ import annotations

import argparse
import ast
import gc
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from tests.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).parents[2]
ACCEPTED = Path(__file__).with_name("accepted.txt")
REPORT = ROOT / "docs" / "reference" / "mutation-survivors.md"
MODULES = (
    "parindex.domain.values.exact",
    "parindex.domain.values.integers",
    "parindex.domain.values.columns",
    "parindex.domain.values.stacks",
    "parindex.domain.scoring.quantities",
    "parindex.domain.scoring.rule",
    "parindex.domain.scoring.batches",
    *(f"parindex.domain.scoring.rules.{kind}" for kind in
      ("ratio", "bands", "option", "count", "deduction", "sum", "best", "given")),
)  # fmt: skip
#: The tests of the columns and of the rules, those first that say soonest that something is wrong.
OF_VALUES = (
    "tests/unit/domain/test_values.py",
    "tests/property/test_numbers_against_fractions.py",
    "tests/property/test_stacks_against_fractions.py",
)
TESTS = (
    "tests/spec/rules",
    "tests/unit/domain/scoring/test_batched_items.py",
    "tests/unit/domain/scoring/test_branches.py",
    "tests/unit/domain/scoring/test_derivation.py",
    "tests/unit/domain/scoring/test_limits_of_rules.py",
    "tests/unit/domain/scoring/test_reading_rules.py",
    "tests/unit/domain/scoring/test_rules_that_are_read.py",
    "tests/property/test_rules_against_fractions.py",
    "tests/property/test_batches.py",
)
#: Nothing is written beside the tests, and nothing is prepared for messages that nobody reads.
OPTIONS = (
    "-x", "-q", "--assert=plain", "--tb=no", "-W", "ignore::pytest.PytestWarning",
    *(part for plugin in ("cacheprovider", "cov", "xdist", "unraisableexception", "threadexception")
      for part in ("-p", f"no:{plugin}")),
)  # fmt: skip
#: A change that takes longer than this has been noticed: it does not end.
SECONDS = 45


@dataclass(frozen=True, slots=True)
class Survivor:
    """A change that no test noticed, and why that is right; "" where nobody has said."""

    module: str
    mutant: Mutant
    reason: str


def main() -> int:
    """Mutate, test, report; 1 where a survivor has no reason."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation.run", description=__doc__)
    parser.add_argument(
        "modules", nargs="*", default=MODULES, metavar="MODULE", help="default: all modules of the rules"
    )
    parser.add_argument("--jobs", type=int, default=2, help="how many changes are tested at a time (default 2)")
    options = parser.parse_args()
    os.chdir(ROOT)
    _warm_up()
    if _verdict(_start(None)) != "survived":
        print("The tests fail without any change.")
        return 2
    reasons = _accepted()
    survivors: list[Survivor] = []
    tested = 0
    for module, mutant, verdict in _tested(_work(options.modules), options.jobs):
        tested += 1
        if verdict == "survived":
            survivors.append(Survivor(module, mutant, reasons.get(f"{module} {mutant.key}", "")))
            print(f"survived  {module}:{mutant.line} {mutant.key}", flush=True)
        if tested % 100 == 0:
            print(f"… {tested} tested, {len(survivors)} survived", flush=True)
    survivors.sort(key=lambda one: (one.module, one.mutant.line))
    open_ones = [one for one in survivors if not one.reason]
    print(f"{tested} changes, {len(survivors)} survived, {len(open_ones)} of them without a reason")
    if set(options.modules) == set(MODULES):
        _report(tested, survivors)
    return 1 if open_ones else 0


def _work(modules: Sequence[str]) -> Iterator[tuple[str, Mutant]]:
    for module in modules:
        for mutant in mutants(_file(module).read_text("utf-8")):
            yield module, mutant


def _file(module: str) -> Path:
    return ROOT / "src" / Path(*module.split(".")).with_suffix(".py")


def _warm_up() -> None:
    """Load once what every child needs and no mutant touches; draws are the same in every run, and are not shrunk."""
    import hypothesis
    import numpy as np
    import pytest

    quick = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
    hypothesis.settings.register_profile("mutation", phases=quick, database=None, derandomize=True)
    os.environ["HYPOTHESIS_PROFILE"] = "mutation"  # what tests/conftest.py loads
    assert pytest.__version__
    assert np.__version__
    gc.freeze()


# --- one child a mutant ----------------------------------------------------------------------------------------------


class _Changed(MetaPathFinder, Loader):
    """Imports the changed module in the place of the file."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        self.module, self.tree = module, tree

    def find_spec(self, fullname: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        return ModuleSpec(fullname, self, origin=str(_file(fullname))) if fullname == self.module else None

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(_file(self.module))
        exec(compile(self.tree, module.__file__, "exec"), module.__dict__)


def _start(work: tuple[str, Mutant] | None) -> int:
    """The process id of a child that runs the tests against one change (None: no change)."""
    child = os.fork()
    if child:
        return child
    import pytest

    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)  # of CPU: other work on the machine kills no mutant
    if work is not None:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        sys.meta_path.insert(0, _Changed(work[0], work[1].tree))
    try:
        tests = TESTS if work is not None and not work[0].startswith("parindex.domain.values") else (*OF_VALUES, *TESTS)
        code = int(pytest.main([*OPTIONS, *tests]))
    except BaseException:  # whatever a mutant does, it has been noticed
        code = 1
    os._exit(code)


def _verdict(child: int) -> str:
    return _of(os.waitpid(child, 0)[1])


def _of(status: int) -> str:
    return "survived" if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0 else "killed"


def _tested(work: Iterator[tuple[str, Mutant]], jobs: int) -> Iterator[tuple[str, Mutant, str]]:
    running: dict[int, tuple[str, Mutant]] = {}
    for one in work:
        running[_start(one)] = one
        if len(running) >= jobs:
            yield _finished(running)
    while running:
        yield _finished(running)


def _finished(running: dict[int, tuple[str, Mutant]]) -> tuple[str, Mutant, str]:
    child, status = os.wait()
    module, mutant = running.pop(child)
    return module, mutant, _of(status)


# --- the list ------------------------------------------------------------------------------------------------------


def _accepted() -> dict[str, str]:
    """Reasons by change: a line of ``accepted.txt`` that starts with ``#`` is the reason of the lines below it."""
    found: dict[str, str] = {}
    reason = ""
    for line in ACCEPTED.read_text("utf-8").splitlines() if ACCEPTED.exists() else []:
        if line.startswith("#"):
            reason = line.lstrip("# ")
        elif line.strip():
            found[line.strip()] = reason
    return found


def _report(tested: int, survivors: list[Survivor]) -> None:
    lines = [
        "# Mutation survivors",
        "",
        "`make mutation` changes the modules of the scoring rules in one place at a time (a comparison, an operator, a",
        "number, a condition, a forgotten statement) and runs their tests against each change. Listed are the changes",
        "that no test notices, with the reason why they do not change any result.",
        "",
        f"{tested} changes, {tested - len(survivors)} noticed, {len(survivors)} survivors.",
    ]
    by_reason: dict[str, list[Survivor]] = {}
    for one in survivors:
        by_reason.setdefault(one.reason or "No reason known: a test is missing", []).append(one)
    for reason, found in by_reason.items():
        lines += ["", f"## {reason}", ""]
        lines += [f"- `{one.module}`, {one.mutant.key}" for one in found]
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    started = time.monotonic()
    code = main()
    print(f"{time.monotonic() - started:.0f} s")
    sys.exit(code)
