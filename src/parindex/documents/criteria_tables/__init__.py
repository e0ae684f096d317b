"""Criteria tables of official papers: heads, rows, codes and options, from grids and plain lines to a criteria set."""
