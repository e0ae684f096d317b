"""Tables of papers held against themselves: sums, parents, totals, ratios, differences, counts, lost cells."""
