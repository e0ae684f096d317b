"""Results inside: what is still open, finalising, publishing, correcting, results from outside."""
