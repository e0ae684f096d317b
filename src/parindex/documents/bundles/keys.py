"""Keys that sign bundles: Ed25519, made and kept by the owner of a publication.

The private key is a PEM file (PKCS#8, with a password or without) that nobody else may read. Beside it stands the
public key as JSON, which the owner gives to everybody: its name, the days of its validity, signed by itself.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from parindex.documents.canonical_json import canonical_bytes, parsed
from parindex.documents.readers.limits import file_bytes
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.publication.bundle import Signer

FORMAT = "parindex/key/1"
#: A public key file is some hundred bytes, a private one less.
_MOST_BYTES = 16 * 2**10
_HEX = re.compile(r"[0-9a-f]{64}\Z")
_SIGNATURE = re.compile(r"[0-9a-f]{128}\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_FIELDS = ("name", "public_key", "fingerprint", "valid_from", "valid_until")
#: Characters of a name at most.
MOST_NAME = 300


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, and what everybody may know of it."""

    private: Ed25519PrivateKey
    signer: Signer

    def sign(self, content: bytes) -> str:
        """The signature over ``content``, 128 hexadecimal digits; the same for the same bytes."""
        return self.private.sign(content).hex()


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that a reader trusts: by its fingerprint; ``signer`` is None where its public file was not given.
    ``typed``: the days from and until which it is valid, where somebody has read them on paper.
    """

    fingerprint: str
    signer: Signer | None = None
    typed: tuple[str, str] | None = None

    @property
    def days(self) -> tuple[str, str] | None:
        """The days from and until which it is valid; None where nobody has said."""
        return self.typed if self.signer is None else (self.signer.valid_from, self.signer.valid_until)


def new_key(name: str, valid_from: str, valid_until: str) -> SigningKey:
    """A new key for ``name``, valid on the days from and until (ISO). Raises :class:`InvalidInput`:
    ``key_without_name``, ``key_name_too_long`` (``limit``), ``key_days`` (``from``, ``until``).
    """
    private = Ed25519PrivateKey.generate()
    return SigningKey(private, _signer(private.public_key(), name, valid_from, valid_until))


def _signer(public: Ed25519PublicKey, name: str, valid_from: str, valid_until: str) -> Signer:
    if not name.strip():
        raise InvalidInput([Problem("key_without_name")])
    if not _is_name(" ".join(name.split())):
        raise InvalidInput([Problem("key_name_too_long", Place(), {"limit": MOST_NAME})])
    if not (is_day(valid_from) and is_day(valid_until) and valid_from <= valid_until):
        raise InvalidInput([Problem("key_days", Place(), {"from": valid_from, "until": valid_until})])
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return Signer(" ".join(name.split()), raw.hex(), key_fingerprint(raw), valid_from, valid_until)


def is_day(written: str) -> bool:
    """Whether ``written`` is a day that there is, as ISO writes it."""
    try:
        return _DAY.match(written) is not None and date.fromisoformat(written) is not None
    except ValueError:
        return False


def _is_name(name: str) -> bool:
    return name.strip() != "" and len(name) <= MOST_NAME and "\0" not in name


def key_fingerprint(raw: bytes) -> str:
    """The fingerprint of a public key: SHA-256 of its 32 bytes."""
    return hashlib.sha256(raw).hexdigest()


#: The y of the eight points of small order on edwards25519, little-endian, also as they may be written above the prime.
_SMALL_ORDER = frozenset(
    {
        "00" * 32,
        "01" + "00" * 31,
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    }
)


def _is_of_small_order(public_key: str) -> bool:
    """Whether a key is one of those for which signatures hold that nobody has made (RFC 8032 lets them pass)."""
    raw = bytearray.fromhex(public_key)
    raw[31] &= 0x7F  # the sign of x: both points of a y are of the same order
    return raw.hex() in _SMALL_ORDER


def is_signed(content: bytes, signature: str, public_key: str) -> bool:
    """Whether ``signature`` over ``content`` is by ``public_key`` (both hexadecimal)."""
    if not (_SIGNATURE.match(signature) and _HEX.match(public_key)) or _is_of_small_order(public_key):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


# --- files -------------------------------------------------------------------------------------------------------


def public_path(path: Path) -> Path:
    """Where the public key stands beside the private one at ``path``."""
    return path.with_name(path.stem + ".public.json")


def save_key(key: SigningKey, path: Path, password: str = "") -> Path:
    """Write the private key to ``path`` (readable by its owner alone) and the public one beside it; the path of the
    latter. Raises :class:`InvalidInput` (``key_file_exists``): a key is never written over.
    """
    beside = public_path(path)
    locked = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    pem = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
    _write_new(path, pem, 0o600)
    try:
        _write_new(beside, public_key_bytes(key), 0o666)
    except BaseException:
        path.unlink()
        raise
    return beside


def _write_new(path: Path, content: bytes, mode: int) -> None:
    """A file that was not there; whoever else makes it at the same moment keeps theirs."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise InvalidInput([Problem("key_file_exists", Place(file=str(path)))]) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except BaseException:
        path.unlink()
        raise


