"""Problems in words: what happened, and what to do. Places are worded by :mod:`parindex.wording.places`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from parindex.domain.errors import Problem
from parindex.domain.scoring.score_sheet import EntryState
from parindex.wording import terms
from parindex.wording.column_names import head_words, heads_words
from parindex.wording.language import mark, text
from parindex.wording.numbers import number
from parindex.wording.places import place_text
from parindex.wording.problem_facts import MEASURE_KINDS, words_of
from parindex.wording.problems_of_bundles import BUNDLES, FIELDS, OF_FIELDS
from parindex.wording.problems_of_councils import COUNCILS
from parindex.wording.problems_of_evidence import EVIDENCE
from parindex.wording.problems_of_files import FILES
from parindex.wording.problems_of_given_points import GIVEN_POINTS
from parindex.wording.problems_of_papers import PAPERS
from parindex.wording.problems_of_procedures import PROCEDURES
from parindex.wording.problems_of_questionnaires import QUESTIONNAIRES
from parindex.wording.problems_of_responses import RESPONSES
from parindex.wording.problems_of_results import RESULTS
from parindex.wording.problems_of_sampling import SAMPLING, TRIM_LIMITS
from parindex.wording.problems_of_sets import SETS
from parindex.wording.problems_of_surveys import SURVEYS
from parindex.wording.problems_of_tables import TABLES
from parindex.wording.problems_of_units import UNITS
from parindex.wording.problems_of_workbooks import WORKBOOKS
from parindex.wording.rule_kinds import kind_text
from parindex.wording.rule_parameters import as_share
from parindex.wording.yaml_paths import key_words

#: Sentence and remedy of every kind; ``{name}`` is a fact.
SENTENCES: dict[str, tuple[str, str]] = {
    **FILES,
    **BUNDLES,
    **EVIDENCE,
    **TABLES,
    **UNITS,
    **COUNCILS,
    **GIVEN_POINTS,
    **SETS,
    **SAMPLING,
    **RESULTS,
    **PAPERS,
    **PROCEDURES,
    **SURVEYS,
    **RESPONSES,
    **QUESTIONNAIRES,
    **WORKBOOKS,
}

#: A kind may have a fuller sentence for when one of these facts is known: ``key_unknown/near``.
_VARIANTS = (
    *("near", "day", "at_most", "total", "of_cycle", "at", "found", "content", "schema", "virus", "others"),
    *("column", "label", "measures", "uploaded", "followed"),
)
#: Kinds whose facts name keys of the format.
_OF_KEYS = frozenset({"key_missing", "needs_whole", "term_names_several", "keys_exclude_each_other"})
#: The kinds of tables of a paper.
_TABLES = {
    "criteria-set": mark("bảng tiêu chí"),
    "score-sheet": mark("phiếu chấm điểm"),
    "procedure-evaluation": mark("bảng đánh giá giải quyết thủ tục hành chính"),
    "satisfaction-table": mark("bảng chỉ số hài lòng"),
}
_OF_TABLES = ("no_table", "no_criteria_set", "no_set_to_compare")
#: So many examples of one matter are given.
_EXAMPLES = 4
#: So many rows or cells are named.
_PLACES = 10
_OTHER = (mark("Vấn đề “{kind}”."), mark("Kiểm tra lại chỗ được nêu."))


class _Facts(dict[str, str]):
    """A fact that a problem does not carry prints as an ellipsis, never as an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def message(problem: Problem) -> str:
    """What happened."""
    return _worded(problem, 0)


def remedy(problem: Problem) -> str:
    """What to do about it."""
    return _worded(problem, 1)


def _worded(problem: Problem, which: int) -> str:
    facts = _Facts({"kind": problem.kind} | words_of(problem.facts))  # a fact may be called so: a kind of paper
    facts.update(_names(problem))
    facts.setdefault("file", problem.place.file or "")
    facts.setdefault("code", problem.place.code or "")
    return text(SENTENCES.get(_variant(problem), _OTHER)[which]).format_map(facts)


def placed(problem: Problem) -> str:
    """The message behind its place, where it does not name the file itself."""
    where, words = place_text(problem.place), message(problem)
    return f"{where}: {words}" if where and (problem.place.file or "") not in words else words


