"""Tables in the shapes that offices make, drawn at random: right in every figure, or with one misprinted cell.

Totals above and below, groups by Roman numerals, children behind dashes, "trong đó" columns, columns that their numbers
explain ("(3)=(1)-(2)"), plans and results, years, weights, maxima, ranks, means, shares of the whole.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from tests.papers.drawn_tables import UNITS, Drawn, printed, rounded

_HUNDRED = Fraction(100)


def _percent(part: Fraction | int, whole: Fraction | int, places: int) -> str:
    return printed(rounded(Fraction(part) / whole * _HUNDRED, places), places)


def _count(value: Fraction | int) -> str:
    return printed(Fraction(value), 0, thousands=True)


def _points(value: Fraction) -> str:
    return printed(value, 2)


def _cells(rows: list[list[str]], columns: tuple[int, ...]) -> list[tuple[int, int]]:
    """The cells of some columns in which a figure of more than one digit stands."""
    return [
        (at, column)
        for at, row in enumerate(rows)
        for column in columns
        if sum(letter.isdigit() for letter in row[column]) > 1
    ]


def budget(draw: Random) -> Drawn:
    """Revenue and spending with parts behind dashes, or only below, plan and result, per cent of the plan."""
    names = {
        "Tổng thu ngân sách": ("Thu nội địa", "Thu từ hoạt động xuất nhập khẩu", "Thu viện trợ"),
        "Tổng chi ngân sách": ("Chi đầu tư phát triển", "Chi thường xuyên", "Chi trả nợ lãi", "Dự phòng ngân sách"),
    }
    mark = draw.choice(["- ", "+ ", "– ", ""])
    own_column = bool(mark) and draw.random() < 0.4
    rows = []
    for number, (name, parts) in enumerate(names.items(), start=1):
        plans = [draw.randint(10_000, 900_000) for _ in parts]
        results = [plan * draw.randint(80, 125) // 100 for plan in plans]
        lines = [(name, sum(plans), sum(results)), *zip(parts, plans, results, strict=True)]
        for at, (title, plan, result) in enumerate(lines):
            code = (str(number) if mark else "") if not at else mark.strip() if own_column else ""
            words = title if not at or own_column else mark + title
            rows.append([code, words, _count(plan), _count(result), _percent(result, plan, 1)])
    head = [["STT", "Nội dung", "Dự toán", "Thực hiện", "So sánh thực hiện với dự toán (%)"]]
    return Drawn(head, rows, _cells(rows, (2, 3, 4)))


def staff(draw: Random) -> Drawn:
    """Posts by office in groups of Roman numerals, the total above or below, posts left, share, women."""
    below = draw.random() < 0.5
    rows: list[tuple[str, str, list[int]]] = []
    groups = []
    for roman, name in zip(("I", "II", "III"), ("Sở, ban, ngành", "UBND cấp huyện", "Đơn vị khác"), strict=True):
        own = []
        for number, unit in enumerate(draw.sample(UNITS, draw.randint(3, 6)), start=1):
            given = draw.randint(30, 400)
            present = given - draw.randint(0, given // 8)
            own.append((str(number), unit, [given, present, given - present, draw.randint(10, present - 10)]))
        group = [sum(column) for column in zip(*(values for _, _, values in own), strict=True)]
        groups.append(group)
        rows += [(roman, name, group), *own]
    whole = ("", draw.choice(["TỔNG CỘNG", "Tổng số", "Cộng"]), [sum(column) for column in zip(*groups, strict=True)])
    rows.insert(len(rows) if below else 0, whole)
    texts = [
        [code, name, *map(_count, values[:3]), _percent(values[1], values[0], 2), _count(values[3])]
        for code, name, values in rows
    ]
    head = [["TT", "Cơ quan, đơn vị", "Biên chế giao", "Có mặt", "Chưa sử dụng", "Tỷ lệ có mặt (%)", "Trong đó: nữ"]]
    return Drawn(head, texts, _cells(texts, (2, 3, 4, 5, 6)))


def dossiers(draw: Random) -> Drawn:
    """Dossiers under a head of two rows: all, "trong đó" online and direct; solved in time and late; the share."""
    rows = []
    for unit in draw.sample(UNITS, draw.randint(5, 10)):
        online, direct, late = draw.randint(200, 20_000), draw.randint(50, 9_000), draw.randint(0, 60)
        rows.append((unit, [online + direct, online, direct, online + direct - late, late]))
    whole = [sum(each) for each in zip(*(values for _, values in rows), strict=True)]
    rows.append((draw.choice(["Tổng cộng", "Tổng", "Toàn tỉnh"]), whole))
    texts = [
        [str(at) if at < len(rows) else "", unit, *map(_count, values), _percent(values[3], values[0], 2)]
        for at, (unit, values) in enumerate(rows, start=1)
    ]
    head = [
        ["STT", "Đơn vị", "Tổng số hồ sơ tiếp nhận", "Trong đó", "", "Đã giải quyết", "", "Tỷ lệ đúng hạn (%)"],
        ["", "", "", "Trực tuyến", "Trực tiếp, bưu chính", "Trước và đúng hạn", "Quá hạn", ""],
    ]
    return Drawn(head, texts, _cells(texts, (2, 3, 4, 5, 6, 7)))


def numbered(draw: Random) -> Drawn:
    """Columns that their numbers explain: (3)=(1)-(2), (4)=(2)/(1)."""
    rows = []
    for at, unit in enumerate(draw.sample(UNITS, draw.randint(4, 8)), start=1):
        given = draw.randint(5_000, 90_000)
        spent = given * draw.randint(600, 999) // 1000
        rows.append([str(at), unit, _count(given), _count(spent), _count(given - spent), _percent(spent, given, 2)])
    head = [
        ["STT", "Đơn vị", "Kế hoạch vốn giao", "Giải ngân", "Chưa giải ngân", "Kết quả"],
        ["A", "B", "(1)", "(2)", "(3)=(1)-(2)", "(4)=(2)/(1)"],
    ]
    return Drawn(head, rows, _cells(rows, (2, 3, 4, 5)))


def years(draw: Random) -> Drawn:
    """Figures of three years, the difference and the growth of the last."""
    rows = []
    for name in draw.sample(UNITS, draw.randint(4, 9)):
        values = [draw.randint(1_000, 60_000)]
        for _ in range(2):
            values.append(values[-1] * draw.randint(85, 125) // 100)
        change = values[2] - values[1]
        rows.append([name, *map(_count, values), _count(change), _percent(change, values[1], 2)])
    names = [f"Năm {year}" for year in (2022, 2023, 2024)]
    head = [["Đơn vị", *names, "Tăng/giảm so với năm 2023", "Tỷ lệ tăng/giảm (%)"]]
    return Drawn(head, rows, _cells(rows, (2, 3, 4, 5)))


def weighted(draw: Random) -> Drawn:
    """Points times weights, with the total of both."""
    shares = draw.choice([(30, 20, 20, 15, 15), (25, 25, 20, 10, 10, 10), (15, 15, 15, 15, 15, 15, 10)])
    rows, total = [], Fraction(0)
    for at, weight in enumerate(shares, start=1):
        points = Fraction(draw.randint(600, 990), 10)
        made = points * weight / 100
        total += made
        rows.append([str(at), f"Tiêu chí {at}", str(weight), printed(points, 1), printed(made, 3)])
    rows.append(["", "Tổng cộng", "100", "", printed(total, 3)])
    head = [["TT", "Tiêu chí", "Trọng số (%)", "Điểm đạt được", "Điểm quy đổi"]]
    return Drawn(head, rows, [*_cells(rows[:-1], (3, 4)), (len(rows) - 1, 4)])


def maxima(draw: Random) -> Drawn:
    """Points of areas against their maxima, lost points, the share, the total."""
    rows = []
    for at in range(1, draw.randint(6, 9)):
        most = Fraction(draw.randint(20, 70), 4)
        own = most - Fraction(draw.randint(0, 12), 4)
        held = own - Fraction(draw.randint(0, 40), 100)
        rows.append((str(at), f"Lĩnh vực {at}", [most, own, held]))
    rows.append(("", "Tổng điểm", [sum(each, Fraction(0)) for each in zip(*(row[2] for row in rows), strict=True)]))
    texts = [
        [code, name, *map(_points, values), _points(values[1] - values[2]), _percent(values[2], values[0], 2)]
        for code, name, values in rows
    ]
    head = [["STT", "Lĩnh vực", "Điểm tối đa", "Điểm tự chấm", "Điểm thẩm định", "Chênh lệch", "Tỷ lệ (%)"]]
    return Drawn(head, texts, _cells(texts, (2, 3, 4, 5, 6)))


def ranks(draw: Random) -> Drawn:
    """Points and ranks of two years, and by how much both moved."""
    units = draw.sample(UNITS, draw.randint(6, 14))
    now = {unit: Fraction(draw.randint(7_000, 9_600), 100) for unit in units}
    before = {unit: Fraction(draw.randint(7_000, 9_600), 100) for unit in units}
    rows = []
    for at, unit in enumerate(sorted(units, key=lambda one: -now[one]), start=1):
        places = [1 + sum(other > scores[unit] for other in scores.values()) for scores in (now, before)]
        moved = [_points(now[unit] - before[unit]), str(places[1] - places[0])]
        rows.append([str(at), unit, _points(now[unit]), str(places[0]), _points(before[unit]), str(places[1]), *moved])
    head = [
        [
            *("STT", "Đơn vị", "Điểm năm 2024", "Xếp hạng năm 2024", "Điểm năm 2023", "Xếp hạng năm 2023"),
            *("Tăng/giảm điểm", "Tăng/giảm bậc"),
        ]
    ]
    return Drawn(head, rows, _cells(rows, (2, 4, 6)))


def means(draw: Random) -> Drawn:
    """Per cents by unit, their mean across, and a last row of the means of the columns."""
    values = [[Fraction(draw.randint(7_000, 9_900), 100) for _ in range(4)] for _ in range(draw.randint(5, 9))]
    names = draw.sample(UNITS, len(values))
    lines = [[*row, rounded(sum(row, Fraction(0)) / 4, 2)] for row in values]
    last = [rounded(sum(each, Fraction(0)) / len(lines), 2) for each in zip(*lines, strict=True)]
    rows = [[str(at), name, *map(_points, row)] for at, (name, row) in enumerate(zip(names, lines, strict=True), 1)]
    rows.append(["", "Trung bình", *map(_points, last)])
    head = [["STT", "Đơn vị", "Tiếp cận", "Thủ tục", "Công chức", "Kết quả", "Chỉ số trung bình"]]
    return Drawn(head, rows, _cells(rows, (2, 3, 4, 5, 6)))


def shares(draw: Random) -> Drawn:
    """People by degree with each one's share of all."""
    names = ("Tiến sĩ", "Thạc sĩ", "Đại học", "Cao đẳng", "Trung cấp", "Sơ cấp", "Chưa qua đào tạo")
    counts = [draw.randint(20, 3_000) for _ in names]
    above = draw.random() < 0.5
    rows = [[name, _count(count), _percent(count, sum(counts), 2)] for name, count in zip(names, counts, strict=True)]
    rows.insert(0 if above else len(rows), ["Tổng số", _count(sum(counts)), "100"])
    head = [["Trình độ", "Số lượng (người)", "Tỷ lệ (%)"]]
    return Drawn(head, rows, [one for one in _cells(rows, (1, 2)) if rows[one[0]][one[1]] != "100"])


SHAPES = (budget, staff, dossiers, numbered, years, weighted, maxima, ranks, means, shares)


def misprinted(drawn: Drawn, draw: Random) -> tuple[int, int, str] | None:
    """Changes a held cell by one misprint, two digits exchanged or one that is another; where (row, column), and what
    stood there. None where the cell has no such misprint that changes it by more than rounding.
    """
    row, column = draw.choice(drawn.held)
    right = drawn.rows[row][column]
    places = [at for at, letter in enumerate(right) if letter.isdigit()]
    telling = places[:-1] if "," in right else places
    at = draw.choice(telling)
    after = places[places.index(at) + 1] if at != places[-1] else None
    letters = list(right)
    if after is not None and letters[at] != letters[after] and draw.random() < 0.6:
        letters[at], letters[after] = letters[after], letters[at]
    else:
        letters[at] = draw.choice([one for one in "123456789" if one != letters[at]])
    wrong = "".join(letters)
    if wrong.lstrip("-").startswith("0") and not right.lstrip("-").startswith("0"):
        return None
    drawn.rows[row][column] = wrong
    return row, column, right
