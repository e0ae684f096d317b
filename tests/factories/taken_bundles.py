"""Bundles taken apart and put together again, as somebody would who wants to pass off another result."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from parindex.documents.bundles.archive import LOCAL, Packed, body, digest, directory, packed
from parindex.documents.bundles.keys import SigningKey
from parindex.documents.canonical_json import canonical_bytes

Files = dict[str, bytes]
MANIFEST, SIGNATURE, SNAPSHOT = "manifest.json", "signature.json", "snapshot.json"
STORED = (MANIFEST, SIGNATURE)


def files_of(bundle: bytes) -> Files:
    """The files of a bundle in order."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def made_ready(files: Mapping[str, bytes]) -> list[Packed]:
    """Every file packed as bundles are."""
    return [packed(name, content, stored=name in STORED) for name, content in files.items()]


def joined(ready: list[Packed]) -> bytes:
    """The archive of packed files."""
    return body(ready) + directory(ready)


def packed_again(files: Files) -> bytes:
    """By somebody without the key: the packing is made right again, the signature cannot be."""
    ready = made_ready({name: content for name, content in files.items() if name != SIGNATURE})
    if SIGNATURE not in files:
        return joined(ready)
    signature = {**json.loads(files[SIGNATURE]), "archive": digest(body(ready))}
    return joined([*ready, packed(SIGNATURE, canonical_bytes(signature), stored=True)])


def signed_again(files: Files, key: SigningKey, change: Callable[[dict[str, Any]], object] = lambda _: None) -> bytes:
    """By somebody with a key who lies: every digest is made right again, then ``change`` is done to the manifest."""
    files = {name: content for name, content in files.items() if name != SIGNATURE}
    manifest = json.loads(files[MANIFEST])
    manifest["files"] = [
        {"path": name, "bytes": len(content), "sha256": digest(content)}
        for name, content in files.items()
        if name != MANIFEST
    ]
    manifest["snapshot"]["fingerprint"] = digest(files[SNAPSHOT])
    names = ("name", "public_key", "fingerprint", "valid_from", "valid_until")
    manifest["signer"] = {name: getattr(key.signer, name) for name in names}
    change(manifest)
    files[MANIFEST] = canonical_bytes(manifest)
    signature = {
        "format": "parindex/signature/1", "algorithm": "Ed25519", "public_key": key.signer.public_key,
        "signature": key.sign(files[MANIFEST]), "archive": "",
    }  # fmt: skip
    return packed_again({**files, SIGNATURE: canonical_bytes(signature)})


def changed_json(content: bytes, change: Callable[[Any], object]) -> bytes:
    """A JSON file after a change, canonical."""
    data = json.loads(content)
    change(data)
    return canonical_bytes(data)


def start_of(bundle: bytes, name: str) -> int:
    """Where the header of a file stands."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return archive.getinfo(name).header_offset


def content_at(bundle: bytes, name: str) -> int:
    """Where the packed contents of a file begin."""
    return start_of(bundle, name) + LOCAL.size + len(name.encode())


def with_byte(bundle: bytes, at: int, value: int | None = None) -> bytes:
    """One byte changed."""
    return bundle[:at] + bytes([bundle[at] ^ 1 if value is None else value]) + bundle[at + 1 :]
