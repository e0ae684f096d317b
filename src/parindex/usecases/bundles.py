"""Bundles of publications: made behind the server once a result is published, kept until words are withheld of it or a
key has come, and never given out before the publication is public.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.storage import default_storage
from django.db import transaction

from parindex.database.models import Publication, PublicationBundle
from parindex.database.queries.publication_bundles import (
    bundles_of,
    of_last_bundle,
    shown_fingerprint,
    with_bundles,
)
from parindex.documents.bundles.keys import SigningKey, public_key_bytes
from parindex.documents.bundles.manifest_file import manifest_fingerprint
from parindex.documents.bundles.writer import write_bundle
from parindex.domain.publication.bundle import Manifest
from parindex.usecases import audit_log
from parindex.usecases.bundle_contents import contents_of
from parindex.usecases.owner_keys import key_for
from parindex.wording.language import Language, speaking
from parindex.wording.moments import local_day

FOLDER = "bundles"
#: What could not be made is tried again after so long: for a nation a try takes minutes.
AGAIN = timedelta(hours=1)
#: What a process that was killed has left behind is cleared away after so long.
LEFT_BEHIND = timedelta(days=1)
#: When each publication was tried in vain, in this process.
Tried = dict[int, datetime]
logger = logging.getLogger(__name__)


def bundle_name(publication: Publication) -> str:
    """What the file of a publication is called, whoever has it: owner, year, number of the publication."""
    cycle = publication.cycle
    return f"{owner_code(publication)}-{cycle.year}-{publication.number}.parindex.zip"


def owner_code(publication: Publication) -> str:
    """The code of the unit that published."""
    return str(publication.cycle.owner_path).rsplit("/", 1)[-1]


def bundle_path(file_digest: str) -> Path:
    """Where the file of a bundle lies, by its SHA-256."""
    return Path(default_storage.path(FOLDER)) / f"{file_digest}.parindex.zip"


# --- what is due ---------------------------------------------------------------------------------------------------


def make_due_bundles(*, at: datetime, tried: Tried | None = None) -> int:
    """Make every bundle that is missing, one after the other; how many. The clock acts, nobody else.

    One is missing where none was made of a publication, words were kept from the public since, its file is gone, or it
    is unsigned and a key has come. What cannot be made keeps nothing else from being made; ``tried`` keeps what was
    tried in vain: not again before :data:`AGAIN`.
    """
    made, in_vain = 0, {} if tried is None else tried
    for publication, key in list(_due()):
        if publication.pk in in_vain and at - in_vain[publication.pk] < AGAIN:
            continue
        try:
            made += make_bundle(publication, key, at=at) is not None
        except Exception:  # of this publication alone: the next time may go better
            in_vain[publication.pk] = at
            logger.exception("bundle of publication %s", publication.pk)
    return made


def _due() -> Iterator[tuple[Publication, SigningKey | None]]:
    rows = with_bundles().annotate(
        bundle_key=of_last_bundle("key_fingerprint", "pk"), bundle_file=of_last_bundle("file_digest", "pk")
    )
    for one in rows.order_by("pk"):
        is_whole = shown_fingerprint(one) != "" and bundle_path(str(one.bundle_file)).exists()
        if is_whole and one.bundle_key:
            continue
        key = key_for(owner_code(one), local_day(one.published_at).isoformat())
        if key is not None or not is_whole:
            yield one, key


# --- making --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Made:
    """A bundle that lies on the disk, and of how many words that were kept from the public it knows nothing."""

    manifest: Manifest
    path: Path
    file_digest: str
    withheld: int


def make_bundle(publication: Publication, key: SigningKey | None, *, at: datetime) -> PublicationBundle | None:
    """Make the bundle of a publication, signed by ``key`` or unsigned; None where words were kept from the public while
    it was made, which is then done again.

    For a nation this takes minutes: it holds nothing meanwhile.
    """
    folder = Path(default_storage.path(FOLDER))
    folder.mkdir(parents=True, exist_ok=True)
    _clear_left_behind(folder, at)
    withheld = publication.withheld or 0  # type: ignore[attr-defined]  # annotated
    with TemporaryDirectory(prefix=".making-", dir=folder) as place:
        path = Path(place) / bundle_name(publication)
        # Papers in it are those of the owner, whatever language somebody reads in.
        with speaking(Language.VIETNAMESE.value):
            manifest = write_bundle(path, contents_of(publication), key)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        kept = _kept(publication.pk, _Made(manifest, path, digest, withheld), key, at=at)
    if kept is not None:
        for one in bundles_of(publication):
            if one.file_digest != kept.file_digest:
                bundle_path(one.file_digest).unlink(missing_ok=True)  # it may hold words that are withheld by now
    return kept


def _clear_left_behind(folder: Path, at: datetime) -> None:
    for one in folder.glob(".making-*"):
        if datetime.fromtimestamp(one.stat().st_mtime, UTC) < at - LEFT_BEHIND:
            shutil.rmtree(one, ignore_errors=True)


@transaction.atomic
def _kept(publication_id: int, made: _Made, key: SigningKey | None, *, at: datetime) -> PublicationBundle | None:
    """Put the file in its place and record it; the publication is held, so that of two clocks one records it."""
    Publication.objects.select_for_update(no_key=True).only("pk").get(pk=publication_id)
    publication = with_bundles().get(pk=publication_id)
    if (publication.withheld or 0) != made.withheld:  # type: ignore[attr-defined]  # annotated
        return None
    fingerprint = manifest_fingerprint(made.manifest)
    last = PublicationBundle.objects.filter(publication=publication).order_by("-number").first()
    size = made.path.stat().st_size
    made.path.replace(bundle_path(made.file_digest))
    if last is not None and (last.fingerprint, last.file_digest) == (fingerprint, made.file_digest):
        return last
    kept = PublicationBundle.objects.create(
        publication=publication, number=1 if last is None else last.number + 1, fingerprint=fingerprint,
        file_digest=made.file_digest, size=size, withheld=made.withheld, software=made.manifest.version, made_at=at,
        **_signed_by(key),
    )  # fmt: skip
    what = audit_log.target(publication, unit=publication.cycle.owner_id, cycle=publication.cycle_id)
    facts = {"number": publication.number, "bundle": fingerprint, "key": kept.key_fingerprint}
    audit_log.record("make_bundle", what, by=None, at=at, after=facts)
    return kept


def _signed_by(key: SigningKey | None) -> dict[str, object]:
    if key is None:
        return {}
    signer = key.signer
    return {
        "signer": signer.name, "key_fingerprint": signer.fingerprint, "public_key": public_key_bytes(key).decode(),
        "valid_from": date.fromisoformat(signer.valid_from), "valid_until": date.fromisoformat(signer.valid_until),
    }  # fmt: skip
