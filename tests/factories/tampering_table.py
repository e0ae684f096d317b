"""The table of tamperings: what was done, by what it was found. ``python -m tests.factories.tampering_table``"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from parindex.documents.bundles.keys import PublicKey
from parindex.documents.bundles.verification import verified
from parindex.documents.bundles.writer import write_bundle
from parindex.wording.problems import message
from tests.factories.bundle_tampering import TAMPERINGS, Taken
from tests.factories.bundles import fed_contents, signing_key


def main() -> None:
    """Every row as a line of Markdown."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        key, other = signing_key(), signing_key("UBND huyện")
        write_bundle(folder / "x.zip", fed_contents(folder, other), key)
        taken = Taken((folder / "x.zip").read_bytes(), key, other)
        print("| | Việc làm | Phát hiện | Câu báo |\n|---|---|---|---|")
        for number, one in enumerate(TAMPERINGS, start=1):
            (folder / "y.zip").write_bytes(one.done(taken))
            found = verified(folder / "y.zip", PublicKey(key.signer.fingerprint, key.signer))
            said = next((message(each) for each in found.findings if each.kind == one.kind), "")
            if not said and found.differences:
                said = f"tính lại khác: {', '.join(each.name for each in found.differences)}"
            print(f"| {number} | {one.what} | `{one.kind}` | {said or '✗ KHÔNG THẤY'} |")


if __name__ == "__main__":
    main()
