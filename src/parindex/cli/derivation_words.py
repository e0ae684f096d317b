"""Derivations for a reader."""

from __future__ import annotations

from parindex.cli import terminal
from parindex.cli.graded_words import by_points
from parindex.cli.index_table import index_table
from parindex.domain.criteria.criteria_set import SURVEYED, CriteriaSet, Node, RuleData
from parindex.domain.index.child_sums import ChildSum
from parindex.domain.index.explain import IndexDerivation, ItemDerivation, Line, NodeDerivation
from parindex.domain.index.item_states import ItemState
from parindex.domain.index.result import PointsOfMaximum, UnitResult
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.values import Rounding, RoundingMode
from parindex.wording import numbers, terms
from parindex.wording.language import mark, text
from parindex.wording.reasons import trace_lines

#: The order in which points are considered, for the reader who asks why one stands before another.
PRECEDENCE = mark("thẩm định, cơ quan quản lý số liệu, điều tra, tự đánh giá, quy tắc")

Derivation = ItemDerivation | NodeDerivation | IndexDerivation


def derivation_words(derived: Derivation, made: CriteriaSet, view: UnitResult) -> str:
    """The derivation as text: the result first, then what led to it. ``view`` is the unit that it is derived for."""
    if isinstance(derived, ItemDerivation):
        lines = _item(derived, made)
    elif isinstance(derived, NodeDerivation):
        lines = _node(derived)
    else:
        lines = _index(derived, made, view)
    return "\n".join(lines)


# --- an item -------------------------------------------------------------------------------------------------------


def _item(derived: ItemDerivation, made: CriteriaSet) -> list[str]:
    parts = {part.id: part.title for part in made.parts}
    points = text(
        "{points} trên {maximum}",
        points=numbers.points_text(derived.points),
        maximum=numbers.points_text(derived.max_points),
    )
    lines = [
        *_head(derived.unit.full_title, derived.node),
        "",
        _pair(text("Điểm"), points if derived.state is ItemState.ANSWERED else terms.item_state(derived.state)),
        _pair(text("Ai cho"), _giver(derived)),
    ]
    if derived.part:
        lines.append(_pair(text("Phần điểm"), parts.get(derived.part) or derived.part))
    if derived.entry is not EntryState.NO_ENTRY:
        lines.append(_pair(text("Phiếu chấm"), terms.entry_state(derived.entry)))
    if derived.reason:
        lines.append(_pair(text("Lý do"), derived.reason))
    lines.extend(["", *_claims(derived), "", *_rule(derived, made)])
    if derived.node.note:
        lines.extend(["", _pair(text("Ghi chú"), derived.node.note)])
    if derived.node.reference:
        lines.extend(["", _pair(text("Nguồn"), derived.node.reference)])
    return lines


def _giver(derived: ItemDerivation) -> str:
    """Who gave the points that count; where the state sets points aside, that nobody's count, and whose are kept."""
    if derived.state is ItemState.ANSWERED or derived.origin is Origin.NONE:
        return terms.origin(derived.origin)
    return text(
        "không ai: mục ở trạng thái “{state}” nên điểm {origin} để riêng, không tính",
        state=_reason_state(derived),
        origin=terms.origin(derived.origin),
    )


def _reason_state(derived: ItemDerivation) -> str:
    """What the sheet says, or why the item is out where no sheet says it."""
    said = derived.entry not in (EntryState.NO_ENTRY, EntryState.ANSWERED)
    return terms.entry_state(derived.entry) if said else terms.item_state(derived.state)


