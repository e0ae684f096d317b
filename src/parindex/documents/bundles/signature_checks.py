"""Who signed a bundle, whether the signature is over these bytes, whether the key was valid on the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parindex.documents.bundles import paths
from parindex.documents.bundles.keys import PublicKey, is_signed
from parindex.documents.bundles.opened import Opened
from parindex.domain.errors import Place, Problem
from parindex.domain.publication.bundle import Signer, as_day

_SIGNATURE = Place(file=paths.SIGNATURE)


def signature_findings(made: Opened, key: PublicKey | None) -> Iterator[Problem]:
    """What is wrong with the signature and its key; ``key``: whom the reader trusts.

    Problem kinds: ``bundle_packing_changed``, ``signature_without_signer``, ``signature_missing``,
    ``signature_by_other_key`` (``found``, ``expected``), ``signature_wrong``, ``not_signed``, ``key_other`` (``found``,
    ``expected``), ``key_name_differs`` (``found``, ``expected``), ``key_days_differ`` (``from``, ``until``, the same
    of the bundle), ``key_expired`` (``day``, ``until``), ``key_not_yet_valid`` (``day``, ``from``): by what the bundle
    says of the days itself, and by what the reader knows of them.
    """
    found, manifest = made.signature, made.manifest
    if found is not None and made.archive.before_signature != found.archive:
        yield Problem("bundle_packing_changed", Place(file=made.name))
    if manifest is None:
        return
    signer = manifest.signer
    if signer is None:
        if found is not None and (found.signature or found.public_key):
            yield Problem("signature_without_signer", _SIGNATURE)
        if key is not None:
            yield Problem("not_signed", Place(file=made.name))
        return
    if found is not None:
        yield from _signed(made, signer, found.public_key, found.signature)
    if key is not None and key.fingerprint not in (signer.fingerprint, signer.public_key):
        yield Problem(
            "key_other", Place(file=paths.MANIFEST), {"found": signer.fingerprint, "expected": key.fingerprint}
        )
        return
    if key is not None and key.signer is not None and key.signer.name != signer.name:
        facts = {"found": signer.name, "expected": key.signer.name}
        yield Problem("key_name_differs", Place(file=paths.MANIFEST), facts)
    stated = (signer.valid_from, signer.valid_until)
    if key is not None and key.days not in (None, stated):
        yield _other_days(stated, key.days)
    yield from _days(manifest.publication.day, [stated, *([] if key is None or key.days is None else [key.days])])


def _other_days(stated: tuple[str, str], known: tuple[str, str] | None) -> Problem:
    """The bundle says other days of its key than the reader knows: whoever holds a key may write any."""
    named = {"found_from": stated[0], "found_until": stated[1]}
    named |= {} if known is None else {"from": known[0], "until": known[1]}
    return Problem("key_days_differ", Place(file=paths.MANIFEST), {name: as_day(day) for name, day in named.items()})


def _signed(made: Opened, signer: Signer, public_key: str, signature: str) -> Iterator[Problem]:
    if not signature:
        yield Problem("signature_missing", _SIGNATURE)
    elif public_key != signer.public_key:
        yield Problem(
            "signature_by_other_key", _SIGNATURE, {"found": public_key[:16], "expected": signer.public_key[:16]}
        )
    elif not is_signed(made.manifest_bytes, signature, public_key):
        yield Problem("signature_wrong", _SIGNATURE)


def _days(day: str, of: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """The day of the publication against every pair of days, from and until, that must hold."""
    place, first, last = Place(file=paths.MANIFEST), max(one for one, _ in of), min(one for _, one in of)
    if day > last:
        yield Problem("key_expired", place, {"day": as_day(day), "until": as_day(last)})
    if day < first:
        yield Problem("key_not_yet_valid", place, {"day": as_day(day), "from": as_day(first)})


def signature_notes(made: Opened, key: PublicKey | None) -> Iterator[Problem]:
    """What the signature does not prove: ``not_signed``; ``key_not_known`` (``name``, ``fingerprint``) where the reader
    has not said whom to trust; ``key_days_unproved`` (``from``, ``until``) where only a fingerprint was given: it is
    that of the 32 bytes of the key, and says nothing of days.
    """
    if made.manifest is None:
        return
    signer = made.manifest.signer
    if key is not None:
        if key.days is None and signer is not None:
            facts = {"from": as_day(signer.valid_from), "until": as_day(signer.valid_until)}
            yield Problem("key_days_unproved", Place(file=paths.MANIFEST), facts)
    elif signer is None:
        yield Problem("not_signed", Place(file=made.name))
    else:
        yield Problem(
            "key_not_known", Place(file=paths.MANIFEST), {"name": signer.name, "fingerprint": signer.fingerprint}
        )
