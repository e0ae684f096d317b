"""What the council and the public ask for: a step of the queue, the matrix, the ranking kept and made anew."""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from bench.web_load import TOKEN, Ask, get

#: What is measured, the floor it is held against, and how many times the floor it may take.
AIMS = {
    "queue step": ("floor write", 3.0),
    "- all of it": ("floor write", 0.0),
    "- next page": ("floor table", 0.0),
    "matrix": ("floor table", 5.0),
    "public ranking": ("floor read", 2.0),
    "- made anew": ("floor table", 0.0),
}


def asks(plan: Mapping[str, Any]) -> dict[str, Sequence[Ask]]:
    """The addresses, asked by as many clients as there are appraisers in the plan.

    The queue of each is cut in two: one half for what the appraiser waits for, the other for all that a step asks of
    the server. The public pages are asked without a login; a search in the ranking is never kept, so it is made each
    time.
    """
    appraisers = plan["appraisers"]
    ranking = f"/results/{plan['published']}/"
    return {
        "queue step": [queue_step(one["cookie"], one["steps"][::2]) for one in appraisers],
        "- all of it": [queue_step(one["cookie"], one["steps"][1::2], whole=True) for one in appraisers],
        "- next page": [get(_item(one["steps"][-1]), one["cookie"]) for one in appraisers],
        "matrix": [get(f"/cycles/{plan['appraised']}/matrix/", plan["secretary"]) for _ in appraisers],
        "public ranking": [get(ranking, "") for _ in appraisers],
        "- made anew": [get(f"{ranking}?q=huyen", "") for _ in appraisers],
    }


def queue_step(cookie: str, steps: Sequence[Sequence[Any]], *, whole: bool = False) -> Ask:
    """Accept the next item of a queue, as the page does that has read the following one already: what is waited for
    between the key and the next item. ``whole``: with the page that is read ahead, before, and the queue that comes
    anew, after. Each item is judged once; a queue that has come to its end ends the bench.
    """
    asking = {"Cookie": f"sessionid={cookie}; csrftoken={TOKEN}", "Accept-Encoding": "gzip", "HX-Request": "true"}
    sending = {"X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded", "HX-Target": "item"}
    left = iter(zip(steps, steps[1:], strict=False))

    def ask(connection: http.client.HTTPConnection) -> tuple[int, int]:
        here, following = next(left)
        form = {"kind": "accept", "reason": "Đã đối chiếu", "seen": "0", "next": "/".join(map(str, following))}
        calls: list[tuple[str, str, str | None, dict[str, str]]] = [("POST", _item(here), urlencode(form), sending)]
        if whole:
            calls.insert(0, ("GET", _item(following), None, {}))
            calls.append(("GET", _item(following), None, {"HX-Target": "queue"}))
        size = 0
        for method, where, body, headers in calls:
            connection.request(method, where, body, asking | headers)
            answer = connection.getresponse()
            size += len(answer.read())
            if answer.status != http.client.OK:
                return answer.status, size
        return http.client.OK, size

    return ask


def _item(step: Sequence[Any]) -> str:
    sheet, code = step
    return f"/appraisals/{sheet}/{code}/"
