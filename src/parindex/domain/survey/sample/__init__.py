"""The respondents of a survey laid out for estimation: strata, clusters, populations, weights, known totals."""
