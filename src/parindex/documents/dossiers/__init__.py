"""Dossiers and forms of the evaluation of procedures: read, counted, checked, drawn, not printed tables."""