def _names(problem: Problem) -> dict[str, str]:
    """Names that the reader must write, each with its word: columns of data tables, keys of a criteria set."""
    facts = problem.facts
    found = _told_together(facts) if _of_several(facts) and "values" in facts else {}
    if problem.kind in TABLES:
        found |= {"column": head_words(facts["column"])} if "column" in facts else {}
        found |= _HEADS[problem.kind](facts) if problem.kind in _HEADS else {}
    elif problem.kind in _NAMED:
        found = _NAMED[problem.kind](facts)
    elif problem.kind == "code_qualified" and "qualified" in facts:
        found = _qualified(facts["printed"], facts["qualified"])
    elif problem.kind in _OF_TABLES and facts.get("found"):
        found = {
            "kind": text(_TABLES.get(facts.get("kind", ""), "")),
            "found": ", ".join(text(_TABLES[one]) for one in facts["found"]),
        }
    elif problem.kind == "no_table" and facts.get("near"):
        found = {"near": _unread(facts["near"])}
    elif problem.kind == "rule_proposed" and "rule" in facts:
        found = {"rule": kind_text(facts["rule"])}
    elif problem.kind == "bands_overlap" and "first" in facts:
        edge = as_share(str(facts["edge"]), bool(facts.get("share")))
        found = {"first": str(facts["first"] + 1), "second": str(facts["second"] + 1), "edge": edge}
    elif problem.kind == "measure_of_other_kind":
        kinds = {name: MEASURE_KINDS[facts[name]] for name in ("found", "expected")}
        found = {name: text(kind) for name, kind in kinds.items()}
    elif problem.kind == "key_unknown" and facts.get("near"):
        found = {"near": key_words(facts["near"])}
    elif problem.kind in _OF_KEYS:
        found = {"key": key_words(facts["key"])} if "key" in facts else {}
        if "keys" in facts:
            found["keys"] = ", ".join(key_words(key) for key in facts["keys"])
    return found


def _qualified(printed: list[str], qualified: list[str]) -> dict[str, str]:
    """How many codes were put below their area, and the first of them: ``1 → I.1, 2 → I.2 …``."""
    pairs = [f"{before} → {after}" for before, after in zip(printed, qualified, strict=True)]
    shown = ", ".join(pairs[:_EXAMPLES]) + (" …" if len(pairs) > _EXAMPLES else "")
    return {"count": number(len(pairs)), "examples": shown}


def _either(columns: list[str]) -> str:
    return text(mark(" hoặc ")).join(head_words(name) for name in columns)


def _unread(heads: list[str]) -> str:
    return ", ".join(f"“{head}”" for head in heads)


def _states(states: list[str]) -> str:
    return ", ".join(_state_words(state) for state in states)


def _state_words(state: str) -> str:
    return f"“{terms.entry_state(EntryState[state.upper()])}” (`{state}`)"


_HEADS: dict[str, Callable[[Mapping[str, Any]], dict[str, str]]] = {
    "column_missing": lambda facts: {
        "column": heads_words(facts["columns"]) if _of_several(facts) else _either(facts["columns"]),
        "known": heads_words(facts["known"]),
    },
    "column_misspelt": lambda facts: {"column": _unread([facts["column"]]), "near": head_words(facts["near"])},
    "column_unused": lambda facts: {"heads": _unread(facts["heads"]), "known": heads_words(facts["known"])},
    "unknown_state": lambda facts: {"known": _states(facts["known"])},
}


def _limit_words(facts: Mapping[str, Any]) -> dict[str, str]:
    """How the limit of trimming comes about."""
    words = words_of({name: facts[name] for name in ("upper", "middle")})
    pattern = TRIM_LIMITS[facts["of"]]
    return {"how": text(pattern, **words)}


def _field_word(facts: Mapping[str, Any]) -> dict[str, str]:
    """What the field of a bundle is called."""
    return {"field": text(FIELDS.get(facts["field"], facts["field"]))} if "field" in facts else {}


_NAMED: dict[str, Callable[[Mapping[str, Any]], dict[str, str]]] = {
    "unit_kind_unknown": lambda facts: {"known": _unread(facts["known"])},
    "trim_limit_too_low": _limit_words,
    **dict.fromkeys(OF_FIELDS, _field_word),
}


def _of_several(facts: Mapping[str, Any]) -> bool:
    """Whether the problem stands for several rows or columns with one fault."""
    return ("values" in facts or "columns" in facts) and facts.get("count", 0) > 1


def _told_together(facts: Mapping[str, Any]) -> dict[str, str]:
    """What stands in several rows with one fault, with how often, and where the first of them are."""
    values = [f"“{value}”" + (f" ({number(often)})" if often > 1 else "") for value, often in facts["values"].items()]
    places = [str(place) for place in facts.get("cells") or facts["rows"]]
    where = text(mark("ô {places}") if facts.get("cells") else mark("dòng {places}"), places=_first(places, facts))
    return {"values": ", ".join(values[:_EXAMPLES]) + (" …" if len(values) > _EXAMPLES else ""), "places": where}


def _first(places: list[str], facts: Mapping[str, Any]) -> str:
    return ", ".join(places[:_PLACES]) + (" …" if facts["count"] > min(len(places), _PLACES) else "")


def _variant(problem: Problem) -> str:
    """The fuller sentence where the facts allow it."""
    if problem.facts.get("known") == [] and f"{problem.kind}/none" in SENTENCES:
        return f"{problem.kind}/none"
    if _of_several(problem.facts) and f"{problem.kind}/several" in SENTENCES:
        return f"{problem.kind}/several"
    named = (f"{problem.kind}/{name}" for name in _VARIANTS if problem.facts.get(name))
    return next((key for key in named if key in SENTENCES), problem.kind)
