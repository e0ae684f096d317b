"""Differences between cells and between years, with their significance."""
