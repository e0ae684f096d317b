"""The matrix of an appraisal: units by items, with state, share lost and flags."""
