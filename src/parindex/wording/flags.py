"""What the system notices about an item, in words: what, where, by how much, and how to mend it; short for a list."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from parindex.documents.arithmetic.stored_findings import finding_from_data
from parindex.domain.review.flags import FlagKind, Severity
from parindex.domain.scoring.outcome import NoPoints
from parindex.domain.values import Rounding, exact_number
from parindex.wording import statements
from parindex.wording.language import mark, text
from parindex.wording.numbers import exact_figure, number, percent, percent_text, points_text
from parindex.wording.reason_words import no_points

_HEADS = {
    FlagKind.CLAIM_NOT_RULE: mark("Điểm tự chấm khác quy tắc"),
    FlagKind.IMPOSSIBLE_FIGURES: mark("Số liệu không thể có"),
    FlagKind.NO_EVIDENCE: mark("Thiếu tài liệu kiểm chứng"),
    FlagKind.PAPER_NOT_ATTACHED: mark("Văn bản viện dẫn chưa có tệp"),
    FlagKind.PAPER_TWO_DATES: mark("Một văn bản, hai ngày"),
    FlagKind.FILE_OF_OTHER_YEAR: mark("Tệp đã dùng cho năm khác"),
    FlagKind.FAR_FROM_LAST_YEAR: mark("Khác xa năm trước"),
    FlagKind.FAR_FROM_PEERS: mark("Khác xa các đơn vị cùng nhóm"),
    FlagKind.MAXIMUM_ON_NOTHING: mark("Điểm tối đa khi không phát sinh"),
    FlagKind.NOT_EXTERNAL_FIGURE: mark("Khác nguồn ngoài"),
    FlagKind.NOT_OTHER_FIGURE: mark("Khác tổng của đơn vị trực thuộc"),
    FlagKind.FIGURES_APART: mark("Số trong giải trình không khớp"),
    FlagKind.JUDGED_DIFFERENTLY: mark("Thẩm định khác đơn vị giống hệt"),
}
_SEVERITIES = {
    Severity.ERROR: mark("Mâu thuẫn"),
    Severity.WARN: mark("Cần xem lại"),
    Severity.INFO: mark("Để biết"),
}


class Worded(Protocol):
    """A flag that was found, or one that is stored."""

    @property
    def kind(self) -> Any: ...
    @property
    def facts(self) -> Any: ...


def flag_head(kind: str) -> str:
    """What flags of a kind are called."""
    return text(_HEADS[FlagKind(kind)])


def severity_words(severity: str) -> str:
    """How grave a flag is."""
    return text(_SEVERITIES[Severity(severity)])


def flag_words(flag: Worded) -> str:
    """A flag as a sentence or two: what is so, and what to do."""
    return _LONG[FlagKind(flag.kind)](_facts(flag))


def flag_line(flag: Worded) -> str:
    """The same in a few words, for a line of a list."""
    return _SHORT[FlagKind(flag.kind)](_facts(flag))


def _facts(flag: Worded) -> Mapping[str, Any]:
    facts: Mapping[str, Any] = json.loads(flag.facts) if isinstance(flag.facts, str) else flag.facts
    return facts


def _points(written: str) -> str:
    return points_text(exact_number(written))


def _figure(written: str) -> str:
    return exact_figure(exact_number(written)) if "/" not in written else number(exact_number(written))


def _per_cent_of(facts: Mapping[str, Any]) -> str:
    whole = exact_number(facts["whole"])
    return percent(exact_number(facts["part"]) * 100 / whole) if whole > 0 else ""


# --- claim and rule ---------------------------------------------------------------------------------------------------


def _claim(facts: Mapping[str, Any]) -> str:
    if "max_points" in facts:
        return text(
            "Đơn vị chấm {claimed}, mục này nay tối đa {most}. Điều chỉnh điểm, hoặc hỏi đơn vị.",
            claimed=_points(facts["claimed"]), most=_points(facts["max_points"]),
        )  # fmt: skip
    said = {"claimed": _points(facts["claimed"]), "rule": _points(facts["rule_points"])}
    if facts["is_assumed"]:
        return text(
            "Đơn vị chấm {claimed}, quy tắc giả định cho {rule}. Đối chiếu với hướng dẫn chấm điểm: quy tắc này không "
            "có trong văn bản.",
            **said,
        )
    return text(
        "Đơn vị chấm {claimed}, quy tắc tính từ số liệu được {rule}. Sửa điểm hoặc số liệu, hoặc nêu căn cứ trong giải "
        "trình.",
        **said,
    )


def _claim_line(facts: Mapping[str, Any]) -> str:
    if "max_points" in facts:
        most = _points(facts["max_points"])
        return text("Chấm {claimed}, tối đa {most}", claimed=_points(facts["claimed"]), most=most)
    rule = _points(facts["rule_points"])
    return text("Chấm {claimed}, quy tắc {rule}", claimed=_points(facts["claimed"]), rule=rule)


def _impossible(facts: Mapping[str, Any]) -> str:
    if "part" not in facts:
        reason = no_points(NoPoints[str(facts["reason"]).upper()])
        return text("Quy tắc chưa cho điểm: {reason}. Kiểm tra lại số liệu của mục.", reason=reason)
    said = {"part": _figure(facts["part"]), "whole": _figure(facts["whole"]), "share": _per_cent_of(facts)}
    if facts["reason"] == "impossible":
        return text("Tử số {part} mà mẫu số {whole}. Kiểm tra lại hai số.", **said)
    if "swapped" in facts:
        swapped = percent_text(exact_number(facts["swapped"]))
        return text(
            "Tử số {part} lớn hơn mẫu số {whole}. Tỷ lệ {swapped} đơn vị ghi chỉ đúng khi đảo hai số: kiểm tra rồi "
            "đổi lại.",
            **said,
            swapped=swapped,
        )
    return text(
        "Tử số {part} lớn hơn mẫu số {whole}: tỷ lệ {share} vượt 100%. Kiểm tra hai số, hoặc nêu vì sao vượt tổng.",
        **said,
    )


def _impossible_line(facts: Mapping[str, Any]) -> str:
    if "part" not in facts:
        return no_points(NoPoints[str(facts["reason"]).upper()])
    if facts["reason"] == "impossible" or "swapped" in facts:
        return text("Tử số lớn hơn mẫu số")
    return text("Tỷ lệ {share} vượt 100%", share=_per_cent_of(facts))


def _nothing(facts: Mapping[str, Any]) -> str:
    return text(
        "Không phát sinh (0/0) nên quy tắc cho trọn {points} điểm. Xác nhận trong năm đúng là không phát sinh, kèm "
        "văn bản.",
        points=_points(facts["points"]),
    )


def _nothing_line(facts: Mapping[str, Any]) -> str:
    return text("{points} điểm vì không phát sinh (0/0)", points=_points(facts["points"]))


# --- papers -----------------------------------------------------------------------------------------------------------


def _no_evidence(facts: Mapping[str, Any]) -> str:
    if facts["is_demanded"]:
        return text("Có điểm nhưng chưa có tài liệu nào, trong khi mục yêu cầu. Gắn tài liệu kiểm chứng.")
    return text("Có điểm nhưng không có tài liệu, viện dẫn hay giải trình nào. Gắn tài liệu hoặc viết giải trình.")


def _no_evidence_line(facts: Mapping[str, Any]) -> str:
    return text("Thiếu tài liệu kiểm chứng") if facts["is_demanded"] else text("Không tài liệu, không giải trình")


def _not_attached(facts: Mapping[str, Any]) -> str:
    papers, more = ", ".join(facts["papers"]), facts["count"] - len(facts["papers"])
    if more:
        return text(
            "{count} văn bản viện dẫn chưa có tệp: {papers} và {more} văn bản khác. Tải các tệp lên.",
            count=facts["count"], papers=papers, more=more,
        )  # fmt: skip
    return text("{count} văn bản viện dẫn chưa có tệp: {papers}. Tải tệp lên.", count=facts["count"], papers=papers)


def _not_attached_line(facts: Mapping[str, Any]) -> str:
    return text("{count} văn bản viện dẫn chưa có tệp", count=facts["count"])


def _two_dates(facts: Mapping[str, Any]) -> str:
    places = "; ".join(
        text("{day} ở mục {items}", day=one["day"], items=", ".join(one["items"])) for one in facts["dates"]
    )
    return text(
        "Văn bản {number} ghi hai ngày: {places}. Xem lại văn bản, sửa ngày sai.", number=facts["number"], places=places
    )


def _two_dates_line(facts: Mapping[str, Any]) -> str:
    return text("{number} ghi hai ngày", number=facts["number"])


def _other_year(facts: Mapping[str, Any]) -> str:
    uses = "; ".join(text("năm {year}, mục {item}", year=one["year"], item=one["item"]) for one in facts["uses"])
    return text(
        "Tệp “{title}” đã chứng minh {uses}. Kiểm tra tệp có đúng của năm này không, nếu không thì thay.",
        title=facts["title"], uses=uses,
    )  # fmt: skip


def _other_year_line(facts: Mapping[str, Any]) -> str:
    years = ", ".join(str(year) for year in dict.fromkeys(one["year"] for one in facts["uses"]))
    return text("Tệp đã dùng cho năm {year}", year=years)


# --- last year, peers, other sources ----------------------------------------------------------------------------------


def _last_year(facts: Mapping[str, Any]) -> str:
    growth = exact_number(facts["growth"]) * 100
    said = {
        "title": facts["title"], "before": _figure(facts["before"]), "now": _figure(facts["now"]),
        "growth": percent(abs(growth), 1), "limit": percent_text(exact_number(facts["limit"]) * 100),
    }  # fmt: skip
    more = mark("“{title}” tăng {growth} so với năm trước (từ {before} lên {now}), quá mức nhắc {limit}.")
    less = mark("“{title}” giảm {growth} so với năm trước (từ {before} xuống {now}), quá mức nhắc {limit}.")
    mend = text("Đơn vị đã nêu lý do.") if facts["has_reason"] else text("Kiểm tra số, hoặc nêu lý do.")
    return f"{text(more if growth > 0 else less, **said)} {mend}"


def _last_year_line(facts: Mapping[str, Any]) -> str:
    growth = exact_number(facts["growth"]) * 100
    shown = percent(abs(growth), 1)
    if growth > 0:
        return text("Tăng {growth} so với năm trước", growth=shown)
    return text("Giảm {growth} so với năm trước", growth=shown)


def _peers(facts: Mapping[str, Any]) -> str:
    said = {name: points_text(exact_number(facts[name]), 4) for name in ("value", "median", "deviation")}
    return text(
        "Giá trị {value} xa các đơn vị cùng nhóm: trung vị {median}, độ lệch tuyệt đối trung vị {deviation}, {units} "
        "đơn vị, z = {z} (ngưỡng ±{limit}). Kiểm tra lại số liệu.",
        **said, units=facts["units"], z=_z(facts), limit=_points(facts["limit"]),
    )  # fmt: skip


def _z(facts: Mapping[str, Any]) -> str:
    return points_text(Rounding(2).apply(exact_number(facts["z"])))


def _peers_line(facts: Mapping[str, Any]) -> str:
    return text("Xa nhóm, z = {z}", z=_z(facts))


def _external(facts: Mapping[str, Any]) -> str:
    if "given" in facts:
        return text(
            "Đơn vị chấm {claimed}, {source} cho {given}. Đối chiếu với nguồn.",
            claimed=_points(facts["claimed"]), given=_points(facts["given"]), source=facts["source"],
        )  # fmt: skip
    said = {
        "title": facts["title"], "entered": _figure(facts["entered"]), "external": _figure(facts["external"]),
        "source": facts["source"],
    }  # fmt: skip
    if facts["swapped"]:
        return text("“{title}”: đơn vị ghi {entered}, {source} ghi {external}; khớp khi đảo hai số.", **said)
    return text("“{title}”: đơn vị ghi {entered}, {source} ghi {external}. Đối chiếu với nguồn.", **said)


def _external_line(facts: Mapping[str, Any]) -> str:
    if "given" in facts:
        return text("Nguồn ngoài ghi khác: {value}", value=_points(facts["given"]))
    if facts["swapped"]:
        return text("Khớp nguồn ngoài khi đảo hai số")
    return text("Nguồn ngoài ghi khác: {value}", value=_figure(facts["external"]))


def _sum(facts: Mapping[str, Any]) -> str:
    return text(
        "“{title}” ghi {entered}, các đơn vị trực thuộc cộng được {sum}. Lấy tổng, hoặc đề nghị đơn vị sửa.",
        title=facts["title"], entered=_figure(facts["entered"]), sum=_figure(facts["sum"]),
    )  # fmt: skip


def _sum_line(facts: Mapping[str, Any]) -> str:
    return text("Ghi {entered}, cấp dưới cộng {sum}", entered=_figure(facts["entered"]), sum=_figure(facts["sum"]))


# --- explanations -----------------------------------------------------------------------------------------------------


def _apart(facts: Mapping[str, Any]) -> str:
    if facts["says"] == "statement":
        found = finding_from_data(facts["finding"])
        return f"{statements.message(found)} {statements.remedy(found)}"
    if facts["says"] == "count":
        return text(
            "Giải trình ghi {printed} {unit}, số đã nhập là {entered} (“{title}”). Sửa cho khớp.",
            printed=_figure(facts["printed"]), entered=_figure(facts["entered"]), unit=facts["unit"],
            title=facts["title"],
        )  # fmt: skip
    places = "; ".join(
        text("ở mục {item} là {value}", item=one["item"], value=_figure(one["value"])) for one in facts["elsewhere"]
    )
    return text(
        "“{label}”: ở đây {here}, {places}. Nếu là cùng một số thì sửa cho khớp.",
        label=facts["label"], here=_figure(facts["here"]), places=places,
    )  # fmt: skip


def _apart_line(facts: Mapping[str, Any]) -> str:
    if facts["says"] == "statement":
        return statements.message(finding_from_data(facts["finding"]))
    if facts["says"] == "count":
        return text(
            "Giải trình ghi {printed}, phép tính dùng {entered}",
            printed=_figure(facts["printed"]), entered=_figure(facts["entered"]),
        )  # fmt: skip
    other = facts["elsewhere"][0]
    return text(
        "Ở đây {here}, ở {item} là {value}", here=_figure(facts["here"]), item=other["item"],
        value=_figure(other["value"]),
    )  # fmt: skip


# --- the council ------------------------------------------------------------------------------------------------------


def _judged(facts: Mapping[str, Any]) -> str:
    named = "; ".join(
        text("{unit} được {points}", unit=one["unit"], points=_points(one["points"])) for one in facts["named"]
    )
    return text(
        "Cùng điểm tự chấm và cùng điểm theo quy tắc nhưng ở đây hội đồng cho {granted}, {count} đơn vị khác được điểm "
        "khác: {named}. Nêu lý do khác nhau, hoặc thẩm định lại.",
        granted=_points(facts["granted"]), count=facts["others"], named=named,
    )  # fmt: skip


def _judged_line(facts: Mapping[str, Any]) -> str:
    return text("Đơn vị giống hệt được {points}", points=_points(facts["named"][0]["points"]))


_Words = dict[FlagKind, Callable[[Mapping[str, Any]], str]]
_LONG: _Words = {
    FlagKind.CLAIM_NOT_RULE: _claim,
    FlagKind.IMPOSSIBLE_FIGURES: _impossible,
    FlagKind.NO_EVIDENCE: _no_evidence,
    FlagKind.PAPER_NOT_ATTACHED: _not_attached,
    FlagKind.PAPER_TWO_DATES: _two_dates,
    FlagKind.FILE_OF_OTHER_YEAR: _other_year,
    FlagKind.FAR_FROM_LAST_YEAR: _last_year,
    FlagKind.FAR_FROM_PEERS: _peers,
    FlagKind.MAXIMUM_ON_NOTHING: _nothing,
    FlagKind.NOT_EXTERNAL_FIGURE: _external,
    FlagKind.NOT_OTHER_FIGURE: _sum,
    FlagKind.FIGURES_APART: _apart,
    FlagKind.JUDGED_DIFFERENTLY: _judged,
}
_SHORT: _Words = {
    FlagKind.CLAIM_NOT_RULE: _claim_line,
    FlagKind.IMPOSSIBLE_FIGURES: _impossible_line,
    FlagKind.NO_EVIDENCE: _no_evidence_line,
    FlagKind.PAPER_NOT_ATTACHED: _not_attached_line,
    FlagKind.PAPER_TWO_DATES: _two_dates_line,
    FlagKind.FILE_OF_OTHER_YEAR: _other_year_line,
    FlagKind.FAR_FROM_LAST_YEAR: _last_year_line,
    FlagKind.FAR_FROM_PEERS: _peers_line,
    FlagKind.MAXIMUM_ON_NOTHING: _nothing_line,
    FlagKind.NOT_EXTERNAL_FIGURE: _external_line,
    FlagKind.NOT_OTHER_FIGURE: _sum_line,
    FlagKind.FIGURES_APART: _apart_line,
    FlagKind.JUDGED_DIFFERENTLY: _judged_line,
}
