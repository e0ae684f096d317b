"""What the council and the public ask for: a step of the queue, the matrix, the ranking kept and made anew."""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from bench.web_load import TOKEN, Ask, get

#: What is measured, the floor it is held against, and how many times the floor it may take.
AIMS = {
    "queue step": ("floor write", 3.0),
    "- opinion": ("floor write", 0.0),
    "- next page": ("floor table", 0.0),
    "matrix": ("floor table", 5.0),
    "public ranking": ("floor read", 2.0),
    "- made anew": ("floor table", 0.0),
}


def asks(plan: Mapping[str, Any]) -> dict[str, Sequence[Ask]]:
    """The addresses, asked by as many clients as there are appraisers in the plan.

    The queue of each is cut in two: one half is gone through with the next page, the other one by opinions alone. The
    public pages are asked without a login; a search in the ranking is never kept, so it is made each time.
    """
    appraisers = plan["appraisers"]
    ranking = f"/results/{plan['published']}/"
    return {
        "queue step": [queue_step(one["cookie"], one["steps"][::2]) for one in appraisers],
        "- opinion": [queue_step(one["cookie"], one["steps"][1::2], follow=False) for one in appraisers],
        "- next page": [get(_item(one["steps"][-1]), one["cookie"]) for one in appraisers],
        "matrix": [get(f"/cycles/{plan['appraised']}/matrix/", plan["secretary"]) for _ in appraisers],
        "public ranking": [get(ranking, "") for _ in appraisers],
        "- made anew": [get(f"{ranking}?q=huyen", "") for _ in appraisers],
    }


def queue_step(cookie: str, steps: Sequence[Sequence[Any]], *, follow: bool = True) -> Ask:
    """Accept the next item of a queue and read the page to which that leads, as a browser does; ``follow`` False:
    without that page. Each item is judged once; a queue that has come to its end ends the bench.
    """
    session = f"sessionid={cookie}; csrftoken={TOKEN}"
    sending = {
        "Cookie": session, "X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded",
        "Accept-Encoding": "gzip",
    }  # fmt: skip
    left = iter(zip(steps, steps[1:], strict=False))

    def ask(connection: http.client.HTTPConnection) -> tuple[int, int]:
        here, following = next(left)
        form = {"kind": "accept", "reason": "Đã đối chiếu", "seen": "0", "next": "/".join(map(str, following))}
        connection.request("POST", _item(here), urlencode(form), sending)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != http.client.SEE_OTHER or not follow:
            return (200 if answer.status == http.client.SEE_OTHER else answer.status), len(body)
        told = SimpleCookie(answer.headers.get("Set-Cookie", ""))
        cookies = "; ".join([session, *(f"{name}={one.coded_value}" for name, one in told.items())])
        where = answer.headers["Location"].partition("#")[0]
        connection.request("GET", where, headers={"Cookie": cookies, "Accept-Encoding": "gzip"})
        page = connection.getresponse()
        return page.status, len(page.read())

    return ask


def _item(step: Sequence[Any]) -> str:
    sheet, code = step
    return f"/appraisals/{sheet}/{code}/"
