"""Criteria sets as YAML files: strict reading with every problem at once, writing, canonical form and fingerprint."""
