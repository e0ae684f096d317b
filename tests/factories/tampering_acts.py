"""How a bundle is taken apart and put together again by somebody who lies: what the table of tamperings is made of."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from parindex.documents.bundles.archive import Packed, directory
from parindex.documents.bundles.keys import SigningKey
from parindex.documents.bundles.lists import evidence_data
from parindex.documents.canonical_json import canonical_bytes
from parindex.domain.publication.bundle import ItemEvidence
from tests.factories.taken_bundles import (
    MANIFEST,
    SIGNATURE,
    SNAPSHOT,
    Files,
    changed_json,
    files_of,
    joined,
    made_ready,
    packed_again,
    signed_again,
    with_byte,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A sound bundle, the key that signed it, and that of somebody else."""

    bundle: bytes
    key: SigningKey
    other: SigningKey

    @property
    def files(self) -> Files:
        """Its files in order."""
        return files_of(self.bundle)


@dataclass(frozen=True, slots=True)
class Tampering:
    """One thing that is done, and the kind of finding that must name it."""

    what: str
    done: Callable[[Taken], bytes]
    kind: str


def in_json(path: str, change: Callable[[Any], object], *, lies: bool = True) -> Callable[[Taken], bytes]:
    """A JSON file changed; ``lies``: by somebody with the key."""

    def done(of: Taken) -> bytes:
        files = of.files
        files[path] = changed_json(files[path], change)
        return signed_again(files, of.key) if lies else packed_again(files)

    return done


def in_text(path: str, old: str, new: str, *, lies: bool = True) -> Callable[[Taken], bytes]:
    """A word of a file exchanged."""

    def done(of: Taken) -> bytes:
        files = of.files
        assert old.encode() in files[path], old
        files[path] = files[path].replace(old.encode(), new.encode(), 1)
        return signed_again(files, of.key) if lies else packed_again(files)

    return done


def in_manifest(change: Callable[[dict[str, Any]], object]) -> Callable[[Taken], bytes]:
    return lambda of: signed_again(of.files, of.key, change)


def in_files(change: Callable[[Files], object], *, lies: bool = False) -> Callable[[Taken], bytes]:
    def done(of: Taken) -> bytes:
        files = of.files
        change(files)
        return signed_again(files, of.key) if lies else packed_again(files)

    return done


def in_packed(change: Callable[[list[Packed]], Any]) -> Callable[[Taken], bytes]:
    """The packed files changed, without care for the rest."""

    def done(of: Taken) -> bytes:
        ready = made_ready(of.files)
        change(ready)
        return joined(ready)

    return done


def in_byte(where: Callable[[bytes], int], value: int | None = None) -> Callable[[Taken], bytes]:
    return lambda of: with_byte(of.bundle, where(of.bundle), value)


def one_more(name: str, content: bytes = b"{}") -> Callable[[Taken], bytes]:
    return in_files(lambda files: files.update({name: content}))


def put(path: list[Any], value: Any) -> Callable[[Any], object]:
    """Set what stands at a path of keys and positions."""

    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


def bomb(ready: list[Packed]) -> None:
    """A bomb: a file that unpacks to more than it says."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = deflate.compress(bytes(20_000_000)) + deflate.flush()
    ready[2] = replace(ready[2], content=content, size=1000)


def other_packing(of: Taken) -> bytes:
    """The same contents, packed with another strength."""
    ready = made_ready(of.files)
    deflate = zlib.compressobj(1, zlib.DEFLATED, -15)
    content = of.files[SNAPSHOT]
    at = next(at for at, one in enumerate(ready) if one.path == SNAPSHOT)
    ready[at] = replace(ready[at], content=deflate.compress(content) + deflate.flush())
    return joined(ready)


def central(of: Taken, position: int) -> int:
    """Where a byte of the directory's first line stands."""
    return len(of.bundle) - len(directory(made_ready(of.files))) + position


def signed_by_other(of: Taken) -> bytes:
    files = of.files
    signature = json.loads(files[SIGNATURE])
    signature |= {"public_key": of.other.signer.public_key, "signature": of.other.sign(files[MANIFEST])}
    return packed_again({**files, SIGNATURE: canonical_bytes(signature)})


def old_signature(of: Taken) -> bytes:
    """The true signature over other bytes: the title was changed."""
    files = of.files
    files[MANIFEST] = files[MANIFEST].replace("cải cách".encode(), "cải cách ".encode(), 1)
    return packed_again(files)


def _origin(of: Taken, name: str) -> str:
    return next(path for path in of.files if path.startswith("origins/") and path.endswith(name))


def in_origin(name: str, change: Callable[[Files, str], object]) -> Callable[[Taken], bytes]:
    def done(of: Taken) -> bytes:
        files = of.files
        change(files, _origin(of, name))
        return signed_again(files, of.key)

    return done


def with_evidence(items: tuple[str, ...]) -> Callable[[Taken], bytes]:
    """A file of evidence that names these items, in its place."""
    content = canonical_bytes(evidence_data([ItemEvidence(one) for one in items]))

    def done(of: Taken) -> bytes:
        files: Files = {}
        for path, one in of.files.items():
            files |= {path: one, **({"evidence.json": content} if path == "opinions.json" else {})}
        return signed_again(files, of.key)

    return done


def twin_group(of: Taken) -> bytes:
    """A group of the same code in front, with edges of its own: whoever finds yardsticks by code takes the other's."""
    files = of.files
    data = json.loads(files[SNAPSHOT])
    data["groups"].insert(0, {**data["groups"][0], "title": "Khác"})
    return signed_again({**files, SNAPSHOT: canonical_bytes(data)}, of.key)


def in_workbook(change: Callable[[bytes], bytes]) -> Callable[[Taken], bytes]:
    return in_files(lambda files: files.update({"results.xlsx": change(files["results.xlsx"])}), lies=True)


def deflated(content: bytes) -> bytes:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    return deflate.compress(content) + deflate.flush()


def swapped(rows: list[dict[str, Any]], name: str) -> None:
    rows[0][name], rows[1][name] = rows[1][name], rows[0][name]
