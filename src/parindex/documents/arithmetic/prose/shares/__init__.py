"""Shares in running text: per cents and the counts that they are told of, fractions, averages and multiples."""
