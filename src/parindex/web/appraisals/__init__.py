"""The room of the council: what waits for whom, one item after another, one item over all units."""
