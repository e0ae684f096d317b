"""The manifest of a bundle as canonical JSON and back; the signature beside it. What the fields mean is said in
docs/goi-ket-qua.md.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parindex.documents.bundles import paths
from parindex.documents.bundles.keys import is_day, signer_data, signer_from_data
from parindex.documents.canonical_json import canonical_bytes
from parindex.domain.errors import InvalidValue
from parindex.domain.publication.bundle import (
    BundleKind,
    BundleOwner,
    FileDigest,
    LogHead,
    Manifest,
    Origin,
    PublicationFacts,
    Signer,
    SimulatedUnit,
)

FORMAT = "parindex/bundle/1"
SIGNATURE_FORMAT = "parindex/signature/1"
ALGORITHM = "Ed25519"
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_MOMENT = re.compile(
    r"(?:19|[2-9][0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\+07:00\Z"
)
_SIGNATURE_FIELDS = 5
#: What a reader has room for: counts, years, and characters of what is said in one line.
MOST_COUNT = 2**31 - 1
_LAST_YEAR = 9999
_CODE, _LINE, _DECISION = 80, 300, 120


def manifest_data(of: Manifest) -> dict[str, Any]:
    """The manifest as the data of its file."""
    facts = of.publication
    return {
        "format": FORMAT,
        "kind": of.kind.value,
        "publication": {
            "title": facts.title,
            "year": facts.year,
            "owner": _owner_data(facts.owner),
            "level": facts.level,
            "number": facts.number,
            "decision": {"number": facts.decision_number, "date": facts.decision_date},
            "public_from": facts.public_from,
            "reason": facts.reason,
            "published_at": facts.published_at,
        },
        "software": {"name": of.software, "version": of.version, "workbook": of.workbook_writer},
        "snapshot": {"fingerprint": of.snapshot, "withheld": of.withheld},
        "simulated": [{"group": one.group, "unit": one.unit} for one in of.simulated],
        "logs": [{"chain": one.chain, "number": one.number, "hash": one.hash} for one in of.logs],
        "origins": [_origin_data(one) for one in of.origins],
        "signer": None if of.signer is None else signer_data(of.signer),
        "files": [{"path": one.path, "bytes": one.size, "sha256": one.sha256} for one in of.files],
    }


def _owner_data(owner: BundleOwner) -> dict[str, str]:
    return {"code": owner.code, "name": owner.name}


def _origin_data(of: Origin) -> dict[str, Any]:
    return {
        "fingerprint": of.fingerprint,
        "key_fingerprint": of.key_fingerprint,
        "kind": of.kind.value,
        "owner": _owner_data(of.owner),
        "title": of.title,
        "year": of.year,
        "number": of.number,
        "published_at": of.published_at,
    }


def manifest_bytes(of: Manifest) -> bytes:
    """The bytes of the manifest: what is signed."""
    return canonical_bytes(manifest_data(of))


def manifest_fingerprint(of: Manifest) -> str:
    """The fingerprint of a bundle: SHA-256 of its manifest."""
    return hashlib.sha256(manifest_bytes(of)).hexdigest()


def signature_data(signer: Signer | None, signature: str, archive: str) -> dict[str, str]:
    """The signature file; ``archive``: SHA-256 of all bytes in front of it. Key and signature are "" where nobody has
    signed.
    """
    return {
        "format": SIGNATURE_FORMAT,
        "algorithm": ALGORITHM,
        "public_key": "" if signer is None else signer.public_key,
        "signature": signature,
        "archive": archive,
    }


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature file of a bundle: by which key, over the manifest, and the digest of what stands in front of it."""

    public_key: str
    signature: str
    archive: str


# --- reading -----------------------------------------------------------------------------------------------------


def manifest_of(data: Any) -> Manifest:
    """The manifest that ``data`` is. Raises :class:`InvalidValue`: ``bundle_of_other_format`` (``found``),
    ``manifest_field`` (``field``) for the first field that is missing, of another type, too long or too large, no day
    that there is, or unknown.
    """
    top = _Fields(data, "")
    found = data.get("format") if isinstance(data, dict) else None
    if found != FORMAT:
        raise InvalidValue("bundle_of_other_format", found=str(found)[:40], expected=FORMAT)
    software, snapshot = top.inner("software"), top.inner("snapshot")
    signer = data.get("signer")
    made = Manifest(
        kind=_kind(top),
        publication=_facts(top.inner("publication")),
        software=software.said("name"),
        version=software.said("version"),
        workbook_writer=software.said("workbook", _LINE),
        snapshot=snapshot.digest("fingerprint"),
        withheld=snapshot.count("withheld"),
        signer=None if signer is None else signer_from_data(signer),
        files=tuple(FileDigest(o.said("path"), o.count("bytes"), o.digest("sha256")) for o in top.rows("files")),
        logs=tuple(LogHead(o.said("chain"), o.count("number"), o.said("hash")) for o in top.rows("logs")),
        origins=tuple(_origin(one) for one in top.rows("origins")),
        simulated=tuple(SimulatedUnit(one.said("group"), one.said("unit")) for one in top.rows("simulated")),
    )
    if manifest_data(made) != data:
        raise InvalidValue("manifest_field", field=_unknown(manifest_data(made), data))
    return made


