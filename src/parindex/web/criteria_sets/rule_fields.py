"""In which field of the form of a rule a problem stands: the path into the rule, as the form calls it."""

from __future__ import annotations

from collections.abc import Sequence

from parindex.domain.errors import Problem

_EDGES = {"from": "lower", "above": "lower", "below": "upper", "up_to": "upper", "points": "amount", "share": "amount"}


def field_of(problem: Problem, name: str = "rule") -> str:
    """The field in which a problem of a rule stands."""
    steps = (problem.place.path or "").split("/") if problem.place.path else []
    shown: list[str] = []
    for step in steps:
        shown.append(_EDGES.get(step, step) if shown and shown[0] != "nothing_arose" else step)
    if not shown:
        missing = problem.facts.get("key", "kind") if problem.kind == "key_missing" else "kind"
        shown = [str(missing)]
    special = _special(shown)
    if special is not None:
        return ".".join((name, *special))
    last = shown[-1]
    if last in ("of", "to"):
        shown += ["0", "measure"]
    elif len(shown) > 1 and shown[-2] in ("of", "to") and last.isdecimal():
        shown.append("measure")
    elif last == "nothing_arose":
        shown[-1] = "nothing"
    elif len(shown) > 1 and shown[-2] in ("bands", "options", "classes"):
        shown.append("amount")
    elif last in ("bands", "options", "classes"):
        shown += ["0", "amount"]
    elif last in ("parts", "alternatives"):
        shown += ["0", "kind"]
    elif len(shown) > 1 and shown[-2] in ("parts", "alternatives"):
        shown.append("kind")
    return ".".join((name, *shown))


def _special(shown: Sequence[str]) -> list[str] | None:
    """Fields that are called otherwise than the keys of the file format; None for the others."""
    if shown[-2:] == ["round", "places"]:
        return [*shown[:-2], "places"]
    if "nothing_arose" in shown[-2:-1]:
        return [*shown[:-2], "nothing_amount"]
    if shown[-1] in ("weight", "year") and shown[-2:-1] in (["of"], ["to"]):
        return [*shown[:-1], "0", shown[-1]]  # the only figure is written without a list
    return None
