"""Sending evidence as the form of an item does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.world import World
from tests.papers.evidence_files import pdf

HTMX = {"HX-Request": "true"}


def here(made: World, code: str = "1.1") -> str:
    """Where the evidence of an item is sent."""
    return f"/sheets/{made.sheet.pk}/items/{code}/evidence/"


def upload(client: Client, made: World, *files: tuple[str, bytes], code: str = "1.1", **headers: str) -> Any:
    """Send files to an item; headers that a name cannot hold are written with ``_``."""
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(here(made, code), {"files": sent}, headers=named)


def paper(tmp_path: Path, words: str = "Kế hoạch cải cách hành chính") -> bytes:
    """A PDF of two pages."""
    return pdf(tmp_path / "paper.pdf", (((72, 72, words),), ((72, 72, "Trang thứ hai"),))).read_bytes()


def downloaded(client: Client, address: str) -> bytes:
    """The bytes that an address hands out."""
    return read(client.get(address))


def read(answer: Any) -> bytes:
    """The bytes of an answer, to its end: what is streamed is closed by that."""
    data: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return data
