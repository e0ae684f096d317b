"""What a design file says of the answers: items and their scales, groups, wishes, how an answer becomes a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from parindex.documents.criteria_sets.yaml_text import YamlPath
from parindex.documents.surveys.response_columns import constant_of
from parindex.domain.criteria.survey_points import IndexMapping
from parindex.domain.errors import Place, Problem
from parindex.domain.survey.questionnaire.variables import ALL, Choice, DontKnow, Item, Ratio, Rollup, Variables
from parindex.domain.values import parse_number

Locate = Callable[[YamlPath], Place]

_RANGE = re.compile(r"^(-?[0-9]+)\s*(?:-|–|\.\.)\s*([0-9]+)$")
#: Scales of at least so many steps have two satisfied answers (satisfied, very satisfied); shorter ones have one.
_LONG = 5


def in_one_spelling(data: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a design with what may be written in several ways written in one."""
    found = dict(data)
    if "mapping" in found:
        found["index"] = found.pop("mapping")
    unknown = found.get("dont_know")
    if isinstance(unknown, str) and unknown in tuple(DontKnow):
        found["dont_know"] = {"counts_as": unknown}
    elif isinstance(unknown, str | list):
        found["dont_know"] = {"codes": unknown}
    if "ratios" in found:
        found["ratios"] = {code: _ratio(row) for code, row in found["ratios"].items()}
    return found


def _ratio(row: Any) -> dict[str, str]:
    if isinstance(row, list):
        return {"of": row[0], "to": row[1]}
    of, to = (row.get(one, row.get(other)) for one, other in (("of", "numerator"), ("to", "denominator")))
    return {"of": of, "to": to, "title": row.get("title", "")}


def variables_from(data: Mapping[str, Any], locate: Locate) -> tuple[Variables, list[Problem]]:
    """The variables that a design declares, with what is wrong with them; ``data`` fits the schema and is
    :func:`in_one_spelling`.
    """
    problems: list[Problem] = []
    items = _items(data, locate, problems)
    mapping, weights = _mapping(data.get("index", IndexMapping.MEAN_5), items, locate, problems)
    if weights:
        items = [_with_weights(item, weights) for item in items]
    groups = {code: tuple(listed) for code, listed in data.get("groups", {}).items()}
    parts = {code: tuple(listed) for code, listed in data.get("parts", {}).items()}
    found = Variables(
        items=tuple(items),
        groups=groups,
        parts=parts,
        choices=tuple(Choice(code, _options(listed)) for code, listed in data.get("wishes", {}).items()),
        numbers=_names(data.get("numbers", ())),
        ratios=tuple(
            Ratio(code, row["of"], row["to"], row.get("title", "")) for code, row in data.get("ratios", {}).items()
        ),
        rollup=Rollup(data.get("rollup", Rollup.RESPONDENTS)),
        mapping=mapping,
        dont_know=DontKnow(data.get("dont_know", {}).get("counts_as", DontKnow.MISSING)),
        versions=_names(data.get("versions", ())),
        titles=data.get("titles", {}),
    )
    if "questionnaire" not in data:
        problems += [*_members(found, locate), *_codes_twice(found, locate)]
        known = set(found.codes)
        problems += [
            Problem("unknown_item_in_design", locate(("reversed",)), {"item": code, "of": "reversed"})
            for code in _names(data.get("reversed", ()))
            if code not in known
        ]
    return found, problems


def with_known_members(variables: Variables, items: Iterable[Item]) -> Variables:
    """The variables with only these ``items``, each once, and the groups and parts that are made of nothing else."""
    by_code: dict[str, Item] = {}
    for item in items:
        by_code.setdefault(item.code, item)
    groups = {code: members for code, members in variables.groups.items() if by_code.keys() >= set(members)}
    parts = {code: members for code, members in variables.parts.items() if groups.keys() >= set(members)}
    return replace(variables, items=tuple(by_code.values()), groups=groups, parts=parts)


def sought_columns(data: Mapping[str, Any]) -> Iterator[str]:
    """The columns of strata, stages and items that a design names, whatever else is wrong with it."""
    strata, stages, items = (data.get(key, ()) for key in ("strata", "stages", "items"))
    named: list[Any] = [strata] if isinstance(strata, str) else _listed(strata)
    for stage in _listed(stages):
        named += [stage.get(key) for key in ("cluster", "population", "fraction")] if isinstance(stage, dict) else []
    if "questionnaire" not in data:
        named += [one.get("code") if isinstance(one, dict) else one for one in _listed(items)]
    yield from dict.fromkeys(one for one in named if isinstance(one, str) and one and constant_of(one) is None)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | dict) else []


