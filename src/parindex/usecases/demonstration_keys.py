"""The keys of the demonstration, and a bundle to be received there, made at its first start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from parindex.documents.bundles.demonstration_bundle import DISTRICT, write_demonstration_bundle
from parindex.documents.bundles.demonstration_key import PROVINCE, demonstration_key
from parindex.documents.bundles.keys import load_key, public_path, read_public_key, save_key
from parindex.domain.publication.bundle import Signer
from parindex.usecases.owner_keys import key_path
from parindex.wording.moments import VIET_NAM, local_day

_PROVINCE, _DISTRICT = "dien-bien", "UBND huyện Điện Biên"
_VALID = timedelta(days=365)
#: Beside the database, so that whoever tries the demonstration finds it.
_FOLDER = "goi-dung-thu"


@dataclass(frozen=True, slots=True)
class DistrictBundle:
    """The signed sheet of a district that lies ready to be received, and the key that signed it."""

    path: Path
    signer: Signer


def make_demonstration_key(*, at: datetime) -> None:
    """Make the key of the province of the demonstration; does nothing where there is one."""
    _make_key(_PROVINCE, PROVINCE, at)


def make_district_bundle(*, at: datetime) -> DistrictBundle:
    """The signed sheet of a district, with a key of its own; what was made before stays."""
    held = _make_key(DISTRICT, _DISTRICT, at)
    path = Path(settings.HOME) / _FOLDER / f"{DISTRICT}-2024.parindex.zip"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        signed_at = at.astimezone(VIET_NAM).isoformat(timespec="seconds")
        write_demonstration_bundle(path, load_key(held, settings.KEY_PASSWORD), signed_at)
    return DistrictBundle(path, read_public_key(public_path(held)))


def _make_key(code: str, body: str, at: datetime) -> Path:
    """Where the key of a body is; made where there is none."""
    path = key_path(code)
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        save_key(demonstration_key(local_day(at + _VALID).isoformat(), body), path, settings.KEY_PASSWORD)
    return path
