"""From design weights to the weights of those who answered: non-response, known totals, trimming."""
