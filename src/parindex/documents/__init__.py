"""Official papers and data files: readers and writers, and what went wrong where."""
