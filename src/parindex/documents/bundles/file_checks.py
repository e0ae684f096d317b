"""The files of a bundle against its manifest: nothing missing, nothing more, every byte as listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version

from parindex.documents.bundles import paths
from parindex.documents.bundles.archive import digest
from parindex.documents.bundles.opened import Opened
from parindex.documents.bundles.shipped_files import SOFTWARE, shipped_file
from parindex.documents.results.snapshots import StoredSnapshot
from parindex.domain.errors import Place, Problem
from parindex.domain.publication.bundle import BundleKind, Manifest

_UNLISTED = (paths.MANIFEST, paths.SIGNATURE)
_REQUIRED = (paths.READ_FIRST, paths.SNAPSHOT, paths.ESTIMATES, paths.OPINIONS, paths.WORKBOOK, paths.VERIFIER)


def file_findings(made: Opened) -> Iterator[Problem]:
    """Problem kinds: ``file_missing``, ``file_not_listed``, ``file_listed_twice``, ``file_size_differs`` (``found``,
    ``expected``), ``file_digest_differs``, ``files_in_other_order``, ``page_changed``.
    """
    listed = {} if made.manifest is None else {one.path: one for one in made.manifest.files}
    yield from _missing(made, listed)
    if made.manifest is None:
        return
    for path, file in made.archive.files.items():
        place = Place(file=path)
        if path not in listed:
            if path not in _UNLISTED:
                yield Problem("file_not_listed", place)
        elif file.size != listed[path].size:
            yield Problem("file_size_differs", place, {"found": file.size, "expected": listed[path].size})
        elif file.sha256 != listed[path].sha256:
            yield Problem("file_digest_differs", place)
    for path, times in Counter(one.path for one in made.manifest.files).items():
        if times > 1:
            yield Problem("file_listed_twice", Place(file=path))
    yield from _order(made, made.manifest)
    yield from (Problem("page_changed", Place(file=path)) for path in _pages(made, made.manifest, same_version=True))


def _missing(made: Opened, listed: Iterable[str]) -> Iterator[Problem]:
    """What is not there; what is there and could not be unpacked is said already."""
    said = {one.place.file for one in made.archive.problems}
    for path in dict.fromkeys([*_UNLISTED, *listed, *_required(made)]):
        if path not in made.archive.files and path not in said:
            yield Problem("file_missing", Place(file=path))


def _required(made: Opened) -> tuple[str, ...]:
    """What every bundle has: the yardstick of each group too; that of a sheet its evidence."""
    groups = [] if made.stored is None else [one.code for one in made.stored.snapshot.groups]
    is_sheet = made.manifest is not None and made.manifest.kind is BundleKind.SHEET
    return (*_REQUIRED, *([paths.EVIDENCE] if is_sheet else []), *paths.set_paths(groups))


def _order(made: Opened, manifest: Manifest) -> Iterator[Problem]:
    wanted = [paths.MANIFEST, *(one.path for one in manifest.files), paths.SIGNATURE]
    found = list(made.archive.files)
    common = set(wanted) & set(found)
    as_listed = [one for one in found if one in common] == [one for one in dict.fromkeys(wanted) if one in common]
    if not as_listed or (made.stored is not None and not _as_the_format_orders(found, made.stored)):
        yield Problem("files_in_other_order", Place(file=made.name))


def _as_the_format_orders(found: Sequence[str], stored: StoredSnapshot) -> bool:
    """Whether the files stand as docs/goi-ket-qua.md §2 has them; what is unknown is said elsewhere."""
    sets = paths.set_paths([one.code for one in stored.snapshot.groups])
    wanted = paths.in_order(sets, sorted({one for one in map(paths.origin_of, found) if one}))
    there = set(found)
    known = set(wanted)
    return [one for one in found if one in known] == [one for one in wanted if one in there]


def file_notes(made: Opened) -> Iterator[Problem]:
    """``page_of_other_version`` (``version``): a page of another version of the software, which nothing here proves."""
    if made.manifest is not None:
        for path in _pages(made, made.manifest, same_version=False):
            yield Problem("page_of_other_version", Place(file=path), {"version": made.manifest.version})


def _pages(made: Opened, manifest: Manifest, *, same_version: bool) -> Iterator[str]:
    """The files of ours that are not as this version writes them."""
    if ((manifest.software, manifest.version) == (SOFTWARE, version(SOFTWARE))) is not same_version:
        return
    for path in (paths.READ_FIRST, paths.VERIFIER):
        file = made.archive.files.get(path)
        if file is not None and file.sha256 != digest(shipped_file(path)):
            yield path
