"""Precedents: earlier decisions of councils on items."""