def _items(data: Mapping[str, Any], locate: Locate, problems: list[Problem]) -> list[Item]:
    listed = data.get("items", ())
    rows = (
        [{"code": code, "title": title} for code, title in listed.items()]
        if isinstance(listed, Mapping)
        else [{"code": one} if isinstance(one, str) else one for one in listed]
    )
    turned = _names(data.get("reversed", ()))
    unknown = _answers(data.get("dont_know", {}).get("codes", ()))
    refused = _answers(data.get("refused", ()))
    found = []
    for position, row in enumerate(rows):
        scale = row.get("scale", data.get("scale", "5"))
        lowest, highest, satisfied = _scale(scale)
        satisfied = row.get("satisfied_from", satisfied or data.get("satisfied_from"))
        item = Item(
            code=row["code"],
            lowest=lowest,
            highest=highest,
            satisfied_from=(highest - (highest - lowest + 1 >= _LONG)) if satisfied is None else int(satisfied),
            unknown=_answers(row["dont_know"]) if "dont_know" in row else unknown,
            refused=_answers(row["refused"]) if "refused" in row else refused,
            reversed=bool(row.get("reversed", row["code"] in turned)),
            title=row.get("title", ""),
        )
        way: YamlPath = ("items", position) if not isinstance(listed, Mapping) else ("items", item.code)
        problems += _of_item(item, locate(way if "items" in data else ("scale",)))
        found.append(item)
    return found


def _scale(value: Any) -> tuple[int, int, str | None]:
    """Lowest and highest answer of ``5``, ``1-5``, ``[1, 5]``, a list of all answers, or a mapping."""
    if isinstance(value, Mapping):
        return int(value["lowest"]), int(value["highest"]), value.get("satisfied_from")
    if isinstance(value, list):
        answers = [int(one) for one in value]
        return min(answers), max(answers), None
    between = _RANGE.match(value.strip())
    return (int(between[1]), int(between[2]), None) if between else (1, int(value), None)


def _of_item(item: Item, place: Place) -> Iterable[Problem]:
    facts = {"item": item.code, "lowest": item.lowest, "highest": item.highest}
    if item.lowest >= item.highest:
        yield Problem("scale_empty", place, facts)
    elif not item.lowest < item.satisfied_from <= item.highest:
        yield Problem("satisfied_off_scale", place, {**facts, "found": item.satisfied_from})
    on_scale = [code for code in (*item.unknown, *item.refused) if item.lowest <= code <= item.highest]
    if on_scale:
        yield Problem("unknown_on_scale", place, {**facts, "codes": on_scale})
    both = [code for code in item.unknown if code in item.refused]
    if both:
        yield Problem("unknown_and_refused", place, {**facts, "codes": both})


def _mapping(
    value: Any, items: list[Item], locate: Locate, problems: list[Problem]
) -> tuple[IndexMapping, dict[int, Any]]:
    if not isinstance(value, Mapping):
        return IndexMapping(value), {}
    try:
        weights = {int(answer): parse_number(weight) for answer, weight in value.items()}
    except ValueError:
        problems.append(Problem("answer_weights_of_no_answer", locate(("index",)), {"found": list(value)}))
        return IndexMapping.ANSWERS, {}
    beyond = [answer for answer, weight in weights.items() if not 0 <= weight <= 1]
    if beyond:
        problems.append(Problem("answer_weight_off_range", locate(("index",)), {"answers": beyond}))
    for item in items:
        without = [answer for answer in range(item.lowest, item.highest + 1) if answer not in weights]
        if without:
            facts = {"item": item.code, "answers": without}
            problems.append(Problem("answer_without_weight", locate(("index",)), facts))
    return IndexMapping.ANSWERS, weights


def _with_weights(item: Item, weights: Mapping[int, Any]) -> Item:
    return replace(item, answer_weights=weights)


def _members(found: Variables, locate: Locate) -> Iterable[Problem]:
    """Groups of items that exist, parts of groups that exist, nothing twice in one of them."""
    for key, holders, known in (("groups", found.groups, found.codes), ("parts", found.parts, tuple(found.groups))):
        owner: dict[str, str] = {}
        for holder, members in holders.items():
            for member in members:
                place = locate((key, holder))
                if member not in known:
                    yield Problem("unknown_member", place, {"holder": holder, "member": member, "of": key})
                elif member in owner:
                    facts = {"holder": holder, "member": member, "other": owner[member]}
                    yield Problem("member_twice", place, facts)
                owner.setdefault(member, holder)


def _codes_twice(found: Variables, locate: Locate) -> Iterable[Problem]:
    seen: set[str] = set()
    told: set[str] = set()
    named = [
        *(("items", code) for code in found.codes),
        *(("groups", code) for code in found.groups),
        *(("parts", code) for code in found.parts),
        *(("wishes", choice.code) for choice in found.choices),
        *(("numbers", code) for code in found.numbers),
        *(("ratios", ratio.code) for ratio in found.ratios),
    ]
    for key, code in named:
        if code == ALL:
            yield Problem("name_reserved", locate((key,)), {"name": ALL})
        elif code in seen and code not in told:
            yield Problem("code_of_two", locate((key, code)), {"code": code})
            told.add(code)
        seen.add(code)


def _options(listed: Any) -> dict[str, str]:
    return dict(listed) if isinstance(listed, Mapping) else dict.fromkeys(listed, "")


def _names(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _answers(value: Any) -> tuple[int, ...]:
    return tuple(int(one) for one in _names(value))
