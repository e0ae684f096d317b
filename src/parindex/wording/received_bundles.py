"""Bundles that came from another level, in words: what they are, what they give, what is not taken and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from parindex.documents.received_bundles.kept_checks import checks_of
from parindex.domain.publication.bundle import BundleKind
from parindex.domain.publication.fed_measures import NotOffered, Unfit, Way
from parindex.wording.language import mark, text

#: So many digits of a fingerprint tell bundles and keys apart for who reads.
SHOWN_DIGITS = 16


class NamedBundle(Protocol):
    """What is said of a bundle."""

    @property
    def kind(self) -> str: ...
    @property
    def sender_name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def key_fingerprint(self) -> str: ...
    @property
    def checked(self) -> str | None: ...


_WAYS = {
    Way.OWN: mark("số liệu của chính đơn vị"),
    Way.SUM: mark("tổng của {count} đơn vị trong gói"),
    Way.FEED: mark("đếm từ kết quả của {count} đơn vị trong gói"),
    Way.RESULT: mark("kết quả mà đơn vị đạt được"),
}

_UNFIT = {
    Unfit.UNIT_UNKNOWN: mark("Không có ở đây theo mã; đối chiếu đơn vị nếu chỉ khác mã."),
    Unfit.UNIT_WITHOUT_SHEET: mark(
        "Không có phiếu đang nhập ở đây, và không phiếu nào cần tổng hay số đếm của các đơn vị này."
    ),
    Unfit.NO_SHEET: mark("Đơn vị nhận gói không có phiếu nào đang nhập."),
    Unfit.MEASURE_NOT_ASKED: mark("Không mục nào ở đây cần số liệu này."),
    Unfit.OTHER_YEAR: mark("Số liệu của năm khác; phiếu ở đây của năm {ours}."),
    Unfit.OTHER_KIND: mark("Ở đây là loại số liệu khác."),
    Unfit.OTHER_UNIT_OF_MEASURE: mark("Khác đơn vị tính: gói ghi “{theirs}”, ở đây là “{ours}”."),
    Unfit.CHOICE_UNKNOWN: mark("Bộ tiêu chí ở đây không có phương án này."),
    Unfit.NO_VALUE: mark("Gói không có số cho đơn vị nào có phiếu ở đây."),
}


def bundle_kind(kind: str) -> str:
    """``Kết quả đã công bố`` or ``Phiếu đã ký``."""
    return text("Phiếu đã ký") if kind == BundleKind.SHEET else text("Kết quả đã công bố")


def short(fingerprint: str) -> str:
    """The beginning of a fingerprint in groups of four, as pages show it beside a figure."""
    digits = fingerprint[:SHOWN_DIGITS]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def bundle_title(bundle: NamedBundle) -> str:
    """What the document of a bundle is called among the evidence."""
    if bundle.kind == BundleKind.SHEET:
        return text("Gói phiếu đã ký của {unit}, năm {year}: {title}", unit=bundle.sender_name, year=bundle.year,
                    title=bundle.title)  # fmt: skip
    return text("Gói kết quả đã ký của {unit}, năm {year}: {title}", unit=bundle.sender_name, year=bundle.year,
                title=bundle.title)  # fmt: skip


def is_simulated(bundle: NamedBundle) -> bool:
    """Whether figures of a bundle, or of one that fed it, are made up."""
    checks = checks_of(bundle.checked)
    return checks is not None and bool(checks.simulated)


def origin_words(bundle: NamedBundle) -> str:
    """Beside a figure: of which signed bundle it was taken; that it is made up where it is."""
    words = _origin_words(bundle)
    return text("{origin} – SỐ LIỆU MÔ PHỎNG", origin=words) if is_simulated(bundle) else words


def _origin_words(bundle: NamedBundle) -> str:
    facts = {
        "unit": bundle.sender_name, "year": bundle.year, "bundle": short(bundle.fingerprint),
        "key": short(bundle.key_fingerprint),
    }  # fmt: skip
    if bundle.kind == BundleKind.SHEET:
        return text("Lấy từ gói phiếu đã ký của {unit}, năm {year}, mã {bundle}…, khóa {key}…", **facts)
    return text("Lấy từ gói kết quả đã ký của {unit}, năm {year}, mã {bundle}…, khóa {key}…", **facts)


def way_words(way: str, count: int) -> str:
    """How a bundle gives a figure."""
    return text(_WAYS[Way(way)], count=count)


def unfit_words(one: NotOffered) -> str:
    """Why something of a bundle is not taken."""
    return text(_UNFIT[one.why], theirs=one.theirs or text("không ghi"), ours=one.ours or text("không ghi"))


_STANDINGS: dict[str, Callable[[], str]] = {
    "trusted": lambda: text("Khóa đã được xác nhận"),
    "unknown": lambda: text("Khóa chưa ai xác nhận"),
    "revoked": lambda: text("Khóa đã bị thôi tin"),
    "of_other_unit": lambda: text("Khóa của đơn vị khác"),
    "expired": lambda: text("Gói công bố ngoài thời gian khóa được xác nhận"),
}


def key_standing_words(standing: str) -> str:
    """What is known of the key of a bundle."""
    return _STANDINGS[standing]()
