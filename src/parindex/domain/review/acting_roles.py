"""In which of several roles somebody acted: the one that allowed the act."""

from __future__ import annotations

from parindex.domain.review.roles import COUNCIL, Actor, Grant, Role
from parindex.domain.units.paths import is_within

_UNIT = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
_LEADER = (Role.UNIT_LEADER,)
_OFFICE = (Role.STANDING_OFFICE,)
_DECIDES = (Role.STANDING_OFFICE, Role.CHAIR)
_ACCOUNTS = (Role.ADMINISTRATOR, Role.STANDING_OFFICE, Role.UNIT_LEADER)
_UNITS = (Role.ADMINISTRATOR, Role.STANDING_OFFICE)
_READERS = (*_UNIT, Role.STANDING_OFFICE, Role.AUDITOR, *sorted(COUNCIL))
_APPRAISE = (Role.APPRAISER, Role.SECRETARY, Role.CHAIR)
_OVERSEERS = (Role.STANDING_OFFICE, *sorted(COUNCIL), Role.AUDITOR)

#: The roles that may do an act, the one that does it day by day first. What is not here is done by anybody for
#: themselves, or by no person.
ACTS: dict[str, tuple[Role, ...]] = {
    **dict.fromkeys(
        (
            "edit_entry", "follow_figure", "assign_item", "request_not_assessed", "withdraw_request", "add_evidence",
            "add_evidence_version", "take_off_evidence", "point_at_evidence", "mend_document", "add_citation",
            "remove_citation", "ask_for_extension", "present", "hand_in_workbook", "apply_workbook", "write_answer",
        ),
        _UNIT,
    ),
    **dict.fromkeys(("receive_bundle", "match_units", "take_figures"), (*_UNIT, Role.STANDING_OFFICE)),
    **dict.fromkeys(("trust_key", "revoke_key"), _OFFICE),
    "write_comment": (*_UNIT, Role.STANDING_OFFICE),
    **dict.fromkeys(
        ("record_note", "remedy_note", "withdraw_note"), (*_UNIT, Role.STANDING_OFFICE, Role.APPRAISER, Role.SECRETARY)
    ),
    **dict.fromkeys(
        ("download_evidence", "view_evidence", "download_workbook", "export_ministry_table", "export_sheet_bundle"),
        _READERS,
    ),
    "export_progress": _OVERSEERS,
    **dict.fromkeys(("submit", "sign", "withdraw"), _LEADER),
    "send_back": (*_UNIT, Role.STANDING_OFFICE),
    **dict.fromkeys(
        ("approve_not_assessed", "refuse_not_assessed", "extend", "decide_extension", "unlock"), _DECIDES
    ),
    **dict.fromkeys(
        (
            "open_cycle", "add_group", "create_cycle", "set_timetable", "set_notice", "remind", "propose_not_assessed",
            "withdraw_proposal", "load_example", "simulate_claims", "compile", "export_assignments", "assign_items",
            "record_meeting", "return", "upload_paper", "take_reading", "read_paper_again", "make_set_draft",
            "mend_set", "confirm_finding", "leave_finding", "undo_mend", "freeze_set", "discard_set_draft",
            "make_guidance", "edit_guidance", "publish_guidance", "replace_set", "replace_entry",
            "ask_anew", "set_aside_appraisal",
        ),
        _OFFICE,
    ),
    **dict.fromkeys(
        (
            "create_account", "edit_account", "give_role", "end_role", "deactivate_account", "reactivate_account",
            "invite", "revoke_invitation", "remove_second_factor", "unlock_account", "import_accounts",
            "export_accounts",
        ),
        _ACCOUNTS,
    ),
    "reset_login": (Role.ADMINISTRATOR, Role.UNIT_LEADER),
    **dict.fromkeys(
        (
            "create_unit", "change_unit", "close_unit", "succeed_unit", "correct_ending", "take_back_succession",
            "settle_succession", "follow_units", "import_units", "export_units",
        ),
        _UNITS,
    ),
    **dict.fromkeys(
        (
            "make_council", "edit_council", "add_council_member", "change_council_member", "remove_council_member",
            "set_levels", "assign_appraisals", "unassign_appraisals", "spread_appraisals",
            "export_appraisal_assignments",
        ),
        (Role.STANDING_OFFICE, Role.SECRETARY),
    ),
    **dict.fromkeys(
        ("declare_conflict", "withdraw_conflict"),
        (Role.APPRAISER, Role.SECRETARY, Role.CHAIR, Role.STANDING_OFFICE),
    ),
    "name_substitute": (Role.CHAIR,),
    "begin_appraisal": _OFFICE,
    **dict.fromkeys(("take_up", "close_round"), (*_OFFICE, *_APPRAISE)),
    **dict.fromkeys(
        (
            "give_opinion", "take_back_opinion", "record_external_figure", "withdraw_external_figure", "judge_line",
            "judge_document", "cast_vote", "appraise", "reopen", "dismiss_flag", "undismiss_flag",
        ),
        _APPRAISE,
    ),
    "decide_item": (Role.CHAIR,),
    "ask": (Role.SECRETARY, Role.CHAIR),
    **dict.fromkeys(("withdraw_question", "restore_signed"), _APPRAISE),
    **dict.fromkeys(("open_vote", "record_ballot", "close_vote", "withhold_text"), (Role.SECRETARY, Role.CHAIR)),
    "give_points": (Role.SURVEY_STAFF, Role.STANDING_OFFICE),
    "withdraw_given_points": (Role.SURVEY_STAFF, Role.STANDING_OFFICE, Role.SECRETARY, Role.CHAIR),
    **dict.fromkeys(
        ("finalise_cycle", "resume_appraisal", "finalise", "resume", "publish", "correct_publication", "correct_item"),
        (Role.CHAIR,),
    ),
    **dict.fromkeys(
        (
            "record_outside_result", "withdraw_outside_result", "propose_commendation", "withdraw_commendation",
            "export_commendations",
        ),
        _OFFICE,
    ),
}  # fmt: skip


def acting_role(actor: Actor, act: str, path: str, *, cycle: int | None = None) -> Role | None:
    """The role in which somebody did ``act`` at the unit at ``path``; None for who has no role.

    Of the roles that may do it, one that holds at the unit comes before one that holds above it, and that before one
    from elsewhere: whose role at the owner allows an act on the sheet of a unit has it above, not there.
    """
    allowed = ACTS.get(act, ())
    found = sorted(
        (grant for grant in actor.grants if grant.counts_in(cycle)), key=lambda one: _rank(one, allowed, path)
    )
    return found[0].role if found else None


def _rank(grant: Grant, allowed: tuple[Role, ...], path: str) -> tuple[bool, int, int]:
    distance = 0 if grant.reaches(path) else 1 if is_within(path, grant.path) else 2
    order = allowed.index(grant.role) if grant.role in allowed else 0
    return grant.role not in allowed, distance, order
