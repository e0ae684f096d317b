"""A vote is valid above half of the members, and carried above half of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.domain.review.votes import Choice, count

FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


@pytest.mark.parametrize(
    ("members", "choices", "valid", "carried"),
    [
        (4, [FOR, FOR], False, False),
        (4, [FOR, FOR, AGAINST], True, False),
        (4, [FOR, FOR, FOR], True, True),
        (5, [FOR, FOR, FOR], True, True),
        (5, [FOR, FOR, ABSTAIN, ABSTAIN], True, False),
        (1, [FOR], True, True),
        (0, [], False, False),
    ],
)
def test_valid_and_carried(members: int, choices: list[Choice], valid: bool, carried: bool) -> None:
    found = count(members, choices)
    assert (found.valid, found.carried, found.cast) == (valid, carried, len(choices))


@given(st.lists(st.sampled_from(Choice), max_size=9), st.integers(0, 4))
def test_what_is_carried_is_valid_and_never_carried_with_its_contrary(choices: list[Choice], absent: int) -> None:
    members = len(choices) + absent
    found = count(members, choices)
    turned = count(members, [{FOR: AGAINST, AGAINST: FOR}.get(one, one) for one in choices])
    assert found.valid or not found.carried
    assert not (found.carried and turned.carried)
    assert found.votes_for + found.against + found.abstained == len(choices)
    if found.carried and absent:
        assert count(members, [*choices, AGAINST]).carried  # who comes late changes nothing
