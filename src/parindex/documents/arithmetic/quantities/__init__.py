"""Quantities that a paper states more than once, and amounts that are out of all scale."""
