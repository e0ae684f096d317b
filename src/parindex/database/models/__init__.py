"""Every table, one module a noun."""

from parindex.database.models.accounts import Invitation, RoleGrant, User
from parindex.database.models.appraisals import (
    Ballot,
    DocumentVerdict,
    ExplanationRound,
    ExternalFigure,
    Flag,
    GivenPoints,
    ItemAppraisal,
    LaterDecision,
    LineVerdict,
    MonitoringNote,
    Opinion,
    Question,
    Vote,
)
from parindex.database.models.audit_log import AuditChain, AuditRecord
from parindex.database.models.councils import AppraisalAssignment, AppraisalLevel, Conflict, Council, CouncilMember
from parindex.database.models.criteria_sets import (
    CriteriaSet,
    CriteriaSetVersion,
    FindingDecision,
    Guidance,
    GuidanceNote,
    OfficialPaper,
)
from parindex.database.models.cycles import Cycle, CycleGroup, Extension, NotAssessedProposal, Phase, Reminder
from parindex.database.models.entries import Comment, Entry, Figure, FigureLine, NotAssessedRequest
from parindex.database.models.evidence import Attachment, Citation, Document, DocumentVersion, StoredFile
from parindex.database.models.publication_bundles import PublicationBundle
from parindex.database.models.publications import (
    Commendation,
    Finalisation,
    OutsideResult,
    Publication,
    Snapshot,
    UnitResult,
    WithheldText,
)
from parindex.database.models.received_bundles import MatchedUnit, ReceivedBundle, TakenFigure, TrustedKey
from parindex.database.models.score_sheets import (
    HandedWorkbook,
    ReconciliationMeeting,
    ScoreSheet,
    SheetPart,
    Submission,
)
from parindex.database.models.set_replacements import ReplacedEntry, SetReplacement
from parindex.database.models.text_checks import TextCheck
from parindex.database.models.text_readings import TextReading
from parindex.database.models.units import Unit, UnitSuccession, UnitVersion

__all__ = [
    "AppraisalAssignment",
    "AppraisalLevel",
    "Attachment",
    "AuditChain",
    "AuditRecord",
    "Ballot",
    "Citation",
    "Commendation",
    "Comment",
    "Conflict",
    "Council",
    "CouncilMember",
    "CriteriaSet",
    "CriteriaSetVersion",
    "Cycle",
    "CycleGroup",
    "Document",
    "DocumentVerdict",
    "DocumentVersion",
    "Entry",
    "ExplanationRound",
    "Extension",
    "ExternalFigure",
    "Figure",
    "FigureLine",
    "Finalisation",
    "FindingDecision",
    "Flag",
    "GivenPoints",
    "Guidance",
    "GuidanceNote",
    "HandedWorkbook",
    "Invitation",
    "ItemAppraisal",
    "LaterDecision",
    "LineVerdict",
    "MatchedUnit",
    "MonitoringNote",
    "NotAssessedProposal",
    "NotAssessedRequest",
    "OfficialPaper",
    "Opinion",
    "OutsideResult",
    "Phase",
    "Publication",
    "PublicationBundle",
    "Question",
    "ReceivedBundle",
    "ReconciliationMeeting",
    "Reminder",
    "ReplacedEntry",
    "RoleGrant",
    "ScoreSheet",
    "SetReplacement",
    "SheetPart",
    "Snapshot",
    "StoredFile",
    "Submission",
    "TakenFigure",
    "TextCheck",
    "TextReading",
    "TrustedKey",
    "Unit",
    "UnitResult",
    "UnitSuccession",
    "UnitVersion",
    "User",
    "Vote",
    "WithheldText",
]
