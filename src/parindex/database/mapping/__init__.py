"""Rows to values of the domain, and back."""
