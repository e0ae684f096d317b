"""The process that verifies a bundle which somebody hands in; started by
:mod:`~parindex.documents.received_bundles.verifying` only.
"""

from __future__ import annotations

import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

from parindex.documents.background_worker import answer_request
from parindex.documents.bundles.manifest_file import manifest_data
from parindex.documents.bundles.verification import verified
from parindex.documents.received_bundles.keepable import keeping_problems
from parindex.documents.received_bundles.kept_checks import KeptChecks, checks_data
from parindex.documents.stored_facts import problem_data
from parindex.domain.errors import InvalidInput, Place, Problem


def answered(path: Path, name: str) -> dict[str, Any]:
    """The manifest of the bundle at ``path`` and what was compared, or everything that is wrong with it; lack of memory
    ends the process.
    """
    checks = KeptChecks()
    try:
        manifest, checks, problems = _verified(path)
    except InvalidInput as error:
        manifest, problems = {}, list(error.problems)
    except MemoryError:
        raise
    except Exception as error:
        # Whatever a hostile file makes a reader stumble over is a message; what it was is for the log of the server.
        traceback.print_exc()
        manifest, problems = {}, [Problem("file_damaged", Place(file=path.name), {"reason": type(error).__name__})]
    told = [problem_data(_named(one, path.name, name)) for one in problems]
    return {"manifest": {} if told else manifest, "checks": checks_data(checks), "problems": told}


def _verified(path: Path) -> tuple[dict[str, Any], KeptChecks, list[Problem]]:
    """Whose key it is, is decided later and by a person: what is noted of that is left out."""
    found = verified(path)
    problems = list(found.problems)
    manifest, stored = found.bundle.manifest, found.bundle.stored
    if manifest is None or stored is None:
        return {}, KeptChecks(), problems
    notes = tuple(one for one in found.notes if one.kind != "key_not_known")
    checks = KeptChecks(found.parts.compared, notes)
    return manifest_data(manifest), checks, [*problems, *keeping_problems(manifest, stored.snapshot)]


def _named(one: Problem, kept: str, name: str) -> Problem:
    """A finding about the whole file names it as the person does; others name a file in it."""
    return Problem(one.kind, replace(one.place, file=name), one.facts) if one.place.file == kept else one


if __name__ == "__main__":
    raise SystemExit(answer_request(lambda asked: answered(Path(asked["path"]), asked["name"])))
