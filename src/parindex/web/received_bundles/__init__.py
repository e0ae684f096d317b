"""Bundles that came from another level: received, trusted, looked at, taken."""
