"""Every table, one module a noun."""

from parindex.database.models.accounts import Invitation, RoleGrant, User
from parindex.database.models.audit_log import AuditChain, AuditRecord
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
from parindex.database.models.score_sheets import (
    HandedWorkbook,
    ReconciliationMeeting,
    ScoreSheet,
    SheetPart,
    Submission,
)
from parindex.database.models.set_replacements import ReplacedEntry, SetReplacement
from parindex.database.models.units import Unit, UnitSuccession, UnitVersion

__all__ = [
    "Attachment",
    "AuditChain",
    "AuditRecord",
    "Citation",
    "Comment",
    "CriteriaSet",
    "CriteriaSetVersion",
    "Cycle",
    "CycleGroup",
    "Document",
    "DocumentVersion",
    "Entry",
    "Extension",
    "Figure",
    "FigureLine",
    "FindingDecision",
    "Guidance",
    "GuidanceNote",
    "HandedWorkbook",
    "Invitation",
    "NotAssessedProposal",
    "NotAssessedRequest",
    "OfficialPaper",
    "Phase",
    "ReconciliationMeeting",
    "Reminder",
    "ReplacedEntry",
    "RoleGrant",
    "ScoreSheet",
    "SetReplacement",
    "SheetPart",
    "StoredFile",
    "Submission",
    "Unit",
    "UnitSuccession",
    "UnitVersion",
    "User",
]
