"""A moment that is typed: whatever is printed for one is read back, in both languages, and so is what people write."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.domain.review.refusal import Refusal
from parindex.web.typed_moments import moment_in
from parindex.wording.language import Language, use
from parindex.wording.moments import VIET_NAM, day, local_day, moment

MINUTES = st.datetimes(
    datetime(1946, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)
).map(lambda at: at.replace(second=0, microsecond=0))  # fmt: skip


@given(at=MINUTES, spoken=st.sampled_from(Language))
def test_what_is_printed_is_read_back(at: datetime, spoken: Language) -> None:
    use(spoken)
    try:
        printed = moment(at)
    finally:
        use(Language.VIETNAMESE)
    assert moment_in(printed, time(17)) == at


@given(at=MINUTES)
def test_every_way_to_write_it_is_the_same_moment(at: datetime) -> None:
    local = at.astimezone(VIET_NAM)
    on, clock = f"{local:%d/%m/%Y}", f"{local:%H:%M}"
    ways = (
        f"{on} {clock}", f"{clock} {on}", f" {clock}  ngày {on} ", f"ngày {on}, {clock}", f"{on} lúc {clock}",
        f"{local:%Hh%M} ngày {on}", f"{local.hour} giờ {local:%M} {on}", f"{local:%Y-%m-%d %H:%M}",
        f"{local:%Y-%m-%dT%H:%M}", f"{local:%d-%m-%Y %H:%M}", at.isoformat(), local.isoformat(),
    )  # fmt: skip
    assert {moment_in(one, time(17)) for one in ways} == {at}


@given(at=MINUTES, clock=st.times())
def test_a_day_alone_has_the_time_of_its_field(at: datetime, clock: time) -> None:
    expected = datetime.combine(local_day(at), clock, tzinfo=VIET_NAM)
    for typed in (day(at), f"ngày {day(at)}", local_day(at).isoformat()):
        assert moment_in(typed, clock) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hôm qua",
        "31/02/2026",
        "25:00 01/01/2026",
        "01/01/2026 08:60",
        "01/01/2026 08:00 09:00",
        "8/2026",
        "1/1/1",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_anything_else_is_refused_with_what_was_typed(typed: str) -> None:
    with pytest.raises(Refusal) as caught:
        moment_in(typed, time(0))
    assert (caught.value.code, caught.value.facts) == ("not_a_day", {"typed": typed})


def test_two_digits_are_years_of_this_century() -> None:
    assert moment_in("1/2/26", time(0)) == datetime(2026, 2, 1, tzinfo=VIET_NAM)