def _claims(derived: ItemDerivation) -> list[str]:
    """Every origin of points beside each other, the one that counts marked."""
    rows = []
    for one in reversed(derived.typed):
        agrees = {None: "", True: text("khớp với quy tắc"), False: text("khác với quy tắc")}[one.agrees]
        rows.append([_counts(derived, one.origin), terms.origin(one.origin), numbers.points_text(one.points), agrees])
    if derived.trace is not None:
        rule = numbers.points_text(derived.rule_points)
        rows.append([_counts(derived, Origin.RULE), terms.origin(Origin.RULE), rule, ""])
    if not rows:
        return [text("Chưa ai cho điểm và mục không có quy tắc.")]
    heads = ["", text("Nguồn điểm"), text("Điểm"), ""]
    lines = [terminal.table(heads, rows, "<<><"), text("Thứ tự ưu tiên: {order}.", order=text(PRECEDENCE))]
    if derived.survey_source or derived.survey_error is not None:
        error = (
            text("; sai số chuẩn {value}", value=numbers.points_text(derived.survey_error))
            if derived.survey_error is not None
            else ""
        )
        lines.append(text("Điều tra: {source}", source=derived.survey_source or "–") + error)
    return lines


def _counts(derived: ItemDerivation, origin: Origin) -> str:
    return "→" if derived.origin is origin and derived.state is ItemState.ANSWERED else ""


def _child_sum(one: ChildSum, made: CriteriaSet) -> str:
    """What a figure is the sum of, child unit by child unit; a figure that is not entered keeps the sum open."""
    parts = "; ".join(
        f"{unit.title} {text('chưa nhập') if value is None else numbers.number(value)}" for unit, value in one.parts
    )
    title = made.measures[one.measure].title
    if one.own:
        parts += "; " + text("của chính đơn vị {own}", own=numbers.number(one.own))
    return text("{title} ({year}) là tổng của đơn vị con: {parts}", title=title, year=one.year, parts=parts)


def _rule(derived: ItemDerivation, made: CriteriaSet) -> list[str]:
    if derived.trace is None:
        if derived.node.source in SURVEYED:
            return [text("Quy tắc: không có; điểm lấy từ điều tra.")]
        return [text("Quy tắc: không có; điểm nhập tay.")]
    lines = [terminal.wrapped(text("Quy tắc") + _basis(derived.rule), terminal.width(), "  ", "")]
    for line in trace_lines(derived.trace, made.measures):
        indent = "  " * (line.level + 1)
        lines.append(terminal.wrapped(line.words, terminal.width(), indent + "  ", indent))
    lines += [terminal.wrapped(_child_sum(one, made), terminal.width(), "    ", "  ") for one in derived.sums]
    if derived.step is not None and derived.rule_points is not None:
        rounded = derived.step.apply(derived.rule_points)
        if rounded != derived.rule_points:
            lines.append(
                "  "
                + text(
                    "làm tròn {step}: {points}",
                    step=rounding_words(derived.step),
                    points=numbers.points_text(rounded, 12),
                )
            )
    return lines


def _basis(rule: RuleData | None) -> str:
    if rule is None:
        return ":"
    if rule.assumed:
        note = text("giả định, văn bản không nêu")
    elif rule.proposed:
        note = text("đề xuất khi đọc, chưa ai xác nhận")
    else:
        note = ""
    words = "; ".join(word for word in (note, terminal.clean(rule.clause)) if word)
    return f" ({words}):" if words else ":"


def rounding_words(step: Rounding) -> str:
    """A declared rounding step."""
    if step.mode is RoundingMode.TRUNCATED:
        return text("cắt còn {places} chữ số", places=step.places)
    return text("{places} chữ số, 5 làm tròn lên", places=step.places)


# --- a node and the index ------------------------------------------------------------------------------------------


def _node(derived: NodeDerivation) -> list[str]:
    return [
        *_head(derived.unit.full_title, derived.node),
        "",
        _pair(text("Điểm"), _of(derived.of)),
        "",
        _lines_table(derived.children, derived.of),
    ]


