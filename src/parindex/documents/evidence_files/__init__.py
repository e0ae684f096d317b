"""Uploaded evidence: what a file is by its bytes, whether it is safe, and what of it can be shown."""
