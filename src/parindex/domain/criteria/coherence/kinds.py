"""Every kind of finding, with what it means: the table behind the reference page and the tests."""

from __future__ import annotations

#: Kind → what is contradicted. The sentences that people read are in :mod:`parindex.wording.findings`.
KINDS: dict[str, str] = {
    # what scoring needs
    "set_without_year": "The set has no year, which figures and dated numbers are read by.",
    "set_without_items": "The set has no items.",
    "unknown_part": "An item or the index names a part that the set does not have.",
    "unknown_item": "A total names an item that the set does not have.",
    "identity_empty": "An identity has no measures on one of its sides.",
    # codes
    "duplicate_code": "A code stands on more than one row.",
    "missing_dot": "A code lacks a dot: 231 or 2.31 where 2.3.1 is due.",
    "wrong_parent": "A code begins with the code of another group than the one it stands in.",
    "parent_missing": "A code begins with the code of a group that no row has.",
    "numbering_gap": "The numbering skips a code.",
    "tree_flat": "All rows are listed as areas, although their codes stand below one another.",
    "numbering_order": "A code stands after a higher one.",
    "options_as_subcriteria": "The options of an item carry codes like subcriteria.",
    "code_as_number": "A code has lost its last zero because it was stored as a number (1.10 → 1.1).",
    "printed_code": "The paper prints another code than the set has.",
    # points
    "points_missing": "A row has no points.",
    "points_negative": "A row has negative points (the maximum of a penalty is written as a positive number).",
    "points_zero": "A row has zero points: it is tracked and never scored, or the figure is wrong.",
    "children_sum": "The points of a group are not the sum of its parts.",
    "total_declared": "The declared total is not the sum of the areas.",
    "total_printed": "The total row of the table is not the sum of the areas.",
    "total_with_outside": "A stated total counts the bonus or the penalty outside the hundred too.",
    # the prose against the table
    "parts_points": "The declared parts of the total are not what the items add up to.",
    "count_areas": "The prose declares another number of areas.",
    "count_criteria": "The prose declares another number of criteria.",
    "count_subcriteria": "The prose declares another number of subcriteria.",
    "count_items": "The prose declares another number of items.",
    "count_in_area": "The prose declares another number of criteria or subcriteria for an area.",
    "points_in_area": "The prose declares other points for an area.",
    "source_heading": "The note names one survey, the heading above another.",
    # titles
    "title_missing": "A row has no title.",
    "title_repeated": "A row has the title of its group or of a row beside it.",
    "title_copied": "A title speaks of the units of another set of the same paper.",
    "sentence_cut": "A title ends where no Vietnamese title can end.",
    # rules
    "rule_unreadable": "A rule cannot be read, so that nothing can be scored with the set.",
    "best_option_above_max": "A rule states more points than its maximum.",
    "best_option_below_max": "The maximum cannot be reached by the rule.",
    "bands_overlap": "Values fall in two bands.",
    "bands_gap": "Values fall in no band.",
    "band_edge": "Exactly the edge falls in two bands or in none.",
    "band_unreachable": "A band begins above the most that can occur.",
    "floor_above_target": "The floor of a ratio lies above its target: nothing is in proportion.",
    "sum_above_max": "The parts of a sum have more points together than the sum may give.",
    "deduction_zero": "A class of a deduction takes nothing away.",
    "deduction_above_max": "A class of a deduction takes more away than there is.",
    "maximum_off_step": "The maximum is no number of the declared rounding step.",
    "nothing_arose_undeclared": "Ratios do not say what they give where nothing arose (0/0).",
    "rule_missing": "Items have no rule: their points are typed by hand.",
    "rule_proposed": "Rules were made out of option lines and nobody has confirmed them.",
    "rule_assumed": "Only the type of rules could be guessed.",
    "evidence_missing": "Reported items demand no evidence.",
    "rule_on_group": "Groups have rules, which nothing is scored by.",
    "choice_without_points": "A choice that can be entered has no points in the rule.",
    "unknown_measure": "A rule or an identity names a measure that the set does not have.",
    "unused_measure": "Measures are used by no rule.",
    # declarations
    "measure_limits": "The minimum of a measure is above its maximum.",
    "choice_summed": "A choice is declared as the sum over child units.",
    "choices_missing": "A choice measure declares no choices, so that nothing can be entered.",
    "choices_unused": "A measure that is no choice declares choices.",
    "cap_negative": "A cap of the index or of points outside the hundred is below zero.",
    # grades
    "grades_gap": "An index below the lowest grade has no grade.",
    "grades_same_edge": "Two grades begin at the same edge.",
    "grade_unreachable": "A grade begins outside 0 to 100 per cent.",
    "grade_bands_overlap": "The bands of two grades that the paper prints overlap.",
    "grade_bands_gap": "The bands of two grades that the paper prints leave a gap.",
    # score sheets
    "points_above_max": "A score sheet claims or grants more points than the maximum.",
    "group_points_differ": "The points that a score sheet prints for a group are not the sum of its parts.",
    "total_points_differ": "The total row of a score sheet is not the sum of its items.",
}
