"""Personal data that can be told by their shape in a free text: telephone numbers, mail addresses, identity numbers.

Names cannot be told from other words and are not looked for. Figures, days and numbers of documents are not found:
thousands are grouped by points, decimals follow a comma, days have slashes or eight digits.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class PersonalKind(StrEnum):
    """What was found."""

    EMAIL = "email"
    PHONE = "phone"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One place in a text; ``words`` as they stand there, full-width characters as usual ones."""

    kind: PersonalKind
    words: str


#: Not in the middle of a longer number, nor behind or before a group of thousands or a decimal.
_BEFORE = r"(?<![0-9])(?<![0-9][.,])"
_AFTER = r"(?![0-9])(?![.,][0-9])"
_BETWEEN = r"[ .)\-‐–]{0,2}"
#: Behind the trunk 0 or the country's 84: mobile (9 digits, before 2018 also 10) or land line (2 and 9 digits); behind
#: 84 without a plus only a mobile of today, because 12 digits are an identity number.
_SUBSCRIBER = rf"(?:(?:[35789]|1{_BETWEEN}[2689])(?:{_BETWEEN}[0-9]){{8}}|2(?:{_BETWEEN}[0-9]){{9}})"
_TRUNK = rf"(?:\(?\+84{_BETWEEN}(?:\(?0{_BETWEEN})?|84{_BETWEEN}(?=[35789])|\(?0)"
_NUMBER = r"(?:[0-9]{12}|[0-9]{9}|[0-9]{3}(?: [0-9]{3}){2,3}|[0-9]{4}(?: [0-9]{4}){2})"
_SHAPES = {
    PersonalKind.EMAIL: r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63})+",
    PersonalKind.PHONE: f"{_BEFORE}{_TRUNK}{_SUBSCRIBER}{_AFTER}",
    PersonalKind.IDENTITY: f"{_BEFORE}{_NUMBER}{_AFTER}",
}
_ANY = re.compile("|".join(f"(?P<{kind}>{shape})" for kind, shape in _SHAPES.items()))


def personal_data(text: str) -> tuple[PersonalData, ...]:
    """Every telephone number, mail address, and identity number of 12 or 9 digits, in the order of the text."""
    plain = unicodedata.normalize("NFKC", text)
    return tuple(PersonalData(PersonalKind(str(one.lastgroup)), one.group()) for one in _ANY.finditer(plain))
