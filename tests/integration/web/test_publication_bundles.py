"""The bundle of a publication: made behind the server, signed by its owner, given to everybody once it is public."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.owner_keys import owner_key
from tests.factories.public_rankings import Ranked, ranking
from tests.factories.published_world import PublishedWorld, finalised, published, published_world
from tests.factories.world import now
from tests.integration.web.test_corrections import attempt, change
from tests.integration.web.test_publishing import broken, tampered
from tests.integration.web.test_withheld_texts import SAID, left_out_world, standing, withhold

from parindex.database.models import AuditRecord, PublicationBundle
from parindex.documents.bundles.keys import load_public_key
from parindex.documents.bundles.verification import verified
from parindex.domain.review.audit_chain import Break
from parindex.usecases import audit_log
from parindex.usecases.bundles import bundle_path, make_due_bundles
from parindex.wording.public_results import grouped

pytestmark = pytest.mark.django_db
#: Whoever verifies has no Django.
WITHOUT_DJANGO = "import sys; sys.modules['django'] = None; from parindex.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> Path:
    """Keys and bundles of a test lie in its own folders."""
    settings.KEYS = tmp_path / "keys"
    storages = {name: dict(one) for name, one in settings.STORAGES.items()}
    storages["default"]["OPTIONS"] = {"location": tmp_path / "files"}
    settings.STORAGES = storages
    return tmp_path / "keys"


def home(world: PublishedWorld, number: int = 1) -> str:
    return f"/results/{world.made.cycle.pk}/versions/{number}/bundle/"


def file_of(world: PublishedWorld, number: int = 1) -> bytes:
    answer = Client().get(f"{home(world, number)}tinh-2025-{number}.parindex.zip")
    assert answer.status_code == 200
    return b"".join(answer)


def words_of(content: bytes) -> str:
    """Everything that stands in a bundle, its workbook unpacked."""
    found = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            inside = package.read(name)
            found.append(words_of(inside) if name.endswith(".xlsx") else inside.decode("utf-8"))
    return "\n".join(found)


def last() -> PublicationBundle:
    return PublicationBundle.objects.latest("number")


def test_a_bundle_is_made_signed_and_proves_itself_without_django(tmp_path: Path) -> None:
    world, key = published_world(), owner_key()
    assert "Gói đang được lập" in Client().get(home(world)).text
    assert Client().get(f"{home(world)}tinh-2025-1.parindex.zip").status_code == 404
    assert make_due_bundles(at=now()) == 1
    made = last()
    page = Client().get(home(world)).text
    for words in (grouped(made.fingerprint), "UBND tỉnh", grouped(key.signer.fingerprint)):
        assert words in page
    path = tmp_path / "tinh-2025-1.parindex.zip"
    path.write_bytes(file_of(world))
    found = verified(path, load_public_key(key.signer.fingerprint))
    assert (found.findings, found.differences) == ((), ())
    assert found.bundle.fingerprint == made.fingerprint
    trusted = tmp_path / "key.json"
    trusted.write_bytes(Client().get(f"{home(world)}key.json").content)
    command = [sys.executable, "-c", WITHOUT_DJANGO, "verify", str(path), "--key", str(trusted)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert make_due_bundles(at=now()) == 0
    (record,) = AuditRecord.objects.filter(action="make_bundle")
    assert made.fingerprint in record.after
    assert not any(proof.broken for proof in audit_log.verify())


def test_the_same_publication_gives_the_same_bytes() -> None:
    world = published_world()
    owner_key()
    make_due_bundles(at=now())
    before = file_of(world)
    bundle_path(last().file_digest).unlink()
    assert Client().get(f"{home(world)}tinh-2025-1.parindex.zip").status_code == 404
    assert make_due_bundles(at=now() + timedelta(days=40)) == 1
    assert (file_of(world), PublicationBundle.objects.count()) == (before, 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        PublicationBundle.objects.update(fingerprint="0" * 64)


def test_without_a_key_it_is_unsigned_and_says_so_until_there_is_one(keys: Path) -> None:
    world = published_world()
    make_due_bundles(at=now())
    unsigned = last()
    page = Client().get(home(world)).text
    assert "Gói này chưa ký." in page
    assert Client().get(f"{home(world)}key.json").status_code == 404
    assert make_due_bundles(at=now()) == 0
    owner_key()
    assert make_due_bundles(at=now()) == 1
    page = Client().get(home(world)).text
    assert ("Gói này chưa ký." in page, "Gói đã thay" in page) == (False, True)
    assert grouped(unsigned.fingerprint) in page
    assert not bundle_path(unsigned.file_digest).exists()


def test_a_key_that_is_not_valid_on_the_day_signs_nothing(keys: Path) -> None:
    published_world()
    owner_key(since=-3)
    make_due_bundles(at=now())
    assert last().key_fingerprint == ""
    for name in ("tinh.pem", "tinh.public.json"):
        (keys / name).rename(keys / name.replace("tinh.", "tinh.cu."))
    right = owner_key()
    make_due_bundles(at=now())
    assert last().key_fingerprint == right.signer.fingerprint


def test_under_embargo_it_is_made_and_nobody_gets_it() -> None:
    world = published_world(embargo_days=3)
    assert make_due_bundles(at=now()) == 1
    chair = Client()
    chair.force_login(world.made.people["chair"])
    for asked in ("", "tinh-2025-1.parindex.zip", "key.json"):
        assert [one.get(home(world) + asked).status_code for one in (Client(), chair)] == [404, 404]
    results = chair.get(f"/cycles/{world.made.cycle.pk}/results/").text
    assert (grouped(last().fingerprint) in results, "Trang gói kết quả" in results) == (True, False)


def test_withheld_words_leave_the_bundle_and_the_old_file_goes() -> None:
    world = left_out_world()
    finalised(world.made)
    found = PublishedWorld(world.made, world.made.cycle.finalisations.get(), published(world.made), world)
    make_due_bundles(at=now())
    old = last()
    assert standing(words_of(file_of(found))) == {SAID, "Bà A nghỉ sinh con"}
    withhold(world)
    assert Client().get(f"{home(found)}tinh-2025-1.parindex.zip").status_code == 404
    assert "Gói đang được lập" in Client().get(f"/results/{world.made.cycle.pk}/").text
    assert make_due_bundles(at=now()) == 1
    assert standing(words_of(file_of(found))) == set()
    assert not bundle_path(old.file_digest).exists()
    assert verified(bundle_path(last().file_digest)).holds


def test_a_corrected_publication_keeps_its_own_bundle() -> None:
    world = published_world()
    make_due_bundles(at=now())
    first = file_of(world)
    attempt(world, change(world))
    assert make_due_bundles(at=now()) == 1
    second = file_of(world, 2)
    assert (file_of(world), first != second) == (first, True)
    assert "không còn hiệu lực" in Client().get(home(world)).text
    assert "không còn hiệu lực" not in Client().get(home(world, 2)).text
    assert Client().get(home(world, 3)).status_code == 404


def test_one_that_cannot_be_made_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    world = published_world()
    ranking(world.made, [Ranked("Sở Công Thương")], year=2023)  # its snapshot is none
    left, tried = Path(default_storage.path("bundles/.making-x")), {}  # type: ignore[var-annotated]
    left.mkdir(parents=True)
    assert make_due_bundles(at=now(), tried=tried) == 1
    assert (caplog.text.count("bundle of publication"), left.exists()) == (1, True)
    assert make_due_bundles(at=now(), tried=tried) == 0
    assert caplog.text.count("bundle of publication") == 1
    assert make_due_bundles(at=now() + timedelta(hours=25), tried=tried) == 0
    assert (caplog.text.count("bundle of publication"), left.exists()) == (2, False)


def test_queries_do_not_grow_with_publications() -> None:
    world = published_world()
    make_due_bundles(at=now())
    Client().get("/results/1/")  # what is prepared once for each connection
    counts = []
    for points in ("1", "0.5"):
        with CaptureQueriesContext(connection) as asked:
            make_due_bundles(at=now())
        with CaptureQueriesContext(connection) as shown:
            Client().get(home(world), headers={"Accept-Language": "vi"})
        counts.append((len(asked), len(shown)))
        attempt(world, change(world, points))
        make_due_bundles(at=now())
    assert counts[0] == counts[1] == (1, 5)


def test_names_of_persons_are_nowhere() -> None:
    world = published_world()
    owner_key()
    make_due_bundles(at=now())
    with zipfile.ZipFile(io.BytesIO(file_of(world))) as package:
        words = "\n".join(package.read(one).decode() for one in package.namelist() if one.endswith(".json"))
    assert [one.full_name for one in world.made.people.values() if one.full_name in words] == []
    assert "345/QĐ-UBND" in words
    assert date(2026, 3, 5).isoformat() in words


@pytest.mark.parametrize("statement", ["UPDATE parindex_publicationbundle SET fingerprint = 'x'", ""])
def test_a_fingerprint_that_is_not_the_recorded_one_shows(statement: str) -> None:
    world = published_world()
    if not statement:  # a bundle that no record tells of
        PublicationBundle.objects.create(
            publication=world.publication, number=1, fingerprint="0" * 64, file_digest="0" * 64, size=1, withheld=0,
            software="0", made_at=now(),
        )  # fmt: skip
        assert broken() == {Break.BUNDLE_CHANGED}
        return
    make_due_bundles(at=now())
    assert broken() == set()
    assert tampered(statement, "bundle_no_update") == {Break.BUNDLE_CHANGED}
