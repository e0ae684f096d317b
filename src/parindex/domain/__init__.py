"""The method itself: criteria sets, rules, index. Pure Python and NumPy; no input, no output, no clock."""
