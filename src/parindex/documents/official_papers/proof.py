"""What a paper of a published result prints so that anybody can check it: a QR code, the address, the fingerprint."""

from __future__ import annotations

from dataclasses import dataclass

from parindex.documents.official_papers.typesetting import printable, shown
from parindex.documents.qr_codes import qr_code


@dataclass(frozen=True, slots=True)
class BundleMark:
    """Where the bundle of a publication is found, and its fingerprint, "" while it has still to be made."""

    address: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class PrintedProof:
    """The texts beside the code; ``fingerprint`` in groups, with nothing above it where there is none."""

    words: str
    address: str
    fingerprint_title: str
    fingerprint: tuple[str, ...]

    def data(self) -> dict[str, object]:
        """As a template takes it. The address is never broken by hidden characters: somebody may copy it."""
        return {
            "words": printable(self.words), "address": shown(self.address), "svg": qr_code(self.address).svg,
            "fingerprint_title": printable(self.fingerprint_title), "fingerprint": [*self.fingerprint],
        }  # fmt: skip
