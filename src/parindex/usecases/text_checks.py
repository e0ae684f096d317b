"""Letting papers be checked for statements that do not add up: handed in, worked on beside the server, reported.

A check belongs to whoever asked for it and to nobody else; the papers go away as soon as they have been read, the
report after :data:`KEPT`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePath

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from parindex.database.models import TextCheck
from parindex.documents.arithmetic.findings import CheckedPaper
from parindex.documents.arithmetic.stored_findings import checked_from_data
from parindex.documents.background_jobs import MAX_SECONDS, Job
from parindex.documents.formats import refused_name
from parindex.documents.stored_facts import problem_from_data
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.evidence_files import Arrived
from parindex.usecases.virus_scanner import Verdict, scanned_at_once

#: Papers of one check: enough for a report with its annexes.
MOST_FILES = 8
#: Checks that are worked on at the same time.
MOST_AT_ONCE = 3
#: How long a report stays.
KEPT = timedelta(days=30)
#: A check that has given no answer by then never will.
_ENDS = timedelta(seconds=MAX_SECONDS + 60)
_NAME_LENGTH = 200
_WORKER = "parindex.documents.arithmetic.checking_worker"


@dataclass(frozen=True, slots=True)
class Report:
    """What a check has found: the papers that could be read, and why others could not."""

    papers: tuple[CheckedPaper, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]


def own_checks(by: Session) -> QuerySet[TextCheck]:
    """The checks of this person, the latest first."""
    return TextCheck.objects.filter(made_by=by.user).defer("answer")


def begin_check(*, by: Session, at: datetime, arrived: Sequence[Arrived], seconds: float = 4) -> TextCheck:
    """Begin to check papers, and wait so many ``seconds`` for the answer.

    Raises :class:`InvalidInput` with all that keeps any file from being taken: ``unknown_extension``,
    ``word_with_macros``, ``file_empty``, ``evidence_infected``; ``check_still_runs`` and ``too_many_checks`` while
    others are being worked on.
    """
    problems = _busy(by, at) or [problem for one in arrived for problem in _refused(one)]
    if problems:
        raise InvalidInput(problems)
    made = _recorded(by, at, [_name(one) for one in arrived])
    files = []
    for number, one in enumerate(arrived, start=1):
        # Readers go by the extension, and places name the file; two files of one name lie apart.
        name = PurePath(_name(one))
        inside = _folder(made) / str(number) / f"{name.stem.replace(chr(0), '')[:80] or '_'}{name.suffix.lower()}"
        inside.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(one.path, inside)
        files.append({"path": str(inside), "name": _name(one)})
    job = _job(made)
    if job.wait(job.start(files=files), seconds):
        take_answer(check=made, at=at)
    return made


def _busy(by: Session, at: datetime) -> list[Problem]:
    """A check takes a process for itself: one a person at once, and a few in all."""
    running = list(TextCheck.objects.filter(ended_at=None, made_at__gt=at - _ENDS).defer("answer"))
    for one in running:
        take_answer(check=one, at=at)
    running = [one for one in running if one.ended_at is None]
    if any(one.made_by_id == by.user.pk for one in running):
        return [Problem("check_still_runs")]
    return [Problem("too_many_checks", facts={"limit": MOST_AT_ONCE})] if len(running) >= MOST_AT_ONCE else []


def _refused(one: Arrived) -> list[Problem]:
    name = _name(one)
    problem = refused_name(name)
    if problem is not None:
        return [problem]
    if not one.size:
        return [Problem("file_empty", Place(file=name))]
    verdict, virus = scanned_at_once(one.path)
    if verdict is Verdict.INFECTED:
        return [Problem("evidence_infected", Place(file=name), {"virus": virus} if virus else {})]
    return []


def _name(one: Arrived) -> str:
    return PurePath(one.name.replace("\\", "/")).name[-_NAME_LENGTH:] or "?"


@transaction.atomic
def _recorded(by: Session, at: datetime, names: list[str]) -> TextCheck:
    made = TextCheck.objects.create(made_by=by.user, made_at=at, names=json.dumps(names, ensure_ascii=False))
    audit_log.record("check_papers", audit_log.target(made), by=by, at=at, after={"count": len(names)})
    return made


def take_answer(*, check: TextCheck, at: datetime) -> None:
    """Keep what came of a check, where it has come, and let the papers go; one whose process has ended without an
    answer ends without, and so does one that is long over.
    """
    if check.ended_at is not None:
        return
    job = _job(check)
    answer = job.answer()
    if answer is None and at - check.made_at < _ENDS and not job.has_failed():
        return
    check.answer = "" if answer is None else json.dumps(answer, ensure_ascii=False)
    check.ended_at = at
    TextCheck.objects.filter(pk=check.pk, ended_at=None).update(answer=check.answer, ended_at=at)
    _forget(check)


def progress_of(check: TextCheck) -> tuple[int, int] | None:
    """How much of how much has been read."""
    return _job(check).progress()


def report_of(check: TextCheck) -> Report | None:
    """What was found; None while the check goes on, and where it ended without an answer."""
    if not check.answer:
        return None
    data = json.loads(check.answer)
    return Report(
        tuple(checked_from_data(one) for one in data["papers"]),
        tuple(problem_from_data(one) for one in data["problems"]),
        tuple(problem_from_data(one) for one in data["doubts"]),
    )


@transaction.atomic
def discard_check(*, by: Session, at: datetime, check_id: int) -> None:
    """Stop a check where it still goes on, and take it away with its report. Raises ``TextCheck.DoesNotExist`` for
    that of somebody else.
    """
    check = TextCheck.objects.select_for_update(no_key=True).defer("answer").get(pk=check_id, made_by=by.user)
    what = audit_log.target(check)
    _forget(check)
    check.delete()
    audit_log.record("discard_check", what, by=by, at=at)


def clear_old_checks(*, at: datetime) -> int:
    """Take away the reports that are older than :data:`KEPT`; how many. Papers of checks that nobody came back to go,
    too, as soon as they have been read.
    """
    for one in TextCheck.objects.filter(ended_at=None).defer("answer"):
        take_answer(check=one, at=at)
    old = list(TextCheck.objects.filter(made_at__lt=at - KEPT).defer("answer"))
    for one in old:
        _forget(one)
    if old:
        TextCheck.objects.filter(pk__in=[one.pk for one in old]).delete()
    return len(old)


def _job(check: TextCheck) -> Job:
    return Job(Path(settings.HOME) / "readings", f"check-{check.pk}-{check.made_at:%Y%m%d%H%M%S}", _WORKER)


def _folder(check: TextCheck) -> Path:
    job = _job(check)
    return job.folder / job.name


def _forget(check: TextCheck) -> None:
    """Stop the work, and take the papers out of the working folder."""
    _job(check).stop()
    shutil.rmtree(_folder(check), ignore_errors=True)
