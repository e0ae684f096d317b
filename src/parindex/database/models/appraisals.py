"""What the council says of entries: opinions, questions and answers, figures from elsewhere, flags, votes, notes.

Nothing is overwritten: every opinion, answer and figure is a row of its own; :class:`ItemAppraisal` says where an
entry stands and is written in the transaction of whatever moves it.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from parindex.database.models.accounts import User
from parindex.database.models.choices import code_field
from parindex.database.models.councils import Council
from parindex.database.models.cycles import Cycle
from parindex.database.models.entries import Entry
from parindex.database.models.evidence import Document
from parindex.database.models.score_sheets import ScoreSheet, Submission
from parindex.database.models.units import Unit
from parindex.domain.review.flags import FlagKind, Severity
from parindex.domain.review.opinions import AppraisalState, Capacity, OpinionKind
from parindex.domain.review.votes import Choice, VoteMode


class GivenBy(StrEnum):
    """Who gives points that the unit does not claim: a survey, or the agency that keeps the data."""

    SURVEY = "survey"
    EXTERNAL = "external"


class ItemAppraisal(models.Model):
    """Where the appraisal of an entry stands; made for every entry of a sheet when its appraisal begins.

    ``level``: the number of the level that has it now; ``points``: what is granted so far, exact text, "" for nothing
    yet. ``version`` counts what was said, so that a page that came too late is told of it. ``flags``: those that are
    open and ask for a reason, which what is merely to know does not; ``worst`` the gravest of all that are open.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="appraisal", primary_key=True)
    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="appraisals")
    item_code = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    state = code_field(AppraisalState, default=AppraisalState.WAITING)
    level = models.PositiveIntegerField(default=1)
    points = models.TextField(blank=True)
    flags = models.PositiveIntegerField(default=0)
    worst = code_field(Severity, blank=True)
    version = models.PositiveIntegerField(default=0)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sheet", "position"]
        indexes = [
            models.Index(fields=["sheet", "position"], name="appraisal_in_order"),
            models.Index(fields=["item_code", "state"], name="appraisal_by_item"),
        ]


class MonitoringNote(models.Model):
    """What a lead unit observed or an inspection found during the year, on an item of a unit."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    owner_path = models.CharField(max_length=500)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="monitoring_notes")
    unit_path = models.CharField(max_length=500)
    unit_name = models.CharField(max_length=300)
    year = models.PositiveIntegerField()
    item_code = models.CharField(max_length=40, blank=True)
    observed_on = models.DateField()
    finding = models.TextField()
    paper = models.CharField(max_length=500, blank=True)
    remedy_due = models.DateField(null=True)
    remedied_on = models.DateField(null=True)
    remedy = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    recorded_path = models.CharField(max_length=500)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-observed_on", "-pk"]
        indexes = [models.Index(fields=["unit", "year", "item_code"], name="note_by_item")]


class Opinion(models.Model):
    """What one member (the chair, the council by vote) said of an entry at a level.

    ``body`` and ``given_at``: for whom and when it was given where that was on paper; ``at`` is when it was recorded.
    ``submission`` is what it was said of. ``cites``: an earlier decision, ``note``: a finding of the year, as reasons.
    ``is_public``: whether the published derivation may show the reason.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="opinions")
    level = models.PositiveIntegerField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=150)
    capacity = code_field(Capacity, default=Capacity.MEMBER)
    kind = code_field(OpinionKind)
    points = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    body = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+", null=True)
    cites = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    note = models.ForeignKey(MonitoringNote, on_delete=models.PROTECT, related_name="+", null=True)
    is_public = models.BooleanField(default=True)
    in_bulk = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["entry", "pk"]
        indexes = [models.Index(fields=["entry", "level"], name="opinion_by_level")]


