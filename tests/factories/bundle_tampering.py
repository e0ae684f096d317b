"""What somebody may do to a bundle, and by what it must be found (``python -m tests.factories.tampering_table``).

Three hands: one that changes bytes, one that packs the files again but has no key (``packed_again``), one that has the
key and lies (``signed_again``): digests and signature are then right, and only the contents can give it away.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from parindex.documents.bundles.archive import CENTRAL, DEFLATED, STORED, Packed, body, directory
from parindex.documents.bundles.keys import SigningKey
from parindex.documents.bundles.lists import evidence_data
from parindex.documents.canonical_json import canonical_bytes
from parindex.domain.publication.bundle import ItemEvidence
from tests.factories.taken_bundles import (
    MANIFEST,
    SIGNATURE,
    SNAPSHOT,
    Files,
    changed_json,
    content_at,
    files_of,
    joined,
    made_ready,
    packed_again,
    signed_again,
    start_of,
    with_byte,
)
from tests.factories.taken_workbooks import with_formula, with_macro, with_words


@dataclass(frozen=True, slots=True)
class Taken:
    """A sound bundle, the key that signed it, and that of somebody else."""

    bundle: bytes
    key: SigningKey
    other: SigningKey

    @property
    def files(self) -> Files:
        """Its files in order."""
        return files_of(self.bundle)


@dataclass(frozen=True, slots=True)
class Tampering:
    """One thing that is done, and the kind of finding that must name it."""

    what: str
    done: Callable[[Taken], bytes]
    kind: str


def _json(path: str, change: Callable[[Any], object], *, lies: bool = True) -> Callable[[Taken], bytes]:
    """A JSON file changed; ``lies``: by somebody with the key."""

    def done(of: Taken) -> bytes:
        files = of.files
        files[path] = changed_json(files[path], change)
        return signed_again(files, of.key) if lies else packed_again(files)

    return done


def _text(path: str, old: str, new: str, *, lies: bool = True) -> Callable[[Taken], bytes]:
    """A word of a file exchanged."""

    def done(of: Taken) -> bytes:
        files = of.files
        assert old.encode() in files[path], old
        files[path] = files[path].replace(old.encode(), new.encode(), 1)
        return signed_again(files, of.key) if lies else packed_again(files)

    return done


def _manifest(change: Callable[[dict[str, Any]], object]) -> Callable[[Taken], bytes]:
    return lambda of: signed_again(of.files, of.key, change)


def _files(change: Callable[[Files], object], *, lies: bool = False) -> Callable[[Taken], bytes]:
    def done(of: Taken) -> bytes:
        files = of.files
        change(files)
        return signed_again(files, of.key) if lies else packed_again(files)

    return done


def _ready(change: Callable[[list[Packed]], Any]) -> Callable[[Taken], bytes]:
    """The packed files changed, without care for the rest."""

    def done(of: Taken) -> bytes:
        ready = made_ready(of.files)
        change(ready)
        return joined(ready)

    return done


def _byte(where: Callable[[bytes], int], value: int | None = None) -> Callable[[Taken], bytes]:
    return lambda of: with_byte(of.bundle, where(of.bundle), value)


def _extra(name: str, content: bytes = b"{}") -> Callable[[Taken], bytes]:
    return _files(lambda files: files.update({name: content}))


def _field(path: list[Any], value: Any) -> Callable[[Any], object]:
    """Set what stands at a path of keys and positions."""

    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


def _larger(ready: list[Packed]) -> None:
    """A bomb: a file that unpacks to more than it says."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = deflate.compress(bytes(20_000_000)) + deflate.flush()
    ready[2] = replace(ready[2], content=content, size=1000)


def _other_packing(of: Taken) -> bytes:
    """The same contents, packed with another strength."""
    ready = made_ready(of.files)
    deflate = zlib.compressobj(1, zlib.DEFLATED, -15)
    content = of.files[SNAPSHOT]
    at = next(at for at, one in enumerate(ready) if one.path == SNAPSHOT)
    ready[at] = replace(ready[at], content=deflate.compress(content) + deflate.flush())
    return joined(ready)


def _central(of: Taken, position: int) -> int:
    """Where a byte of the directory's first line stands."""
    return len(of.bundle) - len(directory(made_ready(of.files))) + position


