"""Pages drawn on the server: the asked one only, upright, without what the camera wrote, within limits."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import ExifTags, Image, PngImagePlugin
from tests.papers import evidence_files as made

from parindex.documents.evidence_files import isolated
from parindex.documents.evidence_files.content import Content
from parindex.documents.evidence_files.page_images import PageImage, page_image, page_words
from parindex.domain.errors import InvalidInput, Problem


def problem(path: Path, content: Content, **options: int) -> Problem:
    with pytest.raises(InvalidInput) as caught:
        page_image(path, content, name="tài liệu", **options)
    (found,) = caught.value.problems
    assert found.place.file == "tài liệu"
    return found


def opened(drawn: PageImage) -> Image.Image:
    picture = Image.open(BytesIO(drawn.data))
    assert picture.get_format_mimetype() == drawn.media_type
    assert picture.size == (drawn.width, drawn.height)
    return picture


def colour(picture: Image.Image, x: float, y: float) -> str:
    red, _, blue = picture.convert("RGB").getpixel((int(picture.width * x), int(picture.height * y)))
    return "red" if red > 200 > 100 > blue else "blue" if blue > 200 > 100 > red else "other"


@pytest.fixture(scope="module")
def long_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "x"
    return made.pdf(path, [[(72, 72, f"Trang số {number}")] for number in range(1, 2_001)])


def test_of_two_thousand_pages_only_the_asked_one_is_drawn(long_pdf: Path, tmp_path: Path) -> None:
    short = made.pdf(tmp_path / "short", [[(72, 72, "Trang số 1")]])
    started = time.perf_counter()
    page_image(short, Content.PDF, name="a.pdf")
    least = time.perf_counter() - started
    started = time.perf_counter()
    drawn = page_image(long_pdf, Content.PDF, name="a.pdf", page=1_999, width=600)
    assert time.perf_counter() - started < 10 * least
    assert (drawn.page, drawn.pages, drawn.width, drawn.height) == (1_999, 2_000, 600, 850)
    darkest, lightest = opened(drawn).convert("L").getextrema()
    assert (darkest < 100, lightest) == (True, 255)


def test_words_have_their_places(long_pdf: Path) -> None:
    found = page_words(long_pdf, name="a.pdf", page=7)
    assert [word.text for word in found.words] == ["Trang", "số", "7"]
    assert (found.width, found.height, found.pages) == (595, 842, 2_000)
    assert all(60 < word.top < 72 < word.bottom < 80 for word in found.words)
    assert found.words[0].left == pytest.approx(72, abs=2)


@pytest.mark.parametrize("page", [0, -1, 2_001])
def test_a_page_that_there_is_not(long_pdf: Path, page: int) -> None:
    found = problem(long_pdf, Content.PDF, page=page)
    assert (found.kind, found.facts) == ("no_such_page", {"page": page, "pages": 2_000})


def test_the_width_is_held_within_limits(long_pdf: Path) -> None:
    assert page_image(long_pdf, Content.PDF, name="a", width=1).width == 40
    assert page_image(long_pdf, Content.PDF, name="a", width=10**9).width == 4_000


def test_a_page_of_endless_length_is_drawn_narrower(tmp_path: Path) -> None:
    def change(document: pikepdf.Pdf) -> None:
        document.pages[0].MediaBox = [0, 0, 100, 14_400]

    drawn = page_image(made.changed_pdf(tmp_path / "x", change), Content.PDF, name="a", width=4_000)
    assert drawn.height <= 12_001
    assert drawn.width < 100


def test_pages_turned_by_the_pdf_are_upright(tmp_path: Path) -> None:
    path = made.changed_pdf(tmp_path / "x", lambda document: document.pages[0].rotate(90, relative=False))
    drawn = page_image(path, Content.PDF, name="a", width=842)
    assert (drawn.width, drawn.height) == (842, 595)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"nothing"])
def test_a_damaged_pdf(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    assert problem(path, Content.PDF).kind == "file_damaged"


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    path = made.changed_pdf(tmp_path / "x", lambda _: None, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert problem(path, Content.PDF).kind == "file_encrypted"


def test_a_damaged_page_leaves_the_others(tmp_path: Path) -> None:
    path = made.pdf(tmp_path / "x", [[(72, 72, "một")], [(72, 72, "hai")]])
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.Root.Pages.Kids[0] = pikepdf.Dictionary(Type=pikepdf.Name.Nonsense)
        document.save(path)
    assert problem(path, Content.PDF, page=1).kind in {"page_damaged", "file_damaged"}
    assert [word.text for word in page_words(path, name="a", page=2).words] == ["hai"]


def test_files_without_pages_have_no_pictures_of_them(tmp_path: Path) -> None:
    found = problem(made.word(tmp_path / "x"), Content.DOCX)
    assert (found.kind, found.facts) == ("no_page_images", {"content": ".docx"})


def test_a_photo_is_drawn_upright_and_without_what_the_camera_wrote(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # turned a quarter to the right: what is left is then at the top
    exif[ExifTags.Base.Make] = "Máy ảnh"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (21.0, 23.0, 5.0)
    path = made.picture(tmp_path / "x", (400, 200), format="JPEG", exif=exif, quality=95, comment=b"private")
    with Image.open(path) as stored:
        assert stored.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    drawn = page_image(path, Content.JPEG, name="ảnh.jpg", width=100)
    picture = opened(drawn)
    assert (drawn.width, drawn.height, drawn.pages) == (100, 200, 1)
    assert (colour(picture, 0.5, 0.2), colour(picture, 0.5, 0.8)) == ("red", "blue")
    assert dict(picture.getexif()) == {}
    assert {"exif", "comment", "icc_profile", "xmp"} & set(picture.info) == set()
    assert b"private" not in drawn.data


def test_what_a_png_says_beside_the_picture_is_not_copied(tmp_path: Path) -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "private")
    path = made.picture(tmp_path / "x", format="PNG", pnginfo=said)
    assert b"private" in path.read_bytes()
    assert b"private" not in page_image(path, Content.PNG, name="a").data


def test_a_picture_is_never_made_larger(tmp_path: Path) -> None:
    drawn = page_image(made.picture(tmp_path / "x", format="WEBP"), Content.WEBP, name="a", width=1_000)
    assert (drawn.width, drawn.height) == (120, 80)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_mode_are_drawn_on_white(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "x"
    content = Content.JPEG if mode == "CMYK" else Content.PNG
    Image.new(mode, (90, 60)).save(path, "JPEG" if content is Content.JPEG else "PNG")
    picture = opened(page_image(path, content, name="a"))
    transparent = mode in ("LA", "RGBA")
    expected = 255 if transparent or mode == "CMYK" else 0
    assert picture.convert("L").getpixel((45, 30)) == expected


def test_a_picture_has_one_page(tmp_path: Path) -> None:
    found = problem(made.picture(tmp_path / "x", format="PNG"), Content.PNG, page=2)
    assert (found.kind, found.facts) == ("no_such_page", {"page": 2, "pages": 1})


def test_a_picture_bomb_is_not_unpacked(tmp_path: Path) -> None:
    assert problem(made.picture_bomb(tmp_path / "x", 60_000), Content.PNG).kind == "picture_too_large"


def test_a_picture_cut_short_is_damaged(tmp_path: Path) -> None:
    path = made.picture(tmp_path / "x", (400, 400), format="PNG")
    path.write_bytes(path.read_bytes()[:-80])
    assert problem(path, Content.PNG).kind == "file_damaged"
    assert problem(made.picture(tmp_path / "y", format="GIF"), Content.PNG).kind == "file_damaged"


def test_what_takes_too_much_memory_ends_with_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page whose picture unpacks to more than the process may have costs that process alone."""
    path = tmp_path / "x"
    Image.new("RGB", (6_000, 6_000)).save(path, "PNG")
    monkeypatch.setattr(isolated, "MAX_MEMORY", 200 * 2**20)
    found = problem(path, Content.PNG, width=4_000)
    assert (found.kind, found.facts) == ("evidence_too_demanding", {"seconds": 20, "megabytes": 200})


