"""What tells versions of sets apart that look alike: two readings of one paper have title, code and table in common."""

from __future__ import annotations

from parindex.database.models import CriteriaSetVersion
from parindex.wording.language import text
from parindex.wording.moments import moment


def origin_words(version: CriteriaSetVersion) -> str:
    """``Nguyễn Văn A đọc từ de-an.docx, Bảng 2, 08:30 ngày 01/02/2026``: who made the version of what, and when."""
    by, when = version.created_by.full_name, moment(version.created_at)
    if version.paper is None:
        return text("{name} lập, {when}", name=by, when=when)
    facts = {"name": by, "file": version.paper.name, "number": version.table_number, "when": when}
    if version.number > 1 and version.reason:  # a correction goes back to the paper of what it corrects
        return text("{name} lập từ {file}, Bảng {number}, {when}", **facts)
    return text("{name} đọc từ {file}, Bảng {number}, {when}", **facts)


def frozen_words(version: CriteriaSetVersion) -> str:
    """Who froze the version, and when; "" where nobody has."""
    if version.frozen_by is None:
        return ""
    return text("{name} khóa, {when}", name=version.frozen_by.full_name, when=moment(version.frozen_at))


def choice_words(version: CriteriaSetVersion) -> str:
    """One line of a list to choose from: title, code, year, number, when it was frozen, the file that it came from."""
    said = [
        f"{version.title} · {version.criteria_set.code}",
        text("năm {year}", year=version.year) if version.year else "",
        text("phiên bản {number}", number=version.number),
        text("khóa {when}", when=moment(version.frozen_at)) if version.frozen_at else text("bản nháp"),
    ]
    if version.paper is not None:
        said.append(text("tệp {file}, Bảng {number}", file=version.paper.name, number=version.table_number))
    return ", ".join(filter(None, said))
