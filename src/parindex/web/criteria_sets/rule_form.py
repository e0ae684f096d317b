"""A rule as a form and back: what people fill in instead of YAML. What the form cannot say stays YAML.

Names of fields follow the path into the rule: ``rule.bands.1.lower`` is the lower edge of the second band.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.errors import InvalidValue
from parindex.domain.scoring.rule_table import KINDS
from parindex.domain.values import number_text
from parindex.usecases.typed_values import number_of

#: The kinds that a form can show inside another rule.
INNER_KINDS = tuple(kind for kind in KINDS if kind not in ("sum", "best"))
_BLANK = 2
_MOST = 40
Post = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TermRow:
    """One figure of a sum: its measure (or the name of a new one), weight and year."""

    name: str
    measure: str = ""
    new: str = ""
    weight: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class AmountRow:
    """What a band, an option or a class of deductions gives: ``points`` or a ``share``."""

    name: str
    gives: str = "points"
    amount: str = ""
    lower: str = ""
    lower_kind: str = "from"
    upper: str = ""
    upper_kind: str = "below"
    key: str = ""
    label: str = ""
    term: TermRow | None = None


@dataclass(frozen=True, slots=True)
class RuleBox:
    """One rule as fields; ``children`` are the parts of a sum or the alternatives of a best."""

    name: str
    kind: str
    max_points: str = ""
    of: tuple[TermRow, ...] = ()
    to: tuple[TermRow, ...] = ()
    over: str = "refuse"
    target: str = ""
    floor: str = ""
    each: str = ""
    mode: str = "each"
    rows: tuple[AmountRow, ...] = ()
    nothing: str = ""
    nothing_amount: str = ""
    missing: str = "unanswered"
    places: str = ""
    children: tuple[RuleBox, ...] = ()
    inner: bool = False


# --- from data to the form -----------------------------------------------------------------------------------------


def box_of(data: Mapping[str, Any] | None, measures: Mapping[str, Measure], name: str = "rule") -> RuleBox:
    """The form of a rule; fields that the rule does not state are empty, and there are some rows to add more."""
    if not data:
        return RuleBox(name, "")
    kind = str(data.get("kind", ""))
    listed = {"sum": "parts", "best": "alternatives"}.get(kind)
    children: tuple[RuleBox, ...] = ()
    if listed is not None:
        inner = [one for one in _list(data.get(listed)) if isinstance(one, Mapping)]
        inner += [{}] * max(1, 2 - len(inner))
        children = tuple(box_of(one, measures, f"{name}.{listed}.{at}") for at, one in enumerate(inner))
        children = tuple(_as_inner(child) for child in children)
    nothing = data.get("nothing_arose", "")
    stated = isinstance(nothing, Mapping)
    return RuleBox(
        name=name,
        kind=kind,
        max_points=_shown(data.get("max_points")),
        of=_terms(data.get("of"), f"{name}.of") if kind != "option" else _choice(data.get("of"), f"{name}.of"),
        to=_terms(data.get("to"), f"{name}.to"),
        over=_shown(data.get("over")) or "refuse",
        target=_shown(data.get("target")),
        floor=_shown(data.get("floor")),
        each=_shown(data.get("each")),
        mode=_shown(data.get("mode")) or "each",
        rows=tuple(_rows(kind, data, measures, name)),
        nothing=next(iter(nothing), "") if stated else _shown(nothing),
        nothing_amount=_shown(next(iter(nothing.values()), "")) if stated else "",
        missing=_shown(data.get("missing")) or "unanswered",
        places=_shown(data["round"].get("places")) if isinstance(data.get("round"), Mapping) else "",
        children=children,
    )


def with_new(box: RuleBox, new: Mapping[str, Measure]) -> RuleBox:
    """The form with the names of measures that nobody has kept yet as they were typed, so that they are sent again."""

    def named(row: TermRow) -> TermRow:
        return replace(row, measure="", new=new[row.measure].title) if row.measure in new else row

    return replace(
        box,
        of=tuple(map(named, box.of)),
        to=tuple(map(named, box.to)),
        rows=tuple(replace(row, term=named(row.term)) if row.term is not None else row for row in box.rows),
        children=tuple(with_new(child, new) for child in box.children),
    )


def _as_inner(box: RuleBox) -> RuleBox:
    return replace(box, inner=True)


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [] if value in (None, "") else [value]


def _shown(value: Any) -> str:
    """A number as people write it; anything else as it is, what has an inner structure not at all."""
    if value is None or isinstance(value, Mapping | list | tuple):
        return ""
    written = str(value)
    return written.replace(".", ",") if re.fullmatch(r"-?\d+\.\d+%?", written) else written


def _terms(value: Any, name: str) -> tuple[TermRow, ...]:
    rows = []
    for at, one in enumerate(_list(value)):
        if isinstance(one, Mapping):
            found = {key: _shown(one.get(key)) for key in ("measure", "weight", "year")}
            rows.append(TermRow(f"{name}.{at}", found["measure"], "", found["weight"], found["year"]))
        else:
            rows.append(TermRow(f"{name}.{at}", str(one)))
    return (*rows, TermRow(f"{name}.{len(rows)}"))


def _choice(value: Any, name: str) -> tuple[TermRow, ...]:
    if isinstance(value, Mapping):
        return (TermRow(f"{name}.0", _shown(value.get("measure")), "", "", _shown(value.get("year"))),)
    return (TermRow(f"{name}.0", _shown(value)),)


def _rows(kind: str, data: Mapping[str, Any], measures: Mapping[str, Measure], name: str) -> Iterator[AmountRow]:
    at = 0
    if kind == "bands":
        for at, one in enumerate((*_list(data.get("bands")), *[{}] * _BLANK)):
            edges = one if isinstance(one, Mapping) else {}
            gives, amount = _amount(edges)
            lower = "above" if "above" in edges else "from"
            upper = "up_to" if "up_to" in edges else "below"
            yield AmountRow(
                f"{name}.bands.{at}", gives, amount, _shown(edges.get(lower)), lower, _shown(edges.get(upper)), upper
            )
    elif kind == "option":
        stated = data.get("options")
        options: Mapping[str, Any] = stated if isinstance(stated, Mapping) else {}
        of = data.get("of")
        measure = measures.get(str(of.get("measure") if isinstance(of, Mapping) else of))
        labels = dict(measure.choices) if measure is not None else {}
        for at, key in enumerate(dict.fromkeys((*labels, *options))):
            gives, amount = _amount(options.get(key, {}))
            yield AmountRow(f"{name}.options.{at}", gives, amount, key=key, label=labels.get(key, key))
        start = at + 1 if labels or options else 0
        for more in range(start, start + _BLANK):
            yield AmountRow(f"{name}.options.{more}")
    elif kind == "deduction":
        for at, one in enumerate((*_list(data.get("classes")), *[{}] * _BLANK)):
            stated_class = one if isinstance(one, Mapping) else {}
            gives, amount = _amount(stated_class)
            term = _terms(stated_class.get("of"), f"{name}.classes.{at}.of")[0]
            yield AmountRow(f"{name}.classes.{at}", gives, amount, term=term)


def _amount(data: Any) -> tuple[str, str]:
    if not isinstance(data, Mapping):
        return "points", ""
    gives = "share" if "share" in data else "points"
    return gives, _shown(data.get(gives))


# --- from the form to data -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Reader:
    """One reading of a form: measures that its rows name for the first time are declared on the way."""

    post: Post
    measures: Mapping[str, Measure]
    declared: dict[str, Measure] = field(default_factory=dict)

    def rule(self, name: str = "rule") -> dict[str, Any] | None:
        """The rule that the fields below ``name`` say; None where no kind is chosen."""
        kind = self._text(f"{name}.kind")
        if not kind:
            return None
        data: dict[str, Any] = {"kind": kind}
        self._put(data, "max_points", self._number(f"{name}.max_points"))
        if kind in ("ratio", "bands", "count"):
            self._quantity(data, name)
        {
            "ratio": self._ratio, "bands": self._bands, "option": self._option, "count": self._count,
            "deduction": self._deduction, "sum": self._parts, "best": self._parts,
        }.get(kind, self._nothing_more)(data, name)  # fmt: skip
        if kind != "given":
            self._settings(data, name)
        return data

    # --- kinds -----------------------------------------------------------------------------------------------------

    def _quantity(self, data: dict[str, Any], name: str) -> None:
        of, to = self._terms(f"{name}.of"), self._terms(f"{name}.to")
        self._put(data, "of", of)
        self._put(data, "to", to)
        over = self._text(f"{name}.over")
        if to and over not in ("", "refuse"):
            data["over"] = over

    def _ratio(self, data: dict[str, Any], name: str) -> None:
        for key in ("target", "floor"):
            self._put(data, key, self._number(f"{name}.{key}"))

    def _count(self, data: dict[str, Any], name: str) -> None:
        self._put(data, "each", self._number(f"{name}.each"))

    def _bands(self, data: dict[str, Any], name: str) -> None:
        bands = []
        for row in self._numbered(f"{name}.bands"):
            band: dict[str, Any] = {}
            self._put(band, self._text(f"{row}.lower_kind") or "from", self._number(f"{row}.lower"))
            self._put(band, self._text(f"{row}.upper_kind") or "below", self._number(f"{row}.upper"))
            amount = self._number(f"{row}.amount")
            if band or amount:
                self._put(band, self._gives(row), amount)
                bands.append(band)
        data["bands"] = bands

    def _option(self, data: dict[str, Any], name: str) -> None:
        options: dict[str, Any] = {}
        labels: dict[str, str] = {}
        for row in self._numbered(f"{name}.options"):
            label, amount = self._text(f"{row}.label"), self._number(f"{row}.amount")
            if not label:
                continue
            key = self._text(f"{row}.key") or slug(label, (*labels, *options), 40)
            labels[key] = label
            if amount:
                options[key] = {self._gives(row): amount}
        measure, title = self._text(f"{name}.of.0.measure"), self._text(f"{name}.of.0.new")
        if not measure and title:
            measure = slug(title, (*self.measures, *self.declared), 60)
            self.declared[measure] = Measure(measure, title, MeasureKind.CHOICE, choices=labels)
        elif measure in self.measures and labels and dict(self.measures[measure].choices) != labels:
            self.declared[measure] = replace(self.measures[measure], choices=labels)
        year = self._text(f"{name}.of.0.year")
        if measure:
            data["of"] = {"measure": measure, "year": year} if year not in ("", "0") else measure
        data["options"] = options

    def _deduction(self, data: dict[str, Any], name: str) -> None:
        classes = []
        for row in self._numbered(f"{name}.classes"):
            term, amount = self._term(f"{row}.of.0"), self._number(f"{row}.amount")
            if term is not None:
                one: dict[str, Any] = {"of": term}
                self._put(one, self._gives(row), amount)
                classes.append(one)
        data["classes"] = classes
        if self._text(f"{name}.mode") == "worst":
            data["mode"] = "worst"

    def _parts(self, data: dict[str, Any], name: str) -> None:
        listed = "parts" if data["kind"] == "sum" else "alternatives"
        found = [self.rule(row) for row in self._numbered(f"{name}.{listed}", "kind")]
        data[listed] = [one for one in found if one is not None]

    def _nothing_more(self, data: dict[str, Any], name: str) -> None:
        """``given`` takes nothing; an unknown kind is said by who reads the rule."""

    def _settings(self, data: dict[str, Any], name: str) -> None:
        nothing, amount = self._text(f"{name}.nothing"), self._number(f"{name}.nothing_amount")
        if nothing in ("points", "share"):
            data["nothing_arose"] = {nothing: amount}
        elif nothing:
            data["nothing_arose"] = nothing
        if self._text(f"{name}.missing") == "zero":
            data["missing"] = "zero"
        places = self._text(f"{name}.places")
        if places:
            data["round"] = {"places": places}

    # --- fields ----------------------------------------------------------------------------------------------------

    def _text(self, name: str) -> str:
        return self.post.get(name, "").strip()

    def _number(self, name: str) -> str:
        """A number in the spelling of the file format; what is none stays as typed, to be refused at its place."""
        written = self._text(name)
        if not written or "%" in written or "/" in written:
            return written.replace(",", ".")
        try:
            return number_text(number_of(written))
        except InvalidValue:
            return written

    def _gives(self, row: str) -> str:
        return "share" if self._text(f"{row}.gives") == "share" else "points"

    @staticmethod
    def _put(data: dict[str, Any], key: str, value: Any) -> None:
        if value not in ("", None, []):
            data[key] = value

    def _numbered(self, name: str, field_of: str = "") -> Iterator[str]:
        """The rows of a list in their order: as many as the form had."""
        wanted = re.compile(re.escape(name) + r"\.(\d+)\." + (re.escape(field_of) + r"\Z" if field_of else ""))
        found = {int(match[1]) for key in self.post if (match := wanted.match(key))}
        for at in sorted(found)[:_MOST]:
            yield f"{name}.{at}"

    def _terms(self, name: str) -> Any:
        found = [term for row in self._numbered(name) if (term := self._term(row)) is not None]
        return found[0] if len(found) == 1 and isinstance(found[0], str) else found

    def _term(self, row: str) -> Any:
        measure, title = self._text(f"{row}.measure"), self._text(f"{row}.new")
        if not measure and title:
            same = [key for key, one in {**self.measures, **self.declared}.items() if one.title == title]
            measure = same[0] if same else slug(title, (*self.measures, *self.declared), 60)
            if not same:
                self.declared[measure] = Measure(measure, title)
        if not measure:
            return None
        weight, year = self._number(f"{row}.weight"), self._text(f"{row}.year")
        term = {"measure": measure}
        if weight not in ("", "1"):
            term["weight"] = weight
        if year not in ("", "0"):
            term["year"] = year
        return measure if len(term) == 1 else term


def slug(title: str, taken: Sequence[str], length: int) -> str:
    """An id in plain letters for a title, unlike those that are taken."""
    plain = unicodedata.normalize("NFD", title.replace("đ", "d").replace("Đ", "D").lower())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    stem = re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:length].rstrip("_") or "so_lieu"
    stem = stem if stem[0].isalpha() else f"n_{stem}"
    found, number = stem, 2
    while found in taken:
        found, number = f"{stem}_{number}", number + 1
    return found
