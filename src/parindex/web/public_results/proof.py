"""What lets anybody check a publication, on every page and paper of it: where its bundle is, what it is known by."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from parindex.database.models import Publication
from parindex.database.queries.publication_bundles import current_bundle, shown_fingerprint
from parindex.documents.official_papers.proof import BundleMark
from parindex.documents.qr_codes import QrCode, qr_code
from parindex.web.public_addresses import public_address


@dataclass(frozen=True, slots=True)
class Proof:
    """The address of the page of a bundle, as a QR code too; its fingerprint, "" while it has still to be made."""

    address: str
    qr: QrCode
    fingerprint: str


def proof_of(request: HttpRequest, publication: Publication) -> Proof:
    """The proof of a publication that was read with
    :func:`~parindex.database.queries.publication_bundles.with_bundles`. No query.
    """
    address = bundle_address(request, publication)
    return Proof(address, qr_code(address), shown_fingerprint(publication))


def bundle_address(request: HttpRequest, publication: Publication) -> str:
    """The whole address of the page of a publication's bundle."""
    return public_address(request, "public_bundle", cycle=publication.cycle_id, number=publication.number)


def bundle_mark(request: HttpRequest, publication: Publication) -> BundleMark:
    """What a paper of a publication prints of its bundle. Two queries."""
    made = current_bundle(publication)
    return BundleMark(bundle_address(request, publication), made.fingerprint if made is not None else "")
