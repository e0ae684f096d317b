"""The kinds of files that evidence may be."""

from __future__ import annotations

from enum import Enum


class Content(Enum):
    """What a file is by its bytes: extension and media type."""

    PDF = (".pdf", "application/pdf")
    DOCX = (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    XLSX = (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    ODT = (".odt", "application/vnd.oasis.opendocument.text")
    ODS = (".ods", "application/vnd.oasis.opendocument.spreadsheet")
    DOC = (".doc", "application/msword")
    XLS = (".xls", "application/vnd.ms-excel")
    JPEG = (".jpg", "image/jpeg")
    PNG = (".png", "image/png")
    WEBP = (".webp", "image/webp")
    TXT = (".txt", "text/plain")
    CSV = (".csv", "text/csv")
    #: A signed bundle that was verified when it was received; nobody uploads one as evidence.
    BUNDLE = (".parindex.zip", "application/zip")

    def __init__(self, extension: str, media_type: str) -> None:
        self.extension = extension
        self.media_type = media_type

    @property
    def is_picture(self) -> bool:
        """Whether it is one picture."""
        return self.media_type.startswith("image/")

    @property
    def has_page_images(self) -> bool:
        """Whether its pages can be drawn."""
        return self is Content.PDF or self.is_picture

    def fits(self, extension: str) -> bool:
        """Whether files of this content may be called so; text is text under the names of all text files."""
        return extension.lower() in _NAMES.get(self, (self.extension,))


_NAMES: dict[Content, tuple[str, ...]] = {
    Content.JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    Content.TXT: (".txt", ".text", ".md", ".csv", ".tsv"),
    Content.CSV: (".csv", ".tsv", ".txt"),
}