class ExplanationRound(models.Model):
    """A round of further explanation: what was asked until then is answered by ``ends_at``."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["council", "number"]
        constraints = [models.UniqueConstraint(fields=["council", "number"], name="round_once")]


class Question(models.Model):
    """What the council asks of a unit about an entry, and the answer: its further explanation.

    Until ``sent_at`` the unit sees nothing of it; until ``answered_at`` the council sees nothing of the answer, which
    is a draft. ``closed_at``: the round has ended, whether answered or not.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="questions")
    opinion = models.OneToOneField(Opinion, on_delete=models.PROTECT, related_name="question")
    round = models.ForeignKey(ExplanationRound, on_delete=models.PROTECT, related_name="questions", null=True)
    text = models.TextField()
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    answer = models.TextField(blank=True)
    answer_version = models.PositiveIntegerField(default=0)
    answer_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    answer_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    #: What stood in the claim when it was asked, as JSON: points, explanation, figures; shown beside the answer.
    before = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["entry", "pk"]


class ExternalFigure(models.Model):
    """A figure of an entry's measure from elsewhere, beside the unit's own; the last one that stands counts."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="external_figures")
    measure = models.CharField(max_length=120)
    year = models.PositiveIntegerField()
    value = models.CharField(max_length=120)
    source = models.CharField(max_length=500)
    source_date = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["entry", "pk"]


class GivenPoints(models.Model):
    """Points of an entry from a survey or an agency, as written; the last row that stands counts.

    ``estimate``: what the points of a survey were made of, from 0 to 1, exact text, "" where it is not known;
    ``answers``: how many answers it rests on.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="given_points")
    given_by = code_field(GivenBy)
    points = models.CharField(max_length=80)
    standard_error = models.CharField(max_length=80, blank=True)
    estimate = models.CharField(max_length=80, blank=True)
    answers = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=500)
    source_date = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["entry", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "given_by"], condition=models.Q(withdrawn_at=None), name="points_given_once"
            )
        ]


class Flag(models.Model):
    """A matter that the system noticed about an entry; dismissed with a reason, or gone once its cause is.

    ``key`` tells flags of one kind on one entry apart (a measure, a file, another unit); ``facts`` is JSON.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="flags")
    kind = code_field(FlagKind)
    key = models.CharField(max_length=200, blank=True)
    severity = code_field(Severity)
    facts = models.TextField(default="{}")
    raised_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    dismissed_at = models.DateTimeField(null=True)
    dismissed_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["entry", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "kind", "key"], condition=models.Q(gone_at=None), name="flag_once")
        ]
        indexes = [
            models.Index(fields=["kind", "entry"], condition=models.Q(gone_at=None), name="open_flag_by_kind"),
        ]


class DocumentVerdict(models.Model):
    """Whether a document proves an entry, by an appraiser; the last one of each entry and document counts."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="verdicts")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    proves = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["entry", "pk"]


class LineVerdict(models.Model):
    """Whether one line of a list figure (an initiative, a model) is accepted for an entry, by an appraiser."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="line_verdicts")
    line = models.ForeignKey("FigureLine", on_delete=models.PROTECT, related_name="verdicts")
    accepted = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["entry", "pk"]


class Vote(models.Model):
    """A vote on the points of an entry; closed with what it came to, which is then an opinion of the council."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="votes")
    level = models.PositiveIntegerField()
    mode = code_field(VoteMode)
    points = models.TextField()
    proposal = models.TextField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    #: How many could vote when it was closed.
    members = models.PositiveIntegerField(default=0)
    minutes = models.TextField(blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField(null=True)
    carried = models.BooleanField(null=True)
    opinion = models.OneToOneField(Opinion, on_delete=models.PROTECT, related_name="vote", null=True)

    class Meta:
        ordering = ["entry", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=models.Q(closed_at=None), name="one_vote_at_a_time")
        ]


class Ballot(models.Model):
    """What one member said in a vote; ``recorded_by`` is the secretary where it was said in session."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="ballots")
    member = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    choice = code_field(Choice)
    reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["vote", "pk"]
        constraints = [models.UniqueConstraint(fields=["vote", "member"], name="voted_once")]


class LaterDecision(models.Model):
    """Who has put an item off to look at it later: it stays in the queue, at its end."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "user"], name="put_off_once")]