def signature_of(data: Any) -> Signature:
    """The signature that ``data`` is. Raises :class:`InvalidValue` (``signature_field``: ``field``)."""
    try:
        of = _Fields(data, "")
        found = Signature(of.said("public_key"), of.said("signature"), of.digest("archive"))
        if of.said("format") != SIGNATURE_FORMAT:
            raise InvalidValue("manifest_field", field="format")
        if of.said("algorithm") != ALGORITHM:
            raise InvalidValue("manifest_field", field="algorithm")
        if len(data) != _SIGNATURE_FIELDS:
            raise InvalidValue("manifest_field", field=paths.SIGNATURE)
    except InvalidValue as error:
        raise InvalidValue("signature_field", **error.facts) from None
    return found


def _facts(of: _Fields) -> PublicationFacts:
    decision = of.inner("decision")
    return PublicationFacts(
        title=of.said("title", _LINE),
        year=of.count("year", _LAST_YEAR),
        owner=_owner(of.inner("owner")),
        level=of.said("level"),
        number=of.count("number", least=1),
        published_at=of.moment("published_at"),
        decision_number=decision.said("number", _DECISION),
        decision_date=decision.day("date") if decision.said("date") else "",
        public_from=of.moment("public_from") if of.said("public_from") else "",
        reason=of.said("reason"),
    )


def _owner(of: _Fields) -> BundleOwner:
    found = BundleOwner(of.said("code", _CODE), of.said("name", _LINE))
    if not found.name.strip():
        raise InvalidValue("manifest_field", field=of.path("name"))
    return found


def _origin(of: _Fields) -> Origin:
    return Origin(
        fingerprint=of.digest("fingerprint"),
        key_fingerprint=of.digest("key_fingerprint"),
        kind=_kind(of),
        owner=_owner(of.inner("owner")),
        title=of.said("title", _LINE),
        year=of.count("year", _LAST_YEAR),
        number=of.count("number", least=1),
        published_at=of.moment("published_at"),
    )


def _kind(of: _Fields) -> BundleKind:
    word = of.said("kind")
    if word not in set(BundleKind):
        raise InvalidValue("manifest_field", field=of.path("kind"))
    return BundleKind(word)


def _unknown(known: Mapping[str, Any], found: Mapping[str, Any], path: str = "") -> str:
    """The first field that the format does not know."""
    for key, value in found.items():
        if key not in known:
            return path + key
        if isinstance(value, dict) and value != known[key]:
            return _unknown(known[key], value, f"{path}{key}/")
        if value != known[key]:
            return path + key
    return path


class _Fields:
    """The fields of a mapping, each of the type that is asked for."""

    def __init__(self, data: Any, at: str) -> None:
        self._at = at
        if not isinstance(data, dict):
            raise InvalidValue("manifest_field", field=at or "manifest.json")
        self._data = data

    def path(self, name: str) -> str:
        """The path of a field."""
        return f"{self._at}/{name}" if self._at else name

    def _of(self, name: str, kind: type) -> Any:
        value = self._data.get(name)
        if type(value) is not kind:
            raise InvalidValue("manifest_field", field=self.path(name))
        return value

    def said(self, name: str, most: int | None = None) -> str:
        """A text, of ``most`` characters at most; none of them is NUL, which no database keeps."""
        value = str(self._of(name, str))
        if "\0" in value or (most is not None and len(value) > most):
            raise InvalidValue("manifest_field", field=self.path(name))
        return value

    def count(self, name: str, most: int = MOST_COUNT, least: int = 0) -> int:
        """An integer not below ``least`` and not above ``most``."""
        value = int(self._of(name, int))
        if not least <= value <= most:
            raise InvalidValue("manifest_field", field=self.path(name))
        return value

    def day(self, name: str) -> str:
        """A day that there is."""
        value = self.said(name)
        if not is_day(value):
            raise InvalidValue("manifest_field", field=self.path(name))
        return value

    def digest(self, name: str) -> str:
        """A SHA-256."""
        value = self.said(name)
        if not _DIGEST.match(value):
            raise InvalidValue("manifest_field", field=self.path(name))
        return value

    def moment(self, name: str) -> str:
        """A moment in the time of Vietnam, of a day that there is."""
        value = self.said(name)
        if not (_MOMENT.match(value) and is_day(value[:10])):
            raise InvalidValue("manifest_field", field=self.path(name))
        return value

    def inner(self, name: str) -> _Fields:
        """A mapping."""
        return _Fields(self._of(name, dict), self.path(name))

    def rows(self, name: str) -> list[_Fields]:
        """A list of mappings."""
        return [_Fields(one, f"{self.path(name)}/{at}") for at, one in enumerate(self._of(name, list))]
