"""A QR code holds the address that it was made of: its modules are those of a code made anew."""

from __future__ import annotations

import pytest
import qrcode
from qrcode.constants import ERROR_CORRECT_M
from tests.factories.qr_modules import modules

from parindex.documents.qr_codes import QUIET, qr_code

ADDRESS = "https://cchc.dienbien.gov.vn/results/12/versions/1/bundle/"


@pytest.mark.parametrize("text", [ADDRESS, "http://localhost:8171/", "https://x.vn/" + "a" * 400, "Đánh giá"])
def test_the_path_draws_the_modules_of_the_text(text: str) -> None:
    made = qr_code(text)
    fresh = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    fresh.add_data(text)
    fresh.make(fit=True)
    drawn = modules(made.size, made.path)
    inside = [row[QUIET : made.size - QUIET] for row in drawn[QUIET : made.size - QUIET]]
    assert inside == [[bool(one) for one in row] for row in fresh.get_matrix()]
    assert sum(map(sum, drawn)) == sum(map(sum, inside))


def test_it_is_a_picture_of_its_own() -> None:
    assert qr_code(ADDRESS).svg.startswith(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 41 41"><path d="M4 4h7'
    )
