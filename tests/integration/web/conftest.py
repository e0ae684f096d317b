"""What tests of the pages share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from tests.factories.world import World, world


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    """How often somebody may sign in a minute is counted in a cache, public pages are kept in another: people and
    publications of other tests have the same keys.
    """
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def made(db: None) -> World:
    """A world with one open cycle."""
    return world()


@pytest.fixture
def as_person(made: World) -> Callable[[str], Client]:
    """A browser in which somebody is logged in."""

    def logged_in(name: str) -> Client:
        client = Client()
        client.force_login(made.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return logged_in


@pytest.fixture
def evidence_folders(settings: Any, tmp_path: Path) -> Path:
    """Evidence and drawn pages of a test lie in its own folder."""
    storages = {name: dict(one) for name, one in settings.STORAGES.items()}
    storages["evidence"]["OPTIONS"] = {**storages["evidence"]["OPTIONS"], "location": tmp_path / "evidence"}
    settings.STORAGES = storages
    settings.PAGE_IMAGES = tmp_path / "pages"
    return tmp_path / "evidence"
