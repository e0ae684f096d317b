"""What auditors read beside office and council: the same words, and nothing to press."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.factories.rights_given import rights_after
from tests.factories.rights_world import RightsWorld

from parindex.domain.review.roles import Role

PAGES = {
    "/cycles/{cycle}/questions/": ("question_unsent",),
    "/cycles/{cycle}/council/assignments/": ("council_assigned",),
    "/cycles/{cycle}/commendations/": ("results_published", "commended"),
    "/cycles/{cycle}/proposals/": (),
}


def page_of(rights: RightsWorld, name: str, path: str) -> str:
    client = Client()
    client.force_login(rights.people[Role(name), "own"], backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(path.format(cycle=rights.made.cycle.pk))
    assert answer.status_code == 200, (name, path)
    return re.sub(r"(?s)^.*<main|</main>.*$", "", answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_auditors_read_what_others_act_on(db: None, path: str) -> None:
    rights = rights_after(*PAGES[path])
    who = "secretary" if "questions" in path else "standing_office"
    acts, read = page_of(rights, who, path), page_of(rights, "auditor", path)
    assert 'method="post"' in acts
    for act in ("<form", "<button", "<input", "<textarea", "/withdraw", "/propose"):
        assert act not in read, act
    said = [set(re.findall(r">\s*([^<>]{3,}?)\s*<", page)) for page in (acts, read)]
    assert said[1] <= said[0]
