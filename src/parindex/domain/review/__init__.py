"""Who may do what, when: roles, the stages of sheets and cycles, and the refusals with their reasons."""
