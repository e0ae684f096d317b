"""Charts as SVG: Vega-Lite specifications drawn by vl-convert, without a browser and without the net.

Floats are only lengths here; every number that is printed comes as finished text. Bars start at 0, nothing depends on
colour alone, and every chart is drawn twice: for a page and, narrower, for a phone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from parindex.wording.language import text

WIDE, NARROW = 1000, 330
INK, INK_2, LINE, BRAND, LIGHT, ERROR, NOTE = (
    "#1a1f29", "#454d5c", "#d3d9e2", "#1b4477", "#7f9cc0", "#a1131d", "#747d8c",
)  # fmt: skip
FONT = "Segoe UI, Roboto, Noto Sans, Liberation Sans, Arial, sans-serif"

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: the finding in a sentence for who cannot see it, and the drawing for a page and for a phone."""

    alternative: str
    wide: str
    narrow: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its length (per cent), the number printed beside it, and a mark that sets it apart."""

    name: str
    value: Fraction
    label: str
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A labelled line across the bars: the lower edge of a grade."""

    value: Fraction
    label: str


def bar_chart(bars: Sequence[Bar], alternative: str, edges: Sequence[Edge] = ()) -> Chart:
    """Horizontal bars from 0 to 100 per cent, in the order given, each with its number."""
    return _drawn(alternative, lambda width: _bars(bars, edges, width))


def _bars(bars: Sequence[Bar], edges: Sequence[Edge], width: int) -> Spec:
    room, letters = (330, 48) if width == WIDE else (118, 17)
    rows = [
        {**_named(order, bar.name, letters), "value": float(bar.value), "label": bar.label, "emphasis": bar.emphasis}
        for order, bar in enumerate(bars)
    ]
    x: Spec = {"field": "value", "type": "quantitative"}
    values = [0, 25, 50, 75, 100] if width == WIDE else [0, 50, 100]
    axis = {"title": None, "scale": {"domain": [0, 100]}, "axis": {"values": values, "labelExpr": "datum.value + '%'"}}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "height": {"band": 0.62}},
            "encoding": {
                "x": {**x, **axis},
                "color": {"condition": {"test": "datum.emphasis", "value": BRAND}, "value": LIGHT},
            },
        },
        *_edges(edges, width),
        # The number twice: a white edge first, so that no line runs through it.
        *({"mark": mark, "encoding": {"x": x, "text": {"field": "label"}}} for mark in (_number(halo=True), _number())),
        *_names(rows, width),
    ]
    return {
        "width": width - room - 62,
        "height": {"step": _step(rows, width)},
        "data": {"values": rows},
        "encoding": {"y": {"field": "order", "type": "ordinal", "title": None, "axis": None}},
        "layer": layers,
    }


def _number(*, halo: bool = False) -> Spec:
    mark: Spec = {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "fontSize": 13, "color": INK}
    return {**mark, "stroke": "#ffffff", "strokeWidth": 5, "strokeJoin": "round"} if halo else mark


