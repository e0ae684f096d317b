"""The mutation run over the scoring rules: ``make mutation``."""
