"""Finalising, publishing and correcting at the same moment: once, whole, and nobody waits for ever."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.factories.appraisal_world import AppraisalWorld
from tests.factories.published_world import appraised_world, finalised, published
from tests.factories.world import now
from tests.integration.web.test_concurrent_signatures import together

from parindex.database.models import Cycle, Finalisation, Publication, Snapshot
from parindex.domain.review.opinions import OpinionKind
from parindex.usecases import audit_log
from parindex.usecases.opinions import Said, give_opinion
from parindex.usecases.publishing import announce_due

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.waiting,
]


def whole() -> bool:
    return not any(proof.broken for proof in audit_log.verify())


def test_finalising_twice_at_once() -> None:
    world = appraised_world()
    done = together(lambda: finalised(world.made).number, lambda: finalised(world.made).number)
    assert sorted(map(str, done)) == ["1", "wrong_cycle_stage"]
    assert (Finalisation.objects.count(), Snapshot.objects.count(), whole()) == (1, 1, True)


def test_publishing_twice_at_once_and_two_clocks() -> None:
    world = appraised_world()
    finalised(world.made)
    done = together(lambda: published(world.made).number, lambda: published(world.made).number)
    assert sorted(map(str, done)) == ["1", "wrong_cycle_stage"]
    Publication.objects.update(announced_at=None)
    told = together(lambda: announce_due(at=now()), lambda: announce_due(at=now()))
    assert sorted(map(int, map(str, told))) == [0, 1]
    assert whole()


def test_an_opinion_and_finalising_at_the_same_moment() -> None:
    world = appraised_world()
    done = together(lambda: finalised(world.made).number, adjusting(world))
    stood = Cycle.objects.get(pk=world.made.cycle.pk).state
    assert (stood, whole()) in {("finalised", True), ("appraisal", True)}
    assert 1 in done or "matters_open" in done


def adjusting(world: AppraisalWorld) -> Callable[[], object]:
    """A member changes an opinion."""
    stands = world.appraisal("2.2")
    by, said = world.session("second_appraiser"), Said(OpinionKind.ADJUST, points="0.5", reason="Xem lại")
    return lambda: give_opinion(by=by, at=now(), entry_id=stands.pk, said=said, seen=stands.version).points
