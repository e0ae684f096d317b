"""Checking papers for statements that do not add up: a report on uploaded ones, hints while somebody types."""
