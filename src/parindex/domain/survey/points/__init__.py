"""From estimates to the points of an index."""
