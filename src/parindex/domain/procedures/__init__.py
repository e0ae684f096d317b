"""The evaluation of how administrative procedures are handled: dossiers and forms become figures of indicators."""