def _signed_by_other(of: Taken) -> bytes:
    files = of.files
    signature = json.loads(files[SIGNATURE])
    signature |= {"public_key": of.other.signer.public_key, "signature": of.other.sign(files[MANIFEST])}
    return packed_again({**files, SIGNATURE: canonical_bytes(signature)})


def _old_signature(of: Taken) -> bytes:
    """The true signature over other bytes: the title was changed."""
    files = of.files
    files[MANIFEST] = files[MANIFEST].replace("cải cách".encode(), "cải cách ".encode(), 1)
    return packed_again(files)


def _origin(of: Taken, name: str) -> str:
    return next(path for path in of.files if path.startswith("origins/") and path.endswith(name))


def _origin_file(name: str, change: Callable[[Files, str], object]) -> Callable[[Taken], bytes]:
    def done(of: Taken) -> bytes:
        files = of.files
        change(files, _origin(of, name))
        return signed_again(files, of.key)

    return done


def _evidence(items: tuple[str, ...]) -> Callable[[Taken], bytes]:
    """A file of evidence that names these items, in its place."""
    content = canonical_bytes(evidence_data([ItemEvidence(one) for one in items]))

    def done(of: Taken) -> bytes:
        files: Files = {}
        for path, one in of.files.items():
            files |= {path: one, **({"evidence.json": content} if path == "opinions.json" else {})}
        return signed_again(files, of.key)

    return done


def _twin_group(of: Taken) -> bytes:
    """A group of the same code in front, with edges of its own: whoever finds yardsticks by code takes the other's."""
    files = of.files
    data = json.loads(files[SNAPSHOT])
    data["groups"].insert(0, {**data["groups"][0], "title": "Khác"})
    return signed_again({**files, SNAPSHOT: canonical_bytes(data)}, of.key)


def _workbook(change: Callable[[bytes], bytes]) -> Callable[[Taken], bytes]:
    return _files(lambda files: files.update({"results.xlsx": change(files["results.xlsx"])}), lies=True)


_DEPARTMENTS = "criteria_sets/departments.json"
_RESULT = ["groups", 0, "result"]

