"""Citations of official documents in running text: recognised, made comparable, and checked against each other."""