def _index(derived: IndexDerivation, made: CriteriaSet, view: UnitResult) -> list[str]:
    edge = derived.next_grade[1] if derived.next_grade and not by_points(made) else None
    lines = [
        terminal.heading(derived.unit.full_title),
        "",
        _pair(text("Chỉ số"), numbers.index_text(derived.index, edge)),
        _pair(text("Xếp loại"), _grade(derived, made)),
        _pair(text("Xếp hạng"), _rank(derived)),
    ]
    if any(one.state is ItemState.PENDING for one in derived.removed):
        lines.append(text("Tạm tính: các mục chờ kết quả chưa tính vào điểm và điểm tối đa."))
    elif derived.provisional:
        lines.append(text("Tạm tính: còn số liệu phải nhập hoặc việc phải quyết định; parindex score nêu từng việc."))
    lines.extend(["", index_table(made, view, lambda value: numbers.index_text(value, edge)), "", *_formula(derived)])
    if derived.removed:
        lines.extend(["", text("Không tính vào điểm tối đa:")])
        for one in derived.removed:
            words = f"{one.code} {one.title} ({numbers.points_text(one.max_points)}): {terms.item_state(one.state)}"
            lines.append(
                terminal.wrapped(words + (f"; {one.reason}" if one.reason else ""), terminal.width(), "    ", "  • ")
            )
    return lines


def _formula(derived: IndexDerivation) -> list[str]:
    if derived.exact is None and derived.inside.max_points > 0:
        return [text("Đơn vị chưa có số liệu: không có chỉ số, không xếp loại, không xếp hạng.")]
    if derived.exact is None:
        return [text("Không còn mục nào để đánh giá: không có tỷ lệ phần trăm.")]
    above, below = numbers.points_text(derived.points, 12), numbers.points_text(derived.inside.max_points)
    joint = numbers.equals(derived.exact, places=8)
    lines = [f"{above} ÷ {below} × 100 {joint} {numbers.points_text(derived.exact, 8)}%"]
    if derived.cap is not None and derived.exact > derived.cap:
        lines.append(text("không vượt quá {cap}%", cap=numbers.points_text(derived.cap)))
    if derived.step is not None:
        lines.append(
            text(
                "làm tròn {step}: {points}%",
                step=rounding_words(derived.step),
                points=numbers.points_text(derived.index, 12),
            )
        )
    return lines


def _grade(derived: IndexDerivation, made: CriteriaSet) -> str:
    if derived.grade is None:
        return "–"
    words = text("{grade} (từ {lower} điểm)") if by_points(made) else text("{grade} (từ {lower}%)")
    words = words.format(grade=derived.grade, lower=numbers.points_text(derived.grade_lower))
    if derived.next_grade is not None and derived.graded is not None:
        title, lower = derived.next_grade
        short = numbers.short_of(lower - derived.graded)
        words += "; " + text("thiếu {points} để đạt {grade}", points=short, grade=title)
    return words


def _rank(derived: IndexDerivation) -> str:
    if derived.rank is None:
        return text("không xếp hạng")
    words = text("{rank} trên {ranked}", rank=derived.rank, ranked=derived.ranked)
    return words + (", " + text("đồng hạng {tied} đơn vị", tied=derived.tied) if derived.tied > 1 else "")


def _lines_table(lines: tuple[Line, ...], whole: PointsOfMaximum) -> str:
    rows = [
        [
            line.code,
            line.title,
            *_three(line.of),
            terms.item_state(line.state) if line.state not in (None, ItemState.ANSWERED) else "",
        ]
        for line in lines
    ]
    rows.append(["", text("Cộng"), *_three(whole), ""])
    heads = [text("Mã"), text("Nội dung"), text("Điểm"), text("Điểm tối đa"), text("Tỷ lệ"), ""]
    return terminal.table(heads, rows, "<<>>><", total=True)


def _three(of: PointsOfMaximum) -> list[str]:
    return [numbers.points_text(of.points), numbers.points_text(of.max_points), numbers.percent(of.per_cent)]


def _of(of: PointsOfMaximum) -> str:
    words = text(
        "{points} trên {maximum}", points=numbers.points_text(of.points), maximum=numbers.points_text(of.max_points)
    )
    return f"{words} ({numbers.percent(of.per_cent)})"


def _head(unit: str, node: Node) -> list[str]:
    return [
        terminal.clean(unit),
        terminal.wrapped(f"{node.code} {node.title}", terminal.width()),
        "─" * terminal.width(),
    ]


def _pair(name: str, value: str) -> str:
    start = terminal.padded(name + ":", 14)
    return terminal.wrapped(value, terminal.width(), " " * 14, start)
