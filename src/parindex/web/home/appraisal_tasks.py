"""What waits for a person while the council appraises: items to appraise, questions to send or answer, what only the
chair can go on with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from parindex.database.models import Cycle, ItemAppraisal, Question
from parindex.database.queries.appraisal_loads import waiting_for
from parindex.database.queries.appraisal_queues import queue_filter, shares_of
from parindex.database.queries.councils import council_table
from parindex.database.queries.further_explanations import OPEN, unsent_of_cycle
from parindex.database.queries.open_matters import open_rows
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.appraisal_permissions import is_chair
from parindex.domain.review.further_explanation_permissions import sends_questions
from parindex.domain.review.opinions import SETTLED, AppraisalState
from parindex.usecases.actors import Session
from parindex.web.appraisals.reader import Reader, seen_items
from parindex.web.home.task_kinds import Task, TaskKind

_SETTLED = [str(state) for state in SETTLED]


def council_tasks(session: Session, cycle: Cycle) -> list[Task]:
    """What somebody on the council of a cycle in appraisal has to do; some ten queries."""
    facts = cycle_facts(cycle, cycle.owner_path)
    mine = _waiting(session, cycle)
    tasks = [Task(TaskKind.QUEUE, cycle, count=mine)] if mine else []
    if sends_questions(session.actor, facts):
        unsent = unsent_of_cycle(cycle).count()
        tasks += [Task(TaskKind.SEND_QUESTIONS, cycle, count=unsent)] if unsent else []
    if is_chair(session.actor, facts):
        tasks += _of_chair(cycle)
    return tasks


def _waiting(session: Session, cycle: Cycle) -> int:
    """How many items wait for this very person."""
    table = council_table(cycle.pk)
    shares = shares_of(table, session.user.pk, cycle)
    if not shares:
        return 0
    seen = seen_items(Reader.of(session, cycle_facts(cycle, cycle.owner_path), table))
    rows = ItemAppraisal.objects.filter(queue_filter(shares), waiting_for(session.user.pk, seen), sheet__cycle=cycle)
    return rows.count()


def _of_chair(cycle: Cycle) -> list[Task]:
    rows = ItemAppraisal.objects.filter(sheet__cycle=cycle)
    disputed = rows.filter(state=AppraisalState.DISPUTED).count()
    if disputed:
        return [Task(TaskKind.DISPUTED, cycle, count=disputed)]
    done = rows.exists() and not rows.exclude(state__in=_SETTLED).exists()
    return [Task(TaskKind.FINALISE, cycle)] if done and not open_rows(cycle) else []


def questions_by_part(parts: Iterable[int]) -> Mapping[int, tuple[int, int]]:
    """How many questions of the council each part still answers, and how many have a draft; one query."""
    wanted: Sequence[int] = tuple(parts)
    if not wanted:
        return {}
    rows = Question.objects.filter(OPEN, entry__part__in=wanted).values_list("entry__part", "answer").order_by()
    found: dict[int, tuple[int, int]] = {}
    for part, answer in rows:
        whole, done = found.get(part, (0, 0))
        found[part] = (whole + 1, done + bool(answer))
    return found
