"""A name under which an upload is shown and handed out again: readable, harmless, and true to the content."""

from __future__ import annotations

import re
import unicodedata

from parindex.documents.evidence_files.content import Content

#: Bytes in UTF-8; file systems take 255, and other programs put something before or behind.
MAX_BYTES = 180
_FALLBACK = "tai-lieu"
#: Of longer names the rest is not looked at.
_LONGEST = 1_000
#: Separators of paths, and what Windows, shells and headers read as more than a letter.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|%$`;&^\'{}~#]+')
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$", re.IGNORECASE)
#: Endings that a reader could take for the kind of the file: "hoa-don.exe.pdf".
_ENDING = re.compile(
    r"(?:\.(?:pdf|docx?|docm|xlsx?|xlsm|xlsb|od[tsp]|pptx?|rtf|csv|tsv|txt|jpe?g|png|webp|gif|heic|tiff?|bmp|zip|rar|7z|exe|"
    r"com|scr|bat|cmd|ps1|vbs|js|jar|msi|lnk|html?|svg|xml|php|py|sh|apk|dll))+$",
    re.IGNORECASE,
)


def safe_name(given: str, content: Content, *, max_bytes: int = MAX_BYTES) -> str:
    """``given`` without its path, invisible and dangerous characters, at most ``max_bytes`` long, with the extension
    of ``content``: ``"C:\\\\hồ sơ\\\\Báo cáo 401.PDF"`` → ``"Báo cáo 401.pdf"``. Vietnamese letters stay.
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", given)[-1][:_LONGEST])
    name = "".join(_visible(letter) for letter in name)
    name = _FORBIDDEN.sub(" ", name)
    stem = _ENDING.sub("", " ".join(name.split()))
    stem = stem.strip(" .-")
    if not any(letter.isalnum() for letter in stem):
        stem = _FALLBACK
    if _RESERVED.match(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    return _cut(stem, max_bytes - len(content.extension)) + content.extension


def _visible(letter: str) -> str:
    """Nothing for a control or format character (direction marks among them), a blank for any kind of space."""
    category = unicodedata.category(letter)
    if category in ("Zs", "Zl", "Zp") or letter in "\t\n\r":
        return " "
    return "" if category.startswith("C") else letter


def _cut(stem: str, limit: int) -> str:
    """The beginning that fits; no letter is cut in two, nor parted from its accents."""
    data = stem.encode("utf-8")
    if len(data) <= limit:
        return stem
    short = data[:limit].decode("utf-8", errors="ignore")
    while short and unicodedata.combining(stem[len(short)]):
        short = short[:-1]
    return short.rstrip(" .-") or _FALLBACK[:limit]
