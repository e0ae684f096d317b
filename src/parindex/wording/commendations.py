"""Criteria for commendation in words: what each demand found at a unit, and what a proposal rests on."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.domain.publication.commendations import Check, Demand, Missing
from parindex.domain.values import exact_number
from parindex.wording.language import mark, text
from parindex.wording.numbers import index_text, points_text, share

_MISSING = {
    Missing.NO_RANK: mark("không có thứ hạng"),
    Missing.FEW_RANKED: mark("nhóm chỉ có {ranked} đơn vị có thứ hạng; tiêu chuẩn cần từ {least_ranked}"),
    Missing.NO_GRADE: mark("không có xếp loại"),
    Missing.NO_INDEX: mark("không có chỉ số"),
    Missing.NO_YEAR_BEFORE: mark("không có chỉ số năm trước để so"),
    Missing.SEVERAL_BEFORE: mark("năm trước là kết quả của nhiều đơn vị, không có một chỉ số để so"),
    Missing.NOTHING_ASSESSED: mark("không lĩnh vực nào được đánh giá"),
}


def check_words(check: Check) -> str:
    """What a demand found: ``hạng 2 trên 19, tiêu chuẩn: từ hạng 3 trở lên``."""
    if check.missing is not None:
        return text(_MISSING[check.missing], **check.facts)
    return found_words(check.demand, check.facts)


def found_words(demand: str, facts: Mapping[str, str]) -> str:
    """The same of a check that is stored with a proposal."""
    return _WORDS[Demand(demand)](facts)


def _rank(facts: Mapping[str, str]) -> str:
    words = text("hạng {rank} trên {ranked} đơn vị, tiêu chuẩn: hạng {most} trở lên", **facts)
    tied = int(facts["tied"])
    return text("{words}; đồng hạng {tied} đơn vị, đều tính", words=words, tied=tied) if tied > 1 else words


def _grade(facts: Mapping[str, str]) -> str:
    return text("xếp loại {grade}, tiêu chuẩn: {grades}", **facts)


def _rise(facts: Mapping[str, str]) -> str:
    rise = exact_number(facts["rise"])
    named = {
        "before": index_text(exact_number(facts["before"])), "index": index_text(exact_number(facts["index"])),
        "rise": points_text(abs(rise)), "least": points_text(exact_number(facts["least"])),
    }  # fmt: skip
    if rise < 0:
        return text("giảm {rise} điểm phần trăm ({before} → {index}), tiêu chuẩn: tăng từ {least}", **named)
    return text("tăng {rise} điểm phần trăm ({before} → {index}), tiêu chuẩn: tăng từ {least}", **named)


def _areas(facts: Mapping[str, str]) -> str:
    least = share(exact_number(facts["least"]))
    if "share" not in facts:
        return text("từng lĩnh vực đạt từ {least}: chưa xét, vì điều kiện khác không đạt", least=least)
    return text(
        "lĩnh vực thấp nhất: {area}, {share}; tiêu chuẩn: từng lĩnh vực từ {least}",
        area=facts["area"], share=share(exact_number(facts["share"])), least=least,
    )  # fmt: skip


def _answered(facts: Mapping[str, str]) -> str:
    if "unanswered" not in facts:
        return text("tối đa {most} mục không trả lời: chưa xét, vì điều kiện khác không đạt", **facts)
    return text("{unanswered} mục không trả lời, tiêu chuẩn: tối đa {most}", **facts)


_WORDS = {
    Demand.RANK: _rank, Demand.GRADE: _grade, Demand.RISE: _rise, Demand.AREAS: _areas, Demand.ANSWERED: _answered,
}  # fmt: skip