def public_key_bytes(key: SigningKey) -> bytes:
    """The public key file: canonical JSON, signed by the key itself over the same without ``signature``."""
    data = _data(key.signer)
    return canonical_bytes({**data, "signature": key.sign(canonical_bytes(data))})


def signer_data(signer: Signer) -> dict[str, str]:
    """The five fields of a key, as its file and every manifest have them; :func:`signer_from_data` is the way back."""
    return {name: getattr(signer, name) for name in _FIELDS}


def _data(signer: Signer) -> dict[str, Any]:
    return {"format": FORMAT, **signer_data(signer)}


def load_key(path: Path, password: str = "") -> SigningKey:
    """The private key at ``path`` with what its public file says. Raises :class:`InvalidInput`: ``key_password``,
    ``not_a_private_key``, ``key_files_differ``, those of :func:`load_public_key`.
    """
    pem = file_bytes(path, _MOST_BYTES)
    try:
        private = load_pem_private_key(pem, password.encode() or None)
    except TypeError:  # a password is needed and missing, or given and not needed
        raise InvalidInput([Problem("key_password", Place(file=path.name), {"given": bool(password)})]) from None
    except ValueError:
        kind = "key_password" if b"ENCRYPTED PRIVATE KEY" in pem else "not_a_private_key"
        raise InvalidInput([Problem(kind, Place(file=path.name), {"given": bool(password)})]) from None
    if not isinstance(private, Ed25519PrivateKey):
        raise InvalidInput([Problem("not_a_private_key", Place(file=path.name))])
    signer = read_public_key(public_path(path))
    raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    if raw.hex() != signer.public_key:
        facts = {"public": public_path(path).name}
        raise InvalidInput([Problem("key_files_differ", Place(file=path.name), facts)])
    return SigningKey(private, signer)


def load_public_key(given: Path | str, days: tuple[str, str] | None = None) -> PublicKey:
    """A key that a reader trusts: the path of its public file, or its fingerprint or its 32 bytes in hexadecimal as
    somebody types them (blanks and colons mean nothing), with the ``days`` from and until which it is valid (ISO) where
    they stand beside it on paper.

    Raises :class:`InvalidInput`: ``key_days`` (``from``, ``until``), ``key_days_of_file`` for days beside a file, which
    says them itself, ``not_a_public_key`` (``reason``), ``key_signature_wrong``, those of
    :func:`~parindex.documents.readers.limits.file_bytes`.
    """
    if days is not None and not (is_day(days[0]) and is_day(days[1]) and days[0] <= days[1]):
        raise InvalidInput([Problem("key_days", Place(), {"from": days[0], "until": days[1]})])
    plain = re.sub(r"[\s:.\-]", "", str(given)).lower()
    if _HEX.match(plain):
        return PublicKey(plain, None, days)
    if days is not None:
        raise InvalidInput([Problem("key_days_of_file", Place(file=Path(given).name))])
    signer = read_public_key(Path(given))
    return PublicKey(signer.fingerprint, signer)


def read_public_key(path: Path) -> Signer:
    """What the public key file at ``path`` says; raises as :func:`load_public_key`."""
    place = Place(file=path.name)
    try:
        data = parsed(file_bytes(path, _MOST_BYTES))
        signer = signer_from_data({name: data[name] for name in _FIELDS})
        if data != {**_data(signer), "signature": data["signature"]}:
            raise InvalidValue("not_a_public_key")
    except (InvalidValue, KeyError, TypeError) as error:
        reason = error.kind if isinstance(error, InvalidValue) else str(error)
        raise InvalidInput([Problem("not_a_public_key", place, {"reason": reason})]) from None
    if not is_signed(canonical_bytes(_data(signer)), str(data["signature"]), signer.public_key):
        raise InvalidInput([Problem("key_signature_wrong", place)])
    return signer


def signer_from_data(data: Any) -> Signer:
    """A signer from the five fields of a key or a manifest. Raises :class:`InvalidValue` (``not_a_key``: ``field``)."""
    if not isinstance(data, dict) or set(data) != set(_FIELDS):
        raise InvalidValue("not_a_key", field="signer")
    for name in _FIELDS:
        if not isinstance(data[name], str):
            raise InvalidValue("not_a_key", field=name)
    signer = Signer(**data)
    for name, right in (
        ("name", _is_name(signer.name)),
        ("public_key", _HEX.match(signer.public_key) is not None),
        ("fingerprint", _HEX.match(signer.fingerprint) is not None),
        ("valid_from", is_day(signer.valid_from)),
        ("valid_until", is_day(signer.valid_until)),
    ):
        if not right:
            raise InvalidValue("not_a_key", field=name)
    if key_fingerprint(bytes.fromhex(signer.public_key)) != signer.fingerprint:
        raise InvalidValue("not_a_key", field="fingerprint")
    return signer
