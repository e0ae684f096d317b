"""How reported figures become points."""
