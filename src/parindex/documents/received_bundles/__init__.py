"""Bundles that somebody hands in: verified apart from the server, and fit to be kept."""
