"""A bundle: what a signed publication says of itself, as frozen values.

Days are ISO texts (2025-06-12), moments ISO texts in the time of Vietnam (2025-06-12T08:30:00+07:00), figures exact
texts, digests 64 hexadecimal digits; "" is: nothing there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class BundleKind(StrEnum):
    """What a bundle holds: a published result, or the sheet of one unit as its leader signed it."""

    RESULT = "result"
    SHEET = "sheet"


class BundlePart(StrEnum):
    """What of a bundle is compared with what."""

    FILES = "files"  # every file with the manifest: size, SHA-256
    SIGNATURE = "signature"  # over the manifest and over the packing
    KEY = "key"  # the key that signed with that of whom the reader trusts
    KEY_DAYS = "key_days"  # the day of the publication with the days of that key
    RESULTS = "results"  # every point, sum, index, grade, rank with what comes out of the inputs
    YARDSTICKS = "yardsticks"  # the normal forms with the sets that were used
    LISTS = "lists"  # opinions and estimates (evidence of a sheet) with the snapshot
    ESTIMATES = "estimates"  # points of surveys with what follows from their estimates
    ORIGINS = "origins"  # manifests and signatures of the bundles that fed it
    WORKBOOK = "workbook"  # the workbook with that which is written of the snapshot
    PAGES = "pages"  # the page and the guide with those of this version


@dataclass(frozen=True, slots=True)
class BundleOwner:
    """Who answers for a bundle: the unit that ran the cycle, or the unit whose sheet it is."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PublicationFacts:
    """What a publication (or a signed sheet) says of itself; ``number`` counts the publications of a cycle from 1 (the
    signatures of a sheet), ``reason`` is why a later one corrects an earlier one.
    """

    title: str
    year: int
    owner: BundleOwner
    level: str
    number: int
    published_at: str
    decision_number: str = ""
    decision_date: str = ""
    public_from: str = ""
    reason: str = ""

    @property
    def day(self) -> str:
        """The day on which it was published, on which its key must be valid."""
        return self.published_at[:10]


@dataclass(frozen=True, slots=True)
class LogHead:
    """The last record of a chain of the log when it was published."""

    chain: str
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Origin:
    """A bundle whose figures fed this one directly: its fingerprint and that of its key, and what its manifest says."""

    fingerprint: str
    key_fingerprint: str
    kind: BundleKind
    owner: BundleOwner
    title: str
    year: int
    number: int
    published_at: str


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that signed: its name, its 32 bytes in hexadecimal, its fingerprint (SHA-256 of the bytes), the days from
    and until which it is valid.
    """

    name: str
    public_key: str
    fingerprint: str
    valid_from: str
    valid_until: str

    def is_valid_on(self, day: str) -> bool:
        """Whether the key is valid on a day."""
        return self.valid_from <= day <= self.valid_until


def as_day(written: str) -> date | str:
    """A day as what it is, to be worded; the text itself where it is none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return written


@dataclass(frozen=True, slots=True)
class FileDigest:
    """One file of a bundle: its path, how many bytes it has, their SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, order=True)
class SimulatedUnit:
    """A unit of a group whose figures and claims are made up, as those of an example."""

    group: str
    unit: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that the signature of a bundle is over. ``workbook_writer``: the library, with its release, that wrote
    the workbook; ``snapshot``: the fingerprint of its snapshot; ``withheld``: how many reasons that one lacks;
    ``signer`` is None where nobody has signed; ``files``: every file but manifest and signature; ``simulated``: the
    units whose figures are made up, in order.
    """

    kind: BundleKind
    publication: PublicationFacts
    software: str
    version: str
    workbook_writer: str
    snapshot: str
    withheld: int
    signer: Signer | None
    files: tuple[FileDigest, ...]
    logs: tuple[LogHead, ...] = ()
    origins: tuple[Origin, ...] = ()
    simulated: tuple[SimulatedUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class BundleOpinion:
    """One opinion, without the name of who gave it.

    ``level`` is that of the appraisal and ``round`` the position among the opinions on the item at that level, both
    from 1; ``capacity`` says in what capacity it was given, ``verdict`` what it says of the claim; ``points`` are ""
    where it grants none; ``stands`` is False for one that was replaced later; ``withheld``: the reason is kept from the
    public.
    """

    group: str
    unit: str
    item: str
    level: int
    round: int
    capacity: str
    verdict: str
    points: str
    reason: str = ""
    stands: bool = True
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class BundleEstimate:
    """Points that a survey gave an item of a unit, and the estimate that they were made of, as frozen; ``estimate`` and
    ``standard_error`` are "" and ``answers`` is None where they are not known. ``source`` names the survey.
    """

    group: str
    unit: str
    item: str
    points: str
    estimate: str = ""
    standard_error: str = ""
    answers: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceDocument:
    """A paper that a signed sheet names as evidence; ``digests`` are SHA-256 of its files."""

    title: str
    number: str = ""
    date: str = ""
    link: str = ""
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemEvidence:
    """What a signed sheet names as evidence of an item."""

    item: str
    documents: tuple[EvidenceDocument, ...] = field(default=())
