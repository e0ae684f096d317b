"""The yardstick: criteria sets, their contradictions, their comparison."""
