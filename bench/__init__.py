"""The benchmarks, each with its peers beside it."""
