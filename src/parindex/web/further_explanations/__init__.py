"""Questions of the council to a unit, the unit's answers, and its decisions with their reasons."""
