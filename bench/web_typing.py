"""What is sent while somebody types an explanation: the text as it stands at each pause."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

EXPLANATIONS = Path("src/parindex/data/examples/dien-bien-2020/explanations.csv")
#: Letters between two pauses.
PAUSE = 40
FIELD = "explanation"


def typed(client: int, clients: int) -> Callable[[int], dict[str, str]]:
    """The explanations that a province wrote in 2020, growing from pause to pause; each client begins elsewhere, so
    that none is asked what another has been answered just before.
    """
    texts = _pauses()
    first = client * len(texts) // clients
    return lambda number: {"field": FIELD, FIELD: texts[(first + number) % len(texts)]}


@cache
def _pauses() -> tuple[str, ...]:
    """About 1,100 texts of 400 letters on average."""
    with EXPLANATIONS.open(encoding="utf-8", newline="") as file:
        written = [row["explanation"] for row in csv.DictReader(file)]
    return tuple(text[:end] for text in written for end in range(PAUSE, len(text) + 1, PAUSE))


def dense(client: int, clients: int) -> Callable[[int], dict[str, str]]:
    """A text of 400 letters with twice as many figures as officials write, another one each time."""

    def text(number: int) -> dict[str, str]:
        received = 832 + client + number * clients
        explanation = (
            f"Trong năm 2024 đã tiếp nhận {received} hồ sơ trực tuyến, giải quyết đúng hạn 249/832 hồ sơ, đạt 29,93%. "
            "Kế hoạch số 3855/KH-UBND ngày 27/12/2023; 45/45 nhiệm vụ hoàn thành (100%), trong đó 32 nhiệm vụ trước "
            "hạn, 13 nhiệm vụ đúng hạn. Công thức: (225/572*1.0)+(347/572*0.5) = 0.6967. Tổng số 2.903 vị trí việc "
            "làm gồm 555 vị trí lãnh đạo, 1.022 vị trí chuyên môn, 261 vị trí hỗ trợ, 1.065 vị trí phục vụ."
        )
        return {"field": FIELD, FIELD: explanation}

    return text
