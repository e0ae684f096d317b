"""From item points to the index: roll-up, per cent, grade, rank, derivation, comparison."""
