"""The process that looks into uploaded PDFs, pictures and Word files: reads a request, answers, ends.

Started by :mod:`~parindex.documents.evidence_files.isolated` only. The answer is a line of JSON, then bytes.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from parindex.documents.evidence_files.answers import Refused, Reply

Operation = Callable[..., Reply]


def limit_resources(memory: int, seconds: int) -> None:
    """Hold this process to so much memory and processor time, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _operation(name: str) -> Operation:
    """The libraries behind an operation are loaded after the limits are set, and only those that it needs."""
    if name == "look_into_pdf":
        from parindex.documents.evidence_files import pdf_contents

        return pdf_contents.look
    if name.endswith("_of_picture"):
        from parindex.documents.evidence_files import pictures

        of_pictures: dict[str, Operation] = {"look_of_picture": pictures.look, "image_of_picture": pictures.image}
        return of_pictures[name]
    if name == "lines_of_word_file":
        from parindex.documents.evidence_files import word_lines

        return word_lines.lines
    if name == "search_in_pages":
        from parindex.documents.evidence_files import pdf_search

        return pdf_search.find
    from parindex.documents.evidence_files import pdf_pages

    of_pages: dict[str, Operation] = {
        "image_of_page": pdf_pages.image,
        "text_of_page": pdf_pages.text,
        "pieces_of_page": pdf_pages.pieces,
    }
    return of_pages[name]


def main() -> int:
    """Answer one request; a process that fails in any other way is the parent's to name."""
    request = json.load(sys.stdin)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # NumPy sets memory aside for every thread that it might start
    limit_resources(request["memory"], request["seconds"])
    try:
        facts, data = _operation(request["operation"])(Path(request["path"]), **request["options"])
    except Refused as refused:
        facts, data = refused.facts, b""
    except Exception as error:
        if isinstance(error, MemoryError):
            return 1
        # A decoder that stumbles over a file does so in its own way; what it was is for the log of the server.
        traceback.print_exc()
        facts, data = {"problem": "file_damaged", "reason": type(error).__name__}, b""
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + data)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
