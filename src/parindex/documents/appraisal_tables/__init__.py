"""Tables that a council takes in: who appraises what, and points that surveys give."""