def _edges(edges: Sequence[Edge], width: int) -> list[Spec]:
    """Dashed lines across the bars with their names above, on two levels where there is little room."""
    layers: list[Spec] = []
    for position, edge in enumerate(edges):
        data = {"values": [{"value": float(edge.value), "label": edge.label}]}
        x = {"field": "value", "type": "quantitative"}
        raised = 15 if width == NARROW and position % 2 else 0
        line = {"type": "rule", "color": INK_2, "strokeDash": [4, 3], "strokeWidth": 1}
        words = {"type": "text", "baseline": "bottom", "dy": -4 - raised, "fontSize": 12, "color": INK_2}
        layers.append({"data": data, "mark": line, "encoding": {"x": x, "y": None}})
        layers.append(
            {"data": data, "mark": words, "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "label"}}}
        )
    return layers


def _named(order: int, name: str, letters: int) -> dict[str, Any]:
    lines = wrapped(name, letters)
    return {"order": order, "name": lines, "lines": len(lines)}


def _line_height(width: int) -> int:
    return 16 if width == WIDE else 15


def _step(rows: Sequence[dict[str, Any]], width: int, least: int = 28) -> int:
    """The height of a row: room for the longest name."""
    return max(least, _line_height(width) * max((int(row["lines"]) for row in rows), default=1) + 8)


def _names(rows: Sequence[dict[str, Any]], width: int) -> list[Spec]:
    """The names left of the bars, each block of lines centred on its row (an axis would centre the first line)."""
    height = _line_height(width)
    layers = []
    for lines in sorted({int(row["lines"]) for row in rows}):
        mark = {
            "type": "text", "align": "right", "baseline": "middle", "lineHeight": height, "color": INK,
            "fontSize": 13 if width == WIDE else 12, "dy": -(lines - 1) * height / 2,
        }  # fmt: skip
        encoding = {
            "x": {"value": -8},
            "text": {"field": "name"},
            "y": {"field": "order", "type": "ordinal", "title": None, "axis": None},
        }
        layers.append(
            {"data": {"values": [row for row in rows if row["lines"] == lines]}, "mark": mark, "encoding": encoding}
        )
    return layers


@dataclass(frozen=True, slots=True)
class Compared:
    """One item in shares of its maximum: what its figures give, what was claimed, what was granted (None: nothing)."""

    name: str
    computed: Fraction
    claimed: Fraction | None
    granted: Fraction | None


def comparison_chart(items: Sequence[Compared], alternative: str) -> Chart:
    """A line an item from the smallest to the largest of its points, with a different shape for each origin."""
    return _drawn(alternative, lambda width: _comparison(items, width))


def _comparison(items: Sequence[Compared], width: int) -> Spec:
    room, letters = (330, 48) if width == WIDE else (118, 17)
    heads = [_named(order, item.name, letters) for order, item in enumerate(items)]
    kinds = (text("tự chấm"), text("thẩm định"), text("tính từ số liệu"))
    rows = [
        {"order": order, "kind": kind, "value": float(value * 100)}
        for order, item in enumerate(items)
        for kind, value in zip(kinds, (item.claimed, item.granted, item.computed), strict=True)
        if value is not None
    ]
    y: Spec = {"field": "order", "type": "ordinal", "title": None, "axis": None}
    x: Spec = {
        "field": "value", "type": "quantitative", "title": text("phần trăm điểm tối đa của mục"),
        "scale": {"domain": [0, 100]},
        "axis": {"values": [0, 50, 100] if width == NARROW else [0, 25, 50, 75, 100], "labelExpr": "datum.value + '%'"},
    }  # fmt: skip
    line: Spec = {
        "mark": {"type": "rule", "color": LINE, "strokeWidth": 3},
        "encoding": {"y": y, "x": {"aggregate": "min", **x}, "x2": {"aggregate": "max", "field": "value"}},
    }
    return {
        "width": width - room - 30,
        "height": {"step": _step(heads, width, 44)},
        "data": {"values": rows},
        "layer": [line, *_points(kinds, x, y), *_names(heads, width)],
    }


def _points(kinds: tuple[str, str, str], x: Spec, y: Spec) -> list[Spec]:
    """A wide hollow circle, a small square, a smaller diamond: all three can be seen where they meet."""
    by_kind: Spec = {
        "field": "kind",
        "type": "nominal",
        "title": None,
        "legend": {"orient": "top", "direction": "horizontal"},
    }

    def scaled(*values: object) -> Spec:
        return {**by_kind, "scale": {"domain": list(kinds), "range": list(values)}}

    encoding = {
        "x": x,
        "y": y,
        "shape": scaled("circle", "square", "diamond"),
        "stroke": scaled(INK_2, ERROR, BRAND),
        "fill": scaled("transparent", ERROR, BRAND),
    }
    return [
        {
            "transform": [{"filter": {"field": "kind", "equal": kind}}],
            "mark": {"type": "point", "size": size, "strokeWidth": 2, "opacity": 1},
            "encoding": encoding,
        }
        for kind, size in zip(kinds, (300, 60, 40), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a stacked bar: the bar, the part, how many."""

    name: str
    part: str
    count: int


def stacked_chart(shares: Sequence[Share], parts: Sequence[str], alternative: str) -> Chart:
    """Stacked bars of counts with the number in each part; ``parts`` from the gravest."""
    return _drawn(alternative, lambda width: _stacked(shares, parts, width))


def _stacked(shares: Sequence[Share], parts: Sequence[str], width: int) -> Spec:
    rows = [
        {"name": one.name, "part": one.part, "count": one.count, "order": parts.index(one.part)}
        for one in shares
        if one.count
    ]
    room = 90 if width == WIDE else 66
    stacked: Spec = {"field": "count", "type": "quantitative", "stack": "zero", "title": None, "axis": None}
    return {
        "width": width - room - 20,
        "height": {"step": 44},
        "data": {"values": rows},
        "encoding": {
            "y": {
                "field": "name", "type": "nominal", "title": None, "sort": None,
                "axis": {"domain": False, "ticks": False, "labelLimit": room},
            },
            "order": {"field": "order"},
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.6}, "stroke": "#ffffff", "strokeWidth": 2},
                "encoding": {
                    "x": stacked,
                    "color": {
                        "field": "part", "type": "nominal", "title": None,
                        "scale": {"domain": list(parts), "range": [ERROR, "#e0b060", "#c3d3e8"]},
                        "legend": {"orient": "top", "symbolType": "square"},
                    },
                },
            },
            {
                "mark": {"type": "text", "fontSize": 13, "fontWeight": 600, "align": "center"},
                "encoding": {
                    "x": {**stacked, "bandPosition": 0.5},
                    "text": {"field": "count"},
                    "color": {"condition": {"test": "datum.order == 0", "value": "#ffffff"}, "value": INK},
                },
            },
        ],
    }  # fmt: skip


# --- drawing -------------------------------------------------------------------------------------------------------


def wrapped(name: str, letters: int) -> list[str]:
    """``name`` in lines of about so many letters, at most three."""
    lines: list[str] = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > letters:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return [*lines[:2], lines[2] + " …"] if len(lines) > 3 else lines


def _drawn(alternative: str, spec: Callable[[int], Spec]) -> Chart:
    return Chart(alternative, _svg(spec(WIDE), WIDE), _svg(spec(NARROW), NARROW))


def _svg(spec: Spec, width: int) -> str:
    import vl_convert

    size = 13 if width == WIDE else 12
    config: Spec = {
        "font": FONT,
        "background": None,
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": size, "labelColor": INK, "labelPadding": 6, "gridColor": LINE, "domainColor": NOTE,
            "tickColor": NOTE, "titleFontSize": 12, "titleColor": INK_2, "titleFontWeight": "normal",
        },
        "legend": {"labelFontSize": size, "labelColor": INK, "symbolSize": 110, "titleColor": INK},
    }  # fmt: skip
    full = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "padding": 4, "config": config, **spec}
    drawn = str(vl_convert.vegalite_to_svg(full, vl_version="5.20"))
    return _inline(drawn)


def _inline(svg: str) -> str:
    """The drawing for use inside a page: hidden from readers (its finding stands beside it), scaled to its place."""
    opened = re.sub(r"<svg\b", '<svg aria-hidden="true" focusable="false"', svg, count=1)
    return re.sub(r'\s(role|aria-roledescription|aria-label)="[^"]*"', "", opened)
