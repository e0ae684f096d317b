"""Roles as they are written in a table: the official word or the code."""

from __future__ import annotations

import re
import unicodedata

from parindex.domain.review.roles import Role

#: The official words, as a table is written with them.
OFFICIAL = {
    Role.ADMINISTRATOR: "quản trị hệ thống",
    Role.STANDING_OFFICE: "cơ quan thường trực",
    Role.UNIT_OFFICER: "cán bộ đơn vị",
    Role.UNIT_LEADER: "lãnh đạo đơn vị",
    Role.APPRAISER: "thành viên hội đồng, tổ thẩm định",
    Role.CHAIR: "chủ tịch hội đồng",
    Role.SECRETARY: "thư ký",
    Role.SURVEY_STAFF: "phụ trách khảo sát",
    Role.AUDITOR: "kiểm toán, thanh tra",
}
#: Parts of an official word that alone say the same.
_SHORT = {
    "thành viên hội đồng": Role.APPRAISER, "thành viên tổ thẩm định": Role.APPRAISER, "tổ thẩm định": Role.APPRAISER,
    "thư ký hội đồng": Role.SECRETARY, "kiểm toán": Role.AUDITOR, "thanh tra": Role.AUDITOR,
}  # fmt: skip
_KNOWN = (
    {word: role for role, word in OFFICIAL.items()} | {role.value.replace("_", " "): role for role in Role} | _SHORT
)
_BETWEEN_ROLES = re.compile(r"[;\n]")


def roles_of(cell: str) -> tuple[tuple[Role, ...], tuple[str, ...]]:
    """The roles that a cell names, each once, and what it names that is no role.

    Roles stand apart by a semicolon or a new line; by a comma where no role has that comma in its name.
    """
    roles: dict[Role, None] = {}
    unknown: list[str] = []
    for part in (one for one in _BETWEEN_ROLES.split(cell) if one.strip()):
        whole = _role(part)
        found = [whole] if whole is not None else [_role(one) for one in part.split(",")]
        roles |= {role: None for role in found if role is not None}
        if None in found:
            unknown.append(part.strip())
    return tuple(roles), tuple(unknown)


def _role(word: str) -> Role | None:
    plain = " ".join(unicodedata.normalize("NFC", word).casefold().replace("_", " ").replace("-", " ").split())
    return _KNOWN.get(plain)