TAMPERINGS: tuple[Tampering, ...] = (
    # --- bytes of the archive
    Tampering("một byte trước gói", lambda of: b"x" + of.bundle, "bundle_leading_bytes"),
    Tampering("một byte sau gói", lambda of: of.bundle + b"x", "bundle_trailing_bytes"),
    Tampering("gói thứ hai nối sau", lambda of: of.bundle + of.bundle, "bundle_trailing_bytes"),
    Tampering("chú thích ZIP", lambda of: of.bundle[:-2] + b"\x03\x00xyz", "bundle_comment"),
    Tampering("byte lạ giữa hai tệp", lambda of: of.bundle[: start_of(of.bundle, SNAPSHOT)] + b"PK??"
              + of.bundle[start_of(of.bundle, SNAPSHOT) :], "bundle_stray_bytes"),
    Tampering("cắt cụt cuối gói", lambda of: of.bundle[:-30], "directory_end"),
    Tampering("bỏ bản ghi kết thúc", lambda of: of.bundle[:-22], "directory_end"),
    Tampering("đổi một byte nén", _byte(lambda data: content_at(data, SNAPSHOT) + 40), "entry_damaged"),
    Tampering("đổi CRC", _byte(lambda data: start_of(data, SNAPSHOT) + 14), "entry_checksum"),
    Tampering("đổi giờ của tệp", _byte(lambda data: start_of(data, SNAPSHOT) + 10), "entry_header"),
    Tampering("nén lại cùng nội dung", _other_packing, "bundle_packing_changed"),
    Tampering("liên kết (symlink)", lambda of: with_byte(of.bundle, _central(of, 41), 0xA1), "entry_link"),
    Tampering("quyền thực thi", lambda of: with_byte(of.bundle, _central(of, 40), 0xED), "directory_entry"),
    Tampering("thư mục chỉ chỗ khác", lambda of: with_byte(of.bundle, _central(of, 42)), "directory_entry"),
    Tampering("thư mục thiếu một tệp", lambda of: body(made_ready(of.files)) + directory(made_ready(of.files)[:-1]),
              "directory_other_file"),
    Tampering("thư mục nêu tên khác", lambda of: with_byte(of.bundle, _central(of, CENTRAL.size)),
              "directory_other_file"),
    Tampering("mã hóa", _byte(lambda data: start_of(data, SNAPSHOT) + 6), "entry_encrypted"),
    Tampering("cách nén lạ", _byte(lambda data: start_of(data, SNAPSHOT) + 8, 12), "entry_compression"),
    Tampering("ZIP64", lambda of: of.bundle[: start_of(of.bundle, SNAPSHOT) + 22] + b"\xff" * 4
              + of.bundle[start_of(of.bundle, SNAPSHOT) + 26 :], "entry_zip64"),
    Tampering("bom: giải nén ra nhiều hơn khai", _ready(_larger), "entry_size_lies"),
    Tampering("tệp hai lần", _ready(lambda ready: ready.insert(3, ready[2])), "bundle_entry_twice"),
    Tampering("tên chỉ khác chữ hoa", _extra("Manifest.JSON"), "entry_alike"),
    Tampering("tên chữ toàn hình", _extra("manifest．json"), "entry_alike"),
    Tampering("đường dẫn ra ngoài", _extra("../../etc/cron.d/x"), "entry_path_unsafe"),
    Tampering("đường dẫn tuyệt đối", _extra("/etc/passwd"), "entry_path_unsafe"),
    Tampering("đường dẫn ổ đĩa", _extra("C:/x.json"), "entry_path_unsafe"),
    Tampering("gạch chéo ngược", _extra("origins\\x.json"), "entry_path_unsafe"),
    Tampering("ký tự đảo chiều trong tên", _extra("a\u202egnp.exe"), "entry_path_unsafe"),
    Tampering("thư mục rỗng", _extra("criteria_sets/", b""), "entry_is_folder"),
    Tampering("tệp lạ", _extra("them.json"), "entry_unknown"),
    Tampering("bản kê không nén mà nén", _ready(lambda ready: ready.__setitem__(0, replace(
        ready[0], method=DEFLATED, content=_deflated(ready[0].content)))), "entry_header"),
    Tampering("tệp nén mà không nén", _ready(lambda ready: ready.__setitem__(2, replace(
        ready[2], method=STORED, content=zlib.decompress(ready[2].content, -15)))), "entry_header"),
    # --- files
    Tampering("thiếu một tệp", _files(lambda files: files.pop("opinions.json")), "file_missing"),
    Tampering("thiếu bản kê", _files(lambda files: files.pop(MANIFEST)), "file_missing"),
    Tampering("thiếu chữ ký", _files(lambda files: files.pop(SIGNATURE)), "file_missing"),
    Tampering("thừa một bộ tiêu chí", _extra("criteria_sets/them.json"), "file_not_listed"),
    Tampering("đổi thứ tự tệp", lambda of: packed_again(dict(reversed(of.files.items()))), "files_in_other_order"),
    Tampering("đổi số liệu, không ký lại", _text(SNAPSHOT, '"28"', '"29"', lies=False), "file_digest_differs"),
    Tampering("đổi số liệu dài hơn", _text(SNAPSHOT, '"28"', '"280"', lies=False), "file_size_differs"),
    Tampering("đổi trang kiểm chứng", _text("verify.html", "<", "< ", lies=True), "page_changed"),
    Tampering("đổi hướng dẫn", _text("DOC-TRUOC.txt", "parindex verify", "parindex  very", lies=True), "page_changed"),
    Tampering("thứ tự tệp khác định dạng, bản kê cũng vậy", lambda of: signed_again(
        {**{path: of.files[path] for path in (MANIFEST, "opinions.json")}, **of.files}, of.key),
              "files_in_other_order"),
    # --- signature and key
    Tampering("chữ ký của khóa khác", _signed_by_other, "signature_by_other_key"),
    Tampering("chữ ký trên bản kê khác", _old_signature, "signature_wrong"),
    Tampering("xóa chữ ký", _json(SIGNATURE, _field(["signature"], ""), lies=False), "signature_missing"),
    Tampering("gói ký lại bằng khóa lạ", lambda of: signed_again(of.files, of.other), "key_other"),
    Tampering("thêm trường vào chữ ký", _json(SIGNATURE, _field(["x"], ""), lies=False), "signature_field"),
    Tampering("bỏ người ký", _json(MANIFEST, _field(["signer"], None), lies=False), "signature_without_signer"),
    Tampering("công bố sau khi khóa hết hạn", _manifest(
        _field(["publication", "published_at"], "2031-01-01T00:00:00+07:00")), "key_expired"),
    Tampering("công bố trước khi khóa có hiệu lực", _manifest(
        _field(["publication", "published_at"], "2020-01-01T00:00:00+07:00")), "key_not_yet_valid"),
    Tampering("kéo dài hạn khóa trong bản kê", _json(MANIFEST, _field(["signer", "valid_until"], "2099-01-01"),
              lies=False), "signature_wrong"),
    Tampering("tên khóa khác tệp khóa", _manifest(_field(["signer", "name"], "UBND khác")), "key_name_differs"),
    Tampering("dấu vân tay khóa sai", _manifest(_field(["signer", "fingerprint"], "0" * 64)), "not_a_key"),
    # --- manifest
    Tampering("định dạng khác", _manifest(_field(["format"], "parindex/bundle/2")), "bundle_of_other_format"),
    Tampering("thêm trường vào bản kê", _manifest(_field(["note"], "x")), "manifest_field"),
    Tampering("tệp nêu hai lần", _manifest(lambda data: data["files"].append(data["files"][0])), "file_listed_twice"),
    Tampering("ngày quyết định không phải ngày", _manifest(_field(["publication", "decision", "date"], "hôm qua")),
              "manifest_field"),
    Tampering("công bố ngày không có thật", _manifest(
        _field(["publication", "published_at"], "2025-02-31T08:30:00+07:00")), "manifest_field"),
    Tampering("lần công bố quá lớn", _manifest(_field(["publication", "number"], 10**17)), "manifest_field"),
    Tampering("lần công bố là 0", _manifest(_field(["publication", "number"], 0)), "manifest_field"),
    Tampering("tên cơ quan để trống", _manifest(_field(["publication", "owner", "name"], " ")), "manifest_field"),
    Tampering("tên cơ quan quá dài", _manifest(_field(["publication", "owner", "name"], "x" * 301)), "manifest_field"),
    Tampering("ký tự NUL trong tên", _manifest(_field(["publication", "title"], "Kỳ\0")), "manifest_field"),
    Tampering("đổi tên kỳ", _manifest(_field(["publication", "title"], "Kỳ khác")), "manifest_differs"),
    Tampering("đổi năm", _manifest(_field(["publication", "year"], 2026)), "manifest_differs"),
    Tampering("đổi cơ quan", _manifest(_field(["publication", "owner", "code"], "huyen")), "manifest_differs"),
    Tampering("giấu số lý do đã lược", _manifest(_field(["snapshot", "withheld"], 3)), "manifest_differs"),
    # --- contents, by somebody with the key
    Tampering("JSON có dấu cách", _text("opinions.json", "{", "{ "), "json_not_canonical"),
    Tampering("khóa JSON trùng", _text("opinions.json", '{"format"', '{"format":"x","format"'), "json_key_twice"),
    Tampering("NaN", _text("estimates.json", "120", "NaN"), "json_no_exact_number"),
    Tampering("số thực", _text("estimates.json", "120", "120.0"), "json_no_exact_number"),
    Tampering("số triệu chữ số", _text("estimates.json", "120", "1" * 1_000_000), "json_no_exact_number"),
    Tampering("JSON lồng sâu", _files(lambda files: files.update({"estimates.json": b"[" * 200_000}), lies=True),
              "json_too_deep"),
    Tampering("công thức ở chỗ số liệu", _text(SNAPSHOT, '"28"', '"=1+1"'), "snapshot_not_a_number"),
    Tampering("số viết thừa số 0", _text(SNAPSHOT, '"28"', '"28.0"'), "snapshot_number_spelled"),
    Tampering("phân số chưa tối giản", _text(SNAPSHOT, '"28"', '"56/2"'), "snapshot_number_spelled"),
    Tampering("số dài hơn 2 000 ký tự", _text(SNAPSHOT, '"28"', f'"{"1" * 2001}"'), "snapshot_number_long"),
    Tampering("sửa điểm một mục", _json(SNAPSHOT, _field([*_RESULT, "items", 0, "points", 0], "0.75")),
              "result_differs"),
    Tampering("sửa chỉ số", _json(SNAPSHOT, _field([*_RESULT, "units", 0, "index"], "99")), "result_differs"),
    Tampering("sửa tổng điểm", _json(SNAPSHOT, _field([*_RESULT, "units", 1, "points"], "9.9")), "result_differs"),
    Tampering("đổi hai thứ hạng", _json(SNAPSHOT, lambda data: _swap(data["groups"][0]["result"]["units"], "rank")),
              "result_differs"),
    Tampering("nâng xếp loại", _json(SNAPSHOT, _field([*_RESULT, "units", 1, "grade"], "Xuất sắc")), "result_differs"),
    Tampering("đổi trạng thái mục", _json(SNAPSHOT, _field([*_RESULT, "items", 1, "states", 2], "unanswered")),
              "result_differs"),
    Tampering("để mục chờ kết quả", _json(SNAPSHOT, _field(["groups", 0, "items", 1, "states", 0], "pending")),
              "pending"),
    Tampering("điểm quá tối đa", _json(SNAPSHOT, _field(["groups", 0, "items", 1, "appraised_points", 0], "2.5")),
              "points_above_maximum"),
    Tampering("đổi tối đa trong YAML", _text(SNAPSHOT, "max_points: 3", "max_points: 4"), "snapshot_set_changed"),
    Tampering("cột thiếu một giá trị", _json(SNAPSHOT, lambda data: data["groups"][0]["items"][0]["states"].pop()),
              "column_length"),
    Tampering("nhóm thứ hai cùng mã", _twin_group, "group_twice"),
    Tampering("đơn vị thứ hai cùng mã", _json(SNAPSHOT, _field(["groups", 0, "units", 1, "code"], "a")),
              "unit_of_group_twice"),
    Tampering("dòng số liệu thứ hai", _json(SNAPSHOT, lambda data: data["groups"][0]["figures"].append(
        {**data["groups"][0]["figures"][0], "values": ["1", "1", "1"]})), "snapshot_field"),
    Tampering("trường lạ trong dữ liệu đóng băng", _json(SNAPSHOT, _field(["groups", 0, "units", 0, "note"], "x")),
              "snapshot_field"),
    Tampering("năm viết thành chữ", _json(SNAPSHOT, _field(["groups", 0, "figures", 0, "year"], "2025")),
              "snapshot_field"),
    Tampering("đổi dạng chuẩn của bộ tiêu chí", _text(_DEPARTMENTS, '"target":"0.5"', '"target":"0.4"'),
              "yardstick_differs"),
    Tampering("thêm nhóm không có", _files(lambda files: files.update({"criteria_sets/x.json": files[_DEPARTMENTS]}),
              lies=True), "yardstick_of_no_group"),
    Tampering("đổi điểm của ý kiến", _json("opinions.json", _field(["opinions", "points", 1], "0.25")),
              "opinion_against_points"),
    Tampering("ý kiến về đơn vị không có", _json("opinions.json", _field(["opinions", "unit", 3], "z")),
              "list_unknown_place"),
    Tampering("ý kiến có trường tên người", _json("opinions.json", _field(["opinions", "author"], ["Bà A"] * 4)),
              "list_field"),
    Tampering("tài liệu kiểm chứng trong gói kết quả", _evidence(()), "evidence_of_result"),
    Tampering("tài liệu của mục không có", _evidence(("9.9",)), "evidence_of_no_item"),
    Tampering("tài liệu của một mục hai lần", _evidence(("1.1", "1.1")), "evidence_item_twice"),
    Tampering("gói phiếu không có tài liệu kiểm chứng", _manifest(_field(["kind"], "sheet")), "file_missing"),
    Tampering("lý do không công khai vẫn còn", _json("opinions.json", _field(["opinions", "withheld"], [True] * 4)),
              "opinion_reason_withheld"),
    Tampering("ý kiến ở cấp 0", _json("opinions.json", _field(["opinions", "level", 0], 0)), "list_count"),
    Tampering("ý kiến thứ 0", _json("opinions.json", _field(["opinions", "round", 0], 0)), "list_count"),
    Tampering("số câu trả lời âm", _json("estimates.json", _field(["estimates", "answers", 0], -1)), "list_count"),
    Tampering("điểm ý kiến dài hơn 2 000 ký tự", _json("opinions.json", _field(["opinions", "points", 1], "1" * 2001)),
              "list_not_a_number"),
    Tampering("loại ý kiến lạ", _json("opinions.json", _field(["opinions", "verdict", 0], "agree")), "opinion_word"),
    Tampering("đảo thứ tự ý kiến", _json("opinions.json", lambda data: [
        column.reverse() for column in data["opinions"].values()]), "list_order"),
    Tampering("đổi điểm khảo sát trong ước lượng", _json("estimates.json", _field(["estimates", "points", 0], "2.9")),
              "estimate_against_points"),
    Tampering("đổi sai số chuẩn", _json("estimates.json", _field(["estimates", "standard_error", 0], "0.01")),
              "estimate_against_points"),
    Tampering("macro trong bảng tính", _workbook(lambda of: with_macro(of)), "workbook_foreign_part"),
    Tampering("macro sau hai trăm phần", _workbook(lambda of: with_macro(of, after=201)),
              "workbook_foreign_part"),
    Tampering("bảng tính có quá nhiều phần", _workbook(lambda of: with_macro(of, after=201)),
              "workbook_too_many_parts"),
    Tampering("bảng tính là tệp khác", _files(lambda files: files.update({"results.xlsx": b"MZ"}), lies=True),
              "workbook_unreadable"),
    Tampering("sửa một công thức", _workbook(lambda of: with_words(of, "IF(", "IF((1=1)*")), "workbook_differs"),
    Tampering("công thức tải từ mạng", _workbook(lambda of: with_formula(of, 'WEBSERVICE("http://x.vn")')),
              "workbook_reaches_outside"),
    Tampering("tên hàm viết bằng mã ký tự", _workbook(lambda of: with_formula(of, "FILTERX&#77;L(A1)")),
              "workbook_reaches_outside"),
    Tampering("công thức gọi DDE", _workbook(lambda of: with_formula(of, "cmd|'/c calc'!A0")),
              "workbook_reaches_outside"),
    Tampering("công thức lấy ở tệp khác", _workbook(lambda of: with_formula(of, "[1]Sheet1!A1")),
              "workbook_reaches_outside"),
    Tampering("công thức mở liên kết", _workbook(lambda of: with_formula(of, 'hyperlink ("http://x.vn")')),
              "workbook_reaches_outside"),
    Tampering("bảng tính khai thực thể XML", _workbook(
        lambda of: with_words(of, "<worksheet", "<!DOCTYPE x><worksheet")),
              "workbook_unreadable"),
    # --- origins
    Tampering("bỏ gói nguồn", _origin_file("manifest.json", lambda files, path: files.pop(path)), "origin_missing"),
    Tampering("gói nguồn không ai nêu", _manifest(_field(["origins"], [])), "origin_not_listed"),
    Tampering("sửa bản kê gói nguồn", _origin_file("manifest.json", lambda files, path: files.update(
        {path: changed_json(files[path], _field(["publication", "year"], 2020))})), "origin_fingerprint"),
    Tampering("chữ ký gói nguồn sai", _origin_file("signature.json", lambda files, path: files.update(
        {path: changed_json(files[path], _field(["signature"], "0" * 128))})), "origin_signature"),
    Tampering("gói nguồn nêu hai lần", _manifest(lambda data: data["origins"].append(data["origins"][0])),
              "origin_twice"),
    Tampering("nói khác về gói nguồn", _manifest(_field(["origins", 0, "owner", "name"], "Xã khác")), "origin_differs"),
    Tampering("nêu khóa khác của gói nguồn", _manifest(_field(["origins", 0, "key_fingerprint"], "0" * 64)),
              "origin_key"),
)  # fmt: skip


def _deflated(content: bytes) -> bytes:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    return deflate.compress(content) + deflate.flush()


def _swap(rows: list[dict[str, Any]], name: str) -> None:
    rows[0][name], rows[1][name] = rows[1][name], rows[0][name]