def test_what_takes_too_long_ends_with_a_problem(tmp_path: Path) -> None:
    """A drawing that calls another ten times, which calls another ten times, and so on: ten thousand million."""

    def change(document: pikepdf.Pdf) -> None:
        inner = document.make_stream(b"0 0 9 9 re f")
        inner.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 99, 99]})
        for _ in range(10):
            outer = document.make_stream(b"/A Do " * 10)
            outer.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 99, 99]})
            outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=inner))
            inner = document.make_indirect(outer)
        document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=inner))
        document.pages[0].Contents = document.make_stream(b"/A Do")

    path = made.changed_pdf(tmp_path / "x", change)
    with pytest.raises(InvalidInput) as caught:
        isolated.ask("image_of_page", path, name="a.pdf", seconds=1, page=1, width=100)
    assert [one.kind for one in caught.value.problems] == ["evidence_too_demanding"]


def test_the_stamp_of_a_digital_signature_is_drawn(tmp_path: Path) -> None:
    """It is the look of a field of a form, which viewers without forms leave out."""

    def change(document: pikepdf.Pdf) -> None:
        look = document.make_stream(b"1 0 0 rg 0 0 200 100 re f")
        look.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 200, 100]})
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T="Chữ ký", F=4,
            Rect=[200, 371, 400, 471], AP=pikepdf.Dictionary(N=look),
        )  # fmt: skip
        stored = document.make_indirect(field)
        document.pages[0].Annots = [stored]
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[stored], SigFlags=3)

    drawn = page_image(made.changed_pdf(tmp_path / "x", change), Content.PDF, name="a")
    assert colour(opened(drawn), 0.5, 0.5) == "red"


def test_a_process_that_does_not_end_is_ended(tmp_path: Path) -> None:
    """The clock of the server, for what costs no processor time: here it has run out before the start."""
    with pytest.raises(InvalidInput) as caught:
        isolated.ask("text_of_page", made.pdf(tmp_path / "x"), name="a.pdf", seconds=-5, page=1)
    assert [one.kind for one in caught.value.problems] == ["evidence_too_demanding"]
