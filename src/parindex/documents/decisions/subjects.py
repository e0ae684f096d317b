"""The kinds of bodies that a title or a sentence speaks of: departments, districts, communes, …"""

from __future__ import annotations

import re

from parindex.documents.printed_text import folded

_SUBJECTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (subject, re.compile(pattern))
    for subject, pattern in (
        (
            "department",
            r"co quan chuyen mon|so, (?:ban|nganh)|cac so\b|cap so\b|(?:cua|doi voi|cho) so\b|\bdepartments?\b",
        ),
        ("commune", r"\b(?:cap|cac|ubnd|nhan dan) (?:xa|phuong)\b|xa, phuong|phuong, xa|\bcommunes?\b"),
        ("district", r"\b(?:cap|cac|ubnd|nhan dan) (?:huyen|quan)\b|huyen, (?:thi xa|thanh pho|quan)|\bdistricts?\b"),
        ("public_service", r"don vi su nghiep|su nghiep cong lap|public service"),
        ("agency", r"tong cuc|cac cuc\b|\bcuc, vu\b|\bvu, cuc\b|co quan trung uong"),
        ("ministry", r"cac bo\b|cap bo\b|co quan ngang bo|\bministr(?:y|ies)\b"),
        ("province", r"\bcap tinh\b|\bcac tinh\b|\bprovinces?\b"),
    )
)


def subjects(text: str) -> frozenset[str]:
    """The kinds of bodies that a text names: departments, districts, communes, public service units, …"""
    words = folded(text)
    return frozenset(subject for subject, pattern in _SUBJECTS if pattern.search(words))
